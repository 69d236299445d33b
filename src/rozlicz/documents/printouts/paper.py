"""Forms, letters, agreements and manuals as PDF: a title, facts, sections, places to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rozlicz.documents.printouts.typesetting import typeset
from rozlicz.kernel.texts import Language, Text

_PAGE = Text(pl="Strona", en="Page")
_LAYOUT = "paper.typ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: the words over its columns, and its rows, each with a cell a column."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part under its heading (may be empty): facts with labels, paragraphs, numbered steps, items, a table."""

    heading: str = ""
    facts: Sequence[tuple[str, str]] = ()
    paragraphs: Sequence[str] = ()
    steps: Sequence[str] = ()
    items: Sequence[str] = ()
    table: Table | None = None


def paper_pdf(
    *,
    title: str,
    header: str,
    language: Language,
    facts: Sequence[tuple[str, str]] = (),
    sections: Sequence[Section] = (),
    signatures: Sequence[str] = (),
    watermark: str = "",
) -> bytes:
    """The paper as PDF bytes, all texts in the one language.

    `header` stands on every page (whose paper it is), `facts` under the title with their labels (those without a
    value are left out), `signatures` are the words under the lines to sign on, `watermark` a word
    across each page of what is no paper yet.
    """
    return typeset(
        _LAYOUT,
        {
            "language": language,
            "title": title,
            "page": _PAGE.in_language(language),
            "header": header,
            "facts": _filled(facts),
            "sections": [asdict(section) | {"facts": _filled(section.facts)} for section in sections],
            "signatures": list(signatures),
            "watermark": watermark,
        },
    )


def _filled(facts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(label, value) for label, value in facts if value]
