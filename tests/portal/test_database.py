"""Where the database is found."""

from pathlib import Path

from rozlicz.portal.database import database_settings
from rozlicz.portal.embedded import socket_folder


def test_commands_beside_a_running_portal_find_its_database_by_the_data_folder(tmp_path: Path) -> None:
    settings = database_settings({"ROZLICZ_DATA": str(tmp_path)})
    assert settings["HOST"] == str(socket_folder(tmp_path / "postgres"))


def test_the_socket_may_be_named() -> None:
    settings = database_settings({"ROZLICZ_DATA": "/srv", "ROZLICZ_PG_SOCKET": "/run/postgresql"})
    assert settings["HOST"] == "/run/postgresql"


def test_an_external_database_needs_no_socket() -> None:
    settings = database_settings({"DATABASE_URL": "postgresql://anna:tajne%21@db.example:5433/rozlicz"})
    assert (settings["HOST"], settings["PORT"], settings["USER"]) == ("db.example", 5433, "anna")
    assert (settings["NAME"], settings["PASSWORD"]) == ("rozlicz", "tajne!")
