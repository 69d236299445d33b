"""A demonstration branch: providers of several kinds, each with its contracts, all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.months import Month
from rozlicz.messages.bills import VatExemption
from rozlicz.messages.contracts import Contract, LegalForm, Party
from rozlicz.sample.catalogue import ProviderRow, provider_rows
from rozlicz.sample.contracts import make_contracts
from rozlicz.sample.dice import Dice
from rozlicz.sample.identities import Installation, make_bank_account, make_installation, make_nip, make_regon
from rozlicz.sample.people import SURNAMES, WOMEN
from rozlicz.sample.places import make_address

USUAL_PROVIDERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleProvider:
    """A provider of the demonstration branch.

    `kind` is a short word (`hospital`, `clinic`, `health-centre`, `dentists`, `doctor`, `doctors`, `nurse`, `spa`).
    `contracts` holds every state of every contract: of an annexed one the contract and its annex, in this order.
    """

    kind: str
    party: Party
    installation: Installation
    bank_account: str
    vat_exemption: VatExemption
    contracts: tuple[Contract, ...]

    @property
    def current_contracts(self) -> tuple[Contract, ...]:
        """Of each contract its newest state."""
        newest = {contract.code: contract for contract in self.contracts}
        return tuple(newest.values())

    def contracts_in(self, month: Month) -> tuple[Contract, ...]:
        """The newest states of the contracts that run in a month."""
        return tuple(
            c for c in self.current_contracts if Month.of(c.valid_from) <= month <= Month.of(c.valid_to)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleBranch:
    """The demonstration branch as it stands on a day."""

    seed: int
    code: str
    today: date
    providers: tuple[SampleProvider, ...]

    def provider(self, code: str) -> SampleProvider:
        """The provider with that six-digit code. Raises KeyError."""
        for provider in self.providers:
            if provider.party.code == code:
                return provider
        raise KeyError(code)

    def contracts(self) -> Iterator[Contract]:
        """Every state of every contract, provider by provider."""
        for provider in self.providers:
            yield from provider.contracts


def make_branch(
    seed: int, *, branch: str = "05", today: date, providers: int = USUAL_PROVIDERS
) -> SampleBranch:
    """A branch from a seed, the same one whenever seed, branch, day and number are the same.

    The contracts are those of the year of `today`; in January those of the year before too, since it is December
    that is reported then. The first eight providers are a hospital, a clinic, a public health centre, dentists, a
    doctor's practice, a group practice, a nurse's practice and a sanatorium; further ones repeat these kinds.
    """
    rows = provider_rows()
    return SampleBranch(
        seed=seed,
        code=branch,
        today=today,
        providers=tuple(
            _make_provider(seed, branch, today, number, rows[number % len(rows)])
            for number in range(providers)
        ),
    )


def _make_provider(seed: int, branch: str, today: date, number: int, row: ProviderRow) -> SampleProvider:
    dice = Dice("provider", seed, branch, number)
    party = _make_party(dice, seed, branch, number, row)
    years = sorted({today.year, Month.of(today).plus(-1).year})
    practice = party.legal_form in (LegalForm.INDIVIDUAL_PRACTICE, LegalForm.GROUP_PRACTICE)
    return SampleProvider(
        kind=row.key,
        party=party,
        installation=make_installation(dice, branch, _serial(seed, branch, number)),
        bank_account=make_bank_account(dice),
        vat_exemption=(
            VatExemption.MEDICAL_CARE_BY_PROFESSIONAL if practice else VatExemption.MEDICAL_CARE_BY_ENTITY
        ),
        contracts=tuple(
            contract
            for year in years
            for contract in make_contracts(dice, row, party, branch=branch, year=year, today=today)
        ),
    )


def _make_party(dice: Dice, seed: int, branch: str, number: int, row: ProviderRow) -> Party:
    again = number // USUAL_PROVIDERS
    suffix = f" nr {again + 1}" if again else ""
    # A practice is named after its person; further ones are other persons, not the same with a number.
    person = f"{WOMEN[(number * 5) % len(WOMEN)]} {SURNAMES[(number * 7) % len(SURNAMES)]}"
    name = row.name.format(person=person) + ("" if "{person}" in row.name else suffix)
    return Party(
        code=f"{branch}{101 + number:04d}",
        name=name,
        legal_form=row.legal_form,
        nip=make_nip(_serial(seed, branch, number)),
        regon=make_regon(_serial(seed, branch, number)),
        address=make_address(dice, branch, row.town + again),
        company_name=f"{row.company_name}{suffix}" if row.company_name else "",
        form_of_business=row.form_of_business,
    )


def _serial(seed: int, branch: str, number: int) -> int:
    """What the numbers of a provider are made from: different for every provider of a branch."""
    return Dice("numbers", seed, branch).below(50_000) + number
