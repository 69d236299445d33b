"""What a kind of request is: one frozen description; and the form in which each is filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from rozlicz.kernel.legal import Basis, Parameter
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.house import formatting
from rozlicz.portal.house.fields import AmountField, BankAccountField
from rozlicz.portal.providers.models import Provider

Typed = Mapping[str, Sequence[str]]
"""What was typed into a form, name → texts, as a draft keeps it."""

LONGEST = 40_000
"""Letters of one value that a draft keeps: more than any field takes in, so that nothing is cut off in silence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a form and its checks know beside the fields: whose request it is, and the day it is (to be) filed.

    `number` is that of the request under judgement, empty before its first draft: a check that compares with other
    requests leaves it out.
    """

    provider: Provider
    filed_on: date
    number: str = ""


class RequestForm(forms.Form):
    """The fields of one kind of request. A kind overrides `prepare` for choices, and `clean` for its checks.

    `ROWS` names the fields of a repeated row; they are made as often as rows are filled, and a few times more.
    """

    def __init__(self, typed: Typed | None = None, *, case: Case, check: bool = True) -> None:
        """`check` False: what was typed is shown again without a judgement, as in a draft."""
        self.case = case
        self.typed: Typed = typed or {}
        if check:
            super().__init__(MultiValueDict({name: list(values) for name, values in self.typed.items()}))
        else:
            super().__init__()
        self.prepare()
        if not check:
            self.initial = {
                name: self._shown_again(name) for name in self.fields if self.typed.get(name) is not None
            }

    def prepare(self) -> None:
        """Fill choices from the provider's own things."""

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as they stand on the page, under a heading where they have one."""
        return [("", list(self))]

    def former(self, _name: str, value: str) -> str:
        """In words, a choice that can be made no more; a kind whose choices pass says how."""
        return value

    def choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        """Give a field its choices, with an empty one in front."""
        self.fields[name].choices = [("", _("choose")), *choices]

    def first(self, name: str) -> str:
        """The text typed into a field, empty when there is none."""
        values = self.typed.get(name) or [""]
        return values[-1]

    def _shown_again(self, name: str) -> Any:
        values = list(self.typed[name])
        if isinstance(self.fields[name], forms.MultipleChoiceField):
            return values
        return values[-1] if values else None

    def shown(self) -> list[tuple[str, str]]:
        """Every field that is filled, label and value, in the language of the page."""
        if self.is_bound:
            self.full_clean()
        found = [(str(bound.label), self._value_shown(bound)) for bound in self]
        return [(label, value) for label, value in found if value]

    def _value_shown(self, bound: forms.BoundField) -> str:
        """As people read it; as it was typed where it is wrong or the choice is no more."""
        values = [value for value in self.typed.get(bound.name) or [] if value]
        known = getattr(self, "cleaned_data", {}).get(bound.name)
        match bound.field:
            case forms.BooleanField():
                return _("yes") if values else ""
            case forms.ChoiceField():
                labels = {str(value): str(label) for value, label in _flat(bound.field.choices)}
                return ", ".join(labels.get(value) or self.former(bound.name, value) for value in values)
            case forms.DateField() if known:
                return formatting.day(known)
            case AmountField() if known:
                return formatting.amount(known)
            case BankAccountField() if known:
                return formatting.account(known)
        return ", ".join(values)


def _flat(choices: Iterable[tuple[Any, Any]]) -> Iterable[tuple[Any, Any]]:
    """Choices with those of every group."""
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentKind:
    """A file that a kind of request takes; a `demanded` one must be there before it can be filed.

    `signed`: it is the printout with signatures, by hand on a scan or electronic ones, which are then judged.
    """

    code: str
    name: Promise
    hint: Promise | str = ""
    demanded: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an acceptance acts on: the request's number, its checked fields, who accepts and when."""

    number: str
    provider: Provider
    values: Mapping[str, Any]
    case: Case
    operator: Operator
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an acceptance did: a sentence, facts for the page, and data for later (JSON)."""

    sentence: Text
    facts: tuple[tuple[Text, Text], ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As it is stored with the request."""
        return {
            "sentence": self.sentence.to_json(),
            "facts": [[label.to_json(), value.to_json()] for label, value in self.facts],
            "data": dict(self.data),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Outcome:
        """The reverse of `to_json`."""
        return cls(
            sentence=Text.from_json(stored["sentence"]),
            facts=tuple((Text.from_json(label), Text.from_json(value)) for label, value in stored["facts"]),
            data=stored["data"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """What a taking back acts on: the outcome's data, the reason, who takes it back (None: the portal) and when."""

    provider: Provider
    data: Mapping[str, Any]
    reason: str
    operator: Operator | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of request.

    `filed_with` is the right that whoever files needs beside that of filing, `decided_by` the branch's role that
    decides. `accept` does what is asked for, through the operations of other areas; what it refuses is told. `revoke`
    takes it back, None where that is not done here. `closed` says why the kind cannot be filed now, None when it can.
    `paper_days`: a scan is enough at first, and the paper must follow. `declaration` stands above the signatures.
    """

    code: str
    name: Promise
    purpose: Promise
    filed_with: Right
    decided_by: Role
    form: type[RequestForm]
    accept: Callable[[Decision], Outcome]
    basis: Basis
    attachments: tuple[AttachmentKind, ...] = ()
    revoke: Callable[[Revocation], None] | None = None
    closed: Callable[[Case], Text | None] = lambda _case: None
    paper_days: Parameter[int] | None = None
    declaration: Promise | str = ""
    signatures: tuple[Promise, ...] = ()
