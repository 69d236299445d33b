"""The one process behind `make run`: database, preparation, web and workers; Ctrl-C stops them in order.

    python -m rozlicz.portal.supervisor                  run everything until Ctrl-C or SIGTERM
    python -m rozlicz.portal.supervisor exec COMMAND …   run one command beside the database, which is started
                                                         for it when it does not run (pg_dump, psql, benchmarks)

Web and workers are killed by the kernel when this process is; the database then stops by itself, cleanly.
Environment: docs/operations.md.
"""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg

from rozlicz.portal.data_folder import DataFolder
from rozlicz.portal.embedded import EmbeddedPostgres, UnableToStartDatabase, ensure_database, socket_folder
from rozlicz.portal.processes import Running, Service, ending, kill_group, spawn, stop_together, tied_to_me
from rozlicz.portal.server_user import NoWayForServer

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
OLDEST_POSTGRES = 15
WEB_PATIENCE = 10.0
WORKER_PATIENCE = 25.0  # longer than the worker's own, after which it gives its job back
ANSWER_PATIENCE = 60.0  # until web must answer for the first time
STEPS = (
    ("Preparing the database", (sys.executable, "-m", "rozlicz.portal", "prepare")),
    (
        "Looking after the demonstration branch",
        (sys.executable, "-m", "rozlicz.portal", "demo", "--if-empty"),
    ),
)


class UnableToRun(Exception):
    """Rozlicz cannot run here and now; the message is a sentence for the person at the terminal."""


REFUSALS = (UnableToRun, UnableToStartDatabase, NoWayForServer)


class Interrupted(Exception):
    """The person asked to stop before everything ran."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to run. `steps` end before the services start; `web` services stop before `workers`."""

    data: DataFolder
    port: int
    database_url: str | None = None
    steps: Sequence[tuple[str, tuple[str, ...]]] = STEPS
    web: Sequence[Service] = ()
    workers: Sequence[Service] = ()
    environ: Mapping[str, str] = field(default_factory=dict)


def plan_from_environment(environ: Mapping[str, str]) -> Plan:
    """The plan of `make run`: PORT, ROZLICZ_DATA, DATABASE_URL, ROZLICZ_DEMO."""
    port = environ.get("PORT") or "8000"
    if not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise UnableToRun(f"PORT must be a number from 1 to 65535, not {port!r}.")
    python = (sys.executable, "-m")
    number = min(2, os.cpu_count() or 1)
    return Plan(
        data=DataFolder.from_environment(environ),
        port=int(port),
        database_url=environ.get("DATABASE_URL") or None,
        steps=STEPS if _wants_demonstration(environ) else STEPS[:1],
        web=[Service(name="web", argv=(*python, "rozlicz.portal.web", port), patience=WEB_PATIENCE)],
        workers=[
            Service(
                name=f"worker {n}",
                argv=(*python, "rozlicz.portal", "procrastinate", "worker", "--concurrency", "1"),
                patience=WORKER_PATIENCE,
            )
            for n in range(1, number + 1)
        ],
        environ=environ,
    )


def _wants_demonstration(environ: Mapping[str, str]) -> bool:
    """Behind a certificate only when asked for: its log-ins are known to everybody."""
    wish = environ.get("ROZLICZ_DEMO", "")
    return wish == "yes" if environ.get("ROZLICZ_HTTPS") == "yes" else wish != "no"


