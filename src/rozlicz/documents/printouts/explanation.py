"""“Skąd ta kwota?” as a PDF: the sentences of `settlement.telling` on A4, tagged for screen readers (PDF/UA-1).

The layout stands beside this file in typst's language. What is printed is handed over as data and is never taken for
markup. Only the fonts that typst brings along are used, so that the same explanation gives the same bytes everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import typst

from rozlicz.kernel.texts import Language, Text
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.telling import told

TITLE = Text(pl="Skąd ta kwota?", en="Where does this amount come from?")

_PAGE = Text(pl="Strona", en="Page")
_LAYOUT = "explanation.typ"
_FOR_SCREEN_READERS: Final = "ua-1"


def explanation_pdf(
    explanations: Sequence[Explanation],
    *,
    language: Language,
    header: str,
    facts: Sequence[tuple[Text, str]] = (),
    notes: Sequence[Text] = (),
) -> bytes:
    """The explanations of one calculation, each on a page of its own, in one language.

    `header` stands on every page (contract, provider, month), `facts` under the title with their labels, and `notes`
    after them: what the reader has to know about how it was calculated.
    """
    data = _printed(explanations, language=language, header=header, facts=facts, notes=notes)
    try:
        return _compiled(data, standard=_FOR_SCREEN_READERS)
    except typst.TypstError:
        # A name may hold a letter that no font of typst has: it is printed as a box, and the claim is dropped.
        return _compiled(data, standard=None)


def _printed(
    explanations: Sequence[Explanation],
    *,
    language: Language,
    header: str,
    facts: Sequence[tuple[Text, str]],
    notes: Sequence[Text],
) -> dict[str, Any]:
    """Everything that is printed, as the layout takes it: texts of one language."""
    return {
        "language": language,
        "title": TITLE.in_language(language),
        "page": _PAGE.in_language(language),
        "header": header,
        "facts": [[label.in_language(language), value] for label, value in facts if value],
        "notes": [note.in_language(language) for note in notes],
        "explanations": [asdict(told(one, language)) for one in explanations],
    }


def _compiled(data: dict[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    """The layout with its data. No time of making is in it: the bytes follow from what is printed alone."""
    found = typst.compile(
        _layout(),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        pdf_standards=standard,
        timestamp=0,
    )
    if not isinstance(found, bytes):
        raise TypeError(f"typst gave {type(found).__name__} instead of one file")
    return found


@cache
def _layout() -> bytes:
    return files(__package__).joinpath(_LAYOUT).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
