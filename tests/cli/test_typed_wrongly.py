"""Whatever is typed wrongly is told in one sentence in the language of the commands, with exit status 2."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.cli.words import fault_in_words


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("--vrsion", "Nie ma opcji --vrsion. Może chodziło o: --version?"),
        ("contract --jsn", "Nie ma opcji --jsn."),
        ("rule", "Nie ma polecenia rule. Może chodziło o: rules?"),
        ("rozlicz", "Nie ma polecenia rozlicz."),
        ("contract pokaz", "Nie ma polecenia pokaz."),
        ("contract show", "Brakuje argumentu UMOWA.umx."),
        ("report check raport.swx", "Brakuje opcji --contract."),
        ("report check raport.swx --contract", "Po opcji --contract brakuje wartości."),
        ("report check r.swx --contract u.umx --json=3", "Opcja --json nie przyjmuje wartości."),
        ("report check a.swx b.swx --contract u.umx", "Podano o jeden argument za dużo lub więcej: b.swx."),
        (
            "report check r.swx --contract u.umx --limit x",
            "Zła wartość --limit: oczekiwana jest liczba całkowita.",
        ),
        ("report check r.swx --contract u.umx --limit -1", "Zła wartość --limit: najmniej 0."),
        (
            "report check r.swx --contract u.umx --received-on 5.11.2026",
            "Zła wartość --received-on: „5.11.2026” nie ma postaci RRRR-MM-DD.",
        ),
        (
            "bill build --template s.zrz --issuer w.toml -o r.erx --kind paragon",
            "Zła wartość --kind: „paragon” to żadne z: fakt, rach, nota.",
        ),
        ("rules 123", "Nie ma reguły 123. Wszystkie pokazuje: rozlicz rules"),
        ("rules 59901001 --markdown", "Opcja --markdown drukuje cały katalog; nie podawaj przy niej kodu."),
    ],
)
def test_it_is_told_in_one_polish_sentence(typed, command, sentence):
    ended = typed(*command.split())
    assert ended.status == 2
    assert ended.out == ""
    assert ended.err.splitlines()[0] == sentence


@pytest.mark.parametrize(
    "command", ["--vrsion", "contract show", "report check r.swx --contract u.umx --limit x"]
)
def test_it_says_where_help_is(typed, command):
    path = {"--vrsion": "", "contract show": " contract show"}.get(command, " report check")
    assert typed(*command.split()).err.splitlines()[1:] == [f"Pomoc: rozlicz{path} --help"]


def test_it_is_told_in_english_when_asked(typed, monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    ended = typed("report", "check", "raport.swx")
    assert ended.err.splitlines() == [
        "The option --contract is missing.",
        "Help: rozlicz report check --help",
    ]


@pytest.mark.parametrize("command", ["", "contract", "report", "template", "bill", "message"])
def test_a_group_typed_alone_shows_its_help(typed, command):
    ended = typed(*command.split())
    assert ended.status == 2
    assert ended.err.startswith(f"Użycie: rozlicz {command}".rstrip())
    assert "Polecenia:" in ended.err


@given(st.text(min_size=1))
def test_a_sentence_of_the_parser_that_is_not_known_is_passed_on(message):
    told = fault_in_words(message)
    assert told.pl
    if told.pl == told.en:
        assert told.pl == message


def test_several_values_are_counted():
    assert fault_in_words("Option '--pair' requires 2 arguments.").pl == "Opcja --pair wymaga 2 wartości."
