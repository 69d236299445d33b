"""Form fields that several areas ask for: a day, money, a bank account, a telephone, a user name."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.identifiers import USER_NAME, is_bank_account
from rozlicz.kernel.money import NotAnAmount, grosze_from_text, text_from_grosze

_OTHER_AGE = _("Write a year between 1900 and 2199.")


class DayField(forms.DateField):
    """A day, chosen in the browser's calendar or written as 2026-11-05; of this age."""

    default_validators = (
        MinValueValidator(date(1900, 1, 1), _OTHER_AGE),
        MaxValueValidator(date(2199, 12, 31), _OTHER_AGE),
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
        )
        kwargs["error_messages"] = {
            "required": _("Enter the day."),
            "invalid": _("This is not a date. Write year, month and day: 2026-11-05."),
        } | kwargs.get("error_messages", {})
        super().__init__(**kwargs)


class AmountField(forms.CharField):
    """An amount of money as people write it (`1 234,56 zł`), cleaned to grosze; never negative, nor zero."""

    default_error_messages = {
        "required": _("Enter the amount."),
        "invalid": _("This is not an amount. Write it with at most two decimals: 1234,56."),
        "zero": _("The amount must be above zero."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"class": "short number", "inputmode": "decimal", "autocomplete": "off"}),
        )
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: Any) -> Any:
        """The grosze; None for nothing."""
        typed = super().to_python(value)
        if typed in self.empty_values:
            return None
        plain = re.sub(r"\s|zł$", "", typed).replace(",", ".")
        try:
            grosze = grosze_from_text(plain)
        except NotAnAmount:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None
        if grosze <= 0:
            raise forms.ValidationError(self.error_messages["zero"], code="zero")
        return grosze

    def run_validators(self, value: Any) -> None:
        """The length was of the text; a number of grosze has none."""

    def prepare_value(self, value: Any) -> Any:
        """Grosze as the field shows them; what was typed stays as it was."""
        return text_from_grosze(value).replace(".", ",") if isinstance(value, int) else value


class BankAccountField(forms.CharField):
    """A Polish account number, blanks and PL allowed, with its check digits; cleaned to 26 digits."""

    default_error_messages = {
        "required": _("Enter the account number."),
        "invalid": _("This is not a Polish account number: it has 26 digits, and its check digits must fit."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}))
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> str:
        """Digits only."""
        return re.sub(r"[\s-]", "", str(super().to_python(value))).upper().removeprefix("PL")

    def validate(self, value: str) -> None:
        """There are digits, and they are an account."""
        super().validate(value)
        if value and not is_bank_account(value):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")


class PhoneField(forms.CharField):
    """A telephone number as people write it."""

    default_validators = (
        RegexValidator(r"^\+?[0-9 ()-]{5,20}\Z", _("Write digits, for example 42 275 40 00.")),
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "short", "inputmode": "tel", "autocomplete": "off"})
        )
        super().__init__(**{"label": _("Telephone"), "max_length": 20} | kwargs)


class UserNameField(forms.CharField):
    """The name by which a person logs in, chosen once."""

    default_validators = (
        RegexValidator(
            USER_NAME, _("Three to forty small letters without Polish marks, digits, dots and hyphens.")
        ),
    )

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}))
        super().__init__(**{"label": _("User name"), "max_length": 40} | kwargs)
