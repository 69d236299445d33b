"""A bill as a structured invoice of KSeF, the national system of invoices: schema FA(3), version 1-0E.

A bill sent through KSeF must identify the branch, the contract and the bill template (§ 23(8a) of the general terms
of contracts, as changed in 2025). In which fields the Fund expects them was not found; docs/messages/ksef.md says
field by field what is official and what is our own choice.

Only invoices (FAKT) go there: FA(3) has no kind for an account (RACH) or a note. A provider who is exempt from VAT
makes an invoice instead of an account.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, is_dataclass, replace
from datetime import date, datetime
from enum import Enum, IntEnum
from typing import Any

from rozlicz.kernel.ksef_number import KsefNumber
from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.bills import Bill
from rozlicz.messages.wire.places import Unread
from rozlicz.messages.wire.xml_writer import NotWritable

_BLANKS = re.compile("[ \t\r\n]+")


class CorrectionEffect(IntEnum):
    """`TypKorekty`: in which period the seller's VAT records take the correction."""

    WITH_CORRECTED_INVOICE = 1
    WITH_CORRECTION = 2
    OTHER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What FA(3) asks of a correction beside the corrected bill's number and the reason, which the bill holds.

    `issued_on` is the date of issue of the corrected bill, `ksef_number` its number in KSeF (None: it was issued
    outside KSeF), `effect` may be left out.
    """

    issued_on: date
    ksef_number: KsefNumber | None = None
    effect: CorrectionEffect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KsefInvoice:
    """A bill with what only the structured invoice holds.

    `made_at` is the moment the file was made, with its time zone; it is written in UTC. `program` is the program
    that made it. `recipient_id` is the identifier (`IDWew`, the Fund's NIP, a hyphen, five digits) that the Fund gave
    the branch in KSeF, "" where it is not known: none is ever made up, since the delivery depends on it.
    `correction` stands on the invoice of a correcting bill only.
    """

    bill: Bill
    made_at: datetime
    program: str = "Rozlicz"
    recipient_id: str = ""
    correction: Correction | None = None

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            raise ValueError("the moment a KSeF invoice was made needs its time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class KsefReading:
    """What was read from a structured invoice, whoever made it.

    `unread` is what the invoice says and a bill has no place for. `lacking` are fields of the bill that the invoice
    does not say (`issuer.code`, `lines.2.product`); they are empty, 0 or, the legal form, assumed from the exemption.
    """

    invoice: KsefInvoice
    unread: tuple[Unread, ...]
    lacking: tuple[str, ...]


class NotForKsef(NotWritable):
    """The invoice cannot be written as FA(3) without losing or breaking something; `refusals` says everything."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(" ".join(one.text.en for one in refusals))
        self.refusals = refusals


def single_blanks(text: str) -> str:
    """The text as the schema's type `token` holds it: white space reduced to single blanks, none at the ends."""
    return _BLANKS.sub(" ", text).strip(" ")


def tidied(bill: Bill) -> Bill:
    """The same bill with its texts in the form that FA(3) can hold: single blanks, NIP as ten digits."""
    spaced: Bill = _spaced(bill)
    return replace(
        spaced,
        issuer=replace(spaced.issuer, nip=_digits(spaced.issuer.nip)),
        buyer=replace(spaced.buyer, nip=_digits(spaced.buyer.nip)),
    )


def _spaced(value: Any) -> Any:
    """A value with all texts in it in single blanks."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return single_blanks(value)
    if isinstance(value, tuple):
        return tuple(_spaced(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{name: _spaced(getattr(value, name)) for name in value.__dataclass_fields__})
    return value


def _digits(nip: str) -> str:
    return nip.replace("-", "").replace(" ", "").removeprefix("PL")
