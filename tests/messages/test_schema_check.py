"""What does not fit a schema is told with line, path and a sentence, in files of any size."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from lxml import etree

from rozlicz.messages.kinds import kind_of
from rozlicz.messages.schemas.check import SchemaFault, schema_faults
from rozlicz.messages.schemas.files import compiled_schema
from rozlicz.messages.schemas.words import fault_in_words
from rozlicz.messages.wire.envelope import packed
from tests.messages.example_files import EXAMPLES, examples
from tests.messages.mutations import mutated, spoilt_ones

REPLY = EXAMPLES / "odpowiedz.swz"
P_SWI = kind_of(REPLY).schema_path


def faults(content: bytes, schema: Path = P_SWI, **options: int) -> list[SchemaFault]:
    return list(schema_faults(io.BytesIO(content), schema, **options).faults)


def changed(*changes: tuple[str, str]) -> bytes:
    text = REPLY.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text.encode()


@pytest.mark.parametrize("name", examples())
def test_examples_fit_zipped_or_not(name: str) -> None:
    content, schema = examples()[name], kind_of(EXAMPLES / name).schema_path
    assert not faults(content, schema)
    assert not faults(packed(content, "a.xml"), schema)


@pytest.mark.parametrize(
    ("change", "line", "path", "sentence"),
    [
        ((' nr-potw="05/2026/000042"', ""), 3, "/@nr-potw", "Brakuje atrybutu nr-potw."),
        (("<podsumowanie", '<podsumowanie x="1"'), 4, "/@x", "Atrybut x nie występuje w tym elemencie."),
        (
            ('poz-przyjete="9"', 'poz-przyjete="-9"'),
            4,
            "/@poz-przyjete",
            "Atrybut poz-przyjete: wartość „-9” nie ma wymaganej postaci \\d{1,18}.",
        ),
        (
            ('czas-odb="2026-11-04T', 'czas-odb="4.11.2026T'),
            3,
            "/@czas-odb",
            (
                "Atrybut czas-odb: wartość „4.11.2026T09:31:07” jest niewłaściwa; "
                "oczekiwana: data i godzina, np. 2026-11-05T12:36:26."
            ),
        ),
        (("<pozycje>", "<a/><pozycje>"), 5, "/a", "Elementu a nie powinno tu być; oczekiwany: pozycje."),
        (
            ("<pozycje>", "<pozycje>x"),
            5,
            "",
            "W elemencie pozycje stoi tekst, a dane zapisuje się w atrybutach.",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(change, line, path, sentence) -> None:
    [fault, *_] = faults(changed(change))
    assert (fault.line, fault.text.pl) == (line, sentence)
    assert fault.path.endswith(path)
    assert fault.text.en not in ("", fault.text.pl)


def test_all_faults_are_told() -> None:
    found = faults(
        changed(('stan="P"', 'stan="X"'), ('stan="P"', 'stan="Y"'), ("<podsumowanie", "<podsumowanie a=''"))
    )
    assert [fault.path for fault in found] == [
        "/komunikat/podsumowanie/@a",
        "/komunikat/pozycje/pozycja/@stan",
        "/komunikat/pozycje/pozycja[2]/@stan",
    ]


def long_reply(positions: int, *wrong: int) -> bytes:
    """A reply with a position a line; those numbered `wrong` have a state that does not exist."""
    head, position, tail = re.split(r"(?s)(\s*<pozycja .*</pozycja>)", REPLY.read_text(encoding="utf-8"))
    one = re.search(r"<pozycja [^>]*/>", position)
    assert one
    good, bad = one[0], re.sub('stan="."', 'stan="?"', one[0])
    lines = "\n".join(bad if number in wrong else good for number in range(1, positions + 1))
    return f"{head}\n{lines}\n{tail}".encode()


@pytest.mark.slow
def test_a_long_message_gives_the_same_faults_as_a_short_one() -> None:
    content = long_reply(9_000, 1, 2, 4_999, 5_000, 8_999, 9_000)
    whole = faults(content, elements_at_once=1_000_000)
    assert [fault.path for fault in whole] == [
        f"/komunikat/pozycje/pozycja{'' if number == 1 else f'[{number}]'}/@stan"
        for number in (1, 2, 4_999, 5_000, 8_999, 9_000)
    ]
    lines = content.splitlines()
    assert all(b'stan="?"' in lines[fault.line - 1] for fault in whole)
    for elements in (1, 700, 5_000):
        assert faults(content, elements_at_once=elements) == whole


@pytest.mark.slow
def test_lines_beyond_65535_are_right() -> None:
    content = long_reply(70_000, 69_999)
    [fault] = faults(content)
    assert b'stan="?"' in content.splitlines()[fault.line - 1]


@pytest.mark.slow
def test_it_agrees_with_the_schema_about_every_damaged_file() -> None:
    """Whether a file is valid, as lxml says of the whole of it."""
    asked = 0
    for seed in range(1200):
        one = mutated(seed)
        kind = kind_of(io.BytesIO(spoilt_ones()[one.example]))
        try:
            tree = etree.parse(io.BytesIO(one.content), etree.XMLParser(no_network=True, load_dtd=False))
        except etree.XMLSyntaxError:
            continue
        if b"<!DOCTYPE" in one.content or not re.search(
            b"encoding=.(utf-8|iso-8859-2)", one.content[:80], re.IGNORECASE
        ):
            continue
        asked += 1
        schema = compiled_schema(kind.schema_path)
        assert bool(faults(one.content, kind.schema_path)) is not schema.validate(tree), seed
    assert asked > 200


def test_a_file_that_breaks_off_is_told() -> None:
    [*_, last] = faults(changed()[:900])
    assert last.text.pl == "Odtąd plik nie jest poprawnym XML i nie da się go sprawdzić."


def test_a_sentence_that_is_not_known_is_passed_on() -> None:
    assert fault_in_words("Something else.", {}).text.en == "It does not fit the schema: Something else."
