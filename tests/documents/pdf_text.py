"""The letters that a PDF made by typst shows, for tests: its content streams read through the fonts' own tables.

Blanks at the ends of lines are not in a PDF, so compare without any.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?)\sstream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_TO_UNICODE = re.compile(rb"/ToUnicode (\d+) 0 R")
_LETTER = re.compile(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", re.MULTILINE)
_TEXT = re.compile(rb"BT\s(.*?)\nET", re.DOTALL)
_PLAIN = rb"[^()\\]|\\."
_NESTED = rb"\((?:%b|\((?:%b|\((?:%b)*\))*\))*\)" % (_PLAIN, _PLAIN, _PLAIN)
"""A literal string: brackets inside it that are balanced are not escaped."""
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|(%b)|<([0-9A-F]+)>" % _NESTED, re.DOTALL)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """All letters in the order in which they are drawn, headers and footers of pages included."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    pages = [body for body in objects.values() if re.search(rb"/Type/Page\b", body)]
    return "".join(_page(body, objects) for body in pages)


def _page(page: bytes, objects: dict[int, bytes]) -> str:
    resources = page
    if found := re.search(rb"/Resources (\d+) 0 R", page):
        resources = objects[int(found[1])]
    if found := re.search(rb"/Font (\d+) 0 R", resources):
        resources = objects[int(found[1])]
    letters = {name: _letters(objects[int(number)], objects) for name, number in _FONT.findall(resources)}
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    assert contents is not None
    return "".join(_shown(_stream(objects[int(contents[1])]), letters))


def _letters(font: bytes, objects: dict[int, bytes]) -> dict[int, str]:
    """What each glyph of a font stands for: one letter, or the several of a ligature."""
    table = _TO_UNICODE.search(font)
    assert table is not None
    pairs = _LETTER.findall(_stream(objects[int(table[1])]))
    return {int(glyph, 16): bytes.fromhex(letter.decode()).decode("utf-16-be") for glyph, letter in pairs}


def _stream(body: bytes) -> bytes:
    found = _STREAM.match(body)
    assert found is not None
    return zlib.decompress(found[2]) if b"/FlateDecode" in found[1] else found[2]


def _shown(content: bytes, letters: dict[bytes, dict[int, str]]) -> Iterator[str]:
    font = b""
    for name, literal, coded in _SHOWN.findall(b"".join(_TEXT.findall(content))):
        if name:
            font = name
            continue
        glyphs = bytes.fromhex(coded.decode()) if coded else _ESCAPED.sub(_plain, literal[1:-1])
        yield from (
            letters[font][int.from_bytes(glyphs[at : at + 2], "big")] for at in range(0, len(glyphs), 2)
        )


def _plain(escaped: re.Match[bytes]) -> bytes:
    written = escaped[1]
    return bytes([int(written, 8)]) if written.isdigit() else _CONTROLS.get(written, written)
