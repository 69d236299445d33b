"""`rozlicz template`: what a file of bill templates (R_UMX) says, and whether it adds up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from rozlicz.cli.context import EXIT_REFUSED, existing, said, say, tell
from rozlicz.cli.faults import reading
from rozlicz.cli.options import JsonOption
from rozlicz.cli.shown import (
    amount,
    count,
    day,
    facts,
    message_in_words,
    moment,
    number,
    plain_table,
    show,
)

if TYPE_CHECKING:
    from rozlicz.messages.header import Header
    from rozlicz.messages.templates import Capitation, Template, TemplateLine

app = typer.Typer(
    no_args_is_help=True,
    help=say("Plik szablonów rachunków (R_UMX).", "The file of bill templates (R_UMX)."),
)


@app.callback()
def template() -> None:
    """Keeps `show` a command of its own while it is the only one."""


@app.command(
    "show",
    help=say(
        "Pokaż szablony: pozycje, wartości i sumy, i czy liczba × cena daje wartość.\n\n"
        "Kod wyjścia 1, gdy coś się nie zgadza.",
        "Show templates: lines, values and totals, and whether quantity × price is the value.\n\n"
        "Exit status 1 when something does not add up.",
    ),
    epilog="rozlicz template show szablon.zrz",
)
def show_templates(
    source: Annotated[
        Path,
        typer.Argument(
            metavar=say("SZABLON.zrz", "TEMPLATE.zrz"),
            help=say("plik szablonów (R_UMX)", "the file of templates (R_UMX)"),
        ),
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """Read the file, show it whole and check its sums."""
    header, templates = message_of(source)
    wrong = [line for one in templates for line in one.lines if not line.adds_up]
    if as_json:
        print(json.dumps(_json(header, templates), ensure_ascii=False, indent=2))
    else:
        show(_page(header, templates))
    if wrong:
        tell(
            say(
                "Nie wszystkie wartości zgadzają się z liczbą i ceną. Nie wystawiaj rachunku; zgłoś to oddziałowi.",
                "Not every value agrees with quantity and price. Make no bill; tell the branch.",
            )
        )
        raise typer.Exit(EXIT_REFUSED)


def message_of(path: Path) -> tuple[Header, tuple[Template, ...]]:
    """The header and the templates of a file, or the end of the command with a sentence."""
    from rozlicz.messages.r_umx import KIND, read_r_umx

    with reading(existing(path), KIND):
        return read_r_umx(path)


def templates_of(path: Path) -> tuple[Template, ...]:
    """The templates of a file, or the end of the command with a sentence."""
    return message_of(path)[1]


def _page(header: Header, templates: Sequence[Template]) -> RenderableType:
    parts: list[RenderableType] = [
        facts(
            (say("Plik", "File"), message_in_words(header)),
            (say("Szablony", "Templates"), str(len(templates))),
        )
    ]
    if not templates:
        parts.append(
            Line(say("Plik nie zawiera szablonów: nic nie jest należne.", "No templates: nothing is due."))
        )
    for one in templates:
        parts += [Line(), *_template(one)]
    if len(templates) > 1:
        total = amount(sum(one.amount for one in templates))
        parts += [
            Line(),
            Line(say("Razem ze wszystkich szablonów: ", "All templates: ") + total, style="bold"),
        ]
    return Group(*parts)


def _template(one: Template) -> list[RenderableType]:
    person = f"{one.person} ({one.country})" if one.country else one.person
    return [
        Line(say(f"Szablon {one.number}", f"Template {one.number}"), style="bold underline"),
        facts(
            (say("Umowa", "Contract"), f"{one.contract}, {say('aneks', 'annex')} {one.annex}"),
            (say("Rozliczenie za", "Settlement of"), _process(one)),
            (say("Plan", "Plan"), _plan(one)),
            (say("Cel", "Purpose"), one.purpose),
            (say("Miesiąc", "Month"), said(one.month.name)),
            (say("Świadczeniodawca", "Provider"), one.provider),
            (say("Osoba", "Person"), person),
            (say("Koryguje szablon", "Corrects template"), "" if one.corrects is None else str(one.corrects)),
            (say("Naliczony", "Calculated"), moment(one.issued_at)),
        ),
        Line(),
        _lines(one),
    ]


def _lines(one: Template) -> Table:
    table = plain_table(
        say("Lp.", "No."),
        say("Zakres i produkt", "Scope and product"),
        say("Liczba", "Quantity"),
        say("Cena", "Price"),
        say("Wartość", "Value"),
        "",
        right=(0, 2, 3, 4),
    )
    for index, line in enumerate(one.lines, start=1):
        table.add_row(
            str(index),
            _what(line),
            number(line.units),
            amount(line.price),
            amount(line.amount),
            _agrees(line),
        )
    total = (say("Razem", "Total"), "", "", amount(one.amount))
    table.add_row("", *(Line(text, style="bold") for text in total), "")
    return table


def _process(one: Template) -> str:
    """The process that calculated it; of services, the usual one, nothing is said."""
    from rozlicz.messages.contract_words import CALCULATED_BY
    from rozlicz.messages.templates import CalculatedBy

    return "" if one.calculated_by is CalculatedBy.SERVICES else said(CALCULATED_BY[one.calculated_by])


def _plan(one: Template) -> str:
    """The plan it is paid from and the document it rests on; of the contract's own plan nothing is said."""
    from rozlicz.messages.contract_words import PLAN_KIND
    from rozlicz.messages.templates import PlanKind

    kind = "" if one.plan is PlanKind.BASIC else f"{said(PLAN_KIND[one.plan])} {one.plan_number}".strip()
    return ", ".join(part for part in (kind, one.financing_document) if part)


