"""Which kind of bill goes with which services, and which type a paper bill's data state (R1, R7, R56)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rozlicz.documents.bases import E_DOCUMENT_ORDER, FROM_THE_BEGINNING
from rozlicz.documents.refusals import Reason, Refusal, reason
from rozlicz.documents.ways import ServiceGroup, service_groups
from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.bills import BillKind
from rozlicz.messages.contracts import Contract
from rozlicz.messages.templates import CalculatedBy, Template

BILL_KIND_NAMES: dict[BillKind, Text] = {
    BillKind.INVOICE: Text(pl="faktura (FAKT)", en="invoice (FAKT)"),
    BillKind.ACCOUNT: Text(pl="rachunek (RACH)", en="account (RACH)"),
    BillKind.NOTE: Text(pl="nota (NOTA)", en="debit note (NOTA)"),
}

_ERROR_45082 = Basis(
    Text(
        pl="błąd 45082 programu Funduszu: niewłaściwy typ-rach (opis producenta mMedica)",
        en="error 45082 of the Fund's program: a wrong typ-rach (as the maker of mMedica describes it)",
    )
)

LAST_BILL_TYPE: Parameter[int] = Parameter(
    name="last_bill_type",
    meaning=Text(
        pl="Największa wartość typ-rach w danych rachunku papierowego",
        en="The largest typ-rach in the data of a paper bill",
    ),
    rulings=(
        Ruling(value=10, since=FROM_THE_BEGINNING, basis=_ERROR_45082),
        Ruling(value=11, since=date(2013, 9, 1), basis=_ERROR_45082),
    ),
)
LAST_BILL_TYPE_OF_DECLARATIONS = 10

NOTE_NOT_FOR_DEVICES = reason(
    "B-106",
    Text(pl="rodzaj dokumentu", en="kind of document"),
    Text(
        pl="To jest nota, a notą rozlicza się tylko zaopatrzenie w wyroby medyczne na zlecenie.",
        en="This is a debit note; a note settles only medical devices on order.",
    ),
    basis=E_DOCUMENT_ORDER,
    remedy=Text(
        pl="Do tego szablonu proszę wystawić dokument innego rodzaju: {expected}.",
        en="Make another kind of document from this template: {expected}.",
    ),
)

BILL_TYPE_WRONG = reason(
    "B-107",
    Text(pl="typ rachunku (typ-rach)", en="type of the bill (typ-rach)"),
    Text(
        pl="Typ rachunku to {found}; tutaj może to być liczba {expected}.",
        en="The type of the bill is {found}; here it may be {expected}.",
    ),
    basis=_ERROR_45082,
    remedy=Text(
        pl="Proszę wybrać w swoim programie typ rachunku {expected} i utworzyć komunikat REF jeszcze raz.",
        en="Choose a type {expected} in your program and produce the message REF again.",
    ),
)

REASONS: tuple[Reason, ...] = (NOTE_NOT_FOR_DEVICES, BILL_TYPE_WRONG)


def open_kinds(*, template: Template, contract: Contract | None) -> tuple[BillKind, ...]:
    """The kinds of bill that may be made from a template: a note for device supply only.

    What is supplied, the contract says; without it the process that calculated the template.
    """
    if contract is None:
        is_supply = template.calculated_by is CalculatedBy.DEVICE_SUPPLY
    else:
        is_supply = service_groups(template=template, contract=contract) == {ServiceGroup.DEVICES}
    return tuple(kind for kind in BillKind if is_supply or kind is not BillKind.NOTE)


def kind_refusals(kind: BillKind, *, template: Template, contract: Contract | None) -> Iterator[Refusal]:
    """Whether a bill of that kind may be made from the template."""
    kinds = open_kinds(template=template, contract=contract)
    if kind not in kinds:
        names = [BILL_KIND_NAMES[one] for one in kinds]
        yield NOTE_NOT_FOR_DEVICES.because(
            field="kind",
            found=BILL_KIND_NAMES[kind],
            expected=Text(pl=", ".join(one.pl for one in names), en=", ".join(one.en for one in names)),
        )


def bill_type_refusals(bill_type: int, *, template: Template | None, issued_on: date) -> Iterator[Refusal]:
    """Whether the type fits: 11 from its first day on, and 1 to 10 for bills of declarations."""
    last = LAST_BILL_TYPE.on(max(issued_on, FROM_THE_BEGINNING)).value
    if template is not None and template.calculated_by is CalculatedBy.DECLARATIONS:
        last = min(last, LAST_BILL_TYPE_OF_DECLARATIONS)
    if not 1 <= bill_type <= last:
        yield BILL_TYPE_WRONG.because(field="bill_type", found=str(bill_type), expected=same(f"1–{last}"))
