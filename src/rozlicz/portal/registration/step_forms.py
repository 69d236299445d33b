"""The forms of the steps."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from rozlicz.documents.issuer import DESIGNATION_RULES, LEGAL_FORM_NAMES
from rozlicz.kernel.identifiers import is_nip, is_regon
from rozlicz.messages.contracts import LegalForm
from rozlicz.portal.accounts.password_field import WithNewPassword
from rozlicz.portal.house.fields import BankAccountField, PhoneField, UserNameField
from rozlicz.portal.house.formatting import text
from rozlicz.portal.providers.models import PARTY_KINDS, PartyKind
from rozlicz.portal.registration.registers import (
    book_number,
    is_book_number,
    is_entered_in_krs,
    is_krs_number,
)
from rozlicz.portal.registration.steps import Step

_POSTAL_CODE = r"^[0-9]{2}-[0-9]{3}\Z"
_REGISTER_NUMBER = r"^[0-9A-Za-z][0-9A-Za-z ./_-]*\Z"


class _NumberField(forms.CharField):
    """An identifier with check digits, hyphens and blanks allowed; cleaned to its digits."""

    def __init__(self, *, fits: Callable[[str], bool], wrong: Any, **kwargs: Any) -> None:
        self._fits, self._wrong = fits, wrong
        widget = forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """Without what people put between the digits, and in front of a NIP: what is kept is the number alone."""
        return re.sub(r"[\W_]", "", str(super().to_python(value))).upper().removeprefix("PL")

    def validate(self, value: str) -> None:
        """It is there, and its check digits fit."""
        super().validate(value)
        if value and not (value.isascii() and value.isdigit() and self._fits(value)):
            raise forms.ValidationError(self._wrong, code="invalid")


class AddressForm(forms.Form):
    """Street with number, postal code, town."""

    street = forms.CharField(
        label=_("Street and number"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
        error_messages={"required": _("Enter the street and the number.")},
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=6,
        validators=[RegexValidator(_POSTAL_CODE, _("Write the postal code like this: 90-032."))],
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "postal-code"}),
        error_messages={"required": _("Enter the postal code.")},
    )
    town = forms.CharField(
        label=_("Town"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"required": _("Enter the town.")},
    )


class KindForm(forms.Form):
    """What registers."""

    kind = forms.ChoiceField(
        label=_("Who is being registered?"),
        choices=PARTY_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who is being registered.")},
    )


class PartyForm(AddressForm):
    """The party and its identifiers; which fields are asked for depends on its kind."""

    name = forms.CharField(
        label=_("Name of the party"),
        max_length=250,
        help_text=_("Exactly as in the register. Individual practice: given name and surname."),
        error_messages={"required": _("Enter the name of the party.")},
    )
    legal_form = forms.ChoiceField(
        label=_("Legal form"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the legal form.")},
    )
    form_of_business = forms.CharField(
        label=_("Form of business"),
        required=False,
        max_length=60,
        help_text=_("Non-public unit and group practice: for example spółka z o.o., spółka cywilna."),
    )
    company_name = forms.CharField(
        label=_("Name of the company"),
        required=False,
        max_length=250,
        help_text=_("Only where it differs from the name of the unit. Both then stand on bills."),
    )
    nip = _NumberField(
        label=_("NIP"),
        fits=is_nip,
        wrong=_("This is not a NIP: ten digits, of which the last must fit the others."),
        error_messages={"required": _("Enter the NIP.")},
    )
    regon = _NumberField(
        label=_("REGON"),
        fits=is_regon,
        wrong=_("This is not a REGON: 9 or 14 digits, of which the last must fit the others."),
        help_text=_("9 digits, a local unit 14."),
        error_messages={"required": _("Enter the REGON.")},
    )
    krs_number = _NumberField(
        label=_("KRS number"),
        required=False,
        fits=is_krs_number,
        wrong=_("This is not a KRS number: ten digits, zeros in front included."),
        help_text=_("10 digits, with the zeros in front. Only who is entered in the KRS has one."),
    )
    register_number = forms.CharField(
        max_length=40,
        validators=[
            RegexValidator(_REGISTER_NUMBER, _("Only letters, digits, blanks and . / - _ may stand here."))
        ],
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    field_order = [
        "name",
        "legal_form",
        "form_of_business",
        "company_name",
        "nip",
        "regon",
        "krs_number",
        "register_number",
        "street",
        "postal_code",
        "town",
    ]

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = PartyKind(kind)
        if kind == PartyKind.PHARMACY:
            del self.fields["legal_form"], self.fields["company_name"]
            self.fields["form_of_business"].help_text = ""
        else:
            self.fields["legal_form"].choices = [
                (one.value, text(LEGAL_FORM_NAMES[one])) for one in LegalForm
            ]
        number = self.fields["register_number"]
        number.label, number.help_text, missing = _REGISTERS[self._kind]
        number.required = kind != PartyKind.SUBCONTRACTOR
        number.error_messages["required"] = missing
        self.fields["street"].label = _("Seat: street and number")

    def clean_register_number(self) -> str:
        """Of a register book its digits alone; a permit of a pharmacy is kept as it is written."""
        number: str = self.cleaned_data["register_number"]
        if not number or self._kind is PartyKind.PHARMACY:
            return number
        number = book_number(number)
        if not is_book_number(number):
            raise forms.ValidationError(
                _("This is not a number of a register book: twelve digits, zeros in front included.")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """A form that bills must name is not left out (R15), nor the KRS number of who is entered there."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen, business = cleaned.get("legal_form"), cleaned.get("form_of_business", "")
        legal_form = LegalForm(chosen) if chosen else None
        if legal_form and DESIGNATION_RULES[legal_form].form_of_business and not business:
            self.add_error(
                "form_of_business",
                _("Enter the form of business: bills of this legal form must name it."),
            )
        if is_entered_in_krs(legal_form, business) and cleaned.get("krs_number") == "":
            self.add_error("krs_number", _missing_krs(legal_form))
        return cleaned