def _what(line: TemplateLine) -> Line:
    what = Line(f"{line.scope}/{line.distinguisher} {line.product}".rstrip())
    what.append(f"\n{line.name} ({line.unit_name})" if line.unit_name else f"\n{line.name}", style="dim")
    if line.capitation is not None:
        what.append(f"\n{_counted(line.capitation)}", style="dim")
    return what


def _counted(capitation: Capitation) -> str:
    """`7 × 1,34 × 100,00 zł ÷ 12 (osoby na 01.10.2026)`: how the price of a group was counted."""
    part = f" × {capitation.days} ÷ {capitation.of_days}" if capitation.of_days else ""
    persons, coefficient = count(capitation.persons), number(capitation.coefficient)
    when = day(capitation.counted_on)
    told = say(f"osoby na {when}", f"persons on {when}")
    return f"{persons} × {coefficient} × {amount(capitation.annual_rate)} ÷ 12{part} ({told})"


def _agrees(line: TemplateLine) -> Line:
    if line.adds_up:
        return Line(say("zgodna", "agrees"), style="green")
    return Line(say("NIE zgadza się", "does NOT agree"), style="bold red")


def _json(header: Header, templates: Sequence[Template]) -> dict[str, Any]:
    """Amounts in grosze, units ×10,000, months 2026-10."""
    from rozlicz.cli.contract_data import header_json

    return {
        "header": header_json(header),
        "templates": [_template_json(one) for one in templates],
        "amount": sum(one.amount for one in templates),
        "adds_up": all(line.adds_up for one in templates for line in one.lines),
    }


def _template_json(one: Template) -> dict[str, Any]:
    return {
        "number": one.number,
        "corrects": one.corrects,
        "contract": one.contract,
        "annex": one.annex,
        "branch": one.branch,
        "provider": one.provider,
        "month": str(one.month),
        "issued_at": one.issued_at.isoformat(),
        "person": one.person,
        "country": one.country,
        "calculated_by": one.calculated_by.value,
        "contract_type": one.contract_type,
        "plan": one.plan.value,
        "plan_number": one.plan_number,
        "financing_document": one.financing_document,
        "purpose": one.purpose,
        "amount": one.amount,
        "lines": [
            {
                "scope": line.scope,
                "distinguisher": line.distinguisher,
                "product": line.product,
                "name": line.name,
                "unit_name": line.unit_name,
                "units": line.units,
                "price": line.price,
                "amount": line.amount,
                "adds_up": line.adds_up,
                "capitation": line.capitation and _capitation_json(line.capitation),
            }
            for line in one.lines
        ],
    }


def _capitation_json(capitation: Capitation) -> dict[str, Any]:
    return {
        "persons": capitation.persons,
        "coefficient": capitation.coefficient,
        "annual_rate": capitation.annual_rate,
        "counted_on": capitation.counted_on.isoformat(),
        "days": capitation.days,
        "of_days": capitation.of_days,
    }
