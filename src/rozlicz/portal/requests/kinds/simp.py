"""Access to SIMP (R32): an account of a user or an administrator for a named operator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.granting import withdraw_role
from rozlicz.portal.accounts.rights import ROLE_WORDS, Right, Role
from rozlicz.portal.requests.kind import AttachmentKind, Decision, Kind, Outcome, Revocation
from rozlicz.portal.requests.kinds.persons import ForPersonForm, give_role, holder_of

_SIMP_ROLES = (Role.SIMP_USER, Role.SIMP_ADMINISTRATOR)


class SimpForm(ForPersonForm):
    """For whom, and which account."""

    account = forms.ChoiceField(
        label=_("Account in SIMP"),
        widget=forms.RadioSelect,
        choices=[(role.value, ROLE_WORDS[role]) for role in _SIMP_ROLES],
        error_messages={"required": _("Choose the account.")},
    )
    reason = forms.CharField(
        label=_("What the access is needed for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ["person", "account", "phone", "reason"]

    def clean(self) -> dict[str, Any]:
        """The operator has not got it yet."""
        cleaned = super().clean() or {}
        if self.chosen_has(cleaned.get("account", "")):
            self.add_error("person", gettext("This operator has this account already."))
        return cleaned


def _accept(decision: Decision) -> Outcome:
    role = Role(decision.values["account"])
    sentence = Text(pl="{name} ma dostęp do SIMP.", en="{name} has access to SIMP.")
    return give_role(decision, role, sentence)


def _withdraw(taken: Revocation) -> None:
    withdraw_role(
        operator=taken.operator,
        account=holder_of(taken),
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
            "SIMP",
            en="Łódź branch of the Fund, settlement of prevention: request for a user or administrator of SIMP",
        )
    ),
    signatures=(_("administrator of the provider"), _("the operator named above")),
)
