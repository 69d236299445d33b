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
    A report's first child repeats sender and installation: `provider` id-swd, `short_installation` id-inst-swd.
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
    provider: str = ""
    program: str = ""
    contact: str = ""


WRITTEN_VERSIONS: dict[str, tuple[str, str]] = {
    "SWIAD": ("10", "10.1"),
    "P_SWI": ("1.0", ""),
    "UMX": ("4.0", ""),
    "Z_ROZ": ("1.0", ""),
    "P_ROZ": ("1.0", ""),
    "R_UMX": ("2.5", ""),
    "FAKT": ("1.0", ""),
    "RACH": ("1.0", ""),
    "NOTA": ("1.0", ""),
    "P_DOK": ("1.0", ""),
    "REF": ("2.4", ""),
    "P_REF": ("1.0", ""),
    "ZPOSP": ("1", "1.0"),
    "P_ZPOSP": ("1.0", ""),
    "SIMP": ("1.0", ""),
    "P_SIMP": ("1.0", ""),
    "SIMP_RACH": ("1.0", ""),
    "DEKL": ("5", "1.7"),
    "P_DEKL": ("1.0", ""),
    "W_DEKL": ("1.0", ""),
    "R_DEKL": ("1.0", ""),
    "ZBPOZ": ("3", "1.5"),
    "TURNUS": ("1.0", ""),
    "ZAWUZD": ("1.0", ""),
    "GIELDA": ("1.0", ""),
    "P_TUR": ("1.0", ""),
    "P_ZAW": ("1.0", ""),
    "P_GIE": ("1.0", ""),
}
"""`wersja` and `nfz:wersja` that writers write. SWIAD 10;10.1, UMX 4.0, R_UMX 2.5 (for services; the writer takes
the version by what templates are for), REF 2.4, DEKL 5;1.7 and ZBPOZ 3;1.5 are the newest known of the Fund's; the
others count this house's own trees."""

FRAMEWORK_KINDS = frozenset({"SWIAD", "ZPOSP", "DEKL", "ZBPOZ"})
"""Reports in the Ministry's framework message, whose first child repeats sender and installation."""


def new_header(
    *,
    kind: str,
    receiver: str,
    sender: str,
    generation: int,
    generated_at: datetime,
    installation: str = "",
    program: str = "Rozlicz",
    contact: str = "",
    area: str = "",
) -> Header:
    """The header of a message to be written, in the version that the writers write.

    A report in the framework message also names the sender and the short installation in its first child. A SWIAD
    without an `area` is one of services (AMBSZP).
    """
    version, detailed_version = WRITTEN_VERSIONS[kind]
    is_report = kind in FRAMEWORK_KINDS
    return Header(
        kind=kind,
        area=area or ("AMBSZP" if kind == "SWIAD" else ""),
        version=version,
        detailed_version=detailed_version,
        receiver=receiver,
        sender=sender,
        installation=installation,
        short_installation=installation.partition("-")[0] if is_report else "",
        provider=sender if is_report else "",
        generation=generation,
        generated_at=generated_at,
        program=program,
        contact=contact,
    )
