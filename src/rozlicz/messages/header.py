"""The header that every message of the settlement carries, and what is checked in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Attributes of the root `komunikat`, with the first child's, as the Fund names them (formats seen in 2018).

    `kind` typ, `area` obszar, `version` wersja, `detailed_version` nfz:wersja, `receiver` id-odb (branch),
    `sender` id-nad (provider), `installation` id-inst-nad (long identifier), `generation` nr-gen (grows with
    each message of an installation), `generated_at` czas-gen (Warsaw time, naive), `program` nfz:info-aplik-nad,
    `contact` nfz:info-kontakt-nad. Messages of the payer have the branch as sender and no installation.
    """

    kind: str
    version: str
    detailed_version: str
    receiver: str
    sender: str
    generation: int
    generated_at: datetime
    area: str = ""
    installation: str = ""
    short_installation: str = ""
    program: str = ""
    contact: str = ""
