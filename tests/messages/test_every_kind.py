"""What holds for every kind of message: its examples, and how its reader takes what it does not know or misses."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from rozlicz.messages.kinds import KINDS, kind_of, opened_message
from rozlicz.messages.wire.places import Unread
from rozlicz.messages.wire.refusals import MessageRefused
from tests.messages.example_files import EXAMPLES, examples
from tests.messages.rewriting import REWRITES
from tests.messages.schemas import assert_published, fits

TAG = re.compile(r"<([\w:.-]+)((?:\s[^<>]*?)?)(/?)>")
ATTRIBUTE = re.compile(r'\s([\w:.-]+)="[^"]*"')

RECORD_BY_RECORD = {"SWIAD-AMBSZP", "SWIAD-WYKBAD", "DEKL", "ZPOSP"}
"""Reports of which one wrong record never stops the rest; `swiadczeniodawca` belongs to the head, checked as such."""

SAME_WHEN_NOT_WRITTEN = {
    "swiadczeniodawca/@typ-id",  # nobody but a provider sends these
    "deklaracja/@nr-wyboru",  # the first choice
}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_kind_has_a_small_and_a_rich_example(kind) -> None:
    sizes = [len(content) for name, content in examples().items() if kind_of(EXAMPLES / name) is kind]
    assert len(sizes) >= 2
    assert max(sizes) > min(sizes)


@pytest.mark.parametrize("name", examples())
def test_an_example_fits_its_schema(name: str) -> None:
    assert_published(examples()[name], kind_of(EXAMPLES / name).type)


@pytest.mark.parametrize("name", examples())
def test_an_example_is_what_the_writer_writes(name: str) -> None:
    target = io.BytesIO()
    REWRITES[kind_of(EXAMPLES / name).code](EXAMPLES / name, target)
    assert target.getvalue() == examples()[name]


class Tag(NamedTuple):
    """An opening tag of an example: the text before it, its name, its attributes, its end and what follows."""

    before: str
    name: str
    attributes: str
    end: str
    after: str

    @property
    def line(self) -> int:
        return self.before.count("\n") + 1

    def with_attributes(self, attributes: str) -> bytes:
        return f"{self.before}<{self.name}{attributes}{self.end}>{self.after}".encode()

    def with_child(self, child: str) -> bytes:
        closing = f"</{self.name}>" if self.end else ""
        return f"{self.before}<{self.name}{self.attributes}>{child}{closing}{self.after}".encode()


@cache
def tags(name: str) -> tuple[Tag, ...]:
    """The first tag of each name in an example."""
    text = examples()[name].decode()
    found: dict[str, Tag] = {}
    for tag in TAG.finditer(text):
        found.setdefault(tag[1], Tag(text[: tag.start()], tag[1], tag[2], tag[3], text[tag.end() :]))
    return tuple(found.values())


class Reading(NamedTuple):
    """All that a message says, and what of it is left unread."""

    header: object
    head: tuple[object, ...]
    records: list[object]
    unread: tuple[Unread, ...]


def reading(content: bytes) -> MessageRefused | Reading:
    """A message of any kind, read to its end, or its refusal."""
    try:
        with opened_message(io.BytesIO(content))[1] as message:
            records = list(message.records)
            return Reading(message.header, message.head, records, message.unread)
    except MessageRefused as refusal:
        return refusal


def assert_names(refusal: MessageRefused, tag: Tag, name: str) -> None:
    """A refusal at that tag; its sentence in both languages names the element or attribute."""
    assert refusal.line == tag.line, str(refusal)
    assert refusal.path.startswith("/"), str(refusal)
    assert name in refusal.text.pl
    assert name in refusal.text.en
    assert refusal.text.pl != refusal.text.en
    assert not re.search(r"\{\w+\}", refusal.text.pl + refusal.text.en)


@pytest.mark.parametrize("name", examples())
def test_an_unknown_attribute_is_refused_or_told(name: str) -> None:
    for tag in tags(name):
        found = reading(tag.with_attributes(f'{tag.attributes} nieznany="1"'))
        if isinstance(found, MessageRefused):
            assert found.code == "attribute-unknown", str(found)
            assert found.path.endswith(tag.name.removeprefix("nfz:")), str(found)
            assert_names(found, tag, "nieznany")
        else:
            assert [(one.line, "nieznany" in one.place) for one in found.unread] == [(tag.line, True)], (
                tag.name
            )


@pytest.mark.parametrize("name", examples())
def test_an_unknown_element_is_refused_or_told(name: str) -> None:
    for tag in tags(name):
        found = reading(tag.with_child('<nieznany a="1"/>'))
        if isinstance(found, MessageRefused):
            # the data of a structured invoice stand between tags, where no element may be
            assert found.code == "element-unknown" or (found.code, found.line) == ("text-mixed", tag.line)
            if found.code == "text-mixed":
                continue
            assert found.path.endswith("/nieznany"), str(found)
            assert_names(found, tag, "nieznany")
        else:
            assert [(one.line, "nieznany" in one.place) for one in found.unread] == [(tag.line, True)], (
                tag.name
            )


def attributes_dropped(name: str) -> Iterator[tuple[Tag, str, bytes]]:
    """Each attribute of each tag left out in turn: the tag, the attribute's name, the message without it."""
    for tag in tags(name):
        for found in ATTRIBUTE.finditer(tag.attributes):
            if not found[1].startswith("xmlns"):
                rest = tag.attributes[: found.start()] + tag.attributes[found.end() :]
                yield tag, found[1], tag.with_attributes(rest)


@pytest.mark.parametrize("name", examples())
def test_no_attribute_is_passed_over(name: str) -> None:
    whole = reading(examples()[name])
    same = [f"{tag.name}/@{a}" for tag, a, content in attributes_dropped(name) if reading(content) == whole]
    assert set(same) <= SAME_WHEN_NOT_WRITTEN


@pytest.mark.parametrize("name", [name for name in examples() if b' typ-id="X"' in examples()[name]])
def test_a_sender_that_is_no_provider_is_refused_or_told(name: str) -> None:
    found = reading(examples()[name].replace(b' typ-id="X"', b' typ-id="A"', 1))
    if isinstance(found, MessageRefused):
        assert (found.code, found.path) == ("attribute-wrong", "/komunikat/swiadczeniodawca")
    else:
        assert [one.place for one in found.unread] == ["swiadczeniodawca/@typ-id"]


@pytest.mark.parametrize("name", examples())
def test_what_the_schema_asks_for_is_missed(name: str) -> None:
    kind = kind_of(EXAMPLES / name)
    for tag, attribute, content in attributes_dropped(name):
        if fits(content, kind):
            continue
        found = reading(content)
        if not isinstance(found, MessageRefused):
            assert tag.name == "swiadczeniodawca" or kind.code in RECORD_BY_RECORD, f"{tag.name}/@{attribute}"
        else:
            assert found.code == "attribute-missing", str(found)
            assert_names(found, tag, attribute.removeprefix("nfz:"))
