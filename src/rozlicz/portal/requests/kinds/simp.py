"""Access to SIMP (R32): an account of a user or an administrator for a named operator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text, same
from rozlicz.portal.accounts.granting import grant_role, withdraw_role
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import ROLE_WORDS, Right, Role
from rozlicz.portal.requests.choices import person_choices, person_of
from rozlicz.portal.requests.kind import AttachmentKind, Decision, Kind, Outcome, RequestForm, Revocation

_SIMP_ROLES = (Role.SIMP_USER, Role.SIMP_ADMINISTRATOR)


class SimpForm(RequestForm):
    """For whom, and which account."""

    person = forms.ChoiceField(label=_("For which operator"))
    account = forms.ChoiceField(
        label=_("Account in SIMP"),
        widget=forms.RadioSelect,
        choices=[(role.value, ROLE_WORDS[role]) for role in _SIMP_ROLES],
        error_messages={"required": _("Choose the account.")},
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "tel"}),
    )
    reason = forms.CharField(
        label=_("What the access is needed for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def prepare(self) -> None:
        """The provider's operators that can log in."""
        self.choose("person", person_choices(self.case.provider))

    def clean(self) -> dict[str, Any]:
        """The operator has not got it yet."""
        cleaned = super().clean() or {}
        key, account = cleaned.get("person"), cleaned.get("account")
        if key and account and account in person_of(self.case.provider, key).roles:
            self.add_error("person", gettext("This operator has this account already."))
        return cleaned


def _accept(decision: Decision) -> Outcome:
    person = person_of(decision.provider, decision.values["person"])
    role = Role(decision.values["account"])
    grant_role(operator=decision.operator, account=person, role=role, at=decision.at)
    return Outcome(
        sentence=Text(pl="{name} ma dostęp do SIMP.", en="{name} has access to SIMP.").filled(
            name=person.full_name
        ),
        facts=((Text(pl="Konto", en="Account"), same(person.login)),),
        data={"operator": person.pk, "role": role.value},
    )


def _withdraw(taken: Revocation) -> None:
    withdraw_role(
        operator=taken.operator,
        account=Operator.objects.get(pk=taken.data["operator"]),
        role=Role(taken.data["role"]),
        reason=taken.reason,
        at=taken.at,
    )


SIMP = Kind(
    code="simp",
    name=_("Access to SIMP"),
    purpose=_("Opens the system of prevention programmes to a named operator, as its user or administrator."),
    filed_with=Right.MANAGE_OPERATORS,
    decided_by=Role.ADMINISTRATION,
    form=SimpForm,
    accept=_accept,
    revoke=_withdraw,
    attachments=(AttachmentKind(code="signed", name=_("The signed printout"), signed=True),),
    basis=Basis(
        Text(
            pl="Łódzki OW NFZ, Rozliczenia, profilaktyka: wniosek o założenie użytkownika lub administratora "
            "SIMP (R32)",
            en="Łódź branch of the Fund, settlement of prevention: request for a user or administrator of SIMP (R32)",
        )
    ),
    signatures=(_("administrator of the provider"), _("the operator named above")),
)
