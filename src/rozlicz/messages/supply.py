"""Supply of medical devices as a provider reports it (ZPOSP, phase I, R51), position by position.

Every value is the text that stands in the message, None where the attribute is not written: a report may also carry
what is wrong, and whether it is wrong is for verification to say. Days are `2026-10-31`, months `2026-10`, amounts
zł with a point and at most two decimals, quantities numbers with at most four.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from rozlicz.messages.replies import ReplyFinding
from rozlicz.messages.services import Patient


class PositionType(StrEnum):
    """What a position does. `N` was seen (nfz.gov.pl notice 7728); the other letter is this house's own.

    A position sent before is corrected by a normal one with the same identifier and a higher version.
    """

    NORMAL = "N"
    DELETION = "U"


class OrderKind(StrEnum):
    """What an order is for (R50). The letters are this house's own."""

    SUPPLY = "Z"
    REPAIR = "N"


class Side(StrEnum):
    """For which side of the body a device is. The letters are this house's own."""

    LEFT = "L"
    RIGHT = "P"
    BOTH = "O"


class HandedOver(StrEnum):
    """How a device came to its patient; by it the last day of the position is read. The letters are our own."""

    TO_PATIENT = "P"
    TO_AUTHORISED_PERSON = "U"
    TO_COURIER = "K"


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyOrder:
    """An order on a device or on its repair, whose original follows on paper (R55).

    `kind` is an OrderKind. An order of the Fund's system (eZWM) has `number`, such as T5-PC00013R-00000052; one
    written outside it `paper_number`. The branch confirmed it under `confirmation` on `confirmed_on`. `issuer_type`
    is the professional group of who issued it, `issuer` that person's licence number.
    """

    kind: str | None = None
    number: str | None = None
    paper_number: str | None = None
    issued_on: str | None = None
    issuer_type: str | None = None
    issuer: str | None = None
    confirmation: str | None = None
    confirmed_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What was supplied or repaired: `code` in the list of devices, `side` a Side, `quantity` in pieces.

    `name` is the trade name, `serial_number` the one of a device that has such.
    """

    code: str | None = None
    side: str | None = None
    quantity: str | None = None
    name: str | None = None
    serial_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlySupply:
    """A part of an order on devices needed month by month: its number, its first and its last month."""

    part: str | None = None
    first_month: str | None = None
    last_month: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplySettlement:
    """Where a position is settled, and who pays what of it.

    `contract` is the technical code, `month` the reporting month. `price` and `limit` (of financing) are those of one
    piece, `value` is quantity × price, `share` the payer's per cent of the limit. `due` is paid by the payer,
    `own_share` by the patient within the limit, `over_limit` by the patient above it: the three make up the value.
    """

    contract: str | None = None
    month: str | None = None
    scope: str | None = None
    distinguisher: str | None = None
    price: str | None = None
    value: str | None = None
    limit: str | None = None
    share: str | None = None
    due: str | None = None
    own_share: str | None = None
    over_limit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationRight:
    """The document of a right under EU coordination, exactly as it says: EKUZ, CERT, S1, E106 or another.

    `country` is the state of insurance (two letters), `institution` the code of the insuring one.
    """

    document: str | None = None
    number: str | None = None
    country: str | None = None
    institution: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuppliedPatient(Patient):
    """A patient who is not identified by PESEL, or who has a right under EU coordination (notice 7728).

    The identifier is the one of the order.
    """

    right: CoordinationRight | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalEntitlement:
    """An additional entitlement by its code in the dictionary of such, and the document that confirms it.

    Severe disability, for instance, lifts the limit of quantity.
    """

    code: str | None = None
    document: str | None = None
    number: str | None = None
    issued_on: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """The data of a position (`dane-pr-zposp`).

    `service_code` is that of table 3 of annex 1 to the regulation on information, up to 5 characters. `accepted_on`
    is the day the order was accepted (repair: the object), `completed_on` the day of receipt by the patient (repair:
    of the repair; mail order: of handing to the courier); `handed_over` a HandedOver. `place` is the code of the
    contract's location. The patient is told by `pesel`, else by `patient`.
    """

    service_code: str | None = None
    accepted_on: str | None = None
    completed_on: str | None = None
    handed_over: str | None = None
    place: str | None = None
    pesel: str | None = None
    patient: SuppliedPatient | None = None
    additional_entitlements: tuple[AdditionalEntitlement, ...] = ()
    order: SupplyOrder | None = None
    device: Device | None = None
    monthly: MonthlySupply | None = None
    settlement: SupplySettlement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyPosition:
    """One position: an identifier of up to 20 characters given by the provider's program, a version, a PositionType.

    A deletion has no `supply`. `row` is the number of the position in the message and `line` its line there, both
    from 1; 0 for a position that was not read from a message, and of no account when two are compared.
    """

    id: str | None
    version: str | None = "1"
    type: str | None = PositionType.NORMAL.value
    supply: Supply | None = None
    row: int = field(default=0, compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyResult:
    """What became of a position in phase I (R52): identifier, version, `row` and `line` are those of the report.

    `order` is the number of its order in the Fund's system, else the one on paper, empty where it names none.
    """

    id: str
    version: str
    row: int
    line: int
    order: str
    accepted: bool
    findings: tuple[ReplyFinding, ...] = ()


def orders_to_send(positions: Iterable[SupplyPosition]) -> Iterator[SupplyOrder]:
    """The orders of a message, each once, in the order in which their originals must lie (R55)."""
    seen: set[SupplyOrder] = set()
    for position in positions:
        order = None if position.supply is None else position.supply.order
        if order is not None and order not in seen:
            seen.add(order)
            yield order
