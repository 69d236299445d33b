"""The file of the provider's installation: the table `[instalacja]` of a TOML file, such as `wystawca.toml`.

[instalacja]
identyfikator = "05010318-ABCDEFGHIJ0123456789"   # long identifier, as the branch gave it
ostatni-numer = 6250                              # nr-gen of the last report the portal took; may be left out
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from rozlicz.cli.context import existing, refuse
from rozlicz.kernel.identifiers import LONG_INSTALLATION_ID
from rozlicz.kernel.texts import Text
from rozlicz.messages.wire.refusals import excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What the portal knows of the provider's program: `last_generation` None when nothing was sent yet."""

    long_id: str
    last_generation: int | None = None

    @property
    def short_id(self) -> str:
        """The first part of the long identifier."""
        return self.long_id.partition("-")[0]


def installation_of(path: Path) -> Installation:
    """The installation of a file, or the end of the command with a sentence."""
    try:
        table = tomllib.loads(existing(path).read_text(encoding="utf-8")).get("instalacja")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        refuse(
            Text(
                pl="Plik {path} nie jest poprawnym plikiem TOML: {reason}.",
                en="The file {path} is not correct TOML: {reason}.",
            ).filled(path=path, reason=error)
        )
    if not isinstance(table, dict):
        refuse(
            Text(
                pl="W pliku {path} brakuje części [instalacja].",
                en="The file {path} lacks the part [instalacja].",
            ).filled(path=path)
        )
    identifier, last = str(table.get("identyfikator", "")), table.get("ostatni-numer")
    if not re.fullmatch(LONG_INSTALLATION_ID, identifier):
        refuse(
            Text(
                pl="W pliku {path} instalacja.identyfikator ma wartość „{found}”; oczekiwane: 8 cyfr, łącznik i 20 "
                "wielkich liter lub cyfr.",
                en="In {path} instalacja.identyfikator is “{found}”; expected: 8 digits, a hyphen and 20 capital "
                "letters or digits.",
            ).filled(path=path, found=excerpt(identifier))
        )
    if last is not None and (not isinstance(last, int) or isinstance(last, bool) or last < 0):
        refuse(
            Text(
                pl="W pliku {path} instalacja.ostatni-numer ma wartość „{found}”; oczekiwana: liczba całkowita od 0.",
                en="In {path} instalacja.ostatni-numer is “{found}”; expected: a whole number from 0.",
            ).filled(path=path, found=excerpt(str(last)))
        )
    return Installation(long_id=identifier, last_generation=last)
