"""Pages of help: texts in both languages beside this file (`help/`), each with the day of its last change (P10)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from django.http import Http404

from rozlicz.documents.printouts.paper import Section
from rozlicz.kernel.texts import Language
from rozlicz.portal.correspondence.papers import section_of

ORDER = ("logowanie", "haslo-i-konto", "plik-umowy", "zgloszenie")
"""The pages as they are listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One page in one language; `slug` stands in its address."""

    slug: str
    changed: date
    title: str
    lead: str
    sections: Sequence[Section]


def all_pages(language: Language) -> list[HelpPage]:
    """All pages in order."""
    return [_page(slug, language) for slug in ORDER]


def page(slug: str, language: Language) -> HelpPage:
    """One page. Raises Http404."""
    if slug not in ORDER:
        raise Http404
    return _page(slug, language)


@cache
def _page(slug: str, language: Language) -> HelpPage:
    path = files("rozlicz.portal.correspondence").joinpath("help", f"{slug}.toml")
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    told = written[language]
    return HelpPage(
        slug=slug,
        changed=written["changed"],
        title=told["title"],
        lead=told["lead"],
        sections=[section_of(dict(one)) for one in told["sections"]],
    )
