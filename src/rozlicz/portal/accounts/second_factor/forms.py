"""allauth's forms of the second factor, in our words, under the branch's limits, and each code good for once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddWebAuthnForm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.second_factor.standing import standing_of
from rozlicz.portal.clock import now, warsaw_day

_LONGEST_CODE = 20
_LONGEST_NAME = 60
_LONGEST_REASON = 300
_WHOLE_WINDOW = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
"""Seconds during which one and the same code of an app is right."""


def _limited(operator: Operator) -> Callable[[], None]:
    """Count one attempt against the branch's limit; the answer forgets the attempts. Raises ValidationError."""
    policy = policy_on(warsaw_day(now()))
    limit = {
        "app": "allauth.mfa",
        "action": "code",
        "config": {"code": f"{policy.attempts}/{policy.lock_minutes}m/key"},
        "key": f"operator {operator.pk}",
    }
    if not ratelimit.consume(context.request, **limit):
        raise ValidationError(
            _("Too many wrong codes. Please try again in %(minutes)d minutes.")
            % {"minutes": policy.lock_minutes},
            code="limited",
        )
    return lambda: ratelimit.clear(context.request, **limit)


def _used_for_the_first_time(operator: Operator, code: str) -> bool:
    """Whether this code of the app was never taken before, by any process, while it is right."""
    digits = "".join(filter(str.isdigit, code))
    return bool(cache.add(f"second-factor:{operator.pk}:{digits}", "used", timeout=_WHOLE_WINDOW))


def _code_input() -> forms.TextInput:
    return forms.TextInput(
        attrs={
            "class": "short",
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "maxlength": _LONGEST_CODE,
        }
    )


class _CodeForm(forms.Form):
    """One field that takes the app's code or a recovery code."""

    user: Operator
    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing_of(self.user)
        field = self.fields["code"]
        field.label = _("Code") if self.standing.has_app else _("Recovery code")
        field.help_text = (
            _("Six digits from the application; or one of the recovery codes, eight digits.")
            if self.standing.has_app
            else _("Eight digits, from the recovery codes that were kept.")
        )
        field.widget = _code_input()

    def clean_code(self) -> str:
        """The code, if it is right, not used before, and not one of too many. Raises ValidationError."""
        forget_attempts = _limited(self.user)
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not _used_for_the_first_time(
            self.user, code
        ):
            raise get_adapter().validation_error("incorrect_code")
        forget_attempts()
        return code


class AuthenticateForm(_CodeForm, AllauthAuthenticateForm):
    """The second step of log-in."""


class ReauthenticateForm(_CodeForm, AllauthReauthenticateForm):
    """Shown again that it is the same person, before something of the account is changed."""


class ActivateTOTPForm(AllauthActivateTOTPForm):
    """The first code of a new app; it is not good for log-in any more."""

    code = forms.CharField(
        label=gettext_lazy("Code from the application"),
        help_text=gettext_lazy("Six digits that the application shows now. They change every half a minute."),
        widget=_code_input(),
    )

    def clean_code(self) -> str:
        """The code, if it is right for the secret that was shown. Raises ValidationError."""
        forget_attempts = _limited(self.user)
        code: str = super().clean_code()
        _used_for_the_first_time(self.user, code)
        forget_attempts()
        return code


class AddWebAuthnForm(AllauthAddWebAuthnForm):
    """A new security key and its name."""

    name = forms.CharField(
        label=gettext_lazy("Name of the key"),
        help_text=gettext_lazy("To tell it from others, for example: blue key, office laptop."),
        max_length=_LONGEST_NAME,
        required=False,
    )


class ResetForm(forms.Form):
    """Why somebody's second factor is reset."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("For example: the phone was lost; identity checked by telephone call back."),
        max_length=_LONGEST_REASON,
        error_messages={"required": gettext_lazy("A reset needs a reason.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
