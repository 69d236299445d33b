"""Bills made from exactly one template: invoice (FAKT), account (RACH), debit note (NOTA).

They travel as e-documents, or on paper with their data in the message REF.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.money import Grosze, Price, Units
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Party


class BillKind(StrEnum):
    """`komunikat@typ` of the e-document (order 71/2013/DI); a note is for medical devices on order only."""

    INVOICE = "FAKT"
    ACCOUNT = "RACH"
    NOTE = "NOTA"


BILL_EXTENSIONS: dict[BillKind, str] = {
    BillKind.INVOICE: ".efx",
    BillKind.ACCOUNT: ".erx",
    BillKind.NOTE: ".enx",
}
"""Extension of an e-document's file. The first two are the Fund's; that of the note was not seen and is our own."""


class VatExemption(StrEnum):
    """Why no VAT is charged: the point of art. 43(1) of the VAT act (R14)."""

    MEDICAL_CARE_BY_ENTITY = "18"
    MEDICAL_CARE_BY_PROFESSIONAL = "19"
    SANITARY_TRANSPORT = "20"


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """The Fund (R12): name, tax number, address of the seat."""

    name: str
    nip: str
    address: PostalAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """The branch that receives and pays; the address is None where it is not known for certain."""

    branch: str
    name: str
    address: PostalAddress | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BillLine:
    """One line; `units` ×10,000, `price` and `amount` in grosze, `unit_name` up to 10 characters.

    `product` is empty where the scope has none. `pkwiu` is the code of the Polish classification of products and
    services, such as 86.22.1; empty when not told.
    """

    number: int
    scope: str
    distinguisher: int
    product: str
    name: str
    unit_name: str
    units: Units
    price: Price
    amount: Grosze
    pkwiu: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentReference:
    """An attached scan by kind (`DEC`, `ENT`, …), file name and SHA-256 (hex)."""

    kind: str
    file_name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """An invoice, account or note; `month` is the reporting month, `sold_on` the last day of it (art. 19a(3) VAT).

    `corrects_number` and `correction_reason` are set on the bill of a correcting template only (R13).
    """

    kind: BillKind
    number: str
    issued_on: date
    sold_on: date
    month: Month
    contract: str
    template: int
    issuer: Party
    buyer: Buyer
    recipient: Recipient
    bank_account: str
    vat_exemption: VatExemption | None
    lines: tuple[BillLine, ...]
    amount: Grosze
    corrects_number: str = ""
    correction_reason: str = ""
    attachments: tuple[AttachmentReference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBill:
    """The data of a bill that is handed in on paper (REF, R7): kind, number and day of `bill` are the paper's.

    `bill_type` is `typ-rach`, 1 to 11. The Fund's dictionary of it is not public: only that 11 exists since
    1 September 2013, and that bills of declarations have 1 to 10 (error 45082). Attachments come on paper too, so
    `bill` names none.
    """

    bill: Bill
    bill_type: int
