"""Every write to reports: taking one in, and one run of verification over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import IO, Any, NamedTuple

import polars as pl
from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, connection, transaction
from django.db.models import F

from rozlicz.kernel.texts import Text
from rozlicz.messages.header import Header
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.wire.envelope import MessageRefused
from rozlicz.messages.wire.header_checks import BASIS, check_header
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day, warsaw_time
from rozlicz.portal.contracts.queries import terms_of_provider
from rozlicz.portal.house import files
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.periods.queries import closed_periods
from rozlicz.portal.providers.models import Installation, Provider
from rozlicz.portal.reports import sql
from rozlicz.portal.reports.bulk import store_batch
from rozlicz.portal.reports.history import ReportedBefore
from rozlicz.portal.reports.models import Report, ReportState, Run, RunState
from rozlicz.portal.tenancy import acting_for_provider
from rozlicz.verification.catalogue import RULES_VERSION
from rozlicz.verification.checker import Checked, Checker, Terms

BATCH = 10_000
"""Positions a transaction: enough for COPY to pay, few enough for progress to be seen and for small memory."""

MANY_ROWS = 5_000
"""From so many stored positions on, the database's statistics are renewed at the end of a run."""

_REASON_NOT_READABLE = Text(
    pl="Proszę wysłać plik jeszcze raz po usunięciu błędu; nic z tego pliku nie zostało rozliczone.",
    en="Mend the file and send it again; nothing of this file was settled.",
)

_REASON_ASK_FOR_INSTALLATION = Text(
    pl="Proszę złożyć wniosek o nową instalację, wpisać jej identyfikatory w programie"
    " i utworzyć komunikat ponownie.",
    en="File a request for a new installation, enter its identifiers in your program, produce the message again.",
)

_REASON_OWN_TOKEN = Text(
    pl="Proszę wysłać komunikat z tokenem tej instalacji, którą on podaje, albo utworzyć go we właściwym programie.",
    en="Send the message with a token of the installation that it names, or produce it in the right program.",
)


class UnableToReceiveReport(UnableTo):
    """The message was not taken in, and no receipt was given."""


class Received(NamedTuple):
    """The report, and whether these bytes had been received before (then it is the first one)."""

    report: Report
    repeated: bool


def receive_report(
    *, operator: Operator, content: bytes | IO[bytes] | File[Any], file_name: str, at: datetime
) -> Received:
    """Take in a report: bytes, receipt and job are committed together (promise 1).

    Identical bytes are recognised before any other check and answered with the first receipt (promise 3). A
    message whose header is wrong is kept and answered with every reason at once. Raises UnableToReceiveReport
    when the operator works for no provider.
    """
    demand(operator, Right.SEND_REPORTS)
    if operator.provider is None:
        raise UnableToReceiveReport(
            Text(pl="Raport wysyła świadczeniodawca.", en="A report is sent by a provider.")
        )
    stored = files.store(content)
    known = Report.objects.filter(provider=operator.provider, sha256=stored.sha256)
    if first := known.first():
        return Received(first, repeated=True)
    try:
        with transaction.atomic():
            return Received(_enter(operator, operator.provider, stored, file_name, at), repeated=False)
    except IntegrityError:
        first = known.first()
        if first is None:
            raise
        return Received(first, repeated=True)


def _enter(
    operator: Operator, provider: Provider, stored: files.StoredFile, file_name: str, at: datetime
) -> Report:
    """The caller holds the transaction; the installation's row is locked here until it ends."""
    from rozlicz.portal.reports.jobs import verify

    installation, header, refusals = _opened(stored, operator, provider, at)
    report = Report.objects.create(
        provider=provider,
        receipt_number=_next_receipt_number(at),
        file=stored.name,
        file_name=file_name[-120:],
        sha256=stored.sha256,
        size=stored.size,
        received_at=at,
        received_by=operator,
        installation=installation,
        generation=header.generation if header else None,
        state=ReportState.REFUSED if refusals else ReportState.RECEIVED,
        refusals=refusals,
    )
    if installation and header and not refusals:
        Installation.objects.filter(pk=installation.pk).update(
            last_generation=header.generation, last_received_at=at, last_program=header.program[:200]
        )
        verify.configure(lock=f"provider:{provider.pk}").defer(provider_id=provider.pk, report_id=report.pk)
    record("report.sent", operator=operator, provider_id=provider.pk, subject=report.receipt_number, at=at)
    return report


