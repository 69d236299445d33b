"""The supervisor: what it starts it also stops, whoever is killed, and it says in a sentence why it cannot run."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from rozlicz.portal.data_folder import DataFolder
from rozlicz.portal.embedded import EmbeddedPostgres, ensure_database

pytestmark = pytest.mark.slow

# Tiny programs in the places of web, worker and the preparing steps; granian and PostgreSQL are the real ones.
RUNNER = """
import json, os, sys
from pathlib import Path
from rozlicz.portal.data_folder import DataFolder
from rozlicz.portal.processes import Service
from rozlicz.portal.supervisor import Plan, run
asked = json.loads(sys.argv[1])
application = asked.get("application", "wsgiref.simple_server:demo_app")
web = (sys.executable, "-m", "rozlicz.portal.web", str(asked["port"]), application)
sys.exit(run(Plan(
    data=DataFolder(Path(asked["data"])), port=asked["port"], database_url=asked.get("database_url"),
    steps=[(name, (sys.executable, "-c", code)) for name, code in asked.get("steps", {}).items()],
    web=[Service(name="web", argv=web, patience=10)],
    workers=[Service(name="worker", argv=(sys.executable, "-c", asked.get("worker", "import time; time.sleep(600)")),
                     patience=asked.get("patience", 10))],
    environ=os.environ)))
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(what: Callable[[], object], seconds: float = 60) -> object:
    """The first true value of `what`, asked again and again."""
    until = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)
    return found


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


