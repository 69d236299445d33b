"""“Skąd ta kwota?” as a PDF: the sentences of `settlement.telling` on A4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rozlicz.documents.printouts.typesetting import typeset
from rozlicz.kernel.texts import Language, Text
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.telling import told

TITLE = Text(pl="Skąd ta kwota?", en="Where does this amount come from?")

_PAGE = Text(pl="Strona", en="Page")
_LAYOUT = "explanation.typ"


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
    return typeset(_LAYOUT, data)


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