def _opened(
    stored: files.StoredFile, operator: Operator, provider: Provider, at: datetime
) -> tuple[Installation | None, Header | None, list[dict[str, Any]]]:
    """The header of the stored message, its installation, and every reason to refuse it."""
    try:
        with files.opened(stored.name) as file:
            header = SwiadReader(file).header
    except MessageRefused as refused:
        return None, None, [unreadable(refused)]
    installation = (
        Installation.objects.select_for_update()
        .filter(provider=provider, long_id=header.installation)
        .first()
    )
    reasons = check_header(
        header,
        branch=settings.BRANCH,
        provider=provider.code,
        installation_long=installation.long_id if installation else "",
        installation_short=installation.short_id if installation else "",
        last_generation=installation.last_generation if installation else None,
        now=warsaw_time(at),
        expected_kind="SWIAD",
    )
    refusals = [refusal_json(r.code, r.text, r.basis.reference, r.remedy) for r in reasons]
    if installation and not installation.is_open:
        refusals.insert(0, _closed(installation))
    if installation and operator.token and operator.token.installation_id != installation.pk:
        refusals.insert(0, _of_another_program(installation, operator.token))
    return installation, header, refusals


def _closed(installation: Installation) -> dict[str, Any]:
    """Why a message of a closed installation is refused."""
    text = Text(
        pl="Instalację {id} zamknięto {day}: jej komunikaty nie są przyjmowane.",
        en="The installation {id} was closed on {day}: its messages are not taken in.",
    ).filled(id=installation.short_id, day=warsaw_day(installation.closed_at))
    return refusal_json("installation-closed", text, BASIS.reference, _REASON_ASK_FOR_INSTALLATION)


def _of_another_program(installation: Installation, token: ApiToken) -> dict[str, Any]:
    """Why a program's message is refused that names another program: its numbers are that one's own."""
    text = Text(
        pl="Komunikat podaje instalację {id}, a token należy do instalacji {own}.",
        en="The message names the installation {id}, and the token belongs to the installation {own}.",
    ).filled(id=installation.short_id, own=token.installation.short_id)
    return refusal_json("installation-of-another-token", text, BASIS.reference, _REASON_OWN_TOKEN)


def unreadable(refused: MessageRefused) -> dict[str, Any]:
    """A message that cannot be read, as a stored reason with its place in the file."""
    reason = refusal_json(refused.code, refused.text, None, _REASON_NOT_READABLE)
    return reason | {"line": refused.line, "path": refused.path}


def refusal_json(code: str, text: Text, basis: Text | None, remedy: Text) -> dict[str, Any]:
    """A reason for refusal as it is stored and shown."""
    return {
        "code": code,
        "text": text.to_json(),
        "basis": basis.to_json() if basis else None,
        "remedy": remedy.to_json(),
    }


def _next_receipt_number(at: datetime) -> str:
    with connection.cursor() as cursor:
        cursor.execute("select nextval('receipt_number')")
        (number,) = cursor.fetchone()
    return f"{settings.BRANCH}/{warsaw_day(at).year}/{number:08d}"


def verify_report(*, provider_id: int, report_id: int, now: Callable[[], datetime]) -> None:
    """One run of the rules over a report, batch by batch, each in a transaction of its own.

    A run that was killed goes on where it stopped: the file is read again from its beginning, since the rules
    remember earlier rows, but only the rows not yet stored are stored. A message that turns out to be unreadable
    on the way is refused as a whole, and none of its positions count.

    Called under the provider's job lock. Yet two workers may be at one report, when the first was only slow and
    was thought dead: each step locks the run and does what nobody has done, so both together do it once.
    """
    with acting_for_provider(provider_id):
        report = Report.objects.select_for_update(of=("self",)).select_related("provider").get(pk=report_id)
        if report.state in {ReportState.CHECKED, ReportState.REFUSED}:
            return
        run = _run_of(report, now())
        terms = Terms.of(terms_of_provider(provider_id))
        closed = closed_periods(provider_id, report.received_at)
    checker = Checker(
        terms=terms,
        provider=report.provider.code,
        branch=settings.BRANCH,
        received_on=warsaw_day(report.received_at),
        history=ReportedBefore(provider_id=provider_id, report_id=report_id),
        closed=closed,
    )
    try:
        with files.opened(report.file) as file:
            reader = SwiadReader(file, batch_size=BATCH)
            for batch in reader:
                with acting_for_provider(provider_id):
                    checked = checker.check(batch)
                    if not _is_going_on(run):
                        return
                    _store(run, checked, reader)
    except MessageRefused as refused:
        with acting_for_provider(provider_id):
            if _is_going_on(run):
                _refuse(report, run, unreadable(refused), now())
        return
    with acting_for_provider(provider_id):
        if _is_going_on(run):
            _finish(report, run, now())


