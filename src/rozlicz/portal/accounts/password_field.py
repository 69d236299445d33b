"""The field for a new password, with its checklist; for every form in which somebody sets one.

    class FirstAdministratorForm(WithNewPassword, forms.Form):      # adds `new_password` and `new_password_again`
        ...
    operator = add_operator(..., password=form.cleaned_data["new_password"], temporary=True)

Or `NewPasswordField()` alone, where the password is not typed twice. Both follow the branch's rules of access of the
day (`accounts.queries.password_rule_on`); all that is wrong is told at once, also without JavaScript. With it, htmx
asks `password_checklist` while one types: by POST, under the CSRF token of the page, the field's own value and
nothing else of the form. What was typed is never put into a page, an address or a log again. A page that takes such
a form is marked with `sensitive_post_parameters`.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.accounts.passwords import LONGEST, Point, normalised, points
from rozlicz.portal.accounts.queries import password_rule_on
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.formatting import text


def points_today(password: str) -> tuple[Point, ...]:
    """The checklist for a password typed at this moment."""
    return points(password, password_rule_on(warsaw_day(now())))


class NewPasswordInput(forms.PasswordInput):
    """The input and its checklist; after a refusal the checklist shows what was sent, the input stays empty."""

    template_name = "accounts/password_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "new-password", **(attrs or {})}, render_value=False)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The widget's context with the points of the checklist and the address that renews them."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        widget_attrs = context["widget"]["attrs"]
        checklist = f"{widget_attrs.get('id', name)}_checklist"
        described = widget_attrs.get("aria-describedby", "")
        widget_attrs["aria-describedby"] = f"{described} {checklist}".strip()
        widget_attrs |= {
            "hx-post": reverse("password_checklist"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": f"#{checklist}",
            "hx-sync": "this:replace",
            "hx-params": f"{name},field",
            "hx-vals": json.dumps({"field": name}),
        }
        sent = value if isinstance(value, str) else ""
        return context | {"checklist": checklist, "points": points_today(sent)}


class NewPasswordField(forms.CharField):
    """A new password by the rules of the day; its cleaned value is the one to be stored."""

    widget = NewPasswordInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("New password"))
        super().__init__(strip=False, max_length=LONGEST, **options)

    def to_python(self, value: Any) -> str:
        """The password in the form in which it is counted and stored."""
        return normalised(super().to_python(value))

    def validate(self, value: str) -> None:
        """Refuse with every fault at once."""
        super().validate(value)
        faults = [text(point.fault) for point in points_today(value) if point.fault]
        if faults and value:
            raise ValidationError(faults)


class WithNewPassword(forms.Form):
    """A form in which a new password is typed twice."""

    new_password = NewPasswordField()
    new_password_again = forms.CharField(
        label=_("New password again"),
        strip=False,
        max_length=LONGEST,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, again = cleaned.get("new_password"), cleaned.get("new_password_again")
        if first and again and first != normalised(again):
            self.add_error("new_password_again", _("The two passwords differ."))
        return cleaned
