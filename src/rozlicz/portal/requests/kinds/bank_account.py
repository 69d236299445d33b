"""Change of the bank account (*zmiana konta bankowego*)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text, same
from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.contracts.queries import kinds_of
from rozlicz.portal.house.fields import BankAccountField, DayField
from rozlicz.portal.house.formatting import account as grouped
from rozlicz.portal.house.formatting import day
from rozlicz.portal.payments.queries import last_paid_on
from rozlicz.portal.providers.models import GENERAL
from rozlicz.portal.providers.operations import change_bank_account
from rozlicz.portal.providers.queries import AccountsOnDay, account_on
from rozlicz.portal.requests.kind import AttachmentKind, Case, Decision, Kind, Outcome, RequestForm, Typed

_ONE_DAY = timedelta(days=1)
ALL_KINDS = "all"
"""What the form calls the general account."""


class BankAccountForm(RequestForm):
    """For which services, the new account, whose it is, and from which day the Fund pays to it.

    A request of the time when a provider had one account only has no kind: it is for all.
    """

    kind = forms.ChoiceField(
        label=_("For which services"),
        widget=forms.RadioSelect,
        help_text=_(
            "All contracts of one kind of services have one account. The account for all kinds is that of every kind "
            "without an account of its own."
        ),
    )
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
        help_text=_(
            "Transfers from that day on go to this account, also those for bills that were issued before."
        ),
    )

    def __init__(self, typed: Typed | None = None, *, case: Case, check: bool = True) -> None:
        """See RequestForm."""
        super().__init__({"kind": [ALL_KINDS]} | dict(typed or {}), case=case, check=check)

    def prepare(self) -> None:
        """The kinds of the provider's contracts, each with its account of today; the provider's name is known."""
        self.fields["holder"].initial = self.case.provider.name
        self._names = {GENERAL: gettext("all kinds of services")} | {
            kind: f"{name} ({kind})" for kind, name in kinds_of(self.case.provider.pk).items()
        }
        provider = self.case.provider.pk
        self._present = AccountsOnDay(self.case.filed_on, [provider])
        self.fields["kind"].choices = [
            (kind or ALL_KINDS, self._with_account(kind, name)) for kind, name in self._names.items()
        ]

    def _with_account(self, kind: str, name: str) -> str:
        """A kind with the account to which the Fund pays for it."""
        provider = self.case.provider.pk
        number = self._present.number(provider, kind)
        if not number:
            return name
        if kind == GENERAL or kind in self._present.own_kinds(provider):
            # With blanks at which a narrow page may break it, as it may break the words before it.
            account = grouped(number).replace("\N{NO-BREAK SPACE}", " ")
            return gettext("%(kind)s: now %(account)s") % {"kind": name, "account": account}
        return gettext("%(kind)s: now the account for all kinds") % {"kind": name}

    def shown(self) -> list[tuple[str, str]]:
        """The fields, and the account until then, so that both can be compared."""
        (label, typed), *others = super().shown()
        kind = self.cleaned_data.get("kind")
        if kind is None:
            return [(label, typed), *others]
        until_now = grouped(self._account_until_then(kind))
        return [(label, self.kind_in_words(kind)), (gettext("Account until now"), until_now), *others]

    def kind_in_words(self, kind: str) -> str:
        """The kind; of the account for all kinds also which kinds keep one of their own."""
        name = self._names[kind]
        provider = self.case.provider.pk
        own = AccountsOnDay(self.cleaned_data.get("since", self.case.filed_on), [provider]).own_kinds(
            provider
        )
        if kind != GENERAL or not own:
            return name
        return gettext("%(kind)s except those with an account of their own: %(own)s") % {
            "kind": name,
            "own": ", ".join(self._names.get(one, one) for one in sorted(own)),
        }

    def _account_until_then(self, kind: str) -> str:
        """The account that the new one takes the place of: that of the day before it."""
        since: date | None = self.cleaned_data.get("since")
        return account_on(self.case.provider, since - _ONE_DAY if since else self.case.filed_on, kind)

    def clean_kind(self) -> str:
        """As accounts have it."""
        kind: str = self.cleaned_data["kind"]
        return GENERAL if kind == ALL_KINDS else kind

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
        kind = self.cleaned_data.get("kind")
        paid = last_paid_on(self.case.provider, kind) if kind is not None else None
        if paid and since <= paid:
            raise forms.ValidationError(
                gettext("Transfers are marked up to %(day)s. Choose a later day.") % {"day": day(paid)}
            )
        return since

    def clean(self) -> dict[str, Any]:
        """Not the account there is."""
        values = super().clean() or {}
        number, kind = values.get("account"), values.get("kind")
        if number and kind is not None and number == self._account_until_then(kind):
            self.add_error("account", gettext("This is the account to which the Fund pays already."))
        return values


def _names(case: Case) -> list[str]:
    return [name for name in (case.provider.name, case.provider.company_name) if name]


def _plain(name: str) -> str:
    return re.sub(r"\W+", " ", name).strip().casefold()


def _accept(decision: Decision) -> Outcome:
    number, since, kind = (decision.values[name] for name in ("account", "since", "kind"))
    change_bank_account(
        operator=decision.operator,
        provider=decision.provider,
        kind=kind,
        number=number,
        since=since,
        at=decision.at,
    )
    name = kinds_of(decision.provider.pk).get(kind, kind)
    return Outcome(
        sentence=Text(
            pl="Od {since} Fundusz płaci na nowe konto.",
            en="From {since} on the Fund pays to the new account.",
        ).filled(since=since),
        facts=(
            (Text(pl="Rodzaj świadczeń", en="Kind of services"), same(name) if kind else _ALL_OTHERS),
            (Text(pl="Konto", en="Account"), same(grouped(number))),
        ),
    )


_ALL_OTHERS = Text(pl="wszystkie, które nie mają własnego konta", en="all that have no account of their own")


BANK_ACCOUNT = Kind(
    code="bank_account",
    name=_("Change of the bank account"),
    purpose=_(
        "Tells the branch to which account it pays from a day on, for all contracts or those of one kind."
    ),
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
