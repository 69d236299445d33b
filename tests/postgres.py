"""pytest plugin: an embedded PostgreSQL of the test run's own, shared by all its processes.

The place of the socket is settled before Django reads its settings (ROZLICZ_PG_SOCKET, ROZLICZ_DATA); the server
itself starts only when a collected test asks for the database, or when the tests are spread over processes.
Everything lies in a temporary folder that is removed at the end. With DATABASE_URL set, that server is used.
"""

import atexit
import os
import shutil
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.utils.functional import empty

from rozlicz.portal.data_folder import DataFolder
from rozlicz.portal.embedded import EmbeddedPostgres, ensure_database, socket_folder
from rozlicz.portal.house.catalogues import compile_stale

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences", "live_server"}
# The data are thrown away: nothing has to survive a power cut. Nobody but the test that needs it vacuums or analyses.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class Server:
    """The test run's server, owned by the process that the person started."""

    def __init__(self) -> None:
        """Choose the place and tell it to Django; nothing is started."""
        self.folder = Path(tempfile.mkdtemp(prefix="rozlicz-test-"))
        self.folder.chmod(0o711)  # under root the server has a user of its own
        self.data = DataFolder(self.folder)
        self.postgres: EmbeddedPostgres | None = None
        os.environ["ROZLICZ_DATA"] = str(self.folder)
        if not os.environ.get("DATABASE_URL"):
            os.environ["ROZLICZ_PG_SOCKET"] = str(socket_folder(self.data.postgres))

    def start(self) -> None:
        """Start the server once."""
        if self.postgres is None and not os.environ.get("DATABASE_URL"):
            self.postgres = EmbeddedPostgres(self.data.postgres, HASTY)
            self.postgres.start()
            ensure_database(self.postgres.socket_folder)

    def remove(self) -> None:
        """Stop the server and remove all its files."""
        if self.postgres is not None:
            self.postgres.stop()
            shutil.rmtree(self.postgres.socket_folder, ignore_errors=True)
        shutil.rmtree(self.folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An empty folder that every user may pass through; pytest's `tmp_path` is private."""
    folder = Path(tempfile.mkdtemp(prefix="rozlicz-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def first_process() -> bool:
    """Whether this is the process that the person started, not one of those that share its tests."""
    return "PYTEST_XDIST_WORKER" not in os.environ


def shared_by_processes() -> bool:
    """Whether several processes use the test run's own server, each with a database of its own."""
    return not first_process() and not os.environ.get("DATABASE_URL")


# Test modules and conftest files import models, so Django is set up here, before pytest loads any of them. The
# other processes inherit the environment.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rozlicz.portal.settings")
SERVER = Server() if first_process() else None
if SERVER is not None:
    atexit.register(SERVER.remove)  # pytest calls no hook when a conftest file cannot be imported
    compile_stale()
try:
    django.setup()
except Exception:  # noqa: BLE001 - whatever is wrong with the portal, tests of the layers below it shall run
    # Without settings pytest-django stands aside (there is no public way to forget them again); tests/portal
    # fails by itself.
    PORTAL_FAULT = traceback.format_exc()
    del os.environ["DJANGO_SETTINGS_MODULE"]
    settings._wrapped = empty
else:
    PORTAL_FAULT = ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why the portal's tests could not even be loaded."""
    if PORTAL_FAULT:
        terminalreporter.section("The portal cannot be loaded")
        terminalreporter.write(PORTAL_FAULT)


def pytest_configure(config: pytest.Config) -> None:
    """Start the server now if other processes are about to need it: they collect without this one."""
    if SERVER is not None and config.getoption("numprocesses", None):
        SERVER.start()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the server when a test of this process needs it."""
    if SERVER is not None and any(needs_database(item) for item in session.items):
        SERVER.start()


def needs_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database by a mark or a fixture."""
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked & DATABASE_FIXTURES)
