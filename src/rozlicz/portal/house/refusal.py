"""The base of everything an operation may refuse: a sentence for the operator, in both languages."""

from __future__ import annotations

from rozlicz.kernel.texts import Text


class UnableTo(Exception):
    """An operation did nothing, and says why. Subclasses are named by their act: UnableToReceiveReport."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
