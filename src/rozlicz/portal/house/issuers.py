"""Issuers of certificates whom the branch trusts: the files that its administrator put into the data folder."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from rozlicz.documents.signed_papers.issuers import Issuer, UnableToReadIssuers, issuers_in
from rozlicz.kernel.texts import Text

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuersFound:
    """What the folder holds: each issuer with the name of its file, and a sentence for each file that is refused."""

    issuers: tuple[tuple[str, Issuer], ...]
    faults: tuple[Text, ...]


def issuers_found() -> IssuersFound:
    """Everything in the folder as it is now; hidden files are left out, and a folder that is not there is empty."""
    folder = Path(settings.TRUSTED_ISSUERS)
    files = sorted(one for one in folder.glob("*") if one.is_file() and not one.name.startswith("."))
    marks = [(one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files]
    return _read(folder, tuple(marks))


def trusted_issuers() -> tuple[Issuer, ...]:
    """The issuers to whom chains of certificates may lead; empty: issuers are not checked here."""
    return tuple(issuer for _name, issuer in issuers_found().issuers)


@lru_cache(maxsize=1)
def _read(folder: Path, marks: tuple[tuple[str, int, int], ...]) -> IssuersFound:
    """Read once for each state of the folder; a file that went bad since the start is left out, and logged."""
    issuers: list[tuple[str, Issuer]] = []
    faults = []
    for name, _changed, _size in marks:
        try:
            found = issuers_in((folder / name).read_bytes(), name=name)
        except UnableToReadIssuers as unable:
            log.error("trusted issuers: %s", unable)
            faults.append(unable.text)
        else:
            issuers += [(name, one) for one in found]
    return IssuersFound(issuers=tuple(issuers), faults=tuple(faults))
