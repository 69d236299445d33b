"""A provider's desk: a folder with a contract, reports and templates, and commands typed in it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from rozlicz.cli import context
from rozlicz.cli.commands import run
from rozlicz.messages.header import new_header
from rozlicz.messages.r_umx import write_r_umx
from rozlicz.messages.umx import write_umx
from tests import reporting, world
from tests.documents.desk import CORRECTING, TEMPLATE

PROGRAM = Path(sys.executable).with_name("rozlicz")
CONTRACT = world.contract()
WRITTEN = datetime(2026, 11, 3, 10, 0)
GOOD = [reporting.Reported(service_id=f"S-{number:06d}") for number in range(1, 11)]
BAD = [
    reporting.Reported(service_id="S-000011", product="5.30.00.9999999"),
    reporting.Reported(service_id="S-000012", month="2026-13"),
    reporting.Reported(service_id="S-000013", month="2026-13"),
]


class Ended(NamedTuple):
    """What a command left: exit status, results, and what was said beside them."""

    status: int
    out: str
    err: str


Type = Callable[..., Ended]


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    """The folder in which commands are typed; a terminal of 100 columns that speaks Polish."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ROZLICZ_LANG", "pl")
    monkeypatch.setenv("COLUMNS", "100")
    for console in (context.output, context.errors):
        console.cache_clear()
    yield tmp_path
    for console in (context.output, context.errors):
        console.cache_clear()


@pytest.fixture
def typed(desk, capsys) -> Type:
    """Type a command in the running process."""

    def typed(*arguments: object) -> Ended:
        capsys.readouterr()
        status = run([str(one) for one in arguments])
        return Ended(status, *capsys.readouterr())

    return typed


@pytest.fixture
def started(desk) -> Type:
    """Start the installed program, as a person does."""

    def started(*arguments: object, **environment: str) -> Ended:
        ended = subprocess.run(
            [PROGRAM, *map(str, arguments)],
            check=False,
            cwd=desk,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)

    return started


def header(kind: str, *, generation: int = 1):
    return new_header(
        kind=kind, receiver=CONTRACT.provider.code, sender="05", generation=generation, generated_at=WRITTEN
    )


@pytest.fixture
def umowa(desk) -> Path:
    path = Path("umowa.umx")
    write_umx(CONTRACT, header=header("UMX"), target=path)
    return path


@pytest.fixture
def raport(desk) -> Path:
    """Ten positions that are right, one under a product that is not in the scope, two of no month."""
    path = Path("raport.swx")
    path.write_bytes(reporting.report(GOOD + BAD, generation=7))
    return path


@pytest.fixture
def dobry(desk) -> Path:
    path = Path("dobry.swx")
    path.write_bytes(reporting.report(GOOD, generation=7))
    return path


@pytest.fixture
def szablon(desk) -> Path:
    path = Path("szablon.zrz")
    write_r_umx((TEMPLATE, CORRECTING), header=header("R_UMX"), target=path)
    return path
