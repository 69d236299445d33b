"""The five documents that come with the program (P5), as Polish texts beside this file; `edition` dates a text.

A changed text gets a new edition: it is then published beside the earlier one, whose bytes stay as they were.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from rozlicz import __version__
from rozlicz.documents.access_agreement import AgreementParties, agreement_sections
from rozlicz.documents.printouts.paper import Section, Table, paper_pdf
from rozlicz.kernel.texts import format_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document as it is written: what is printed, without a branch and a day."""

    kind: str
    title: str
    edition: str
    file_name: str
    sections: tuple[Section, ...]
    signatures: tuple[str, ...]

    def pdf(self, *, branch: str, valid_from: date) -> bytes:
        """The document of a branch, in force from a day."""
        day = format_day(valid_from, "pl")
        return paper_pdf(
            title=self.title,
            header=f"{branch} · Portal Świadczeniodawcy Rozlicz",
            language="pl",
            facts=[("Obowiązuje od", day), ("Wydanie tekstu", self.edition), ("Wersja portalu", __version__)],
            sections=self.sections or agreement_sections(_blank(branch, valid_from), language="pl"),
            signatures=self.signatures,
        )


def _blank(branch: str, day: date) -> AgreementParties:
    return AgreementParties(branch=branch, regulations_of=day)


def section_of(written: dict[str, Any]) -> Section:
    """A section as a TOML file writes it. Raises TypeError for a key that sections do not have."""
    table = written.pop("table", None)
    return Section(**written, table=Table(**table) if table else None)


def _paper(kind: str) -> Paper:
    written = tomllib.loads(files(__package__).joinpath(f"{kind}.toml").read_text(encoding="utf-8"))
    return Paper(
        kind=kind,
        title=written["title"],
        edition=written["edition"],
        file_name=written["file_name"],
        sections=tuple(section_of(one) for one in written.get("sections", [])),
        signatures=tuple(written.get("signatures", [])),
    )


PAPERS: dict[str, Paper] = {
    kind: _paper(kind)
    for kind in ("portal_manual", "potential_manual", "annexing_manual", "regulations", "agreement")
}
"""By kind of document, in the order of the first page. The agreement's words are `documents.access_agreement`."""
