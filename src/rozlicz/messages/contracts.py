"""A contract as its electronic file (UMX) tells it: scopes, plan, products, rates, cells, coefficients.

What a scope holds beside its plan goes by the way it is settled (`SettledBy`): reported services and examinations
need unit products with weights, declarations an annual rate and groups of persons, lump sums a rate of a day, month
or duty, spa stays a rate of a person-day for each season, a scope that follows another one the name of that scope.
Limits and shares of devices and the conditions of prevention programmes are law and come from dictionaries.

This is what a provider's program and the payer's verification both work from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.money import Price, Units, exact_value, round_half_up
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.financing import FinancingDocument, FundsPurpose
from rozlicz.messages.rates import CapitationGroup, FollowedScope, Rate, RatePer

_NAMED_FOR_UE = re.compile(r"[–—-]\s*UE\s*$")


class SettledBy(StrEnum):
    """On what basis a scope is settled: `prod-kontr@fakt-wykonanie` of UMX (nfz.gov.pl notice 8045)."""

    SERVICES = "S"
    DEVICE_SUPPLY = "Z"
    DECLARATIONS = "D"
    LUMP_SUM = "R"
    PREVENTION_SYSTEM = "P"
    SPA_SYSTEM = "U"
    OTHER_SCOPE_DECLARATIONS = "Y"
    HOSPITAL_NETWORK_LUMP_SUM = "Q"
    DMP_ENROLMENT = "G"
    EXAMINATIONS = "B"


class CoefficientUse(StrEnum):
    """How a correction coefficient joins others in one position (SPEC_ROZ, nfz.gov.pl notice 8383)."""

    SUM = "S"
    MULTIPLY = "M"
    NOT_APPLICABLE = "N"
    INDIVIDUAL = "I"


class LegalForm(StrEnum):
    """What the issuer of a bill is, which decides how it must be designated (R15)."""

    PUBLIC_UNIT = "public-unit"
    NON_PUBLIC_UNIT = "non-public-unit"
    INDIVIDUAL_PRACTICE = "individual-practice"
    GROUP_PRACTICE = "group-practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A provider as the contract names it, and as a bill must name its issuer (R15).

    `company_name` is the company behind a non-public unit where its name differs; `form_of_business`
    is `spółka cywilna`, `spółka jawna` and the like, empty where there is none.
    """

    code: str
    name: str
    legal_form: LegalForm
    nip: str
    regon: str
    address: PostalAddress
    company_name: str = ""
    form_of_business: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMonth:
    """One row of the plan: a month of one scope. Units ×10,000; price in grosze."""

    month: Month
    units: Units
    price: Price

    @property
    def amount(self) -> int:
        """Units × price in grosze, rounded half-up, as the plan prints it."""
        return round_half_up(exact_value(units=self.units, price=self.price))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanIncrease(PlanMonth):
    """An increase of the basic plan of a scope in a month (`zwieksz-planu`, UMX 4.0), out of additional means.

    `document` is the number of the financing document, `purpose` a code of the dictionary of purposes; empty where
    none is named. It is no part of `Scope.plan`: templates of its own settle it (our reading of R_UMX 2.8).
    """

    document: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitProduct:
    """A unit product that may be reported in a scope: its weight in units (×10,000) and its limits.

    In a scope of devices `code` is that of a device, in one of examinations that of an examination.
    `min_age` and `max_age` are completed years, both allowed, None where the contract sets no limit.
    `max_multiplicity` is the largest multiplicity of one position (×10,000), None for no limit.
    `referral_required`: whether the service needs a referral.
    """

    code: str
    name: str
    weight: Units
    valid_from: date
    valid_to: date
    min_age: int | None = None
    max_age: int | None = None
    max_multiplicity: Units | None = None
    referral_required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place where services are given or devices are issued; `code` is what declarations and supplies name."""

    code: str
    name: str
    address: PostalAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An organisational cell where a scope is performed; `code` is the technical code messages use.

    `place` is the place in words, `location` the code of the contract's location, empty where none is named.
    """

    code: str
    name: str
    place: str
    valid_from: date
    valid_to: date
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A correction coefficient of the special settlement codes; `value` is ×10,000."""

    code: str
    name: str
    use: CoefficientUse
    value: Units
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A scope of services of the contract: with its distinguishing number it is one unit of the cap.

    `unlimited`: no cap (services that the Fund must pay in full). `unit_name`: punkt, porada, osobodzień.
    `rates`: what is paid by the day, month, duty or person; `groups`: the groups of a capitation list, none where
    those of the Fund's orders hold; `follows`: whose declarations count here; `coefficients`: those that everything
    in the scope is paid with, such as 0.75 for a quarter with too few first visits.
    """

    code: str
    distinguisher: int
    name: str
    settled_by: SettledBy
    unit_name: str
    plan: tuple[PlanMonth, ...]
    products: tuple[UnitProduct, ...]
    cells: tuple[Cell, ...]
    unlimited: bool = False
    increases: tuple[PlanIncrease, ...] = ()
    rates: tuple[Rate, ...] = ()
    groups: tuple[CapitationGroup, ...] = ()
    follows: tuple[FollowedScope, ...] = ()
    coefficients: tuple[Coefficient, ...] = ()

    @property
    def is_for_real_costs(self) -> bool:
        """Whether it is a scope "… – UE": services at real cost to persons under coordination (R3); by its name."""
        return _NAMED_FOR_UE.search(self.name) is not None

    def price_in(self, month: Month) -> int | None:
        """The price of a unit in a month, in grosze; None when the month is not in the plan."""
        return next((row.price for row in self.plan if row.month == month), None)

    def rate_on(self, day: date, *, per: RatePer, variant: str = "") -> Rate | None:
        """The rate that holds on a day; None when the contract has none of that measure and variant."""
        fitting = (rate for rate in self.rates if (rate.per, rate.variant) == (per, variant))
        return next((rate for rate in fitting if rate.valid_from <= day <= rate.valid_to), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract in the state of one annex (0: the contract itself).

    `code` is the technical code used in data exchange, `printed_code` what stands on paper, `original_code`
    the code of the first contract. Codes are compared, never taken apart. `kind` is a short code such as AOS,
    `contract_type` a type as the Fund numbers them, such as 18/1 (POZ PLUS), empty where none is told.
    """

    code: str
    printed_code: str
    original_code: str
    annex: int
    annexed_on: date
    branch: str
    kind: str
    kind_name: str
    provider: Party
    signed_on: date
    valid_from: date
    valid_to: date
    settlement_periods: tuple[SettlementPeriod, ...]
    scopes: tuple[Scope, ...]
    coefficients: tuple[Coefficient, ...] = ()
    contract_type: str = ""
    locations: tuple[Location, ...] = ()
    financing: tuple[FinancingDocument, ...] = ()
    purposes: tuple[FundsPurpose, ...] = ()

    @property
    def amount(self) -> int:
        """The commitment amount of the basic plan in grosze: the sum of all plan rows."""
        return sum(row.amount for scope in self.scopes for row in scope.plan)

    @property
    def increase(self) -> int:
        """The sum of all increases of the plan, in grosze."""
        return sum(row.amount for scope in self.scopes for row in scope.increases)

    def settlement_period_of(self, month: Month) -> SettlementPeriod | None:
        """The settlement period a month belongs to; None when the contract has none for it."""
        return next((period for period in self.settlement_periods if month in period), None)

    def scope(self, code: str, distinguisher: int) -> Scope | None:
        """The scope with that code and distinguishing number; None when the contract has none."""
        return next((s for s in self.scopes if s.code == code and s.distinguisher == distinguisher), None)
