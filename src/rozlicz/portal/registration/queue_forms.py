"""The forms of the branch's queue."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.house.fields import DayField
from rozlicz.portal.house.lists import ListFilter, choice_field, search_field
from rozlicz.portal.house.states import STATES
from rozlicz.portal.providers.models import PARTY_KINDS
from rozlicz.portal.registration.queries import AWAITED, FILED_STATES
from rozlicz.portal.registration.steps import STEPS, Step


class RegistrationsFilter(ListFilter):
    """Which registrations the branch sees."""

    text = search_field(_("Name, number, NIP or REGON"))
    state = choice_field(
        _("State"),
        lambda: [
            *[(code, STATES[code].word) for code in FILED_STATES],
            (AWAITED, _("the paper is awaited")),
        ],
    )
    kind = choice_field(_("Kind of party"), lambda: PARTY_KINDS)


class CompletionForm(forms.Form):
    """What the applicant should complete, and in which steps."""

    steps = forms.TypedMultipleChoiceField(
        label=_("Steps to be completed"),
        required=False,
        choices=STEPS,
        coerce=Step,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only these can be changed. None: only the signed document is to be sent again."),
    )
    remark = forms.CharField(
        label=_("What is to be completed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant sees these sentences."),
        error_messages={"required": _("Write what is to be completed: the applicant sees it.")},
    )


class RefusalForm(forms.Form):
    """Why the branch refuses."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The applicant sees these sentences."),
        error_messages={"required": _("Write why it is refused: the applicant sees it.")},
    )


class ArrivalForm(forms.Form):
    """When the signed paper arrived."""

    arrived_on = DayField(label=_("Day of arrival"))
