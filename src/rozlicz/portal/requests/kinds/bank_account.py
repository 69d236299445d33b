"""Change of the bank account (*zmiana konta bankowego*)."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text, same
from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.house.fields import BankAccountField, DayField
from rozlicz.portal.house.formatting import account as grouped
from rozlicz.portal.house.formatting import day
from rozlicz.portal.payments.queries import last_paid_on
from rozlicz.portal.providers.operations import change_bank_account
from rozlicz.portal.providers.queries import account_on
from rozlicz.portal.requests.kind import AttachmentKind, Case, Decision, Kind, Outcome, RequestForm


class BankAccountForm(RequestForm):
    """The new account, whose it is, and from which day the Fund pays to it."""

    account = BankAccountField(
        label=_("New account number"), help_text=_("26 digits; blanks and PL in front are allowed.")
    )
    holder = forms.CharField(
        label=_("Holder of the account"),
        max_length=250,
        help_text=_("As the bank names the holder. It must be the provider's name in the contract."),
    )
    bank = forms.CharField(label=_("Name of the bank"), max_length=120)
    since = DayField(
        label=_("From which day"),
        help_text=_("The account holds for all contracts of the provider and for payments from that day on."),
    )

    def prepare(self) -> None:
        """The name is known, and offered."""
        self.fields["holder"].initial = self.case.provider.name

    def shown(self) -> list[tuple[str, str]]:
        """The fields, and the account of today, so that both can be compared."""
        present = account_on(self.case.provider, self.case.filed_on)
        return (
            [(gettext("Account until now"), grouped(present)), *super().shown()]
            if present
            else super().shown()
        )

    def clean_account(self) -> str:
        """Not the account there is."""
        number: str = self.cleaned_data["account"]
        if number == account_on(self.case.provider, self.case.filed_on):
            raise forms.ValidationError(gettext("This is the account to which the Fund pays already."))
        return number

    def clean_holder(self) -> str:
        """The holder is the party of the contract: letter case and blanks aside."""
        holder: str = self.cleaned_data["holder"]
        allowed = {_plain(name) for name in _names(self.case)}
        if _plain(holder) not in allowed:
            raise forms.ValidationError(
                gettext("The holder must be the provider as the contract names it: %(name)s.")
                % {"name": self.case.provider.name}
            )
        return holder

    def clean_since(self) -> Any:
        """Not before the request, and not back into payments that were made."""
        since = self.cleaned_data["since"]
        if since < self.case.filed_on:
            raise forms.ValidationError(
                gettext("The account can change from the day of the request on, not earlier: %(day)s.")
                % {"day": day(self.case.filed_on)}
            )
        paid = last_paid_on(self.case.provider)
        if paid and since <= paid:
            raise forms.ValidationError(
                gettext("Transfers are marked up to %(day)s. Choose a later day.") % {"day": day(paid)}
            )
        return since


def _names(case: Case) -> list[str]:
    return [name for name in (case.provider.name, case.provider.company_name) if name]


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().casefold()


def _accept(decision: Decision) -> Outcome:
    number, since = decision.values["account"], decision.values["since"]
    change_bank_account(
        operator=decision.operator, provider=decision.provider, number=number, since=since, at=decision.at
    )
    return Outcome(
        sentence=Text(
            pl="Od {since} Fundusz płaci na nowe konto.",
            en="From {since} on the Fund pays to the new account.",
        ).filled(since=since),
        facts=((Text(pl="Konto", en="Account"), same(grouped(number))),),
    )


BANK_ACCOUNT = Kind(
    code="bank_account",
    name=_("Change of the bank account"),
    purpose=_("Tells the branch to which account it pays from a day on, for all contracts of the provider."),
    filed_with=Right.SEND_BILLS,
    decided_by=Role.PAYMENTS,
    form=BankAccountForm,
    accept=_accept,
    attachments=(
        AttachmentKind(
            code="signed",
            name=_("The signed printout"),
            hint=_(
                "Save the draft and print it. Whoever represents the provider signs it: the PDF itself "
                "electronically (PAdES), or the paper, which is then scanned."
            ),
            demanded=True,
            signed=True,
        ),
    ),
    basis=Basis(
        Text(
            pl="Łódzki OW NFZ, komunikat 973 z 2009 r.: numer NRB sprawdzany, posiadacz konta to świadczeniodawca z "
            "umowy, ryzyko błędu ponosi świadczeniodawca",
            en="Łódź branch of the Fund, notice 973 of 2009: the number is checked, the holder is the provider of "
            "the contract, who bears the risk of errors",
        )
    ),
    declaration=_(
        "I declare that the account is the provider's and takes the Fund's transfers. The provider bears the risk of "
        "an error in the number."
    ),
    signatures=(_("whoever represents the provider"), _("stamp of the provider")),
)
