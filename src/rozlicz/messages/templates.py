"""Bill templates (szablony rachunków) as the payer sends them in R_UMX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Self

from rozlicz.kernel.money import UNIT_SCALE, Grosze, Price, Units, exact_value, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import SettledBy

PERSONS_UNIT = "kapitacja"
"""The unit of measure of a capitation line, as the Fund names it to issuers of invoices (nfz-poznan.pl)."""

_MONTHS_OF_A_YEAR = 12


class CalculatedBy(IntEnum):
    """The process that calculated the amounts: `komunikat@rodz-nalicz` (nfz.gov.pl notice 7227)."""

    DEVICE_SUPPLY = 1
    SERVICES = 2
    DECLARATIONS = 3
    HOSPITAL_NETWORK_LUMP_SUM = 4
    OTHER_LUMP_SUM = 5
    DMP_PRIMARY_CARE = 6


PROCESS_OF: dict[SettledBy, CalculatedBy] = {
    SettledBy.SERVICES: CalculatedBy.SERVICES,
    SettledBy.EXAMINATIONS: CalculatedBy.SERVICES,
    SettledBy.DEVICE_SUPPLY: CalculatedBy.DEVICE_SUPPLY,
    SettledBy.DECLARATIONS: CalculatedBy.DECLARATIONS,
    SettledBy.OTHER_SCOPE_DECLARATIONS: CalculatedBy.DECLARATIONS,
    SettledBy.HOSPITAL_NETWORK_LUMP_SUM: CalculatedBy.HOSPITAL_NETWORK_LUMP_SUM,
    SettledBy.LUMP_SUM: CalculatedBy.OTHER_LUMP_SUM,
    SettledBy.DMP_ENROLMENT: CalculatedBy.DMP_PRIMARY_CARE,
}
"""By which process a scope is calculated. Spa stays and SIMP have none: they do not use R_UMX (order 70/2013/DI)."""


class PlanKind(StrEnum):
    """Out of which plan templates are paid: that of the contract, a repayment plan, or the Medical Fund's."""

    BASIC = "basic"
    REPAYMENT = "repayment"
    MEDICAL_FUND = "medical-fund"


@dataclass(frozen=True, slots=True, kw_only=True)
class Capitation:
    """How a capitation line was counted (R24): persons × coefficient × annual rate ÷ 12, rounded half-up once.

    `persons` are those on the list on the day `counted_on`: the first of the month (R25), or of an earlier one when
    the count is provisional. They are negative on a line that takes an earlier one back. `coefficient` ×10,000,
    `annual_rate` in grosze. When care ended inside the month `days` of `of_days` are paid; both are 0 otherwise.
    """

    persons: int
    coefficient: Units
    annual_rate: Price
    counted_on: date
    days: int = 0
    of_days: int = 0

    def __post_init__(self) -> None:
        if bool(self.days or self.of_days) and self.of_days < 1:
            raise ValueError(f"{self.days} of {self.of_days} days are no part of a month")

    @property
    def amount(self) -> int:
        """The value in grosze."""
        year = exact_value(units=self.persons * self.coefficient, price=self.annual_rate)
        if not self.of_days:
            return round_half_up(year, UNIT_SCALE * _MONTHS_OF_A_YEAR)
        return round_half_up(year * self.days, UNIT_SCALE * _MONTHS_OF_A_YEAR * self.of_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """All positions of one template with the same scope, distinguishing number, product and price.

    `units` ×10,000, `price` and `amount` in grosze; `amount` is the exact product, rounded half-up once. What the
    units are goes by the way of settlement: points; days, months or duties of a lump sum; supplies of a device for
    which the Fund pays the same; person-days of a season. A capitation line is one unit at the price of the whole
    group, since a twelfth of a rate need not be a number of grosze; `capitation` says how that price was counted.
    `product` is empty where the scope has none.
    """

    scope: str
    distinguisher: int
    product: str
    name: str
    unit_name: str
    units: Units
    price: Price
    amount: Grosze
    capitation: Capitation | None = None

    @property
    def adds_up(self) -> bool:
        """Whether quantity × price is the value, as an accountant checks it, and the count of persons gives it."""
        if self.capitation is not None and self.capitation.amount != self.amount:
            return False
        return self.amount == round_half_up(exact_value(units=self.units, price=self.price))


def capitation_line(
    *, scope: str, distinguisher: int, product: str, name: str, capitation: Capitation
) -> TemplateLine:
    """The line of one group of persons: one unit at the value of the group, minus one when it is taken back."""
    amount = capitation.amount
    return TemplateLine(
        scope=scope,
        distinguisher=distinguisher,
        product=product,
        name=name,
        unit_name=PERSONS_UNIT,
        units=-UNIT_SCALE if amount < 0 else UNIT_SCALE,
        price=abs(amount),
        amount=amount,
        capitation=capitation,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template: what one bill will hold. A correcting template names the template it corrects.

    `person` is empty for the general bill; else the document number of the one person it is for (R61), with
    the state of insurance in `country`. `financing_document`, at most 24 characters, is the number of the settlement
    annex, repayment plan or plan of the Medical Fund that it rests on, if any. `plan_number` and `purpose` (a code of
    the contract's dictionary of purposes) belong to the Medical Fund; elsewhere they raise ValueError, as does a
    template that corrects itself.
    """

    number: int
    contract: str
    annex: int
    branch: str
    provider: str
    month: Month
    issued_at: datetime
    lines: tuple[TemplateLine, ...]
    corrects: int | None = None
    person: str = ""
    country: str = ""
    calculated_by: CalculatedBy = CalculatedBy.SERVICES
    contract_type: str = ""
    plan: PlanKind = PlanKind.BASIC
    plan_number: str = ""
    financing_document: str = ""
    purpose: str = ""

    def __post_init__(self) -> None:
        if self.plan is not PlanKind.MEDICAL_FUND and (self.plan_number or self.purpose):
            raise ValueError("only a plan of the Medical Fund has a number and a purpose")
        if self.corrects == self.number:
            raise ValueError(f"template {self.number} cannot correct itself")

    @property
    def amount(self) -> int:
        """Σ lines, in grosze."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSet:
    """One message R_UMX: of which contract, plan and process, and the templates; none when nothing is due.

    Templates of another contract, branch, provider, plan or process raise ValueError: the message has one place for
    each of these. So do two templates of one number.
    """

    contract: str
    branch: str
    provider: str
    calculated_by: CalculatedBy = CalculatedBy.SERVICES
    contract_type: str = ""
    plan: PlanKind = PlanKind.BASIC
    plan_number: str = ""
    templates: tuple[Template, ...] = ()

    def __post_init__(self) -> None:
        if any(_shared(template) != _shared(self) for template in self.templates):
            raise ValueError("one message holds templates of one contract, one plan and one process")
        if len({template.number for template in self.templates}) < len(self.templates):
            raise ValueError("the number of a template stands once in a message")

    @classmethod
    def of(cls, templates: Sequence[Template]) -> Self:
        """The message of these templates, at least one."""
        first = templates[0]
        return cls(
            contract=first.contract,
            branch=first.branch,
            provider=first.provider,
            calculated_by=first.calculated_by,
            contract_type=first.contract_type,
            plan=first.plan,
            plan_number=first.plan_number,
            templates=tuple(templates),
        )


def _shared(of: Template | TemplateSet) -> tuple[object, ...]:
    return (
        of.contract,
        of.branch,
        of.provider,
        of.calculated_by,
        of.contract_type,
        of.plan,
        of.plan_number,
    )
