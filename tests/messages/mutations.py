"""Example files spoiled in every way a file is spoiled on the road, each by its seed alone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random
from typing import NamedTuple
from xml.parsers import expat

from rozlicz.messages.wire.envelope import packed
from rozlicz.messages.wire.limits import MIB
from tests.messages.example_files import SIGNED, examples

PIECES = [
    b"<", b">", b"&", b'"', b"'", b"/", b"=", b" ", b"\n", b"\0", b"\xff", b"\xc2\x80", b"]]>", b"<!--", b"-->",
    b"<![CDATA[", b"<?x ", b"&#0;", b"&#x110000;", b"&lt;", b"<!DOCTYPE x>", b' xmlns=""', b' xmlns:nfz="x"', b"T",
    b"-1", b"9" * 30, b"1e9", b"NaN", "٣".encode(), b'encoding="UTF-16"', b"<nfz:poz-rozlicz/>", b"</komunikat>",
    b"text", b'<x xmlns="y"/>', b' xml:lang="pl"', b"<a>" * 40, b"&x;",
]  # fmt: skip
VALUES = [
    "", " ", "0", "-1", "1.5", "1,5", "1e9", "NaN", "9" * 40, "-" + "9" * 18, "0.00001", "2026-02-30", "2026-13",
    "0000-00-00", "9999-12-31", "9999-99", "2026-10-05T25:00:00", "2026-10-05T12:00:00+02:00", "٣", "T", "TAK",
    "x" * 5000, "{value}", "%s", "ąęß", "&#9;", "&lt;b&gt;", "../../x",
]  # fmt: skip
ENCODINGS = ["ISO-8859-2", "WINDOWS-1250", "UTF-16", "UTF-16LE", "UTF-7", "US-ASCII", "CP037", "x", ""]
DOCTYPES = [
    b"<!DOCTYPE x>",
    b'<!DOCTYPE x [<!ENTITY a "b">]>',
    b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
]

_ATTRIBUTE = re.compile(rb'\s([\w:.-]+)=("[^"]*"|\'[^\']*\')')
_CONTENT = re.compile(rb">([^<>]+)</")
_DECLARED = re.compile(rb"(<\?xml[^>]*encoding=)([\"'])[^\"']*([\"'])")


class Span(NamedTuple):
    """Where an element stands in its file, from its first byte to the one after its last."""

    begin: int
    end: int


@cache
def spoilt_ones() -> dict[str, bytes]:
    """What is spoiled: the examples, and a signed invoice, whose bytes no writer makes twice."""
    return {**examples(), SIGNED.name: SIGNED.read_bytes()}


def spans(content: bytes) -> list[Span]:
    """The elements below the root, as long as the file is well-formed."""
    found: list[Span] = []
    begun: list[int] = []
    parser = expat.ParserCreate()

    def end(_name: str) -> None:
        begin, at = begun.pop(), parser.CurrentByteIndex
        # an empty element ends where it begins, as expat sees it
        after = content.index(b">", at) + 1
        if begun:
            found.append(Span(begin, after))

    parser.StartElementHandler = lambda _name, _attributes: begun.append(parser.CurrentByteIndex)
    parser.EndElementHandler = end
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        return []
    return [span for span in found if content[span.begin : span.begin + 1] == b"<"]


# ---- what is done to the XML ---------------------------------------------------------------------------------------


def bytes_flipped(content: bytes, dice: Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        spoiled[dice.randrange(len(spoiled))] ^= 1 << dice.randrange(8)
    return bytes(spoiled)


def piece_put_in(content: bytes, dice: Random) -> bytes:
    at, length = dice.randrange(len(content)), int(dice.choice((0, 0, 0.001, 0.01, 0.3)) * len(content))
    return content[:at] + dice.choice(PIECES) + content[at + length :]


def cut(content: bytes, dice: Random) -> bytes:
    return content[: dice.randrange(len(content))]


def element_dropped(content: bytes, dice: Random) -> bytes:
    found = spans(content)
    if not found:
        return content
    begin, end = dice.choice(found)
    return content[:begin] + content[end:]


def element_repeated(content: bytes, dice: Random) -> bytes:
    found = spans(content)
    if not found:
        return content
    begin, end = dice.choice(found)
    return content[:end] + content[begin:end] * dice.choice((1, 1, 2, 100)) + content[end:]


def element_moved(content: bytes, dice: Random) -> bytes:
    """Into another place, also into itself and into other elements."""
    found = spans(content)
    if not found:
        return content
    begin, end = dice.choice(found)
    at = dice.choice(found).begin
    at = dice.choice((at, content.find(b">", at) + 1))
    return content[:at] + content[begin:end] + content[at:]


def element_of_another_message(content: bytes, dice: Random) -> bytes:
    other = dice.choice(list(examples().values()))
    mine, theirs = spans(content), spans(other)
    if not (mine and theirs):
        return content
    (begin, end), taken = dice.choice(mine), dice.choice(theirs)
    return content[: dice.choice((begin, end))] + other[slice(*taken)] + content[end:]


def attribute_emptied(content: bytes, dice: Random) -> bytes:
    return _attribute_changed(content, dice, lambda name, _value: b" " + name + b'=""')


def attribute_dropped(content: bytes, dice: Random) -> bytes:
    return _attribute_changed(content, dice, lambda _name, _value: b"")


def attribute_repeated(content: bytes, dice: Random) -> bytes:
    return _attribute_changed(content, dice, lambda name, value: (b" " + name + b"=" + value) * 2)


def attribute_renamed(content: bytes, dice: Random) -> bytes:
    new = dice.choice((b"x", b"nfz:x", b"q:x", b"xmlns", b"xml:x", b"typ", b"obszar"))
    return _attribute_changed(content, dice, lambda _name, value: b" " + new + b"=" + value)


def attribute_added(content: bytes, dice: Random) -> bytes:
    many = "".join(
        f' a{number}="{dice.choice(VALUES)}"' for number in range(dice.choice((1, 1, 70)))
    ).encode()
    return _attribute_changed(content, dice, lambda name, value: b" " + name + b"=" + value + many)


def attribute_given_a_wrong_value(content: bytes, dice: Random) -> bytes:
    wrong = dice.choice(VALUES).encode()
    return _attribute_changed(content, dice, lambda name, _value: b" " + name + b'="' + wrong + b'"')


def _attribute_changed(content: bytes, dice: Random, change: Callable[[bytes, bytes], bytes]) -> bytes:
    found = list(_ATTRIBUTE.finditer(content))
    if not found:
        return content
    one = dice.choice(found)
    return content[: one.start()] + change(one[1], one[2]) + content[one.end() :]


def content_given_a_wrong_value(content: bytes, dice: Random) -> bytes:
    """Of an element whose value stands between its tags, as in invoices of KSeF."""
    found = [one for one in _CONTENT.finditer(content) if one[1].strip()]
    if not found:
        return content
    begin, end = dice.choice(found).span(1)
    return content[:begin] + dice.choice(VALUES).encode() + content[end:]


def text_put_in(content: bytes, dice: Random) -> bytes:
    found = spans(content)
    at = dice.choice(found).begin if found else 0
    return (
        content[:at] + dice.choice((b"x", b" \xc4\x85 ", b"x" * 100_000, b"<![CDATA[<a>]]>")) + content[at:]
    )


def another_encoding_declared(content: bytes, dice: Random) -> bytes:
    encoding = dice.choice(ENCODINGS).encode()
    return _DECLARED.sub(lambda found: found[1] + found[2] + encoding + found[3], content, count=1)


def written_in_another_encoding(content: bytes, dice: Random) -> bytes:
    encoding = dice.choice(("iso-8859-2", "cp1250", "utf-16", "utf-16-le", "utf-8-sig", "utf-7", "cp037"))
    return content.decode("utf-8", "replace").encode(encoding, "replace")


def doctype_put_in(content: bytes, dice: Random) -> bytes:
    return content.replace(b"?>", b"?>" + dice.choice(DOCTYPES), 1)


def namespace_changed(content: bytes, dice: Random) -> bytes:
    found = list(re.finditer(rb'xmlns(:\w+)?="([^"]*)"', content))
    if not found:
        return content
    begin, end = dice.choice(found).span(2)
    return content[:begin] + dice.choice((b"", b"x", b"http://www.nfz.gov.pl/", b"urn:x")) + content[end:]


def nested_deeply(content: bytes, dice: Random) -> bytes:
    found = spans(content)
    at = dice.choice(found).begin if found else 0
    depth = dice.choice((5, 40, 3000))
    return content[:at] + b"<a>" * depth + b"</a>" * depth + content[at:]


# ---- what is done to the archive -----------------------------------------------------------------------------------


def archive_of_archives(content: bytes, dice: Random) -> bytes:
    for _ in range(dice.choice((2, 2, 3, 20))):
        content = packed(content, "a.xml")
    return content


def archive_of_several(content: bytes, dice: Random) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(dice.choice((0, 2, 2, 300))):
            member = zipfile.ZipInfo(f"{number}.xml")  # always of the same moment
            archive.writestr(member, content if number < 2 else b"")
    return target.getvalue()


def archive_with_a_path(content: bytes, dice: Random) -> bytes:
    return packed(
        content, dice.choice(("../a.xml", "/a.xml", "C:\\a.xml", "a/b.xml", "a\x01.xml", "ą" * 300))
    )


def archive_with_a_password(content: bytes, dice: Random) -> bytes:
    archive = bytearray(packed(content, "a.xml"))
    at = archive.rindex(b"PK\x01\x02")
    archive[at + 8] |= dice.choice((0x01, 0x41))
    return bytes(archive)


def archive_that_unpacks_to_much(content: bytes, dice: Random) -> bytes:
    piece = dice.choice((b" ", b"\n", b"<!-- -->", b"\0"))
    return packed(content + piece * (12 * MIB // len(piece)), "a.xml")


def archive_damaged(content: bytes, dice: Random) -> bytes:
    return dice.choice((bytes_flipped, cut, piece_put_in))(packed(content, "a.xml"), dice)


def archived(content: bytes, _dice: Random) -> bytes:
    return packed(content, "a.xml")


OF_XML = (
    bytes_flipped, piece_put_in, cut, element_dropped, element_repeated, element_moved, element_of_another_message,
    attribute_emptied, attribute_dropped, attribute_repeated, attribute_renamed, attribute_added,
    attribute_given_a_wrong_value, content_given_a_wrong_value, text_put_in, another_encoding_declared,
    written_in_another_encoding, doctype_put_in, namespace_changed, nested_deeply,
)  # fmt: skip
OF_ARCHIVES = (
    archived, archived, archive_damaged, archive_damaged, archive_of_archives, archive_of_several,
    archive_with_a_path, archive_with_a_password, archive_that_unpacks_to_much,
)  # fmt: skip


class Mutated(NamedTuple):
    """A spoiled example: which one, what was done to it, and its bytes."""

    example: str
    ways: tuple[str, ...]
    content: bytes


def mutated(seed: int) -> Mutated:
    """The spoiled file of a seed: every example in turn, one to three ways, sometimes packed."""
    dice = Random(seed)
    names = list(spoilt_ones())
    name = names[seed % len(names)]
    ways = dice.choices(OF_XML, k=dice.choice((1, 1, 1, 2, 3)))
    if dice.random() < 0.15:
        ways = [*ways[: dice.choice((0, 1))], dice.choice(OF_ARCHIVES)]
    content = spoilt_ones()[name]
    for way in ways:
        content = way(content, dice) if content else content
    return Mutated(name, tuple(way.__name__ for way in ways), content)
