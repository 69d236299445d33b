"""Help pages: the road from contract to bill, in the language of the commands, at once."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys

import pytest

from tests.cli.conftest import PROGRAM

COMMANDS = [
    "sample",
    "contract show",
    "report build",
    "report check",
    "explain",
    "template show",
    "bill build",
    "bill check",
    "rules",
    "message inspect",
    "message convert",
]
ENGLISH = re.compile(r"\b(Usage|Options|Arguments|Commands|required|default|Show this message|Missing|Try)\b")
POLISH_LETTERS = re.compile(r"[ąćęłńóśźż]", re.IGNORECASE)


def test_the_program_lists_its_commands_in_the_order_of_the_road(typed):
    ended = typed("--help")
    assert ended.status == 0
    listed = re.findall(r"^  ([a-z]+)  ", ended.out.partition("Polecenia:")[2], flags=re.MULTILINE)
    assert listed == ["sample", "contract", "report", "explain", "template", "bill", "rules", "message"]


@pytest.mark.parametrize("command", ["", "contract", "report", "template", "bill", "message", *COMMANDS])
def test_every_page_is_polish(typed, command):
    ended = typed(*command.split(), "--help")
    assert ended.status == 0
    assert ended.out.startswith(f"Użycie: rozlicz {command}".rstrip())
    assert not ENGLISH.search(ended.out)
    assert "ta pomoc" in ended.out


@pytest.mark.slow
@pytest.mark.parametrize("command", ["", "contract", "report", "template", "bill", "message", *COMMANDS])
def test_every_page_is_english_when_asked(started, command):
    ended = started(*command.split(), "--help", ROZLICZ_LANG="en")
    assert ended.status == 0
    assert ended.out.startswith(f"Usage: rozlicz {command}".rstrip())
    assert not POLISH_LETTERS.search(ended.out)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example(typed, command):
    assert f"Przykład:\n  rozlicz {command}" in typed(*command.split(), "--help").out


def test_required_options_stand_in_the_line_of_use(typed):
    use = typed("report", "check", "--help").out.partition("\n\n")[0].split()
    assert " ".join(use) == "Użycie: rozlicz report check --contract UMOWA.umx [OPCJE] RAPORT.swx"


def test_a_narrow_terminal_is_enough(typed, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    from rozlicz.cli import context

    context.output.cache_clear()
    assert max(map(len, typed("report", "check", "--help").out.splitlines())) <= 40


def test_the_version_is_told(typed):
    assert re.fullmatch(r"rozlicz \d+\.\d+\.\d+\n", typed("--version").out)


@pytest.mark.slow
def test_help_is_there_at_once():
    """Under half a second: of processor time, since the machine that runs tests may be busy."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([PROGRAM, "--help"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


@pytest.mark.slow
def test_help_loads_nothing_heavy():
    program = (
        "import sys; from rozlicz.cli.commands import run; run(['--help']); "
        "print(*{'polars', 'xlsxwriter', 'pydantic', 'django', 'lxml'} & set(sys.modules), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=os.environ
    )
    assert ended.stderr.strip() == ""
