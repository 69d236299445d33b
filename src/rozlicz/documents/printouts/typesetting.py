"""Layouts with their data become PDF, tagged for screen readers (PDF/UA-1).

A layout stands beside this file in typst's language. What is printed is handed over as data and is never taken for
markup. Only the fonts that typst brings along are used, so that the same data give the same bytes everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import typst

_FOR_SCREEN_READERS: Final = "ua-1"
_SHARED = "page.typ"


def typeset(layout: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of a layout (the name of a file of this package) with its data."""
    try:
        return _compiled(layout, data, standard=_FOR_SCREEN_READERS)
    except typst.TypstError:
        # A name may hold a letter that no font of typst has: it is printed as a box, and the claim is dropped.
        return _compiled(layout, data, standard=None)


def _compiled(layout: str, data: Mapping[str, Any], standard: Literal["ua-1"] | None) -> bytes:
    """The layout with its data. No time of making is in it: the bytes follow from what is printed alone."""
    found = typst.compile(
        _source(_SHARED) + _source(layout),
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
def _source(name: str) -> bytes:
    return files(__package__).joinpath(name).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)
