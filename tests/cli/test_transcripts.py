"""docs/cli.md tells what the commands print now. `python -m tests.cli.transcripts` writes it anew."""

from __future__ import annotations

import pytest

from tests.cli.transcripts import DOCUMENT, _cut, retold


@pytest.mark.slow
def test_every_transcript_is_what_the_commands_print(tmp_path):
    document = DOCUMENT.read_text(encoding="utf-8")
    assert retold(document, tmp_path) == document


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("1-2", "ab…"),
        ("2-", "…bcde"),
        ("1-1, 4-", "a…de"),
        ("1-1, -2-", "a…de"),
        ("1-4, -2-", "abcde"),
        ("1-9", "abcde"),
    ],
)
def test_what_is_long_is_cut(wanted, kept):
    assert "".join(_cut(list("abcde"), wanted)) == kept


def test_a_status_and_a_line_that_goes_on_are_told(tmp_path):
    assert retold("```console\n$ echo a \\\n  b; exit 3\nold\n```", tmp_path) == (
        "```console\n$ echo a \\\n  b; exit 3\na b\n(kod wyjścia 3)\n```"
    )
