"""A message with one fault put in: it is refused, and the refusal names the place."""

import io
from collections.abc import Callable

import pytest

from rozlicz.messages.wire.refusals import MessageRefused


def assert_fault_is_named(
    read: Callable[[io.BytesIO], object],
    text: str,
    before: str,
    after: str,
    *,
    code: str,
    path: str,
    named: str,
) -> None:
    """Put `after` for the first `before`; `named` is what the sentence must hold, besides line and path."""
    assert before in text
    changed = text.replace(before, after, 1)
    with pytest.raises(MessageRefused) as raised:
        read(io.BytesIO(changed.encode()))
    refusal = raised.value
    assert (refusal.code, refusal.path) == (code, path), str(refusal)
    assert named in refusal.text.pl
    assert named in refusal.text.en
    assert refusal.line is not None
    tag = path.rpartition("/")[2].partition("[")[0]
    assert f"<{tag}" in changed.split("\n")[refusal.line - 1]
