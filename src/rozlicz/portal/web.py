"""The web process: granian in front of the WSGI application, on the loopback address only."""

import importlib
import signal
import sys
from multiprocessing import parent_process
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from rozlicz.portal.processes import die_with_parent

APPLICATION = "rozlicz.portal.wsgi:application"
WORKERS = 2
THREADS = 4  # a worker's; each may hold one database connection
STOP_PATIENCE = 8  # seconds for the requests in progress


def serve(port: int, application: str = APPLICATION) -> None:
    """Serve `application` ("module:name") at 127.0.0.1:`port` until SIGTERM; dead workers are replaced."""
    server = Server(
        application,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_PATIENCE,
        log_level=LogLevels.warning,
        log_access=False,  # addresses hold no patient, but what people type there is not ours to keep
    )
    server.serve(target_loader=load)


def load(application: str) -> Any:
    """Called in each worker process: the WSGI application itself.

    granian's workers outlive a killed main process and go on answering; these do not.
    """
    # Until the application is loaded a worker has granian's main process's handlers, and would not end when asked.
    for sent in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sent, signal.SIG_DFL)
    parent = parent_process()
    if parent is not None and parent.pid is not None:
        die_with_parent(signal.SIGKILL, parent.pid)
    module, name = application.split(":")
    return getattr(importlib.import_module(module), name)


if __name__ == "__main__":
    serve(int(sys.argv[1]), *sys.argv[2:3])
