"""The branch that the browser tests visit: the demonstration's clinic, and reports of it with planted mistakes.

The portal's pages read the clock, so everything here is as of today: the month before this one is reported.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operations import add_operator
from rozlicz.portal.accounts.rights import GRANTED_BY_REQUEST, PAYER_ROLES, PROVIDER_ROLES
from rozlicz.portal.clock import now, warsaw_day, warsaw_time
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.providers.operations import accept_installation, register_provider
from rozlicz.portal.tenancy import acting_for_payer
from rozlicz.sample.branch import SampleProvider, make_branch
from rozlicz.sample.expectation import Expectation
from rozlicz.sample.patients import Shares
from rozlicz.sample.reports import write_report
from tests.portal.conftest import PASSWORD, give_second_factor


@dataclass(frozen=True)
class Branch:
    """Who works in it, and the month that is reported today."""

    clinic: SampleProvider
    clerk: Operator
    inspector: Operator
    today: date
    month: Month
    password: str = PASSWORD

    def write_report(
        self,
        target: Path,
        *,
        positions: int,
        generation: int,
        mistakes: dict[str, float],
        shares: Shares | None = None,
        zipped: bool = True,
    ) -> Expectation:
        """A report of the clinic for the month, and what verification should say about it."""
        return write_report(
            target,
            contracts=self.clinic.contracts_in(self.month),
            month=self.month,
            positions=positions,
            seed=generation,
            errors=mistakes,
            installation=self.clinic.installation,
            generation=generation,
            generated_at=warsaw_time(now() - timedelta(minutes=1)),
            shares=shares or Shares(),
            zipped=zipped,
        )


def open_branch() -> Branch:
    """Register the clinic with its contracts, its clerk and the branch's inspector."""
    today = warsaw_day(now())
    clinic = next(one for one in make_branch(7, today=today).providers if one.kind == "clinic")
    with acting_for_payer():
        provider = register_provider(
            party=clinic.party, account_number=clinic.bank_account, since=date(today.year - 1, 1, 1)
        )
        accept_installation(
            provider=provider, short_id=clinic.installation.short, long_id=clinic.installation.long
        )
        for terms in clinic.contracts:
            publish_contract(terms=terms, at=now())
        clerk = add_operator(
            provider=provider,
            party_code=provider.code,
            user_name="awrzos",
            full_name="Anna Wrzos",
            roles=PROVIDER_ROLES.keys() - GRANTED_BY_REQUEST,
            password=PASSWORD,
            temporary=False,
            at=now(),
        )
        inspector = add_operator(
            provider=None,
            party_code="050000",
            user_name="inspektor",
            full_name="Irena Lipa",
            roles=PAYER_ROLES,
            password=PASSWORD,
            temporary=False,
            at=now(),
        )
    give_second_factor(inspector)
    return Branch(
        clinic=clinic, clerk=clerk, inspector=inspector, today=today, month=Month.of(today).plus(-1)
    )
