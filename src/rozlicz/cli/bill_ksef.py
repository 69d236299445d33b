"""A bill as a structured invoice of KSeF, on the provider's desk."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from rich.padding import Padding
from rich.text import Text as Line

from rozlicz.cli.bill_desk import show_refusals
from rozlicz.cli.context import EXIT_REFUSED, EXIT_USAGE, refuse, say
from rozlicz.cli.shown import show
from rozlicz.cli.unread import unread_json, unread_note
from rozlicz.kernel.ksef_number import KsefNumber, NotAKsefNumber
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import Bill
from rozlicz.messages.ksef import Correction, KsefInvoice, KsefReading, NotForKsef, tidied
from rozlicz.messages.ksef.writer import write_ksef

_ONLY_WITH_KSEF = Text(
    pl="Opcje --corrects-issued-on, --corrects-ksef-number i --recipient-id działają tylko z --ksef.",
    en="--corrects-issued-on, --corrects-ksef-number and --recipient-id go with --ksef only.",
)
_NOT_WITH_KSEF = Text(
    pl="Faktury KSeF się nie podpisuje i nie jest ona rachunkiem papierowym: pomiń --sign i --bill-type.",
    en="An invoice of KSeF is not signed and is no bill on paper: leave out --sign and --bill-type.",
)


def check_options(*, ksef: bool, only_with: tuple[object, ...], not_with: tuple[object, ...]) -> None:
    """End the command when options for KSeF stand without --ksef, or others that have no sense with it."""
    if not ksef and any(only_with):
        refuse(_ONLY_WITH_KSEF, exit_status=EXIT_USAGE)
    if ksef and any(not_with):
        refuse(_NOT_WITH_KSEF, exit_status=EXIT_USAGE)


def ksef_content(
    bill: Bill,
    *,
    moment: datetime,
    corrects_issued_on: date | None,
    corrects_ksef_number: str,
    recipient_id: str,
) -> bytes:
    """The invoice as a file; what KSeF would not take is told with every reason and ends the command."""
    invoice = KsefInvoice(
        bill=tidied(bill),
        made_at=moment.replace(microsecond=0),
        recipient_id=recipient_id,
        correction=_correction(corrects_issued_on, corrects_ksef_number),
    )
    target = io.BytesIO()
    try:
        write_ksef(invoice, target=target)
    except NotForKsef as refused:
        show_refusals(refused.refusals)
        refuse(
            Text(
                pl="KSeF nie przyjąłby tej faktury; liczba powodów: {count}.",
                en="KSeF would not take this invoice; reasons: {count}.",
            ).filled(count=len(refused.refusals)),
            exit_status=EXIT_REFUSED,
        )
    return target.getvalue()


def is_ksef(path: Path) -> bool:
    """Whether a file is an invoice of KSeF, by its first tag. Raises MessageRefused."""
    from rozlicz.messages.ksef.names import NAMESPACE, ROOT
    from rozlicz.messages.wire.root import first_tag

    tag = first_tag(path)
    return (tag.name, tag.namespace) == (ROOT, NAMESPACE)


def show_ksef(reading: KsefReading) -> None:
    """What the invoice says beyond a bill, and what it leaves out of one."""
    for part in (*unread_note(reading.unread), *_lacking_note(reading)):
        show(part)


def ksef_json(reading: KsefReading) -> dict[str, Any]:
    """The same for programs."""
    return {"unread": unread_json(reading.unread), "lacking": list(reading.lacking)}


def _lacking_note(reading: KsefReading) -> Iterator[Line | Padding]:
    if reading.lacking:
        yield Line(
            say("Faktura nie podaje danych, które ma rachunek:", "The invoice does not say what a bill has:"),
            style="yellow",
        )
        yield Padding(Line(", ".join(reading.lacking)), (0, 0, 0, 2))


def _correction(issued_on: date | None, ksef_number: str) -> Correction | None:
    if issued_on is None:
        if ksef_number:
            refuse(
                Text(
                    pl="Do --corrects-ksef-number podaj też datę wystawienia: --corrects-issued-on.",
                    en="With --corrects-ksef-number give the date of issue too: --corrects-issued-on.",
                ),
                exit_status=EXIT_USAGE,
            )
        return None
    try:
        number = KsefNumber.parse(ksef_number) if ksef_number else None
    except NotAKsefNumber as wrong:
        refuse(wrong.text, exit_status=EXIT_USAGE)
    return Correction(issued_on=issued_on, ksef_number=number)
