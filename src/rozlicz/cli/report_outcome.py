"""Runs the check of a report and hands its result to whoever asked: terminal, program, workbook."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from rozlicz.cli import report_check
from rozlicz.cli.context import EXIT_USAGE, refuse, said, say, tell
from rozlicz.cli.contract import contract_of
from rozlicz.cli.faults import unreadable
from rozlicz.cli.findings_book import FindingsBook
from rozlicz.cli.installation import installation_of
from rozlicz.cli.progress import progress_bar
from rozlicz.cli.report_check import KIND, Check, Outcome
from rozlicz.cli.report_json import ReportStream
from rozlicz.cli.report_page import report_page
from rozlicz.cli.saving import new_file
from rozlicz.cli.shown import show
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract

_WARSAW = ZoneInfo("Europe/Warsaw")
_END_OF_DAY = time(23, 59, 59)


def prepared(
    *, source: Path, contracts: list[Path], installation: Path | None, received_on: date | None
) -> Check:
    """What was asked for, read and ready; without a day the report is taken to be sent now."""
    if received_on is None:
        now = datetime.now(_WARSAW).replace(tzinfo=None, microsecond=0)
    else:
        now = datetime.combine(received_on, _END_OF_DAY)
    return Check(
        source=source,
        contracts=contracts_of_one_provider(contracts),
        installation=installation_of(installation) if installation else None,
        now=now,
    )


def contracts_of_one_provider(paths: list[Path]) -> tuple[Contract, ...]:
    """The contracts of some files, of several annexes of one the newest.

    Contracts of several providers or branches end the command.
    """
    contracts = [contract_of(path) for path in paths]
    parties = sorted({f"{one.provider.code} ({one.branch})" for one in contracts})
    if len(parties) > 1:
        refuse(
            Text(
                pl="Umowy są różnych świadczeniodawców lub oddziałów: {parties}. Podaj umowy jednego.",
                en="The contracts are of different providers or branches: {parties}. Give those of one.",
            ).filled(parties=", ".join(parties)),
            exit_status=EXIT_USAGE,
        )
    newest: dict[str, Contract] = {}
    for one in contracts:
        if one.code not in newest or newest[one.code].annex < one.annex:
            newest[one.code] = one
    return tuple(newest.values())


def outcome_of(check: Check, *, as_json: bool, xlsx: Path | None, limit: int) -> Outcome:
    """Check the report and show or write the result."""
    with ExitStack() as stack:
        stream = ReportStream(check, sys.stdout) if as_json else None
        book = FindingsBook(stack.enter_context(new_file(xlsx))) if xlsx else None
        with progress_bar(check.source.name) as moved:
            takers = [taker for taker in (stream, book) if taker is not None]
            outcome = report_check.run(check, kept=0 if as_json else limit, takers=takers, moved=moved)
        if book is not None:
            book.finish(check, outcome)
        if stream is not None:
            stream.finish(outcome)
    if stream is None:
        _tell(check, outcome)
    return outcome


def _tell(check: Check, outcome: Outcome) -> None:
    if outcome.refused is not None:
        tell(f"{check.source}: {said(unreadable(check.source, outcome.refused, KIND))}")
        if outcome.header is not None:
            tell(
                say(
                    "Portal odrzuciłby raport w całości; żadna pozycja nie zostałaby rozliczona.",
                    "The portal would refuse the report as a whole; no position would be settled.",
                )
            )
        return
    show(report_page(check, outcome))
