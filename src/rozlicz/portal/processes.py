"""Child processes that never outlive their parent, are started again when they die, and stop in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>
FIRST_PAUSE = 0.5  # seconds before a dead process is started again; doubles with each early death
LONGEST_PAUSE = 30.0
SETTLED = 60.0  # a process that lived this long (seconds) starts with the shortest pause again

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(sent: signal.Signals, parent: int) -> None:
    """Ask the kernel to send this process `sent` when its parent, process `parent`, is gone for any reason.

    The request outlives exec, but neither fork nor a change of user. Only Linux knows it.
    """
    if _libc is None:
        return
    if _libc.prctl(PR_SET_PDEATHSIG, int(sent), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
    if os.getppid() != parent:  # it died before the request was made
        os._exit(1)


def tied_to_me(sent: signal.Signals = signal.SIGKILL) -> Callable[[], None]:
    """`preexec_fn` for a child of the calling process: the child gets `sent` when this process is gone."""
    parent = os.getpid()
    return lambda: die_with_parent(sent, parent)


def spawn(
    argv: Sequence[str], *, environ: Mapping[str, str], cwd: Path | None = None
) -> subprocess.Popen[bytes]:
    """Start `argv` in a session of its own, so that Ctrl-C at the terminal reaches only the supervisor.

    The process is the leader of its group, and is killed together with the caller.
    """
    return subprocess.Popen(
        argv,
        env=dict(environ),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=tied_to_me(),  # noqa: PLW1509 - the supervisor has one thread only
    )


def kill_group(leader: int) -> None:
    """End every process of the group that process `leader` leads or led, at once."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


@dataclass(frozen=True, kw_only=True)
class Service:
    """A program that has to run all the time. `patience`: seconds it may take to stop when asked to."""

    name: str
    argv: tuple[str, ...]
    patience: float


class Running:
    """One service and its present process."""

    def __init__(self, service: Service, environ: Mapping[str, str], say: Callable[[str], None]) -> None:
        """`say` prints a line about a death or a restart."""
        self.service = service
        self._environ = environ
        self._say = say
        self._pause = FIRST_PAUSE
        self._start_at = 0.0
        self._started = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def look_after(self) -> None:
        """Notice a death, and start the process when it is due. To be called several times a second."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self._bury(self.process, lived=now - self._started)
        if self.process is None and now >= self._start_at:
            self.process = spawn(self.service.argv, environ=self._environ)
            self._started = now

    def _bury(self, dead: subprocess.Popen[bytes], *, lived: float) -> None:
        # Its own children may have survived it, and would go on answering beside the new one.
        kill_group(dead.pid)
        if lived >= SETTLED:
            self._pause = FIRST_PAUSE
        how = ending(dead.returncode)
        self._say(f"{self.service.name} ended ({how}); it is started again in {self._pause:g} s.")
        self._start_at = time.monotonic() + self._pause
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self.process = None

    def ask_to_end(self) -> None:
        """Ask the process to finish what it does and end; it is not started again."""
        if self.process is not None:
            self.process.terminate()

    def end(self, until: float, hurry: Callable[[], bool]) -> None:
        """Wait for the process until the monotonic time `until` or `hurry()`; then end its whole group."""
        if self.process is None:
            return
        while self.process.poll() is None and time.monotonic() < until and not hurry():
            time.sleep(0.02)
        kill_group(self.process.pid)
        self.process.wait()
        self.process = None


def stop_together(stage: Sequence[Running], hurry: Callable[[], bool]) -> None:
    """Ask all processes of `stage` to end at the same time, and return when none is left."""
    for running in stage:
        running.ask_to_end()
    asked = time.monotonic()
    for running in stage:
        running.end(asked + running.service.patience, hurry)


def ending(code: int) -> str:
    """How a process ended, in words: `exit status 1`, `killed by SIGKILL`."""
    if code >= 0:
        return f"exit status {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
