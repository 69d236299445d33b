"""The monthly bill of preventive examinations (SIMP_RACH), from the payer's system to the provider: reading, writing.

The system in which prevention programmes are settled makes the bill itself; its printout is the invoice or account
(R8). Its format is not publicly known: that it says what any bill says (`bill_wire`), and every other name, is ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.bill_wire import HEAD, read_document, write_document
from rozlicz.messages.bills import BillKind
from rozlicz.messages.header import Header
from rozlicz.messages.prevention import BilledExamination, PreventionBill
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.value_texts import A_NUMBER_FROM_ONE, number_from_one
from rozlicz.messages.wire.xml_writer import written_to

KIND = "SIMP_RACH"

_KIND_OF_BILL = "rodzaj-dok"
_KINDS = {BillKind.INVOICE: BillKind.INVOICE.value, BillKind.ACCOUNT: BillKind.ACCOUNT.value}

_EXAMINATIONS = "badania"
_EXAMINATION = "badanie"
_LINE = "lp"
_ID = "id-bad"
_VERSION = "nr-wersji"
_NUMBER = "nr-simp"


def write_simp_bill(
    bill: PreventionBill, *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write a bill. A debit note, or attachments, raise ValueError: prevention has neither (R8)."""
    if bill.bill.kind not in _KINDS:
        raise ValueError(f"prevention is not billed by {bill.bill.kind}")
    if bill.bill.attachments:
        raise ValueError("a bill of prevention has no attachments")
    with written_to(target, zipped=zipped, member_name="rachunek.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            write_document(writer, bill.bill, more={_KIND_OF_BILL: _KINDS[bill.bill.kind]})
            with writer.element(_EXAMINATIONS, {}):
                for examination in bill.examinations:
                    writer.empty(_EXAMINATION, _attributes(examination))


def read_simp_bill(source: Source) -> tuple[Header, PreventionBill]:
    """Read a bill as it stands: whether it adds up is for its reader to ask.

    Raises MessageRefused, naming line, element and attribute.
    """
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND)
    head = root.one(HEAD)
    kind = head.word(_KIND_OF_BILL, _KINDS)
    bill = PreventionBill(
        bill=read_document(root, head, kind=kind),
        examinations=tuple(map(_examination, root.one(_EXAMINATIONS).many(_EXAMINATION))),
    )
    root.everything_read()
    return header, bill


def _attributes(examination: BilledExamination) -> dict[str, str | None]:
    return {
        _LINE: str(examination.line),
        _ID: examination.id,
        _VERSION: str(examination.version),
        _NUMBER: examination.number,
    }


def _examination(element: Element) -> BilledExamination:
    return BilledExamination(
        line=element.number(_LINE),
        id=element.text(_ID),
        version=element.take(_VERSION, number_from_one, A_NUMBER_FROM_ONE),
        number=element.text(_NUMBER),
    )
