"""Bills as e-documents (FAKT: invoice, RACH: account, NOTA: debit note), from the provider to the payer.

The Fund's trees are not publicly known; what a bill says stands in `bill_wire`. The namespace inside
`…/e-dok-rozlicz/` and the references of attachments are ours.

A bill may carry XML signatures as last children of the root; they cover the bytes and are not looked at here
but in `xades`.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.bill_wire import HEAD, read_document, write_document
from rozlicz.messages.bills import AttachmentReference, Bill, BillKind
from rozlicz.messages.header import Header
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import written_to

NAMESPACE = "http://www.nfz.gov.pl/xml/swd-platnik/e-dok-rozlicz/fakt-rach/v1.0"
"""Ours, after the one seen: …/e-dok-rozlicz/lekzr/v1.1."""

_ATTACHMENTS = "zalaczniki"  # own
_ATTACHMENT = "zalacznik"  # own
_KIND = "rodzaj"
_FILE_NAME = "nazwa-pliku"  # own
_SHA256 = "skrot-sha256"  # own

_KINDS = tuple(kind.value for kind in BillKind)


def write_bill(bill: Bill, *, header: Header, target: Path | BinaryIO, zipped: bool = False) -> None:
    """Write a bill; the header's kind must be the bill's."""
    attributes = root_attributes(header, kind=bill.kind.value, namespace=NAMESPACE)
    with written_to(target, zipped=zipped, member_name="dokument.xml") as writer:
        with writer.element(ROOT, attributes):
            write_document(writer, bill)
            if bill.attachments:
                with writer.element(_ATTACHMENTS, {}):
                    for attachment in bill.attachments:
                        writer.empty(_ATTACHMENT, _attachment_attributes(attachment))


def read_bill(source: Source) -> tuple[Header, Bill]:
    """Read a bill as it stands: whether it adds up and fits its template is for the documents' checks to say.

    Raises MessageRefused, naming line, element and attribute.
    """
    root = read_tree(source, namespace=NAMESPACE, signature=True)
    header = header_of_tree(root, kind=_KINDS)
    attachments = root.maybe(_ATTACHMENTS)
    found = attachments.many(_ATTACHMENT) if attachments else []
    bill = read_document(
        root,
        root.one(HEAD),
        kind=BillKind(header.kind),
        attachments=tuple(_attachment(one) for one in found),
    )
    root.everything_read()
    return header, bill


def _attachment_attributes(attachment: AttachmentReference) -> dict[str, str | None]:
    return {_KIND: attachment.kind, _FILE_NAME: attachment.file_name, _SHA256: attachment.sha256}


def _attachment(element: Element) -> AttachmentReference:
    return AttachmentReference(
        kind=element.text(_KIND), file_name=element.text(_FILE_NAME), sha256=element.text(_SHA256)
    )