class Rozlicz:
    """A supervisor in a process of its own, with all that descends from it."""

    def __init__(self, folder: Path, **asked: object) -> None:
        self.data = DataFolder(folder / "var")
        self.port = asked.setdefault("port", free_port())
        asked["data"] = str(self.data.root)
        self.out = (folder / f"out-{time.monotonic_ns()}.txt").open("w+")
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER, json.dumps(asked)], stdout=self.out, stderr=subprocess.STDOUT
        )

    def said(self) -> str:
        return Path(self.out.name).read_text()

    def wait_until_it_answers(self) -> "Rozlicz":
        wait_for(lambda: f"http://localhost:{self.port}" in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()
        wait_for(lambda: self.named("time.sleep"))
        return self

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=2) as answer:
                return b"Hello world!" in answer.read()
        except OSError:
            return False

    def descendants(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def named(self, part: str) -> list[psutil.Process]:
        """Living children of the supervisor with `part` in their command line."""
        found = []
        for child in psutil.Process(self.process.pid).children():
            with suppress(psutil.NoSuchProcess):  # also: a zombie
                if part in " ".join(child.cmdline()):
                    found.append(child)
        return found

    def web_workers(self) -> list[psutil.Process]:
        return [worker for web in self.named("portal.web") for worker in web.children()]

    def ask_to_stop(self, sent: signal.Signals = signal.SIGINT) -> None:
        self.process.send_signal(sent)


@pytest.fixture
def start(open_folder: Path) -> Iterator[Callable[..., Rozlicz]]:
    started: list[Rozlicz] = []

    def start(**asked: object) -> Rozlicz:
        started.append(Rozlicz(open_folder, **asked))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.terminate()
            one.process.wait(30)
        one.out.close()


def test_it_serves_and_prints_the_address_and_the_demonstration_log_ins(start):
    write = "import os, pathlib; pathlib.Path(os.environ['ROZLICZ_DATA'], 'demo-logins.txt').write_text('123456 jan')"
    rozlicz = start(steps={"demo": write}).wait_until_it_answers()
    assert rozlicz.answers()
    assert f"http://localhost:{rozlicz.port}" in rozlicz.said()
    assert "123456 jan" in rozlicz.said()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_in_order(start, sent):
    rozlicz = start().wait_until_it_answers()
    family = rozlicz.descendants()
    assert len(rozlicz.web_workers()) == 2
    rozlicz.ask_to_stop(sent)
    assert rozlicz.process.wait(30) == 0
    assert alive(family) == []
    assert "database system is shut down" in (rozlicz.data.postgres / "server.log").read_text()
    assert "Traceback" not in rozlicz.said()


def test_an_interrupt_while_the_application_is_loading_stops_at_once(start, open_folder, monkeypatch):
    (open_folder / "ponderous.py").write_text("import time; print('loading', flush=True); time.sleep(600)")
    monkeypatch.setenv("PYTHONPATH", str(open_folder))
    rozlicz = start(application="ponderous:application")
    wait_for(lambda: rozlicz.said().count("loading") == 2)
    rozlicz.ask_to_stop()
    assert rozlicz.process.wait(7) == 0  # granian would kill them after eight seconds


def test_a_second_interrupt_hastens(start):
    rozlicz = start(worker=STUBBORN, patience=300).wait_until_it_answers()
    family = rozlicz.descendants()
    time.sleep(0.5)  # until the worker has learned to be stubborn
    rozlicz.ask_to_stop()
    with pytest.raises(subprocess.TimeoutExpired):
        rozlicz.process.wait(2)
    rozlicz.ask_to_stop()
    assert rozlicz.process.wait(30) == 0  # far below the worker's patience
    assert alive(family) == []
    assert "database system is shut down" in (rozlicz.data.postgres / "server.log").read_text()


def test_a_worker_that_does_not_end_is_ended_after_its_patience(start):
    rozlicz = start(worker=STUBBORN, patience=0.5).wait_until_it_answers()
    time.sleep(0.5)
    rozlicz.ask_to_stop()
    assert rozlicz.process.wait(30) == 0


def test_after_kill_9_of_the_supervisor_nothing_is_left_and_the_next_one_starts(start):
    rozlicz = start().wait_until_it_answers()
    family = rozlicz.descendants()
    assert len(family) > 8  # web and its two workers, worker, server and its processes
    rozlicz.process.kill()
    rozlicz.process.wait()
    again = start(port=rozlicz.port).wait_until_it_answers()
    assert again.answers()
    assert alive(family) == []
    assert "was not properly shut down" not in (again.data.postgres / "server.log").read_text()


def test_after_kill_9_of_supervisor_and_web_at_once_no_web_worker_is_left(start):
    rozlicz = start().wait_until_it_answers()
    family = rozlicz.descendants()
    for victim in (*rozlicz.named("portal.web"), psutil.Process(rozlicz.process.pid)):
        victim.kill()
    rozlicz.process.wait()
    wait_for(lambda: not alive(family))


def test_after_kill_9_of_the_web_process_another_one_answers(start):
    rozlicz = start().wait_until_it_answers()
    (web,), workers = rozlicz.named("portal.web"), rozlicz.web_workers()
    web.kill()
    wait_for(lambda: rozlicz.named("portal.web") not in ([], [web]) and rozlicz.answers())
    assert alive([web, *workers]) == []
    assert "web ended (killed by SIGKILL); it is started again" in rozlicz.said()


def test_after_kill_9_of_a_web_worker_it_is_replaced(start):
    rozlicz = start().wait_until_it_answers()
    web, victim = rozlicz.named("portal.web"), rozlicz.web_workers()[0]
    victim.kill()
    wait_for(lambda: len(workers := rozlicz.web_workers()) == 2 and victim not in workers)
    wait_for(rozlicz.answers)
    assert rozlicz.named("portal.web") == web


def test_after_kill_9_of_the_worker_another_one_works(start):
    rozlicz = start().wait_until_it_answers()
    (worker,) = rozlicz.named("time.sleep")
    worker.kill()
    wait_for(lambda: rozlicz.named("time.sleep") not in ([], [worker]))


def test_a_worker_that_keeps_dying_is_started_ever_more_rarely(start):
    rozlicz = start(worker="import sys; sys.exit(3)  # time.sleep")
    wait_for(lambda: "again in 2 s" in rozlicz.said())
    pauses = [line.split("again in ")[1] for line in rozlicz.said().splitlines() if "worker ended" in line]
    assert pauses[:3] == ["0.5 s.", "1 s.", "2 s."]
    assert "worker ended (exit status 3)" in rozlicz.said()


def test_after_kill_9_of_the_database_it_comes_back(start):
    rozlicz = start().wait_until_it_answers()
    (postgres,) = rozlicz.named("bin/postgres")
    postgres.kill()
    wait_for(lambda: rozlicz.named("bin/postgres") not in ([], [postgres]))
    server = EmbeddedPostgres(rozlicz.data.postgres)
    wait_for(server.is_ready)
    with psycopg.connect(
        host=str(server.socket_folder), user="rozlicz_owner", dbname="rozlicz"
    ) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_an_interrupt_during_the_preparation_stops_it(start):
    rozlicz = start(steps={"prepare": "import time; print('preparing', flush=True); time.sleep(600)"})
    wait_for(lambda: "preparing" in rozlicz.said())
    family = rozlicz.descendants()
    rozlicz.ask_to_stop()
    assert rozlicz.process.wait(30) == 0
    assert alive(family) == []


def test_a_failed_step_is_named_and_stops_everything(start):
    rozlicz = start(steps={"prepare": "raise SystemExit('no such table')"})
    assert rozlicz.process.wait(30) == 1
    assert "no such table" in rozlicz.said()
    assert "The step “prepare” failed (exit status 1)" in rozlicz.said()
    assert not EmbeddedPostgres(rozlicz.data.postgres).is_ready()


def test_steps_find_the_embedded_database_and_nothing_of_the_shells(start, monkeypatch):
    monkeypatch.setenv("PGPORT", "5999")
    monkeypatch.setenv("PGUSER", "somebody")
    show = (
        "import os, psycopg; print(psycopg.connect(host=os.environ['ROZLICZ_PG_SOCKET'], user='rozlicz_owner',"
        " dbname='rozlicz').execute('select current_user').fetchone(), os.environ.get('PGUSER'))"
    )
    rozlicz = start(steps={"prepare": show}).wait_until_it_answers()
    assert "('rozlicz_owner',) None" in rozlicz.said()


def test_a_port_in_use_is_said_before_anything_starts(start):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        rozlicz = start(port=port)
        assert rozlicz.process.wait(30) == 1
    assert f"Port {port} is in use by another program. Choose another one: PORT=" in rozlicz.said()
    assert not rozlicz.data.postgres.exists()


def test_a_second_supervisor_on_the_same_data_is_refused(start):
    first = start().wait_until_it_answers()
    second = start()
    assert second.process.wait(30) == 1
    assert f"Rozlicz already runs on {first.data.root}: process {first.process.pid}, http" in second.said()
    assert first.answers()


def test_an_external_database_is_used_instead_of_an_own_one(start, open_folder):
    server = EmbeddedPostgres(open_folder / "elsewhere", {"shared_buffers": "16MB"})
    server.start()
    try:
        ensure_database(server.socket_folder)
        url = f"postgresql://rozlicz_owner@/rozlicz?host={server.socket_folder}"
        show = "import os; print(os.environ['DATABASE_URL'], os.environ.get('ROZLICZ_PG_SOCKET'))"
        rozlicz = start(database_url=url, steps={"prepare": show}, worker="import time; time.sleep(600)")
    finally:
        wait_for(lambda: rozlicz.process.poll() is not None or "http" in rozlicz.said())
        server.stop()
    assert not rozlicz.data.postgres.exists()


def test_an_external_database_out_of_reach_is_said_without_its_password(start):
    rozlicz = start(database_url="postgresql://owner:hush-hush@127.0.0.1:1/rozlicz")
    assert rozlicz.process.wait(30) == 1
    assert "The database of DATABASE_URL cannot be reached" in rozlicz.said()
    assert "hush" not in rozlicz.said()


def supervisor(*arguments: str, data: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rozlicz.portal.supervisor", *arguments],
        env={**os.environ, "ROZLICZ_DATA": str(data), **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("port", ["0", "65536", "http", "80 80", "٨٠٠٠", "-1"])
def test_a_port_that_is_none_is_refused(open_folder, port):
    done = supervisor(data=open_folder / "var", PORT=port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("PORT must be a number from 1 to 65535, not ")


def test_a_data_folder_that_is_none_is_refused(open_folder):
    (open_folder / "file").touch()
    done = supervisor(data=open_folder / "file" / "var")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The data folder cannot be used: ")


def test_exec_runs_a_command_beside_the_database(open_folder):
    code = (
        "import os, psycopg; psycopg.connect(host=os.environ['ROZLICZ_PG_SOCKET'], user='rozlicz_owner',"
        " dbname='rozlicz'); print('there'); raise SystemExit(5)"
    )
    done = supervisor("exec", sys.executable, "-c", code, data=open_folder / "var")
    assert (done.returncode, done.stdout, done.stderr) == (5, "there\n", "")
    assert not EmbeddedPostgres(open_folder / "var" / "postgres").is_ready()
