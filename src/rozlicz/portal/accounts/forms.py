"""Log-in with three fields (P1)."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.identifiers import PROVIDER_CODE


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
        self.fields["password"].label = _("Password")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def user_credentials(self) -> dict[str, Any]:
        """The first two fields together are the log-in that is stored."""
        credentials: dict[str, Any] = super().user_credentials()
        credentials.pop("email", None)
        credentials["username"] = f"{self.cleaned_data['provider_code']}/{self.cleaned_data['login']}"
        return credentials
