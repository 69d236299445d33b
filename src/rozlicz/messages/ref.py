"""The data of a bill on paper (REF 2.4), from the provider to the payer: reading and writing.

REF carries invoices, accounts, notes and their corrections to the branch beside the paper (orders 77/2009/DSOZ,
70/2013/DI); one REF belongs to one template. Of its tree only the attribute `typ-rach` is publicly known, not its
element. What a bill says stands in `bill_wire`, as in e-documents; that REF says it alike is our own choice.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.texts import same
from rozlicz.messages.bill_wire import HEAD, read_document, write_document
from rozlicz.messages.bills import BillKind, PaperBill
from rozlicz.messages.header import Header
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import written_to

KIND = "REF"

BILL_TYPES = range(1, 12)
"""Values of `typ-rach`."""

_PAPER_KIND = "rodzaj-dok"  # own
_BILL_TYPE = "typ-rach"

_BY_TEXT = {str(value): value for value in BILL_TYPES}


def write_ref(paper: PaperBill, *, header: Header, target: Path | BinaryIO, zipped: bool = False) -> None:
    """Write the data of a paper bill. A `bill_type` that does not exist, or attachments, raise ValueError."""
    if paper.bill_type not in BILL_TYPES:
        raise ValueError(f"there is no typ-rach {paper.bill_type}")
    if paper.bill.attachments:
        raise ValueError("attachments of a paper bill come on paper; REF names none")
    more = {_PAPER_KIND: paper.bill.kind.value, _BILL_TYPE: str(paper.bill_type)}
    with written_to(target, zipped=zipped, member_name="ref.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            write_document(writer, paper.bill, more=more)


def read_ref(source: Source) -> tuple[Header, PaperBill]:
    """Read the data of a paper bill as they stand: whether they fit the template is for the documents' checks to say.

    Raises MessageRefused, naming line, element and attribute.
    """
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND)
    head = root.one(HEAD)
    bill_type = head.take(_BILL_TYPE, _BY_TEXT.__getitem__, same(f"{BILL_TYPES[0]}–{BILL_TYPES[-1]}"))
    bill = read_document(root, head, kind=head.choice(_PAPER_KIND, BillKind))
    root.everything_read()
    return header, PaperBill(bill=bill, bill_type=bill_type)
