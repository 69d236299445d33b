"""The result of a check on the terminal: totals, then what each rule found, errors and the costliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from rozlicz.cli.context import said, say
from rozlicz.cli.report_check import Check, Found, Outcome, RuleTally, Tally, rules_left_to_the_portal
from rozlicz.cli.rules import basis_in_words, with_gaps
from rozlicz.cli.shown import amount, count, counted, day, facts, message_in_words, plain_table, severity_word
from rozlicz.cli.unread import unread_note
from rozlicz.messages.contracts import Contract
from rozlicz.messages.wire.header_checks import HeaderRefusal
from rozlicz.messages.wire.refusals import excerpt
from rozlicz.verification.catalogue import RULES_VERSION
from rozlicz.verification.findings import sentence

_WIDEST_CELL = 24


def report_page(check: Check, outcome: Outcome) -> RenderableType:
    """The whole result of a report that could be read."""
    tally = outcome.tally
    parts: list[RenderableType] = [
        Line(say("Raport ", "Report ") + check.source.name, style="bold underline"),
        _head(check, outcome),
        Line(),
        _totals(tally),
    ]
    if tally.by_rule:
        parts += [Line(), Line(say("Co znalazła weryfikacja", "What the verification found"), style="bold")]
        parts.append(Line(_how_to_read()))
    for one in tally.by_rule:
        parts += [Line(), *_of_rule(one)]
    if outcome.unread:
        parts += [Line(), *unread_note(outcome.unread)]
    parts += [Line(), *_not_checked(check)]
    parts += [Line(), *_hints(tally), *_refused_for_header(outcome.header_refusals), _verdict(outcome)]
    return Group(*parts)


def _how_to_read() -> str:
    return say(
        "Błąd odrzuca pozycję, dopóki się go nie poprawi; ostrzeżenie tylko informuje. Najkosztowniejsze najpierw.",
        "An error rejects the position until it is corrected; a warning only tells. The costliest first.",
    )


def _head(check: Check, outcome: Outcome) -> Table:
    provider = check.contracts[0].provider
    rows = [
        (say("Świadczeniodawca", "Provider"), f"{provider.code} {provider.name}"),
        (say("Umowy", "Contracts"), ", ".join(map(_contract, check.contracts))),
    ]
    if outcome.header is not None:
        rows.append((say("Komunikat", "Message"), message_in_words(outcome.header)))
    rows.append((say("Dzień wysłania", "Day of sending"), day(check.received_on)))
    rows.append((say("Reguły", "Rules"), RULES_VERSION))
    return facts(*rows)


def _contract(contract: Contract) -> str:
    if not contract.annex:
        return contract.code
    return say(f"{contract.code} (aneks {contract.annex})", f"{contract.code} (annex {contract.annex})")


def _totals(tally: Tally) -> Table:
    table = plain_table("", say("Pozycje", "Positions"), say("Wartość", "Value"), right=(1, 2))
    table.add_row(
        say("Przyjęte", "Accepted"), count(tally.accepted), amount(tally.accepted_value), style="green"
    )
    bad = "red" if tally.rejected else ""
    table.add_row(
        say("Odrzucone", "Rejected"), count(tally.rejected), amount(tally.rejected_value), style=bad
    )
    value = tally.accepted_value + tally.rejected_value
    table.add_row(say("Razem", "Total"), count(tally.positions), amount(value), style="bold")
    return table


def _of_rule(one: RuleTally) -> Iterator[RenderableType]:
    rule = one.rule
    head = severity_word(rule.severity)
    head.append(f"  {rule.code}  {said(rule.name)}", style="bold default")
    head.append(f" – {_records(one.records)}, {amount(one.value)}", style="default")
    yield head
    sentences = [said(sentence(found.code, found.parameters)) for found in one.first]
    alike = len(sentences) > 1 and len(set(sentences)) == 1
    yield _indented(
        facts(
            (say("Co jest nie tak", "What is wrong"), sentences[0] if alike else ""),
            (say("Co zrobić", "What to do"), with_gaps(rule.remedy)),
            (say("Podstawa", "Basis"), basis_in_words(rule)),
        )
    )
    if one.first:
        yield _indented(_first_records(one.first, [] if alike else sentences))
    left = one.records - len(one.first)
    if one.first and left:
        yield _indented(
            Line(
                say(
                    f"… i jeszcze {_records(left)} (--limit, --xlsx)",
                    f"… and {_records(left)} more (--limit, --xlsx)",
                ),
                style="dim",
            )
        )


def _first_records(first: Sequence[Found], sentences: Sequence[str]) -> Table:
    """Where the first records stand; with their sentences unless they are all alike."""
    table = plain_table(
        say("Nr", "No."),
        say("Wiersz", "Line"),
        say("Świadczenie", "Service"),
        say("Wer.", "Ver."),
        say("Poz.", "Pos."),
        *([say("Co jest nie tak", "What is wrong")] if sentences else []),
        right=(0, 1),
    )
    for one, told in zip_longest(first, sentences):
        wrote = (one.service_id, one.service_version, one.position)
        cells = [Line(excerpt(text or "–", _WIDEST_CELL)) for text in wrote]
        table.add_row(str(one.row), str(one.line), *cells, *([Line(told)] if sentences else []))
    return table


def _records(records: int) -> str:
    return counted(records, pl=("zapis", "zapisy", "zapisów"), en=("record", "records"))


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))


def _not_checked(check: Check) -> Iterator[RenderableType]:
    """What only the portal can check, said plainly."""
    yield Line(
        say(
            "Nie sprawdzono, bo wymaga to wcześniejszych raportów, które zna tylko portal:",
            "Not checked, since it takes earlier reports, which only the portal knows:",
        ),
        style="bold",
    )
    rules = plain_table("", "")
    rules.show_header = False
    for rule in rules_left_to_the_portal(check):
        rules.add_row(rule.code, Line(said(rule.name)))
    yield _indented(rules)
    if check.installation is None:
        yield Line(
            say(
                "Nie sprawdzono też, czy nagłówek ma zarejestrowany identyfikator instalacji i kolejny numer; "
                "zrobi to opcja --installation.",
                "Nor was it checked whether the header has the registered installation and the next number; "
                "the option --installation does that.",
            )
        )


def _hints(tally: Tally) -> Iterator[RenderableType]:
    if tally.foreign_contracts:
        names = ", ".join(excerpt(name) for name in sorted(tally.foreign_contracts))
        yield Line(
            say(
                f"W raporcie są pozycje umów, których plików nie podano: {names}. Jeśli to umowy z płatnikiem, dodaj "
                "je opcją --contract.",
                f"The report has positions of contracts whose files were not given: {names}. If they are contracts "
                "with the payer, add them by --contract.",
            ),
            style="yellow",
        )


def _refused_for_header(refusals: Sequence[HeaderRefusal]) -> Iterator[RenderableType]:
    if not refusals:
        return
    yield Line(
        say(
            "Portal odrzuciłby raport w całości z powodu nagłówka:",
            "The portal would refuse the report as a whole for its header:",
        ),
        style="bold red",
    )
    for one in refusals:
        yield _indented(Line(f"{said(one.text)} {said(one.remedy)}"))
    yield Line()


def _verdict(outcome: Outcome) -> Line:
    tally = outcome.tally
    if outcome.accepted:
        return Line(
            say("Wynik: nic nie zostałoby odrzucone.", "Result: nothing would be rejected."),
            style="bold green",
        )
    if outcome.header_refusals:
        return Line(
            say(
                "Wynik: raport zostałby odrzucony w całości.",
                "Result: the report would be refused as a whole.",
            ),
            style="bold red",
        )
    return Line(
        say(
            f"Wynik: odrzucone zostałyby pozycje: {count(tally.rejected)} z {count(tally.positions)}.",
            f"Result: {count(tally.rejected)} of {count(tally.positions)} positions would be rejected.",
        ),
        style="bold red",
    )
