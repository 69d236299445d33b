"""Forms of installations and access tokens."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from rozlicz.portal.accounts.rights import RIGHT_WORDS, ROLE_WORDS, ROLES, Role
from rozlicz.portal.accounts.tokens.models import SCOPES
from rozlicz.portal.house.fields import DayField
from rozlicz.portal.house.lists import ListFilter, search_field, state_field
from rozlicz.portal.providers.queries import INSTALLATION_STATES


class InstallationsFilter(ListFilter):
    """Which installations are listed."""

    text = search_field(_("Identifier or program"))
    state = state_field(INSTALLATION_STATES)
    text_for_payer = _("Provider, identifier or program")


class CloseForm(forms.Form):
    """Why an installation is closed."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("For example: the program was replaced by another one."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why the installation is closed.")},
    )


class TokenForm(forms.Form):
    """What a new access token is called, what it may do, and how long."""

    name = forms.CharField(
        label=_("Name of the token"),
        help_text=_("Where it will be used, for example: server of the registration desk."),
        max_length=60,
        error_messages={"required": _("Give the token a name by which you will know it.")},
    )
    roles = forms.MultipleChoiceField(
        label=pgettext_lazy("token", "Scopes"),
        help_text=_("Only what the program needs."),
        widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, ROLE_WORDS[role]) for role in SCOPES],
        error_messages={
            "required": _("Tick at least one scope."),
            "invalid_choice": _("Choose scopes of the list."),
        },
    )
    valid_until = DayField(label=_("Last day"))

    def __init__(self, *args: Any, today: date, last: date, **kwargs: Any) -> None:
        """`last` is the last day that the rules of access allow."""
        super().__init__(*args, initial={"valid_until": last}, **kwargs)
        self._days = (today, last)
        field = self.fields["valid_until"]
        field.help_text = _("At the latest %(last)s; then a new token is made.") % {
            "last": f"{last:%d.%m.%Y}"
        }
        field.widget.attrs |= {"min": today.isoformat(), "max": last.isoformat()}

    def clean_valid_until(self) -> date:
        """A day on which the token still works and that the rules of access allow."""
        today, last = self._days
        chosen: date = self.cleaned_data["valid_until"]
        if not today <= chosen <= last:
            raise forms.ValidationError(
                _("Choose a day from %(today)s to %(last)s."),
                params={"today": f"{today:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"},
            )
        return chosen


def scopes_in_words() -> list[tuple[Any, list[Any]]]:
    """Each scope with the rights that it holds, as the page tells them beside the form."""
    return [
        (ROLE_WORDS[role], [RIGHT_WORDS[right] for right in RIGHT_WORDS if right in ROLES[role]])
        for role in SCOPES
    ]


def roles_in_words(roles: list[str]) -> list[Any]:
    """The names of a token's scopes."""
    return [ROLE_WORDS[Role(role)] for role in roles]
