"""The data folder: where everything that must outlive a restart lies, and nothing else.

postgres/         the embedded database (its files, socket, log); absent with an external database
files/            bytes of messages and attachments
static/           collected style sheets and scripts, made anew when needed
secret-key        signs sessions and one-time links, and encrypts second factors: losing it logs everybody out,
                  and every second factor must be reset
trusted-issuers/  certificates of issuers whom the branch trusts, put there by its administrator
demo-logins.txt   log-ins of the demonstration branch, written by the `demo` command
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The layout below one data folder, `root`, an absolute path."""

    root: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "DataFolder":
        """The folder named by ROZLICZ_DATA, else `var` in the working directory."""
        return cls(Path(environ.get("ROZLICZ_DATA") or "var").absolute())

    @property
    def postgres(self) -> Path:
        """Home of the embedded database."""
        return self.root / "postgres"

    @property
    def files(self) -> Path:
        """Stored bytes of messages and attachments."""
        return self.root / "files"

    @property
    def static(self) -> Path:
        """Static files as the web process serves them."""
        return self.root / "static"

    @property
    def secret_key(self) -> Path:
        """File with Django's SECRET_KEY, readable by its owner only."""
        return self.root / "secret-key"

    @property
    def trusted_issuers(self) -> Path:
        """Certificates (PEM, DER) of the issuers to whom chains of signers' certificates may lead."""
        return self.root / "trusted-issuers"

    @property
    def demo_logins(self) -> Path:
        """Text with the log-ins of the demonstration branch."""
        return self.root / "demo-logins.txt"

    @property
    def supervisor_lock(self) -> Path:
        """Locked by the supervisor that serves this folder; holds its process id and address."""
        return self.root / "supervisor.lock"

    def create(self) -> None:
        """Make the folder and its private parts; what already exists keeps its permissions.

        Under root the database runs as a user of its own, who must be able to pass through `root`
        (but not to list it); otherwise nobody else may enter.
        """
        # Of several processes at once the one that makes the folder also sets its permissions.
        with suppress(FileExistsError):
            self.root.mkdir(parents=True)
            self.root.chmod(0o711 if os.geteuid() == 0 else 0o700)
        self.files.mkdir(mode=0o700, exist_ok=True)
        self.static.mkdir(mode=0o700, exist_ok=True)
        self.trusted_issuers.mkdir(mode=0o700, exist_ok=True)


def secret_key(data: Path) -> str:
    """Django's SECRET_KEY of the data folder `data`, made at the first call.

    Several processes may ask at once on an empty folder: all get the same key.
    """
    path = DataFolder(data).secret_key
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii")
    DataFolder(data).create()
    draft = data / f".secret-key-{os.getpid()}-{secrets.token_hex(4)}"
    draft.touch(mode=0o600, exist_ok=False)
    with draft.open("w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
    # A hard link appears whole or not at all, and never replaces the key of a faster process.
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
    return path.read_text(encoding="ascii")