class UnableToVerifyAgain(UnableTo):
    """The report has no result yet, or could not be read at all."""


@transaction.atomic
def verify_again(*, operator: Operator, report: Report, at: datetime) -> None:
    """Have the rules run over a checked report once more, as when a contract or a dictionary was mended.

    The former run's verdicts count until the new run is finished; what was billed on them is corrected by the next
    calculation. Raises UnableToVerifyAgain when the report is not checked.
    """
    from rozlicz.portal.reports.jobs import verify

    demand(operator, Right.VERIFY_REPORTS)
    changed = Report.objects.filter(pk=report.pk, state=ReportState.CHECKED).update(
        state=ReportState.RECEIVED
    )
    if not changed:
        raise UnableToVerifyAgain(
            Text(
                pl="Raport {number} nie ma jeszcze wyniku, który można by sprawdzić ponownie.",
                en="Report {number} has no result yet that could be checked again.",
            ).filled(number=report.receipt_number)
        )
    verify.configure(lock=f"provider:{report.provider_id}").defer(
        provider_id=report.provider_id, report_id=report.pk
    )
    record(
        "report.verified_again",
        operator=operator,
        provider_id=report.provider_id,
        subject=report.receipt_number,
        at=at,
    )


def _is_going_on(run: Run) -> bool:
    """Whether nobody has ended the run meanwhile; it is read anew and locked until the transaction ends."""
    run.refresh_from_db(from_queryset=Run.objects.select_for_update())
    return run.state == RunState.RUNNING


def _run_of(report: Report, at: datetime) -> Run:
    """The run to go on with, or a new one; a half-done run of older rules is abandoned.

    The caller holds the report's row lock.
    """
    running = Run.objects.filter(report=report, state=RunState.RUNNING).first()
    if running and running.rules_version == RULES_VERSION:
        return running
    if running:
        Run.objects.filter(pk=running.pk).update(state=RunState.ABANDONED)
    Report.objects.filter(pk=report.pk).update(state=ReportState.READING)
    return Run.objects.create(
        provider_id=report.provider_id, report=report, rules_version=RULES_VERSION, started_at=at
    )


def _store(run: Run, checked: Checked, reader: SwiadReader) -> None:
    """Store what this batch adds to the run; nothing when an earlier try already stored it. The run is locked."""
    new = Checked(
        positions=checked.positions.filter(pl.col("row") > run.rows_done),
        findings=checked.findings.filter(pl.col("row") > run.rows_done),
    )
    if new.positions.is_empty():
        return
    store_batch(new, provider_id=run.provider_id, report_id=run.report_id, run_id=run.pk)
    accepted = new.positions.filter("accepted")
    Run.objects.filter(pk=run.pk).update(
        rows_done=F("rows_done") + new.positions.height,
        bytes_read=reader.bytes_read,
        bytes_total=reader.total_bytes or reader.bytes_read,
        accepted=F("accepted") + accepted.height,
        rejected=F("rejected") + new.positions.height - accepted.height,
        accepted_value=F("accepted_value") + (accepted["value"].sum() or 0),
        rejected_value=F("rejected_value")
        + (new.positions["value"].sum() or 0)
        - (accepted["value"].sum() or 0),
    )


def _finish(report: Report, run: Run, at: datetime) -> None:
    """From here on the run's verdicts count; before, none of them did. The caller holds the run's lock."""
    Run.objects.filter(pk=run.pk).update(
        state=RunState.FINISHED, finished_at=at, bytes_read=F("bytes_total"), by_rule=_findings_by_rule(run)
    )
    Report.objects.filter(pk=report.pk).update(state=ReportState.CHECKED, current_run=run)


def _findings_by_rule(run: Run) -> list[dict[str, Any]]:
    """The summary that every view of the result begins with, made once."""
    names = ("code", "severity", "records", "services", "value", "example")
    with connection.cursor() as cursor:
        if run.rows_done >= MANY_ROWS:
            cursor.execute(sql.RENEW_STATISTICS)
        cursor.execute(sql.FINDINGS_BY_RULE, {"report": run.report_id, "run": run.pk})
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _refuse(report: Report, run: Run, reason: dict[str, Any], at: datetime) -> None:
    Run.objects.filter(pk=run.pk).update(state=RunState.ABANDONED, finished_at=at)
    Report.objects.filter(pk=report.pk).update(state=ReportState.REFUSED, refusals=[reason])
