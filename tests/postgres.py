"""pytest plugin: an embedded PostgreSQL of the test run's own, shared by all its processes.

The place of the socket is settled before Django reads its settings (ROZLICZ_PG_SOCKET, ROZLICZ_DATA); the server
itself starts only when a collected test asks for the database, or when the tests are spread over processes.
Everything lies in a temporary folder that is removed at the end. With DATABASE_URL set, that server is used.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rozlicz.portal.data_folder import DataFolder
from rozlicz.portal.embedded import EmbeddedPostgres, ensure_database, socket_folder
from rozlicz.portal.house.catalogues import compile_stale

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "django_db_reset_sequences", "live_server"}
# The data are thrown away: nothing has to survive a power cut.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


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


SERVER = pytest.StashKey[Server]()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before Django is set up: in the first process choose the place; its children inherit the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rozlicz.portal.settings")
    if hasattr(config, "workerinput"):
        return
    compile_stale()
    config.stash[SERVER] = Server()
    if config.getoption("numprocesses", None):
        config.stash[SERVER].start()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the server when a test of this process needs it."""
    if SERVER in session.config.stash and any(needs_database(item) for item in session.items):
        session.config.stash[SERVER].start()


def needs_database(item: pytest.Item) -> bool:
    """Whether the test asks for the database by a mark or a fixture."""
    asked = set(getattr(item, "fixturenames", ()))
    return item.get_closest_marker("django_db") is not None or bool(asked & DATABASE_FIXTURES)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """The run is over: nothing stays behind."""
    if SERVER in config.stash:
        config.stash[SERVER].remove()
