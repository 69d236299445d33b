"""Ctrl-C, a reader that goes away, and terminals without Polish letters: quiet, and never a traceback."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests import reporting
from tests.cli.conftest import GOOD, PROGRAM


def endless_report():
    """Pieces of a report that never ends."""
    head, mark, rest = reporting.report(GOOD[:1]).partition(b"<zestaw-swiadczen")
    piece, end, _ = rest.partition(b"</zestaw-swiadczen>")
    yield head
    while True:
        yield (mark + piece + end) * 100


@pytest.mark.slow
def test_ctrl_c_ends_quietly_with_status_130(desk, umowa):
    os.mkfifo("raport.swx")
    command = subprocess.Popen(
        [PROGRAM, "report", "check", "raport.swx", "--contract", umowa, "--xlsx", "w.xlsx"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    draft = desk / "w.xlsx.part"
    begun, asked = time.monotonic(), False
    with contextlib.suppress(BrokenPipeError), Path("raport.swx").open("wb", buffering=0) as pipe:
        for piece in endless_report():
            pipe.write(piece)
            if not asked and draft.exists() and time.monotonic() > begun + 1:
                command.send_signal(signal.SIGINT)
                asked = True
    out, err = command.communicate(timeout=60)
    assert (command.returncode, out, err) == (130, b"", b"")
    assert not list(desk.glob("w.xlsx*"))


@pytest.mark.slow
@pytest.mark.parametrize("command", ["rules", "rules --json", "rules --markdown", "--help"])
def test_a_reader_that_goes_away_is_no_fault_worth_telling(desk, command):
    shell = f"'{PROGRAM}' {command} | true; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(["bash", "-c", shell], capture_output=True, timeout=60, check=False)
    assert ended.stderr == b""
    assert ended.returncode in {0, 1}


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-2", "utf-8"])
def test_files_get_utf_8_whatever_the_locale(started, encoding):
    assert "błąd" in started("rules", PYTHONIOENCODING=encoding, LC_ALL="C").out


@pytest.mark.slow
def test_the_installed_program_ends_with_the_status_of_the_command(started, umowa, raport, dobry):
    check = ("report", "check", "--contract", umowa, "--received-on", "2026-11-05")
    assert started(*check, dobry).status == 0
    assert started(*check, raport).status == 1
    assert started(*check, "nie-ma.swx").status == 2
    assert started("rules", "--nope").status == 2
