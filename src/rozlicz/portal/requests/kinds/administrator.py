"""The administrator's right when the old administrator is lost (*wniosek o uprawnienia administratora*)."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.administration.queries import administrators_able_to_log_in
from rozlicz.portal.accounts.granting import block_by_itself
from rozlicz.portal.accounts.operators import block_operator
from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.clock import WARSAW
from rozlicz.portal.house.fields import PhoneField
from rozlicz.portal.requests.kind import (
    AttachmentKind,
    Case,
    Decision,
    Kind,
    Outcome,
    Revocation,
)
from rozlicz.portal.requests.kinds.persons import ForPersonForm, give_role, holder_of
from rozlicz.portal.requests.parameters import PAPER_DAYS


class AdministratorForm(ForPersonForm):
    """Who shall administer, and why the present administrator cannot."""

    person = forms.ChoiceField(label=_("Who shall be the administrator"))
    why = forms.CharField(
        label=_("Why the present administrator cannot act"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed only while the provider has an administrator who can log in."),
    )
    phone = PhoneField(
        label=_("Telephone to whoever signs"),
        help_text=_("The branch may call back before it gives the right."),
    )
    field_order = ["person", "why", "phone"]

    def clean_person(self) -> str:
        """Not one that is administrator already."""
        key: str = self.cleaned_data["person"]
        if self.chosen_has(Role.ADMINISTRATOR):
            raise forms.ValidationError(gettext("This operator is an administrator already."))
        return key

    def clean(self) -> dict[str, Any]:
        """While there is an administrator, the request must say why that is not enough."""
        cleaned = super().clean() or {}
        names = administrators_left(self.case)
        if names and not cleaned.get("why"):
            self.add_error(
                "why",
                gettext(
                    "The provider has an administrator who can log in (%(names)s). Say why that is not enough."
                )
                % {"names": ", ".join(names)},
            )
        return cleaned


def administrators_left(case: Case) -> list[str]:
    """The names of the provider's administrators who can log in, also after the day of filing.

    Whose temporary password runs out on that day is lost, as is whoever was given none.
    """
    at = datetime.combine(case.filed_on, time.max, tzinfo=WARSAW)
    return list(administrators_able_to_log_in(case.provider.pk, at).values_list("full_name", flat=True))


def _accept(decision: Decision) -> Outcome:
    sentence = Text(
        pl="{name} jest administratorem świadczeniodawcy.", en="{name} is the provider's administrator."
    )
    return give_role(decision, Role.ADMINISTRATOR, sentence)


def _block(taken: Revocation) -> None:
    """The administrator's account is blocked, as the emergency procedure says."""
    account = holder_of(taken)
    if taken.operator is None:
        block_by_itself(account=account, reason=taken.reason, at=taken.at)
    else:
        block_operator(operator=taken.operator, account=account, reason=taken.reason, at=taken.at)


ADMINISTRATOR = Kind(
    code="administrator",
    name=_("Administrator's right"),
    purpose=_(
        "Makes an operator the administrator when the former one is lost. A signed scan is enough at first; the "
        "paper must follow, otherwise the account is blocked."
    ),
    filed_with=Right.FILE_REQUESTS,
    decided_by=Role.ADMINISTRATION,
    form=AdministratorForm,
    accept=_accept,
    revoke=_block,
    attachments=(
        AttachmentKind(
            code="signed",
            name=_("Scan of the signed request"),
            hint=_(
                "Save the draft and print it. Whoever represents the provider signs it: the PDF itself "
                "electronically (PAdES), or the paper, which is then scanned."
            ),
            demanded=True,
            signed=True,
        ),
    ),
    paper_days=PAPER_DAYS,
    basis=Basis(
        Text(
            pl="Łódzki OW NFZ, komunikat 4089 (wniosek o prawa administratora); Pomorski OW NFZ, strona logowania "
            "(skan, a oryginał w 14 dni)",
            en="Łódź branch of the Fund, notice 4089 (request for the administrator's right); Pomeranian branch, "
            "log-in page (a scan, and the paper in 14 days)",
        )
    ),
    signatures=(_("whoever represents the provider"), _("stamp of the provider")),
)
