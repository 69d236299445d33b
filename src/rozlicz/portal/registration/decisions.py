"""What the branch decides on a registration: to complete, refused, accepted, the paper has arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operations import add_operator
from rozlicz.portal.accounts.rights import FIRST_ROLES, Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.one_by_one import one_by_one
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.models import PartyKind, Place, Provider
from rozlicz.portal.providers.parties import enter_party, free_code, lift_suspension, suspend_party
from rozlicz.portal.registration.models import PaperKind, Registration, RegistrationState
from rozlicz.portal.registration.queries import (
    DRAFT_DAYS,
    IN_HAND,
    application_of,
    may_mark_paper,
    papers_of_issue,
    with_signature,
)
from rozlicz.portal.registration.steps import Application, Step
from rozlicz.portal.requests.parameters import COMPLETION_DAYS, end_of
from rozlicz.portal.tenancy import acting_for_payer


class UnableToDecideRegistration(UnableTo):
    """It is not waiting for the decision, or what the decision needs is not there."""


@transaction.atomic
def ask_to_complete(
    *, operator: Operator, registration_id: int, steps: Iterable[Step], remark: str, at: datetime
) -> None:
    """Give the registration back: the applicant may change these steps and files it again.

    No steps: only the signed document is to be sent again. Raises UnableToDecideRegistration.
    """
    registration = _waiting(operator, registration_id)
    registration.state = RegistrationState.TO_COMPLETE
    registration.steps_to_complete = [step.value for step in steps]
    registration.remark = remark
    registration.complete_by = end_of(COMPLETION_DAYS, warsaw_day(at))
    registration.touched_at = at
    registration.save(update_fields=["state", "steps_to_complete", "remark", "complete_by", "touched_at"])
    _record("registration.completion_asked", operator, registration, at, remark)


@transaction.atomic
def refuse_registration(*, operator: Operator, registration_id: int, reason: str, at: datetime) -> None:
    """End the registration with a reason, also one that was given back and that nobody completes.

    Raises UnableToDecideRegistration.
    """
    registration = _waiting(operator, registration_id, states=IN_HAND)
    _decide(registration, RegistrationState.REFUSED, operator, at, remark=reason)
    _record("registration.refused", operator, registration, at, reason)


@transaction.atomic
def accept_registration(
    *, operator: Operator, registration_id: int, at: datetime, seen: str | None = None
) -> Provider:
    """Enter the party under the next free code, with its account, places and first administrator.

    The administrator's temporary password (P2) is the one that was typed in the form; its days are counted from
    now. `seen` is the SHA-256 of the issued document that was judged; None: whichever there is. Locks the
    registration and then the codes. Raises UnableToDecideRegistration.
    """
    registration = _waiting(operator, registration_id)
    if seen not in (None, registration.issued_sha256):
        raise UnableToDecideRegistration(_FILED_ANEW)
    _demand_signed(registration, warsaw_day(at))
    application = application_of(registration)
    provider = enter_party(
        _party(application, code=free_code()),
        account_number=application.account.number,
        since=warsaw_day(at),
        places=[
            Place(
                name=one.name,
                street=one.street,
                postal_code=one.postal_code,
                town=one.town,
                phone=one.phone,
            )
            for one in application.places
        ],
    )
    administrator = application.administrator
    account = add_operator(
        provider=provider,
        party_code=provider.code,
        user_name=administrator.user_name,
        full_name=administrator.full_name,
        roles=FIRST_ROLES,
        password_hash=registration.password_hash,
        temporary=True,
        at=at,
        email=administrator.email,
        phone=administrator.phone,
    )
    registration.given_code, registration.log_in_until = provider.code, account.temporary_until
    _decide(registration, RegistrationState.ACCEPTED, operator, at, provider=provider)
    _record("registration.accepted", operator, registration, at)
    return provider


def _party(application: Application, *, code: str) -> Provider:
    party = application.party
    return Provider(
        party_kind=application.kind,
        code=code,
        name=party.name,
        legal_form="" if application.kind is PartyKind.PHARMACY else party.legal_form,
        company_name=party.company_name,
        form_of_business=party.form_of_business,
        nip=party.nip,
        regon=party.regon,
        krs_number=party.krs_number,
        street=party.street,
        postal_code=party.postal_code,
        town=party.town,
        register_number=party.register_number,
    )


def _demand_signed(registration: Registration, today: date) -> None:
    """There is no account without a signed agreement: the paper, an electronic signature, or a scan in its time."""
    if registration.paper_arrived_on:
        return
    papers = papers_of_issue(registration)
    if papers.filter(kind=PaperKind.SIGNED).exists():
        return
    if not papers.exists():
        raise UnableToDecideRegistration(_NOT_SIGNED)
    if registration.paper_due_on and registration.paper_due_on < today:
        raise UnableToDecideRegistration(_PAPER_OVERDUE.filled(due=registration.paper_due_on))


@transaction.atomic
def mark_paper_arrived(*, operator: Operator, registration_id: int, arrived_on: date, at: datetime) -> bool:
    """Note that the signed paper is there; a suspension for its absence ends. True when there was one.

    Raises UnableToDecideRegistration for a day to come or before the registration, a paper that came before, or a
    registration that is over.
    """
    demand(operator, Right.DECIDE_REGISTRATIONS)
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    if not may_mark_paper(registration):
        raise UnableToDecideRegistration(_NO_PAPER_AWAITED)
    if arrived_on > warsaw_day(at):
        raise UnableToDecideRegistration(_IN_THE_FUTURE)
    if arrived_on < warsaw_day(registration.started_at):
        raise UnableToDecideRegistration(_BEFORE_IT_WAS_BEGUN)
    registration.paper_arrived_on, registration.paper_due_on = arrived_on, None
    registration.save(update_fields=["paper_arrived_on", "paper_due_on"])
    _record("registration.paper_arrived", operator, registration, at, arrived_on.isoformat())
    provider = registration.provider
    return bool(provider) and lift_suspension(operator=operator, provider=provider, at=at)


def suspend_for_missing_papers(*, at: datetime) -> int:
    """Suspend the parties whose paper has not arrived by its last day; the number of those suspended now.

    Runs every day. A document that was signed electronically meanwhile waits for the branch to look at it.
    """
    with acting_for_payer():
        late = list(
            with_signature(Registration.objects.all())
            .filter(
                state=RegistrationState.ACCEPTED,
                paper_due_on__lt=warsaw_day(at),
                provider__suspended_since__isnull=True,
                is_signed=False,
            )
            .order_by("pk")
        )
    return one_by_one(late, partial(_suspend, at=at))


def _suspend(late: Registration, *, at: datetime) -> bool:
    """Only while the paper is still missing: it may have been noted since the list was made."""
    held = Registration.objects.select_for_update().get(pk=late.pk)
    if held.paper_due_on != late.paper_due_on or held.provider_id is None:
        return False
    reason = _SUSPENDED.filled(due=held.paper_due_on).pl
    return suspend_party(provider_id=held.provider_id, reason=reason, at=at)


def expire_drafts(*, at: datetime) -> int:
    """Close the drafts that nobody has touched for 30 days, and drop what was typed into them; how many there were.

    Runs every day.
    """
    with acting_for_payer():
        drafts = list(Registration.objects.filter(**_untouched(at)).order_by("pk"))
    return one_by_one(drafts, partial(_expire, at=at))


def _expire(draft: Registration, *, at: datetime) -> bool:
    """Only while it is untouched: the applicant may have gone on since the list was made."""
    held = Registration.objects.select_for_update().filter(pk=draft.pk, **_untouched(at)).first()
    if held is None:
        return False
    held.state, held.answers, held.password_hash = RegistrationState.EXPIRED, {}, ""
    held.save(update_fields=["state", "answers", "password_hash"])
    record("registration.expired", operator=None, provider_id=None, subject=str(held.pk), at=at)
    return True


def _untouched(at: datetime) -> dict[str, Any]:
    return {"state": RegistrationState.DRAFT, "touched_at__lt": at - timedelta(days=DRAFT_DAYS)}


def _waiting(
    operator: Operator, registration_id: int, *, states: Collection[str] = (RegistrationState.FILED,)
) -> Registration:
    """The registration under its lock, if it waits for the branch."""
    demand(operator, Right.DECIDE_REGISTRATIONS)
    registration = Registration.objects.select_for_update().get(pk=registration_id)
    if registration.state not in states:
        raise UnableToDecideRegistration(_NOT_WAITING)
    return registration


def _decide(
    registration: Registration,
    state: str,
    operator: Operator,
    at: datetime,
    *,
    remark: str = "",
    provider: Provider | None = None,
) -> None:
    registration.state, registration.remark, registration.provider = state, remark, provider
    registration.decided_by, registration.decided_at = operator, at
    registration.password_hash = ""
    if state == RegistrationState.REFUSED:
        registration.paper_due_on = None
    registration.save(
        update_fields=[
            "state",
            "remark",
            "provider",
            "given_code",
            "log_in_until",
            "decided_by",
            "decided_at",
            "password_hash",
            "paper_due_on",
        ]
    )


def _record(act: str, operator: Operator, registration: Registration, at: datetime, reason: str = "") -> None:
    record(
        act,
        operator=operator,
        provider_id=registration.provider_id,
        subject=f"{registration.pk} {registration.party_name}",
        reason=reason,
        at=at,
    )


_NOT_WAITING = Text(
    pl="Ta rejestracja nie czeka na decyzję oddziału: właśnie ją uzupełniano albo rozpatrzono.",
    en="This registration does not wait for the branch: it is being completed, or has been decided on.",
)
_FILED_ANEW = Text(
    pl="Od otwarcia tej strony rejestrację uzupełniono i złożono ponownie. Poniżej jest jej obecna treść.",
    en="Since this page was opened the registration has been completed and filed again. Below it stands as it is.",
)
_NOT_SIGNED = Text(
    pl="Nie ma jeszcze podpisanej umowy: ani podpisu elektronicznego, ani skanu, ani oryginału. Proszę poczekać albo"
    " oznaczyć wpływ oryginału.",
    en="There is no signed agreement yet: no electronic signature, no scan, no paper. Wait, or mark the paper as"
    " arrived.",
)
_PAPER_OVERDUE = Text(
    pl="Oryginał miał wpłynąć do {due}. Bez niego konta nie można uruchomić: proszę oznaczyć jego wpływ albo poprosić"
    " o uzupełnienie.",
    en="The paper was due by {due}. Without it no account can be opened: mark it as arrived, or ask to complete.",
)
_NO_PAPER_AWAITED = Text(
    pl="Przy tej rejestracji wpływ oryginału już odnotowano albo nie jest on oczekiwany.",
    en="For this registration the paper has been noted already, or none is awaited.",
)
_IN_THE_FUTURE = Text(
    pl="Dzień wpływu nie może być dniem przyszłym.", en="The day of arrival cannot be in the future."
)
_BEFORE_IT_WAS_BEGUN = Text(
    pl="Oryginał nie mógł wpłynąć, zanim rozpoczęto rejestrację. Proszę sprawdzić dzień.",
    en="The paper cannot have arrived before the registration was begun. Look at the day again.",
)
_SUSPENDED = Text(
    pl="Podpisana umowa nie wpłynęła do oddziału do {due}. Konto zawieszono do dnia jej wpływu.",
    en="The signed agreement did not reach the branch by {due}. The account is suspended until it arrives.",
)
