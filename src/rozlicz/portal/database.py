"""How the portal reaches PostgreSQL: as whom, and where.

Three persons use the database. The owner (`rozlicz_owner`, or the role of DATABASE_URL) owns the tables and runs
migrations. The door (`rozlicz_door`) is what web and worker log in as: it may read sessions and queue jobs, but
no tenant's table. Inside a context of `tenancy` it becomes `rozlicz_as_provider`, `rozlicz_as_payer`, or
`rozlicz_as_applicant` for a party that asks to be registered and has no account yet.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db import connection

from rozlicz.portal.data_folder import DataFolder
from rozlicz.portal.embedded import OWNER, socket_folder

__all__ = ["AS_APPLICANT", "AS_PAYER", "AS_PROVIDER", "DOOR", "OWNER", "as_owner", "database_settings"]

DOOR = "rozlicz_door"
AS_PROVIDER = "rozlicz_as_provider"
AS_PAYER = "rozlicz_as_payer"
AS_APPLICANT = "rozlicz_as_applicant"


def database_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's DATABASES entry, as the door: the embedded server's socket, or what DATABASE_URL names.

    The socket is that of ROZLICZ_PG_SOCKET, else the one of the data folder, so that commands find a running portal.
    In an external database the door is reached by `SET ROLE` at connection, since its owner's log-in is all we know.
    """
    options: dict[str, Any] = {}
    settings: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "TEST": {"TEMPLATE": "template0"},
    }
    if url := environment.get("DATABASE_URL"):
        parts = urlsplit(url)
        if parts.scheme not in {"postgres", "postgresql"}:
            raise ValueError("DATABASE_URL must begin with postgresql://")
        options.update(parse_qsl(parts.query), options=f"-c role={DOOR}")
        settings |= {
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
        }
    else:
        folder = DataFolder.from_environment(environment)
        settings |= {
            "NAME": environment.get("ROZLICZ_PG_DATABASE", "rozlicz"),
            "USER": DOOR,
            "HOST": environment.get("ROZLICZ_PG_SOCKET") or str(socket_folder(folder.postgres)),
        }
    if environment.get("ROZLICZ_SERVING") == "1":
        options["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
    return settings


@contextmanager
def as_owner() -> Iterator[None]:
    """Everything inside runs as the owner of the tables: migrations, grants, nothing else."""
    settings = connection.settings_dict
    before = settings["USER"], dict(settings["OPTIONS"])
    connection.close()
    settings["OPTIONS"].pop("options", None)
    settings["OPTIONS"].pop("pool", None)
    if not os.environ.get("DATABASE_URL"):
        settings["USER"] = OWNER
    try:
        yield
    finally:
        connection.close()
        settings["USER"], settings["OPTIONS"] = before
