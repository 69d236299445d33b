"""The file of a bill on the provider's desk: an e-document, signed or not, the data of a paper bill, or for KSeF."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from rozlicz.cli.bill_desk import bill_header
from rozlicz.cli.bill_ksef import is_ksef
from rozlicz.cli.bill_signing import roots_of, signed
from rozlicz.cli.context import EXIT_USAGE, existing, refuse
from rozlicz.cli.faults import reading
from rozlicz.documents.issuer_file import IssuerFile
from rozlicz.documents.ways import Way
from rozlicz.kernel.texts import Text
from rozlicz.messages import ref
from rozlicz.messages.bills import Bill, BillKind, PaperBill
from rozlicz.messages.fakt_rach import read_bill, write_bill
from rozlicz.messages.ksef import KsefReading
from rozlicz.messages.ksef.reader import read_ksef
from rozlicz.messages.signatures import Signature
from rozlicz.messages.signatures.xades import signatures_of
from rozlicz.messages.wire.root import recognise

PAPER_EXTENSION = ".rfx"

_TYPE_AND_PAPER = Text(
    pl="Dane rachunku papierowego (REF) to plik .rfx z opcją --bill-type (typ-rach, 1–11); e-dokument jej nie ma.",
    en="The data of a paper bill (REF) are a file .rfx with --bill-type (typ-rach, 1 to 11); an e-document has none.",
)
_ON_PAPER = Text(
    pl="Rachunek papierowy podpisuje się i uzupełnia załącznikami na papierze: pomiń --sign i --attach.",
    en="A paper bill is signed, and its attachments are added, on paper: leave out --sign and --attach.",
)


class BillFile(NamedTuple):
    """What was read: the bill, `typ-rach` of a paper bill's data (else None), the signatures of an e-document.

    `ksef` is the whole reading of an invoice of KSeF, else None.
    """

    bill: Bill
    bill_type: int | None = None
    signatures: tuple[Signature, ...] = ()
    ksef: KsefReading | None = None


def way_of(target: Path, *, bill_type: int | None, on_screen_only: bool) -> Way:
    """How the bill written there goes to the branch; what contradicts itself ends the command.

    `on_screen_only`: a signature or an attachment is asked for, which a paper bill has on paper.
    """
    on_paper = target.suffix.lower() == PAPER_EXTENSION
    if on_paper != (bill_type is not None):
        refuse(_TYPE_AND_PAPER, exit_status=EXIT_USAGE)
    if on_paper and on_screen_only:
        refuse(_ON_PAPER, exit_status=EXIT_USAGE)
    return Way.REF_AND_PAPER if on_paper else Way.E_DOCUMENT


def bill_content(
    bill: Bill,
    *,
    branch: str,
    issuer: IssuerFile,
    generation: int | None,
    moment: datetime,
    bill_type: int | None,
    key: Path | None,
) -> bytes:
    """The bill as a file: with a `bill_type` the data of a paper bill, else an e-document, signed with the key."""
    kind = bill.kind.value if bill_type is None else ref.KIND
    header = bill_header(bill, kind=kind, branch=branch, issuer=issuer, generation=generation, moment=moment)
    target = io.BytesIO()
    if bill_type is not None:
        ref.write_ref(PaperBill(bill=bill, bill_type=bill_type), header=header, target=target)
        return target.getvalue()
    write_bill(bill, header=header, target=target)
    return target.getvalue() if key is None else signed(target.getvalue(), key=key, at=moment)


def bill_of_file(path: Path, *, roots: Path | None) -> BillFile:
    """A bill of any kind; `roots` are the certificates by which its signatures are judged."""
    with reading(existing(path), *(kind.value for kind in BillKind), ref.KIND):
        if is_ksef(path):
            found = read_ksef(path)
            return BillFile(found.invoice.bill, ksef=found)
        if recognise(path) == ref.KIND:
            paper = ref.read_ref(path)[1]
            return BillFile(paper.bill, paper.bill_type)
        bill = read_bill(path)[1]
        return BillFile(bill, signatures=signatures_of(path, roots=roots_of(roots)))
