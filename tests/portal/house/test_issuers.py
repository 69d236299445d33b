"""Issuers whom the branch trusts: the folder, the command that tells what lies there, and the start."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from rozlicz.portal.house.issuers import issuers_found, trusted_issuers
from rozlicz.portal.house.management.commands.prepare import Command as Prepare
from tests.issuing import World

WORLD = World.at(datetime.now(UTC))


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.TRUSTED_ISSUERS = tmp_path / "trusted-issuers"
    settings.TRUSTED_ISSUERS.mkdir()
    return Path(settings.TRUSTED_ISSUERS)


def command() -> str:
    out = io.StringIO()
    call_command("issuers", stdout=out)
    return out.getvalue()


def test_without_the_folder_or_files_in_it_nobody_is_trusted(folder: Path) -> None:
    assert trusted_issuers() == ()
    assert "they are not checked" in command()
    folder.rmdir()
    assert trusted_issuers() == ()


def test_files_count_as_soon_as_they_lie_there_and_no_longer(folder: Path) -> None:
    file = folder / "krajowe.pem"
    file.write_bytes(WORLD.root.pem() + WORLD.provider.pem())
    (folder / ".hidden").write_text("nothing")
    assert [one.name for one in trusted_issuers()] == ["Narodowe Centrum Prób", "Centrum Kwalifikowane Prób"]
    assert "krajowe.pem: Centrum Kwalifikowane Prób, valid until" in command()
    assert "NOT VALID" not in command()
    file.write_bytes(World.at(datetime(2020, 1, 2, tzinfo=UTC)).root.pem())
    assert "valid until 2021-01-01   NOT VALID TODAY" in command()
    file.unlink()
    assert trusted_issuers() == ()


def test_a_file_that_cannot_be_read_stops_the_start_but_not_the_pages(folder: Path) -> None:
    (folder / "dobry.pem").write_bytes(WORLD.root.pem())
    Prepare(stdout=io.StringIO())._look_at_issuers()
    (folder / "zly.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nnothing")
    for refused in (command, Prepare()._look_at_issuers):
        with pytest.raises(CommandError, match=r"The file zly\.pem cannot be read as an X\.509 certificate"):
            refused()
    assert len(trusted_issuers()) == len(issuers_found().faults) == 1
