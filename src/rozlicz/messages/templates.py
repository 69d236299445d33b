"""Bill templates (szablony rachunków) as the payer sends them in R_UMX."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from rozlicz.kernel.money import Grosze, Price, Units, exact_value, round_half_up
from rozlicz.kernel.months import Month


class CalculatedBy(IntEnum):
    """The process that calculated the amounts: `komunikat@rodz-nalicz` (nfz.gov.pl notice 7227)."""

    DEVICE_SUPPLY = 1
    SERVICES = 2
    DECLARATIONS = 3
    HOSPITAL_NETWORK_LUMP_SUM = 4
    OTHER_LUMP_SUM = 5
    DMP_PRIMARY_CARE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLine:
    """All positions of one template with the same scope, distinguishing number, product and price.

    `units` ×10,000, `price` and `amount` in grosze; `amount` is the exact product, rounded half-up once.
    """

    scope: str
    distinguisher: int
    product: str
    name: str
    unit_name: str
    units: Units
    price: Price
    amount: Grosze

    @property
    def adds_up(self) -> bool:
        """Whether quantity × price is the value, as an accountant checks it."""
        return self.amount == round_half_up(exact_value(units=self.units, price=self.price))


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A template: what one bill will hold. A correcting template names the template it corrects.

    `person` is empty for the general bill; else the document number of the one person it is for (R61), with
    the state of insurance in `country`.
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

    @property
    def amount(self) -> int:
        """Σ lines, in grosze."""
        return sum(line.amount for line in self.lines)
