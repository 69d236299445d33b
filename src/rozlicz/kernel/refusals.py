"""Reasons for which a document is refused, or accepted with a warning, as data.

The codes are this house's own; the Fund does not publish codes for bills, and eight-digit codes are left to its
verification rules. A reason never changes its meaning: a new meaning gets a new code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text, excerpt, same

NOTHING_FOUND = same("—")
"""What a refusal shows as found where the document holds nothing."""


class Severity(StrEnum):
    """A refusal stops the bill; a warning is shown and the bill goes on."""

    REFUSAL = "refusal"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One entry of the catalogue.

    `text` and `remedy` have placeholders: `{found}`, `{expected}` and those that the reason's own check fills.
    `field_name` is the field's name as a clerk reads it.
    """

    code: str
    field_name: Text
    text: Text
    basis: Basis
    remedy: Text
    severity: Severity = Severity.REFUSAL

    def because(
        self,
        *,
        field: str,
        found: Text | str = "",
        expected: Text | str = "",
        basis: Basis | None = None,
        **values: object,
    ) -> Refusal:
        """The refusal of one bill for this reason.

        `field` is the path inside the bill (`number`, `lines.2.units`, `buyer.address`); `basis` replaces the
        catalogue's where a dated parameter decides.
        """
        told = {name: _quoted(value) for name, value in values.items()}
        told |= {"found": _text(found), "expected": _text(expected)}
        return Refusal(
            code=self.code,
            severity=self.severity,
            field=field,
            field_name=self.field_name,
            found=_text(found),
            expected=_text(expected),
            text=self.text.filled(**told),
            basis=basis or self.basis,
            remedy=self.remedy.filled(**told),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One reason found in one bill: the field, what stands there, what is expected, the rule and the way out.

    With `severity` warning it does not stop the bill.
    """

    code: str
    severity: Severity
    field: str
    field_name: Text
    found: Text
    expected: Text
    text: Text
    basis: Basis
    remedy: Text

    @property
    def stops_the_bill(self) -> bool:
        """Whether the bill cannot be accepted."""
        return self.severity is Severity.REFUSAL

    def to_json(self) -> dict[str, Any]:
        """The refusal as a JSON object, for what is stored with a bill."""
        texts = {name: getattr(self, name).to_json() for name in _TEXT_FIELDS}
        basis = {"reference": self.basis.reference.to_json(), "confirmed": self.basis.confirmed}
        return {
            "code": self.code,
            "severity": self.severity.value,
            "field": self.field,
            "basis": basis,
        } | texts

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The reverse of `to_json`."""
        basis = data["basis"]
        return cls(
            code=data["code"],
            severity=Severity(data["severity"]),
            field=data["field"],
            basis=Basis(Text.from_json(basis["reference"]), confirmed=basis["confirmed"]),
            **{name: Text.from_json(data[name]) for name in _TEXT_FIELDS},
        )


_TEXT_FIELDS = ("field_name", "found", "expected", "text", "remedy")


def is_refused(refusals: Iterable[Refusal]) -> bool:
    """Whether a bill with these reasons is refused; warnings alone do not refuse it."""
    return any(refusal.stops_the_bill for refusal in refusals)


def reason(
    code: str,
    field_name: Text,
    text: Text,
    *,
    basis: Basis,
    remedy: Text,
    severity: Severity = Severity.REFUSAL,
) -> Reason:
    """An entry of the catalogue, in the order in which people read one."""
    return Reason(code=code, field_name=field_name, text=text, basis=basis, remedy=remedy, severity=severity)


_SHOWN_LENGTH = 160


def _text(value: Text | str) -> Text:
    if isinstance(value, Text):
        return value
    return same(excerpt(value, _SHOWN_LENGTH)) if value.strip() else NOTHING_FOUND


def _quoted(value: object) -> object:
    """A foreign string as a sentence may quote it; anything else as it is."""
    return excerpt(value, _SHOWN_LENGTH) if isinstance(value, str) else value