def _missing_krs(legal_form: LegalForm | None) -> Any:
    """Why the number is needed, with the way out for a public unit that has none."""
    if legal_form is LegalForm.PUBLIC_UNIT:
        return _(
            "Enter the KRS number. A budget unit or a university, which has none, says so in the form of business."
        )
    return _("Enter the KRS number: a party of this form of business is entered in the KRS.")


_REGISTERS = {
    PartyKind.PROVIDER: (
        _("Number of the register book"),
        _("Of the register of health care providers (RPWDL): 12 digits, for example 000000012345."),
        _("Enter the number of the register book."),
    ),
    PartyKind.PHARMACY: (
        _("Number of the permit"),
        _("Of the permit to run the pharmacy or dispensing point."),
        _("Enter the number of the permit."),
    ),
    PartyKind.SUBCONTRACTOR: (
        _("Number of the register book"),
        _("Of the register of health care providers (RPWDL), if the subcontractor is entered there."),
        _("Enter the number of the register book."),
    ),
}


class PlaceForm(AddressForm):
    """One place where services are given."""

    name = forms.CharField(
        label=_("Name of the place"),
        max_length=250,
        help_text=_("For example Poradnia Neurologiczna, Apteka Pod Lwem."),
        error_messages={"required": _("Enter the name of the place.")},
    )
    phone = PhoneField(required=False)
    field_order = ["name", "street", "postal_code", "town", "phone"]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into any of its fields."""
        return not any(str(self.data.get(name, "")).strip() for name in self.fields)


class AccountForm(forms.Form):
    """Where the Fund pays to."""

    number = BankAccountField(
        label=_("Number of the bank account"), help_text=_("26 digits, as on the agreement with the bank.")
    )
    holder_name = forms.CharField(
        label=_("Holder of the account"),
        max_length=250,
        help_text=_("The name in which the bank keeps the account."),
        error_messages={"required": _("Enter whose account it is.")},
    )
    is_of_party = forms.BooleanField(
        label=_("I state that the account is kept for the party that is being registered."),
        error_messages={"required": _("Tick the statement: the Fund pays to the party's own account only.")},
    )


class AdministratorForm(WithNewPassword):
    """The first administrator, and the temporary password (P2)."""

    given_name = forms.CharField(
        label=_("Given name"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Enter the given name.")},
    )
    surname = forms.CharField(
        label=_("Surname"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": _("Enter the surname.")},
    )
    user_name = UserNameField(
        help_text=_("With it the administrator logs in, for example jkowalski1243."),
        error_messages={"required": _("Enter the user name.")},
    )
    phone = PhoneField(error_messages={"required": _("Enter the telephone number.")})
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Of this person: each operator has its own."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Enter the e-mail address.")},
    )
    field_order = [
        "given_name",
        "surname",
        "user_name",
        "phone",
        "email",
        "new_password",
        "new_password_again",
    ]

    def __init__(self, *args: Any, has_password: bool = False, **kwargs: Any) -> None:
        """`has_password`: one is saved already, and is kept when nothing is typed."""
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password"], self.fields["new_password_again"]
        first.label, again.label = _("Temporary password"), _("Temporary password again")
        first.required = again.required = not has_password
        first.help_text = (
            _("A temporary password has been saved. Type one only to replace it.")
            if has_password
            else _("For the first log-in only, where it must be changed. Give it to the administrator.")
        )

    def clean(self) -> dict[str, Any]:
        """A new password is typed twice, also where it replaces one."""
        cleaned = super().clean()
        if cleaned.get("new_password") and not cleaned.get("new_password_again"):
            self.add_error("new_password_again", _("Type the password a second time."))
        return cleaned


def form_of(step: Step, data: Any, answers: dict[str, Any], *, has_password: bool = False) -> forms.Form:
    """The form of a step, bound to `data`; what it asks for may depend on other answers."""
    if step is Step.PARTY:
        return PartyForm(data, kind=answers.get("kind", {}).get("kind", PartyKind.PROVIDER))
    if step is Step.ADMINISTRATOR:
        return AdministratorForm(data, has_password=has_password)
    return {Step.KIND: KindForm, Step.PLACES: PlaceForm, Step.ACCOUNT: AccountForm}[step](data)
