"""Log-in with three fields (P1), and the change of one's own password (P2, P3)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.identifiers import PROVIDER_CODE
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operations import CORRECTABLE
from rozlicz.portal.accounts.password_field import WithNewPassword
from rozlicz.portal.accounts.passwords import LONGEST, normalised
from rozlicz.portal.house.fields import PhoneField


class LoginForm(AllauthLoginForm):
    """Provider code, user name, password; whatever is wrong with them is answered by one neutral sentence."""

    provider_code = forms.CharField(
        label=_("Provider code"),
        max_length=6,
        validators=[RegexValidator(PROVIDER_CODE, _("The provider code has six digits."))],
        help_text=_("Six digits, given by the branch at registration."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "organization"}),
    )
    field_order = ["provider_code", "login", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(self.field_order)
        self.fields["login"].label = _("User name")
        self.fields["login"].help_text = _("As written on the registration form, for example jkowalski1243.")
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = _(
            "The present one. The first password, given with the account, is changed at the first log-in."
        )
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, Any]:
        """The first two fields together are the log-in that is stored."""
        credentials: dict[str, Any] = super().user_credentials()
        credentials.pop("email", None)
        credentials["username"] = f"{self.cleaned_data['provider_code']}/{self.cleaned_data['login']}"
        return credentials


class ChangePasswordForm(WithNewPassword):
    """The present password, and a new one that differs from it."""

    present_password = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["present_password", "new_password", "new_password_again"]

    def __init__(self, operator: Operator, *args: Any, **kwargs: Any) -> None:
        self.operator = operator
        super().__init__(*args, **kwargs)
        if operator.has_temporary_password:
            self.fields["present_password"].label = _("Temporary password")

    def clean(self) -> dict[str, Any]:
        """The present password is looked at last, and once: a wrong one counts as a failed attempt to log in."""
        cleaned = super().clean()
        present, new = cleaned.get("present_password"), cleaned.get("new_password")
        if present and new and new == normalised(present):
            self.add_error("new_password", _("The new password must differ from the present one."))
        if present and not self.errors and not get_adapter().reauthenticate(self.operator, present):
            self.add_error(
                "present_password",
                ValidationError(_("Wrong password, or log-in is held after several failed attempts.")),
            )
        return cleaned


class OwnDetailsForm(forms.Form):
    """Address and telephone of a person, as the person changes them.

    What the page had shown is sent along: `changes` are the values that differ from it, so that nothing is put back
    which a colleague has corrected meanwhile.
    """

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        show_hidden_initial=True,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = PhoneField(required=False, show_hidden_initial=True)

    def __init__(self, *args: Any, of: Operator, **kwargs: Any) -> None:
        """An account that has no address, as the branch's first, need not get one with each change."""
        super().__init__(*args, initial={name: getattr(of, name) for name in CORRECTABLE}, **kwargs)
        self.fields["email"].required = bool(of.email)

    def clean(self) -> dict[str, Any]:
        """Adds `changes`."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["changes"] = {
            name: cleaned[name] for name in self.changed_data if name in CORRECTABLE and name in cleaned
        }
        return cleaned
