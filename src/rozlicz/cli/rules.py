"""`rozlicz rules`: the catalogue of verification rules, as the portal shows it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text as Line

from rozlicz.cli.context import EXIT_USAGE, language, refuse, said, say
from rozlicz.cli.options import JsonOption
from rozlicz.cli.shown import facts, severity_word, show
from rozlicz.kernel.texts import Text, format_day

if TYPE_CHECKING:
    from rozlicz.verification.rule import Rule

HELP = say(
    "Katalog reguł weryfikacji: wszystkie albo jedna.", "The catalogue of verification rules: all, or one."
)
EXAMPLE = "rozlicz rules 59901001"

_PLACEHOLDER = re.compile(r"\{\w+\}")


def rules(
    code: Annotated[
        str,
        typer.Argument(
            metavar=say("KOD", "CODE"), help=say("kod reguły, osiem cyfr", "code of a rule, eight digits")
        ),
    ] = "",
    markdown: Annotated[
        bool,
        typer.Option(
            "--markdown",
            help=say("cały katalog jako dokument (Markdown)", "the whole catalogue as a document"),
        ),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the rules in the order in which the findings of one record are told."""
    from rozlicz.verification.catalogue import RULES, RULES_VERSION

    if markdown:
        _print_document(code)
        return
    wanted = [rule for rule in RULES if code in ("", rule.code)]
    if not wanted:
        refuse(
            Text(
                pl="Nie ma reguły {code}. Wszystkie pokazuje: rozlicz rules",
                en="There is no rule {code}. All are shown by: rozlicz rules",
            ).filled(code=code),
            exit_status=EXIT_USAGE,
        )
    if as_json:
        listed = {"rules_version": RULES_VERSION, "rules": [rule_json(rule) for rule in wanted]}
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    elif code:
        _show_one(wanted[0])
    else:
        _show_all(wanted, RULES_VERSION)


def _print_document(code: str) -> None:
    """The catalogue as docs/rules.md has it, in both languages."""
    from rozlicz.verification.catalogue_table import markdown

    if code:
        refuse(
            Text(
                pl="Opcja --markdown drukuje cały katalog; nie podawaj przy niej kodu.",
                en="The option --markdown prints the whole catalogue; give no code with it.",
            ),
            exit_status=EXIT_USAGE,
        )
    print(markdown(), end="")


def rule_json(rule: Rule) -> dict[str, Any]:
    """What a program may know of a rule: texts in both languages, days as 2026-11-05."""
    return {
        "code": rule.code,
        "own_code": rule.is_own_code,
        "severity": rule.severity.value,
        "level": rule.level,
        "applies_to": rule.applies_to.value,
        "name": rule.name.to_json(),
        "message": rule.message.to_json(),
        "remedy": rule.remedy.to_json(),
        "basis": rule.basis.reference.to_json(),
        "basis_confirmed": rule.basis.confirmed,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat(),
    }


def basis_in_words(rule: Rule) -> str:
    """The legal basis, and whether it was only remembered or is a policy."""
    reference = said(rule.basis.reference)
    return (
        reference if rule.basis.confirmed else f"{reference} {say('(do potwierdzenia)', '(to be confirmed)')}"
    )


def _show_all(wanted: list[Rule], version: str) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say("Kod", "Code"), no_wrap=True)
    table.add_column(say("Waga", "Severity"), no_wrap=True)
    table.add_column(say("Reguła", "Rule"))
    for rule in wanted:
        table.add_row(rule.code, severity_word(rule.severity), said(rule.name))
    show(table)
    print()
    print(
        say(
            f"Reguł: {len(wanted)}, wersja {version}. Więcej o jednej: rozlicz rules {wanted[0].code}",
            f"{len(wanted)} rules, version {version}. More about one: rozlicz rules {wanted[0].code}",
        )
    )


def _show_one(rule: Rule) -> None:
    level = {
        "service": say("świadczenie, ze wszystkimi pozycjami", "the service with all its positions"),
        "position": say("pozycja rozliczeniowa", "the settlement position"),
    }
    code_of = say("nasz", "ours") if rule.is_own_code else say("NFZ", "the Fund's")
    show(Line(f"{rule.code}  {said(rule.name)}", style="bold"))
    show(
        facts(
            (say("Co jest nie tak", "What is wrong"), with_gaps(rule.message)),
            (say("Co zrobić", "What to do"), with_gaps(rule.remedy)),
            (say("Podstawa", "Basis"), basis_in_words(rule)),
            (say("Waga", "Severity"), severity_word(rule.severity)),
            (say("Dotyczy", "Concerns"), level[rule.level]),
            (say("Kod", "Code"), code_of),
            (say("Obowiązuje", "In force"), _validity(rule)),
        )
    )


def _validity(rule: Rule) -> str:
    from rozlicz.verification.rule import ALWAYS, FOREVER

    since = "" if rule.valid_from == ALWAYS else say("od ", "from ") + format_day(rule.valid_from, language())
    until = "" if rule.valid_to == FOREVER else say("do ", "to ") + format_day(rule.valid_to, language())
    return " ".join(part for part in (since, until) if part) or say("zawsze", "always")


def with_gaps(text: Text) -> str:
    """A sentence of the catalogue with … where a finding tells its own value."""
    return _PLACEHOLDER.sub("…", said(text))
