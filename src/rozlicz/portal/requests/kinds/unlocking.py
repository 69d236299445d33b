"""Unlocking of a closed reporting period (*odblokowanie okresu sprawozdawczego*).

The fields are those of the Łódź branch's form of 6 November 2023. It has at least three columns for the aim of the
import, of which one must be marked; what they are called was not seen, so that the names here are our own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text, same
from rozlicz.portal.accounts.rights import Right, Role
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.contracts.queries import terms_of
from rozlicz.portal.house.fields import AmountField, PhoneField
from rozlicz.portal.house.formatting import month_name
from rozlicz.portal.periods.operations import end_unlock, unlock
from rozlicz.portal.periods.queries import closed_months
from rozlicz.portal.requests.choices import contract_of, contracts_of
from rozlicz.portal.requests.kind import (
    AttachmentKind,
    Case,
    Decision,
    Kind,
    Outcome,
    RequestForm,
    Revocation,
)
from rozlicz.portal.requests.parameters import UNLOCKED_DAYS

MOST_SERVICES = 500
_LONGEST_ID = 60

IMPORTS = (
    ("adds", _("new services")),
    ("changes", _("corrections of reported services")),
    ("deletes", _("deletions of reported services")),
)


class UnlockingForm(RequestForm):
    """What is to be reported or computed in a closed month, and why only now."""

    scope = forms.ChoiceField(label=_("Contract, scope and distinguishing number"))
    first_month = forms.ChoiceField(label=_("Closed period from"), help_text=_("At least one month."))
    last_month = forms.ChoiceField(label=_("Closed period to"))
    services = forms.CharField(
        label=_("Identifiers of the services"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("As in the sender's system, one a line; only these will be taken in."),
    )
    imports = forms.MultipleChoiceField(
        label=_("Aim of the unlocking: reports with"),
        choices=IMPORTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Mark at least one.")},
    )
    computes = forms.BooleanField(
        label=_("Aim of the unlocking: the contract is to be computed for these months"), required=False
    )
    value = AmountField(label=_("Value of the services"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Why the services are reported only now; the number of the Fund's letter if a case is pending."
        ),
    )
    phone = PhoneField()

    def prepare(self) -> None:
        """Scopes of the provider's contracts, and the months that are closed now."""
        self.choose("scope", _scope_choices(self.case))
        months = [(str(Month.from_number(number)), month_name(number)) for number in closed_months(now())]
        self.choose("first_month", months)
        self.choose("last_month", months)

    def former(self, name: str, value: str) -> str:
        """A month that is open again is still called by its name."""
        if name not in {"first_month", "last_month"}:
            return super().former(name, value)
        try:
            return month_name(Month.parse(value))
        except ValueError:
            return value

    def clean_services(self) -> list[str]:
        """Distinct identifiers in their order, none too long."""
        found = list(dict.fromkeys(self.cleaned_data["services"].replace(",", "\n").split()))
        if len(found) > MOST_SERVICES:
            raise forms.ValidationError(
                gettext("Name at most %(most)s services in one request.") % {"most": MOST_SERVICES}
            )
        for one in found:
            if len(one) > _LONGEST_ID:
                raise forms.ValidationError(gettext("This identifier is too long: %(id)s") % {"id": one[:80]})
        return found

    def clean(self) -> dict[str, Any]:
        """The period is a run of closed months inside the contract."""
        cleaned = super().clean() or {}
        if not (cleaned.get("first_month") and cleaned.get("last_month")):
            return cleaned
        first, last = Month.parse(cleaned["first_month"]), Month.parse(cleaned["last_month"])
        if last < first:
            self.add_error("last_month", gettext("The period ends before it begins."))
            return cleaned
        closed = set(closed_months(now()))
        for month in _months(first, last):
            if month.number not in closed:
                self.add_error(
                    "last_month",
                    gettext("%(month)s is not closed: nothing need be unlocked there.")
                    % {"month": month_name(month)},
                )
        if cleaned.get("scope"):
            contract = contract_of(self.case.provider, cleaned["scope"].split("|")[0])
            if last.last_day < contract.valid_from or first.first_day > contract.valid_to:
                self.add_error("first_month", gettext("The contract is not in force in this period."))
        return cleaned


def _scope_choices(case: Case) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A group a contract, a choice a scope."""
    for contract in contracts_of(case.provider):
        yield (
            f"{contract.code} · {contract.kind_name}",
            [
                (
                    f"{contract.pk}|{one.code}|{one.distinguisher}",
                    f"{one.code}/{one.distinguisher} · {one.name} ({contract.code})",
                )
                for one in terms_of(contract).scopes
            ],
        )


def _months(first: Month, last: Month) -> Iterator[Month]:
    while first <= last:
        yield first
        first = first.plus(1)


def _closed(_case: Case) -> Text | None:
    if closed_months(now()):
        return None
    return Text(
        pl="Żaden okres sprawozdawczy nie jest zamknięty; raport można po prostu wysłać.",
        en="No reporting period is closed; the report can simply be sent.",
    )


def _accept(decision: Decision) -> Outcome:
    values = decision.values
    key, scope, distinguisher = values["scope"].split("|")
    contract = contract_of(decision.provider, key)
    day = warsaw_day(decision.at)
    until = day + timedelta(days=UNLOCKED_DAYS.on(day, settings.BRANCH).value)
    granted = unlock(
        operator=decision.operator,
        contract=contract,
        scope=scope,
        distinguisher=int(distinguisher),
        first=Month.parse(values["first_month"]),
        last=Month.parse(values["last_month"]),
        services=values["services"],
        aims=[*values["imports"], *(["computes"] if values["computes"] else [])],
        until=until,
        request_number=decision.number,
        at=decision.at,
    )
    return Outcome(
        sentence=Text(
            pl="Okres jest odblokowany do {until}: do tego dnia proszę wysłać raport.",
            en="The period is unlocked until {until}: send the report by that day.",
        ).filled(until=until),
        facts=(
            (Text(pl="Umowa", en="Contract"), same(contract.code)),
            (
                Text(pl="Zakres i wyróżnik", en="Scope and distinguishing number"),
                same(f"{scope}/{distinguisher}"),
            ),
        ),
        data={"unlock": granted.pk},
    )


def _end(taken: Revocation) -> None:
    end_unlock(operator=taken.operator, unlock_id=taken.data["unlock"], reason=taken.reason, at=taken.at)


UNLOCKING = Kind(
    code="unlocking",
    name=_("Unlocking of a closed reporting period"),
    purpose=_("Lets named services of a scope be reported, corrected or computed in a month that is closed."),
    filed_with=Right.SEND_REPORTS,
    decided_by=Role.VERIFICATION,
    form=UnlockingForm,
    accept=_accept,
    revoke=_end,
    closed=_closed,
    attachments=(AttachmentKind(code="letter", name=_("The Fund's letter")),),
    basis=Basis(
        Text(
            pl="Łódzki OW NFZ, komunikat 9776 z 23.10.2023: odblokowanie zamkniętego okresu; niepełny wniosek nie "
            "jest rozpatrywany",
            en="Łódź branch of the Fund, notice 9776 of 23 Oct 2023: unlocking of a closed period; an incomplete "
            "request is not examined",
        )
    ),
    signatures=(_("whoever represents the provider"),),
)
