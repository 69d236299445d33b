"""What will be due and why: on the terminal, for programs, and as PDF. The sentences are those of the portal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from rozlicz.cli.context import language, said, say
from rozlicz.cli.shown import amount, facts, plain_table
from rozlicz.documents.printouts.explanation import TITLE, explanation_pdf
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.texts import Language, Text
from rozlicz.messages.contracts import Contract
from rozlicz.settlement.drafts import CapSettlement
from rozlicz.settlement.telling import Told, ToldStep, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What was calculated: the scopes that were asked for, and what the reader has to know beside them."""

    contract: Contract
    month: Month
    period: SettlementPeriod
    caps: tuple[CapSettlement, ...]
    notes: tuple[Text, ...]

    @property
    def due(self) -> int:
        """Σ due of the scopes, in grosze."""
        return sum(cap.due for cap in self.caps)

    @property
    def provider(self) -> str:
        """Code and name of the provider."""
        return f"{self.contract.provider.code} {self.contract.provider.name}"

    @property
    def facts(self) -> tuple[tuple[Text, Text], ...]:
        """What stands above the explanations."""
        annex = Text(pl="{code}, aneks {annex}", en="{code}, annex {annex}").filled(
            code=self.contract.code, annex=self.contract.annex
        )
        until = Text(pl="{first} – {last}", en="{first} – {last}").filled(
            first=self.period.first.name, last=self.period.last.name
        )
        return (
            (Text(pl="Umowa", en="Contract"), annex),
            (Text(pl="Świadczeniodawca", en="Provider"), Text(pl=self.provider, en=self.provider)),
            (Text(pl="Miesiąc", en="Month"), self.month.name),
            (Text(pl="Okres rozliczeniowy", en="Settlement period"), until),
        )


def explained_page(found: Explained) -> RenderableType:
    """The whole result for the terminal."""
    parts: list[RenderableType] = [
        Line(said(TITLE), style="bold underline"),
        facts(*((said(label), said(value)) for label, value in found.facts)),
        Line(),
        _sums(found),
        Line(),
        Line(said(_NOT_KNOWN), style="bold"),
        *(Padding(Line(f"– {said(note)}", style="yellow"), (0, 0, 0, 2)) for note in found.notes),
    ]
    for cap in found.caps:
        parts += [Line(), *_explanation(told(cap.explanation, language()))]
    return Group(*parts)


def explained_pdf(found: Explained, shown_in: Language) -> bytes:
    """The same as a printout."""
    return explanation_pdf(
        [cap.explanation for cap in found.caps],
        language=shown_in,
        header=" · ".join(
            (found.contract.code, found.contract.provider.name, found.month.name.in_language(shown_in))
        ),
        facts=[(label, value.in_language(shown_in)) for label, value in found.facts],
        notes=found.notes,
    )


def explained_json(found: Explained) -> dict[str, Any]:
    """The same for programs: amounts in grosze, months 2026-10, inside explanations 202610; both languages."""
    return {
        "contract": found.contract.code,
        "annex": found.contract.annex,
        "provider": found.contract.provider.code,
        "month": str(found.month),
        "settlement_period": [str(found.period.first), str(found.period.last)],
        "due": found.due,
        "not_known": [note.to_json() for note in found.notes],
        "scopes": [
            {
                "scope": cap.unit.scope,
                "distinguisher": cap.unit.distinguisher,
                "room": cap.room,
                "due": cap.due,
                "waiting": cap.waiting,
                "explanation": cap.explanation.to_json(),
            }
            for cap in found.caps
        ],
    }


_NOT_KNOWN = Text(pl="Czego to wyliczenie nie wie", en="What this calculation does not know")


def _sums(found: Explained) -> Table:
    table = plain_table(
        say("Zakres", "Scope"), say("Należne teraz", "Due now"), say("Czeka", "Waiting"), right=(1, 2)
    )
    for cap in found.caps:
        scope = f"{cap.unit.scope} / {cap.unit.distinguisher}"
        table.add_row(scope, amount(cap.due), amount(cap.waiting))
    waiting = amount(sum(cap.waiting for cap in found.caps))
    table.add_row(say("Razem", "Total"), amount(found.due), waiting, style="bold")
    return table


def _explanation(why: Told) -> Iterator[RenderableType]:
    yield Line(why.title, style="bold underline")
    if why.months:
        yield Line()
        yield Line(why.months_title, style="bold")
        yield _months(why)
    yield Line()
    yield Line(why.steps_title, style="bold")
    for number, one in enumerate(why.steps, 1):
        yield Padding(_step(number, one), (0, 0, 1, 0))


def _months(why: Told) -> Table:
    """A row a month; the amounts stand in columns as long as they fit, else they wrap between words."""
    table = plain_table(*why.columns)
    for column in table.columns[1:]:
        column.justify = "right"
    for row in why.months:
        table.add_row(row.name, *row.amounts)
    table.add_row(*(Line(cell, style="bold") for cell in why.total))
    return table


def _step(number: int, one: ToldStep) -> RenderableType:
    inside = [
        Line(one.outcome, style="bold"),
        *(Line(f"– {line}") for line in one.inputs),
        Line(one.basis, style="dim"),
    ]
    return Group(Line(f"{number}. {one.title}"), Padding(Group(*inside), (0, 0, 0, 3)))
