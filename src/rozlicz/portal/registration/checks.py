"""What the machine can check of a registration for the branch's clerk, each as a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rozlicz.documents.comparing import same_words
from rozlicz.kernel.identifiers import is_bank_account, is_nip, is_regon
from rozlicz.portal.providers.models import BankAccount, Provider
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.registration.queries import FILED_STATES, application_of
from rozlicz.portal.registration.steps import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check: whether it found nothing to look at, and what to tell the clerk."""

    good: bool
    sentence: str

    @property
    def state(self) -> str:
        """How the page shows it."""
        return "checked" if self.good else "warning"


def checks_of(registration: Registration) -> list[Check]:
    """All checks of a filed registration. What found something stops nothing: the clerk decides."""
    return list(_checks(registration, application_of(registration)))


def _checks(registration: Registration, application: Application) -> Iterator[Check]:
    party, account = application.party, application.account
    fit = is_nip(party.nip) and is_regon(party.regon) and is_bank_account(account.number)
    yield Check(
        good=fit,
        sentence=_("The check digits of NIP, REGON and the bank account fit.")
        if fit
        else _("Check digits of NIP, REGON or the bank account do not fit."),
    )
    yield _registered(registration, "nip", party.nip, "NIP")
    yield _registered(registration, "regon", party.regon, "REGON")
    if party.krs_number:
        yield _registered(registration, "krs_number", party.krs_number, "KRS")
    yield _asked_twice(registration, party.nip)
    yield _account(registration, account.number)
    own = same_words(account.holder_name, party.name) or same_words(account.holder_name, party.company_name)
    yield Check(
        good=own,
        sentence=_("The account is kept in the name of the party.")
        if own
        else _("The account is kept for “%(holder)s”, the party is “%(party)s”. Compare them.")
        % {"holder": account.holder_name, "party": party.name},
    )


def _registered(registration: Registration, column: str, number: str, word: str) -> Check:
    """A subcontractor or a second unit of the same entrepreneur may rightly share a NIP."""
    others = Provider.objects.filter(**{column: number}).exclude(pk=registration.provider_id)
    if first := others.order_by("code").first():
        return Check(
            good=False,
            sentence=_("%(word)s %(number)s is registered already: %(code)s %(name)s.")
            % {"word": word, "number": number, "code": first.code, "name": first.name},
        )
    return Check(good=True, sentence=_("No party has this %(word)s.") % {"word": word})


def _asked_twice(registration: Registration, nip: str) -> Check:
    others = (
        Registration.objects.filter(answers__party__nip=nip, state__in=FILED_STATES)
        .exclude(pk=registration.pk)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if others:
        return Check(
            good=False,
            sentence=_("Other registrations have the same NIP: %(numbers)s.")
            % {"numbers": ", ".join(map(str, others))},
        )
    return Check(good=True, sentence=_("No other registration has this NIP."))


def _account(registration: Registration, number: str) -> Check:
    others = BankAccount.objects.filter(number=number).exclude(provider=registration.provider_id)
    if first := others.select_related("provider").order_by("pk").first():
        return Check(
            good=False,
            sentence=_("The bank account is that of another party: %(code)s %(name)s.")
            % {"code": first.provider.code, "name": first.provider.name},
        )
    return Check(good=True, sentence=_("No other party has this bank account."))
