"""Whatever its kind, a hostile message ends in a refusal, soon: an example with something put before its end."""

from __future__ import annotations

import io
from functools import cache

import pytest

from rozlicz.messages.kinds import KINDS, kind_of
from rozlicz.messages.message_kind import MessageKind
from rozlicz.messages.wire.limits import MIB
from tests.messages.example_files import EXAMPLES, examples
from tests.messages.hostile import endless, refusal_of

THOUSAND_ATTRIBUTES = "<a " + " ".join(f'a{number}=""' for number in range(1000)) + "/>"

# what is put before the end, and with which code it may be refused: structured invoices may have one megabyte, and
# reports read record by record count what they do not know
CASES = {
    "nothing, and no end": ("", {"cut-off"}),
    "blanks": (" " * 5 * MIB, {"barren", "too-large"}),
    "depth": ("<a>" * 100, {"too-deep"}),
    "attributes": (THOUSAND_ATTRIBUTES, {"too-many-attributes", "too-many-names"}),
    "a giant attribute": (f'<a b="{"x" * 10 * MIB}"/>', {"tag-too-long", "too-large"}),
}
ENDLESS = {
    "blanks": (b" ", {"barren"}),
    "comments": (b"<!-- nic -->", {"barren"}),
    "opening tags": (b"<a>", {"too-deep"}),
}


@cache
def begun(kind: MessageKind) -> str:
    """The smallest example of a kind, without its end."""
    found = [text for name, text in examples().items() if kind_of(EXAMPLES / name) is kind]
    smallest = min(found, key=len).decode()
    return smallest[: smallest.rindex("</")]


def read_by(kind: MessageKind):
    def read(source) -> None:
        with kind.open(source) as message:
            for _record in message.records:
                pass

    return read


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_it_is_refused_soon(kind: MessageKind, case: str) -> None:
    put, codes = CASES[case]
    assert refusal_of(read_by(kind), (begun(kind) + put).encode()).code in codes


@pytest.mark.parametrize("case", ENDLESS)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_without_end_it_is_refused_soon(kind: MessageKind, case: str) -> None:
    piece, codes = ENDLESS[case]
    assert refusal_of(read_by(kind), endless(begun(kind), piece)).code in codes


@pytest.mark.slow
@pytest.mark.parametrize("type_", ["UMX", "P_SWI", "DEKL"])
def test_elements_without_end_are_refused(type_: str) -> None:
    """One of each way to read: as a whole, item by item, record by record; these take a second each."""
    kind = next(kind for kind in KINDS if kind.type == type_)
    refusal = refusal_of(read_by(kind), endless(begun(kind), b"<a/>"), seconds=10)
    assert refusal.code in {"too-many-elements", "barren"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_doctype_is_refused(kind: MessageKind) -> None:
    text = begun(kind).replace("?>", "?><!DOCTYPE x>", 1)
    assert refusal_of(read_by(kind), text.encode()).code == "doctype"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_another_namespace_is_refused(kind: MessageKind) -> None:
    text = begun(kind).replace(' xmlns="', ' xmlns="urn:', 1)
    assert refusal_of(read_by(kind), io.BytesIO(text.encode())).code == "root"
