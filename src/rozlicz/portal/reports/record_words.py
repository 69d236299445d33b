"""A reported record in words people know: its raw columns grouped and labelled, the patient not to be recognised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rozlicz.portal.house.formatting import NOTHING
from rozlicz.verification.masking import masked

_LONGEST = 120
"""How much of a text is shown: attributes of a hostile file may be megabytes long."""


class Group(NamedTuple):
    """A heading and its lines, each a label and a value as it was reported."""

    title: Promise
    lines: list[tuple[Promise, str]]


def groups_of(record: Mapping[str, Any]) -> list[Group]:
    """The record under four headings. Texts are as the provider wrote them; only what names the patient is masked."""
    return [
        Group(title, [(label, _shown(column, record)) for column, label in columns])
        for title, columns in _GROUPS
    ]


def _shown(column: str, record: Mapping[str, Any]) -> str:
    value = record.get(column)
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    if not text:
        return _("(empty)")
    text = _WAYS.get(column, _as_written)(text, record)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _as_written(text: str, _record: Mapping[str, Any]) -> str:
    return text


def _masked(text: str, _record: Mapping[str, Any]) -> str:
    return masked(text)


def _only_given(_text: str, _record: Mapping[str, Any]) -> str:
    return _("given")


def _explained(words: Mapping[str, Promise]) -> Callable[[str, Mapping[str, Any]], str]:
    """A code with its meaning where it has one."""

    def shown(text: str, _record: Mapping[str, Any]) -> str:
        return f"{text} ({words[text]})" if text in words else text

    return shown


def _staff(text: str, record: Mapping[str, Any]) -> str:
    """A licence number is public; a PESEL is not."""
    return masked(text) if record.get("staff_id_type") == "2" else text


_WAYS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "set_type": _explained({"A": gettext_lazy("ambulatory"), "S": gettext_lazy("stationary")}),
    "patient_id_type": _explained(
        {
            "P": gettext_lazy("PESEL"),
            "T": gettext_lazy("passport"),
            "D": gettext_lazy("identity card"),
            "I": gettext_lazy("another document"),
        }
    ),
    "patient_sex": _explained({"K": gettext_lazy("woman"), "M": gettext_lazy("man")}),
    "staff_id_type": _explained({"1": gettext_lazy("licence number"), "2": gettext_lazy("PESEL")}),
    "patient_id": _masked,
    "patient_surname": _only_given,
    "patient_first_name": _only_given,
    "entitlement_number": _masked,
    "staff_id": _staff,
}

_GROUPS: tuple[tuple[Promise, tuple[tuple[str, Promise], ...]], ...] = (
    (
        gettext_lazy("Patient"),
        (
            ("patient_id_type", gettext_lazy("Type of identifier")),
            ("patient_id", gettext_lazy("Identifier")),
            ("patient_sex", gettext_lazy("Sex")),
            ("patient_birth_date", gettext_lazy("Date of birth")),
            ("patient_surname", gettext_lazy("Surname")),
            ("patient_first_name", gettext_lazy("First name")),
        ),
    ),
    (
        gettext_lazy("Service"),
        (
            ("set_type", gettext_lazy("Type of the set")),
            ("service_id", gettext_lazy("Identifier of the service")),
            ("service_version", gettext_lazy("Version of the service")),
            ("deleted", gettext_lazy("Deletes the service")),
            ("service_code", gettext_lazy("Code of the service")),
            ("admission_mode", gettext_lazy("Mode of admission")),
            ("discharge_mode", gettext_lazy("Mode of discharge")),
            ("date_from", gettext_lazy("From")),
            ("date_to", gettext_lazy("To")),
            ("diagnosis", gettext_lazy("Principal diagnosis")),
            ("cell", gettext_lazy("Organisational cell")),
            ("staff_id_type", gettext_lazy("Type of the staff identifier")),
            ("staff_id", gettext_lazy("Staff identifier")),
            ("referral_issuer", gettext_lazy("Referred by")),
            ("referral_date", gettext_lazy("Date of referral")),
        ),
    ),
    (
        gettext_lazy("Right to the service"),
        (
            ("entitlement_basis", gettext_lazy("Basis of the right")),
            ("entitlement_document", gettext_lazy("Document")),
            ("entitlement_number", gettext_lazy("Number of the document")),
            ("entitlement_country", gettext_lazy("Country")),
            ("entitlement_from", gettext_lazy("From")),
            ("entitlement_to", gettext_lazy("To")),
        ),
    ),
    (
        gettext_lazy("Settlement position"),
        (
            ("contract", gettext_lazy("Contract")),
            ("month", gettext_lazy("Reporting month")),
            ("position", gettext_lazy("Number of the position")),
            ("scope", gettext_lazy("Scope")),
            ("distinguisher", gettext_lazy("Distinguishing number")),
            ("product", gettext_lazy("Unit product")),
            ("actual_multiplicity", gettext_lazy("Actual multiplicity")),
            ("multiplicity", gettext_lazy("Multiplicity")),
            ("coefficients", gettext_lazy("Coefficients")),
        ),
    ),
)