class Supervisor:
    """Runs a plan in this process's main thread."""

    def __init__(self, plan: Plan) -> None:
        """Nothing happens before `run`."""
        self.plan = plan
        self.interrupts = 0
        self.database = None if plan.database_url else EmbeddedPostgres(plan.data.postgres)
        self.environ = child_environment(plan.environ, plan.data, plan.database_url)
        self.web = [Running(service, self.environ, say) for service in plan.web]
        self.workers = [Running(service, self.environ, say) for service in plan.workers]

    def run(self) -> None:
        """Start, look after, stop. Raises a sentence for the person when it cannot."""
        with catching(STOP_SIGNALS, self._on_signal), self._alone():
            check_port(self.plan.port)
            try:
                self._start_database()
                for name, argv in self.plan.steps:
                    self._step(name, argv)
                self._look_after()
            except Interrupted:
                pass
            finally:
                self._stop()

    def _on_signal(self) -> None:
        self.interrupts += 1
        if self.interrupts == 1:
            say("Stopping… (Ctrl-C again to hasten)")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Only one supervisor a data folder; the lock goes with the process, however it ends."""
        create_folder(self.plan.data)
        with self.plan.data.supervisor_lock.open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                lock.seek(0)
                raise UnableToRun(
                    f"Rozlicz already runs on {self.plan.data.root}: {lock.read().strip()}."
                ) from None
            lock.truncate(0)
            lock.write(f"process {os.getpid()}, http://localhost:{self.plan.port}")
            lock.flush()
            yield

    def _start_database(self) -> None:
        if self.database is None:
            check_external(self.plan.database_url or "")
            return
        self.database.start(exclusive=True)
        ensure_database(self.database.socket_folder)

    def _step(self, name: str, argv: tuple[str, ...]) -> None:
        """Run one preparing program to its end."""
        say(f"{name} …")
        process = spawn(argv, environ=self.environ)
        while process.poll() is None and not self.interrupts:
            time.sleep(0.05)
        if self.interrupts:
            kill_group(process.pid)  # a migration is one transaction, the next run repeats it
            process.wait()
            raise Interrupted
        if process.returncode != 0:
            raise UnableToRun(
                f"The step “{name}” failed ({ending(process.returncode)}); what it said is above."
            )

    def _look_after(self) -> None:
        answer_until: float | None = time.monotonic() + ANSWER_PATIENCE
        while not self.interrupts:
            self._look_after_database()
            for running in (*self.web, *self.workers):
                running.look_after()
            if answer_until is not None and answers(self.plan.port):
                self._welcome()
                answer_until = None
            elif answer_until is not None and time.monotonic() > answer_until:
                say(f"The portal does not answer at port {self.plan.port} yet; see the messages above.")
                answer_until = None
            time.sleep(0.1)

    def _look_after_database(self) -> None:
        database = self.database
        if database is not None and database.process is not None and database.process.poll() is not None:
            say(f"The database ended ({ending(database.process.returncode)}); it is started again.")
            database.start(exclusive=True)

    def _welcome(self) -> None:
        lines = [f"Rozlicz: http://localhost:{self.plan.port}  (Ctrl-C stops it)"]
        if self.plan.data.demo_logins.exists():
            lines.append(self.plan.data.demo_logins.read_text(encoding="utf-8").rstrip())
        say("\n".join(lines))

    def _stop(self) -> None:
        already = max(1, self.interrupts)
        stop_together(self.web, hurry=lambda: self.interrupts > already)
        stop_together(self.workers, hurry=lambda: self.interrupts > already)
        if self.database is not None:
            self.database.stop()


def child_environment(
    environ: Mapping[str, str], data: DataFolder, database_url: str | None
) -> dict[str, str]:
    """The environment of web, workers and steps: where the data and the database are."""
    # PGPORT, PGSERVICE and the like of the person's shell would lead the embedded database's clients astray.
    own = {k: v for k, v in environ.items() if database_url or not k.startswith("PG")}
    own |= {"ROZLICZ_DATA": str(data.root), "PYTHONUNBUFFERED": "1"}
    own.pop("ROZLICZ_PG_SOCKET", None)
    if not database_url:
        own.pop("DATABASE_URL", None)
        own["ROZLICZ_PG_SOCKET"] = str(socket_folder(data.postgres))
    return own


def create_folder(data: DataFolder) -> None:
    """Make the data folder where there is none. Raises `UnableToRun` when it cannot be written to."""
    try:
        data.create()
        data.supervisor_lock.touch()
    except OSError as error:
        raise UnableToRun(f"The data folder cannot be used: {error}") from None


def check_port(port: int) -> None:
    """Raise `UnableToRun` when somebody else listens at the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise UnableToRun(f"Ports below 1024 need root: PORT={port + 8000} make run") from None
        except OSError:
            other = port + 1 if port < 65535 else port - 1
            raise UnableToRun(
                f"Port {port} is in use by another program. Choose another one: PORT={other} make run"
            ) from None


def check_external(url: str) -> None:
    """Raise `UnableToRun` when the database of DATABASE_URL does not answer or is too old. Never shows the URL."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            version = connection.info.server_version // 10000
    except psycopg.Error as error:
        raise UnableToRun(f"The database of DATABASE_URL cannot be reached: {error}") from None
    if version < OLDEST_POSTGRES:
        raise UnableToRun(
            f"The database of DATABASE_URL is PostgreSQL {version}; {OLDEST_POSTGRES} or newer is needed."
        )


def answers(port: int) -> bool:
    """Whether anything accepts connections at the port."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def catching(caught: Sequence[signal.Signals], react: Callable[[], None]) -> Iterator[None]:
    """While inside, the signals `caught` call `react` instead of ending the process."""
    before = {sent: signal.signal(sent, lambda *_: react()) for sent in caught}
    try:
        yield
    finally:
        for sent, handler in before.items():
            signal.signal(sent, handler)


def say(text: str) -> None:
    """A line for the person at the terminal, if it is still open."""
    with suppress(OSError):
        print(text, flush=True)


def execute(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run `argv` with the database there; returns its exit status."""
    data, url = DataFolder.from_environment(environ), environ.get("DATABASE_URL") or None
    own = child_environment(environ, data, url)
    create_folder(data)
    database = None if url else EmbeddedPostgres(data.postgres)
    with catching((signal.SIGINT,), lambda: None):  # Ctrl-C at the terminal is for the command
        try:
            if database is not None:
                database.start()
                ensure_database(database.socket_folder)
            tied = tied_to_me(signal.SIGTERM)
            return subprocess.run(argv, env=own, check=False, preexec_fn=tied).returncode
        finally:
            if database is not None:
                database.stop()


def run(plan: Plan) -> int:
    """Run a plan to its end. Exit status 0 after an orderly stop, 1 with a sentence when it cannot run."""
    try:
        Supervisor(plan).run()
    except REFUSALS as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


def main(arguments: Sequence[str] = tuple(sys.argv[1:])) -> int:
    """Exit status as of `run` or of the executed command."""
    try:
        if arguments[:1] == ("exec",):
            return execute(arguments[1:], os.environ)
        plan = plan_from_environment(os.environ)
    except REFUSALS as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return run(plan)


if __name__ == "__main__":
    sys.exit(main())
