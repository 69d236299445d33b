"""Publishing annexes: what the branch may not enter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rozlicz.kernel.money import amount_text
from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.contracts.operations import UnableToPublishContract, publish_contract
from rozlicz.portal.contracts.queries import terms_of
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.conftest import NOON
from tests.portal.test_road import send, settle
from tests.reporting import Reported

pytestmark = pytest.mark.django_db
JANUARY = Month(2026, 1)


def with_january(units: int) -> world.Contract:
    """The next annex, with another plan for January (units ×10,000)."""
    [scope] = world.contract().scopes
    plan = tuple(replace(row, units=units) if row.month == JANUARY else row for row in scope.plan)
    return world.annexed(world.contract(), scopes=(replace(scope, plan=plan),))


def bill_january(operator: Operator, visits: int) -> None:
    send(operator, [Reported(service_id=f"S{n}", month="2026-01", day="2026-01-08") for n in range(visits)])
    settle(operator, JANUARY)


@pytest.mark.slow
def test_up12_an_annex_below_what_is_billed_is_refused_and_nothing_of_it_stays(
    provider_operator: Operator,
) -> None:
    bill_january(provider_operator, 100)
    with acting_for_payer():
        with pytest.raises(UnableToPublishContract) as refused:
            publish_contract(terms=with_january(900_000), at=NOON)
        contract = Contract.objects.get()
        assert contract.amount == world.contract().amount
        assert ContractFile.objects.get(contract=contract).annex == 0
        assert terms_of(contract) == world.contract()
    for named in ("styczeń 2026", amount_text(1_000_00).pl, amount_text(900_00).pl):
        assert named in refused.value.text.pl


@pytest.mark.slow
def test_up12_an_annex_down_to_what_is_billed_is_accepted(provider_operator: Operator) -> None:
    bill_january(provider_operator, 90)
    with acting_for_payer():
        assert publish_contract(terms=with_january(900_000), at=NOON).annex == 1


@pytest.mark.slow
def test_a_month_may_have_several_rows_whose_sum_is_the_plan(provider_operator: Operator) -> None:
    [scope] = world.contract().scopes
    more = replace(scope.plan[0], units=50_000)
    with acting_for_payer():
        publish_contract(
            terms=world.annexed(world.contract(), scopes=(replace(scope, plan=(*scope.plan, more)),)), at=NOON
        )
    services = [Reported(service_id=f"S{n}", month="2026-01", day="2026-01-08") for n in range(110)]
    send(provider_operator, services)
    [template] = settle(provider_operator, JANUARY)
    assert template.amount == 1_050_00
