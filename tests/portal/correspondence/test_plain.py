"""The plain text of people: paragraphs and lists, and never markup."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.portal.correspondence.plain import sections_of


def test_blank_lines_divide_paragraphs_and_dashes_begin_items():
    found = sections_of("Raz\ndwa\r\n\r\nLista:\n- a\n- b\n\n  \n– c\nkoniec")
    assert [(list(one.paragraphs), list(one.items)) for one in found] == [
        (["Raz\ndwa"], []),
        (["Lista:"], []),
        ([], ["a", "b"]),
        ([], ["c"]),
        (["koniec"], []),
    ]


def test_nothing_is_no_section():
    assert sections_of(" \n\n \t ") == []


@given(st.text(alphabet="ab-– \n\r\t<&", max_size=60))
@settings(max_examples=100)
def test_no_letter_is_lost(text):
    shown = "".join("".join((*one.paragraphs, *one.items)) for one in sections_of(text))
    for letter in "ab<&":
        assert shown.count(letter) == text.count(letter)
