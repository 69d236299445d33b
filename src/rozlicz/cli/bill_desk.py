"""What the commands for bills read, choose and show."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.padding import Padding
from rich.text import Text as Line

from rozlicz.cli.bill_signing import signature_json
from rozlicz.cli.context import (
    EXIT_REFUSED,
    EXIT_USAGE,
    existing,
    language,
    refuse,
    said,
    say,
    tell,
)
from rozlicz.cli.shown import facts, show
from rozlicz.documents.issuer_file import IssuerFile, IssuerFileRefused, read_issuer_file
from rozlicz.documents.refusals import Refusal, is_refused
from rozlicz.kernel.branches import BRANCHES
from rozlicz.kernel.money import format_amount
from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import BILL_EXTENSIONS, AttachmentReference, Bill, BillKind
from rozlicz.messages.header import Header, new_header
from rozlicz.messages.signatures import Signature
from rozlicz.messages.templates import Template

KIND_OF_EXTENSION = {extension: kind for kind, extension in BILL_EXTENSIONS.items()}

_EXTENSIONS = ", ".join(f"{kind.value} – {extension}" for kind, extension in BILL_EXTENSIONS.items())


def kind_of(told: BillKind | None, target: Path) -> BillKind:
    """The kind of the bill by option or extension; a contradiction or neither ends the command."""
    by_extension = KIND_OF_EXTENSION.get(target.suffix.lower())
    if told is not None and by_extension not in (None, told):
        refuse(
            Text(
                pl="Opcja --kind i rozszerzenie pliku {path} mówią co innego: {extensions}.",
                en="--kind and the extension of {path} disagree: {extensions}.",
            ).filled(path=target, extensions=_EXTENSIONS),
            exit_status=EXIT_USAGE,
        )
    found = told or by_extension
    if found is None:
        refuse(
            Text(
                pl="Nie wiadomo, czy to faktura, rachunek, czy nota: nazwij plik odpowiednio ({extensions}) "
                "lub podaj --kind.",
                en="Invoice, account or note? Name the file accordingly ({extensions}), or give --kind.",
            ).filled(extensions=_EXTENSIONS),
            exit_status=EXIT_USAGE,
        )
    return found


def issuer_of(path: Path) -> IssuerFile:
    """The issuer's file, or every sentence about what is wrong with it."""
    try:
        return read_issuer_file(existing(path).read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        refuse(
            Text(
                pl="Plik wystawcy {path} nie jest zapisany w UTF-8.",
                en="The issuer's file {path} is not written in UTF-8.",
            ).filled(path=path)
        )
    except IssuerFileRefused as refused:
        *first, last = refused.texts
        for text in first:
            tell(said(text))
        refuse(last)


def chosen_template(templates: Sequence[Template], number: int | None) -> Template:
    """The template of that number, or the only one of the file; otherwise the choice is shown."""
    fitting = [one for one in templates if number in (None, one.number)]
    if len(fitting) != 1:
        refuse(_no_single_template(templates, number), exit_status=EXIT_USAGE)
    if fitting[0].branch not in BRANCHES:
        refuse(
            Text(
                pl="Szablon podaje oddział {branch}, którego nie ma.",
                en="The template names branch {branch}, which does not exist.",
            ).filled(branch=fitting[0].branch)
        )
    return fitting[0]


def _no_single_template(templates: Sequence[Template], number: int | None) -> Text:
    numbers = ", ".join(str(one.number) for one in templates)
    if not templates:
        return Text(pl="Plik nie zawiera żadnego szablonu.", en="The file holds no template.")
    if number is None:
        return Text(
            pl="W pliku jest kilka szablonów; wybierz jeden przez --template-number: {numbers}.",
            en="The file holds several templates; choose one by --template-number: {numbers}.",
        ).filled(numbers=numbers)
    return Text(
        pl="W pliku nie ma szablonu {number}. Są: {numbers}.",
        en="The file does not hold template {number}. It holds: {numbers}.",
    ).filled(number=number, numbers=numbers)


def attachment_reference(told: str) -> AttachmentReference:
    """The reference of an attachment typed as `ENT=ekuz.pdf`, with the hash of its bytes."""
    kind, sign, name = told.partition("=")
    if not (kind and sign and name):
        refuse(
            Text(
                pl="Załącznik podaje się jako RODZAJ=PLIK, na przykład ENT=ekuz.pdf; podano „{told}”.",
                en="An attachment is given as KIND=FILE, such as ENT=ekuz.pdf; “{told}” was given.",
            ).filled(told=told),
            exit_status=EXIT_USAGE,
        )
    path = existing(Path(name))
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return AttachmentReference(kind=kind.upper(), file_name=path.name, sha256=digest)


def show_bill(bill: Bill) -> None:
    """The bill in a few lines, as it stands in the file."""
    table = facts(
        (say("Numer", "Number"), bill.number),
        (say("Rodzaj", "Kind"), bill.kind.value),
        (say("Umowa", "Contract"), bill.contract),
        (say("Miesiąc", "Month"), said(bill.month.name)),
        (say("Szablon", "Template"), str(bill.template)),
        (say("Wystawca", "Issuer"), bill.issuer.name),
        (say("Odbiorca", "Recipient"), bill.recipient.name),
        (say("Pozycje", "Lines"), str(len(bill.lines))),
        (say("Wartość", "Total"), format_amount(bill.amount, language())),
    )
    show(table)


def show_refusals(refusals: Sequence[Refusal]) -> None:
    """Every reason under its code: what is wrong, what to do, on what basis."""
    for one in refusals:
        style = "red" if one.stops_the_bill else "yellow"
        head = Line.assemble((one.code, f"bold {style}"), "  ", (said(one.field_name), "bold"))
        rows = facts(
            ("", Line(said(one.text))),
            (say("co zrobić", "what to do"), said(one.remedy)),
            (say("podstawa", "basis"), said(one.basis.reference)),
        )
        show(head)
        show(Padding(rows, (0, 0, 1, 2)))


def tell_refusals(refusals: Sequence[Refusal]) -> None:
    """The reasons, if any; ends the command when the branch would refuse the bill."""
    if refusals:
        show_refusals(refusals)
    stopping = sum(one.stops_the_bill for one in refusals)
    if stopping:
        refuse(
            Text(
                pl="Oddział odrzuciłby ten rachunek; liczba powodów: {count}.",
                en="The branch would refuse this bill; reasons: {count}.",
            ).filled(count=stopping),
            exit_status=EXIT_REFUSED,
        )


def result_json(
    bill: Bill,
    refusals: Sequence[Refusal],
    signatures: Sequence[Signature],
    more: Mapping[str, Any] | None = None,
) -> str:
    """The result of a check for programs; amounts in grosze. `more` is what only some bills have."""
    result: dict[str, Any] = {
        "accepted": not is_refused(refusals),
        "number": bill.number,
        "template": bill.template,
        "contract": bill.contract,
        "month": str(bill.month),
        "amount": bill.amount,
        "signatures": [signature_json(one) for one in signatures],
        "refusals": [one.to_json() for one in refusals],
        **(more or {}),
    }
    return json.dumps(result, ensure_ascii=False, indent=2)


def now_in_warsaw() -> datetime:
    """The present moment as Warsaw clocks show it: the day of a bill and of its receipt are days there."""
    return datetime.now(ZoneInfo("Europe/Warsaw"))


def generation_at(moment: datetime) -> int:
    """A generation number that grows without a memory: whole seconds since the beginning of 2020 (UTC)."""
    return int((moment - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds())


def bill_header(
    bill: Bill, *, kind: str, branch: str, issuer: IssuerFile, generation: int | None, moment: datetime
) -> Header:
    """The header of a bill's message of that kind: from the provider to the branch that issued its template.

    The generation number is the one given, else the one after the last of the issuer's file, else the clock's.
    `moment` is that of `now_in_warsaw`; the message carries it without a zone.
    """
    return new_header(
        kind=kind,
        receiver=branch,
        sender=bill.issuer.code,
        generation=generation or _next_generation(issuer, moment),
        generated_at=moment.replace(tzinfo=None, microsecond=0),
        installation=issuer.installation,
    )


def _next_generation(issuer: IssuerFile, moment: datetime) -> int:
    return generation_at(moment) if issuer.last_generation is None else issuer.last_generation + 1
