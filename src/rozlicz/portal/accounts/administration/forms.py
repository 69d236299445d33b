"""Forms of operators, and of who may act for whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.identifiers import PROVIDER_CODE
from rozlicz.portal.accounts.administration.queries import hand_given
from rozlicz.portal.accounts.forms import OwnDetailsForm
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.password_field import WithNewPassword
from rozlicz.portal.accounts.rights import ROLE_WORDS, Role
from rozlicz.portal.house.fields import DayField, PhoneField, UserNameField
from rozlicz.portal.house.lists import ListFilter, search_field
from rozlicz.portal.providers.models import Provider

REASON_LENGTH = 300


class ReasonForm(forms.Form):
    """Why something is done to somebody's account."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        help_text=_("It is kept in the book of acts."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the reason.")},
    )


class TemporaryPasswordForm(ReasonForm, WithNewPassword):
    """A new temporary password for somebody, and why."""


class OperatorForm(WithNewPassword):
    """A person who is to work in the portal."""

    full_name = forms.CharField(label=_("First name and surname"), max_length=120)
    user_name = UserNameField(
        help_text=_("As it is typed at log-in, for example jkowalski1243; unique within the party."),
    )
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    phone = PhoneField(required=False)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What each role may do stands on the page of roles. Roles can be given later, too."),
    )
    field_order = ("full_name", "user_name", "email", "phone", "roles", "new_password", "new_password_again")

    def __init__(self, *args: Any, operator: Operator, **kwargs: Any) -> None:
        """The roles are those that an administrator of this side gives."""
        super().__init__(*args, **kwargs)
        given = hand_given(is_payer=operator.is_payer)
        self.fields["roles"].choices = [(role.value, ROLE_WORDS[role]) for role in given]
        self.fields["new_password"].label = _("Temporary password")
        self.fields["new_password"].help_text = _(
            "Hand it over in person. It is changed at the first log-in, and stops working after the days that the "
            "branch has set."
        )
        self.fields["new_password_again"].label = _("Temporary password again")

    def clean_roles(self) -> list[Role]:
        """As roles."""
        return [Role(code) for code in self.cleaned_data["roles"]]


class DetailsForm(OwnDetailsForm, ReasonForm):
    """What is written of a person, as an administrator corrects it."""

    full_name = forms.CharField(label=_("First name and surname"), max_length=120, show_hidden_initial=True)
    field_order = ("full_name", "email", "phone", "reason")


class PartiesFilter(ListFilter):
    """Which parties are listed."""

    text = search_field(_("Code or name of the provider"))


class _PartyField(forms.CharField):
    """The six digits of a provider, cleaned to the provider."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=6,
            widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
            validators=[RegexValidator(PROVIDER_CODE, _("The provider code has six digits."))],
            **kwargs,
        )

    def clean(self, value: Any) -> Provider:
        """The provider with that code."""
        code = super().clean(value)
        found = Provider.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("The branch knows no party with this code."))
        return found


class SubordinationForm(ReasonForm):
    """Who may act for whom, and for which days."""

    superior = _PartyField(
        label=_("Code of the superior"), help_text=_("Its operators will act for the other.")
    )
    subordinate = _PartyField(label=_("Code of the subordinate"))
    since = DayField(label=_("From"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty: until the branch ends it."))
    field_order = ("superior", "subordinate", "since", "until", "reason")
