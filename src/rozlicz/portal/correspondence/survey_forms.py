"""Forms of surveys: the branch's questions, and the fields by which they are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.correspondence.forms import AddresseesForm, text_field, title_field
from rozlicz.portal.correspondence.models import (
    AUDIENCE_WORDS,
    QUESTION_WORDS,
    Audience,
    QuestionKind,
    SurveyQuestion,
)
from rozlicz.portal.correspondence.operations.surveys import Asked
from rozlicz.portal.house.fields import DayField

_LARGEST_NUMBER = 10**15


class SurveyForm(AddresseesForm):
    """What a survey is about and whom it asks."""

    title = title_field(_("Title"))
    text = text_field(_("Introduction"), required=False)
    open_until = DayField(label=_("Open until"), help_text=_("The last day on which replies are taken in."))
    field_order = ["title", "text", "open_until", "audience", "party_kinds", "providers"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [
            (code, word) for code, word in AUDIENCE_WORDS.items() if code != Audience.PUBLIC
        ]

    def asked(self) -> Asked:
        """What was written."""
        values = self.cleaned_data
        return Asked(
            title=values["title"],
            text=values["text"],
            open_until=values["open_until"],
            addressees=self.addressees(),
        )


class QuestionForm(forms.Form):
    """One more question of a draft."""

    text = forms.CharField(
        label=_("Question"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the question.")},
    )
    kind = forms.ChoiceField(
        label=_("The answer is"), widget=forms.RadioSelect, choices=lambda: list(QUESTION_WORDS.items())
    )
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only for a choice: each on a line of its own, at least two, up to 200 characters."),
    )
    demanded = forms.BooleanField(label=_("must be answered"), required=False, initial=True)

    def clean_choices(self) -> list[str]:
        """The lines that are not blank."""
        lines = [line.strip() for line in self.cleaned_data["choices"].splitlines()]
        if any(len(line) > 200 for line in lines):
            raise forms.ValidationError(_("A choice has at most 200 characters."))
        return [line for line in lines if line]


class ReplyForm(forms.Form):
    """One page of a survey. A draft may have gaps; `is_sent` demands what the survey demands at once."""

    def __init__(
        self,
        *args: Any,
        questions: Sequence[SurveyQuestion],
        values: Mapping[str, Any],
        is_sent: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._questions = questions
        for question in questions:
            field = _field(question)
            field.required = is_sent and question.demanded
            field.demanded = question.demanded
            field.initial = _initial(question, values.get(str(question.pk)))
            self.fields[_name(question)] = field

    def values(self) -> dict[int, Any]:
        """Question id → value, as a reply keeps it."""
        return {one.pk: _kept(self.cleaned_data[_name(one)]) for one in self._questions}


def _name(question: SurveyQuestion) -> str:
    return f"q{question.pk}"


def _field(question: SurveyQuestion) -> forms.Field:
    label = question.text
    choices = [(choice, choice) for choice in question.choices]
    if question.kind == QuestionKind.NUMBER:
        return forms.IntegerField(
            label=label,
            min_value=-_LARGEST_NUMBER,
            max_value=_LARGEST_NUMBER,
            widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        )
    if question.kind == QuestionKind.ONE:
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple)
    if question.kind == QuestionKind.DATE:
        return DayField(label=label)
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


def _initial(question: SurveyQuestion, value: Any) -> Any:
    return date.fromisoformat(value) if question.kind == QuestionKind.DATE and value else value


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
