"""The plain text that people write: paragraphs divided by blank lines, lists of lines that begin with "- ".

There is no markup in it. On a page every letter is escaped and addresses become links; on paper it is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from rozlicz.documents.printouts.paper import Section

_BEFORE_AN_ITEM = re.compile(r"^\s*[-–•]\s+")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def sections_of(text: str) -> list[Section]:
    """The text as parts without headings, each a paragraph or a list, in order."""
    return list(_parts(text.replace("\r\n", "\n").replace("\r", "\n").strip()))


def _parts(text: str) -> Iterator[Section]:
    for block in _BLANK_LINES.split(text):
        for is_list, lines in groupby(block.split("\n"), key=lambda line: bool(_BEFORE_AN_ITEM.match(line))):
            if is_list:
                yield Section(items=[_BEFORE_AN_ITEM.sub("", line).strip() for line in lines])
            elif paragraph := "\n".join(line.strip() for line in lines).strip():
                yield Section(paragraphs=[paragraph])
