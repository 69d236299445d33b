"""Every read of registrations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from rozlicz.documents.signed_papers.words import Reader
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.correspondence.models import PublishedDocument
from rozlicz.portal.correspondence.queries.documents import regulations_in_force
from rozlicz.portal.house.files import name_of
from rozlicz.portal.house.signatures import SignaturesShown, read_paper, shown, stored
from rozlicz.portal.registration.models import Paper, PaperKind, Registration, RegistrationState
from rozlicz.portal.registration.step_forms import PlaceForm, form_of
from rozlicz.portal.registration.steps import Application, Step
from rozlicz.portal.requests.parameters import ANSWER_DAYS, end_of

DRAFT_DAYS = 30
"""Days after which a draft that nobody has touched expires."""

AWAITED = "paper"
"""Beside the states, a choice of the queue's filter: the paper must still follow a scan."""

FILED_STATES = (
    RegistrationState.FILED,
    RegistrationState.TO_COMPLETE,
    RegistrationState.ACCEPTED,
    RegistrationState.REFUSED,
)
"""States that the branch sees; a draft is the applicant's own."""

IN_HAND = (RegistrationState.FILED, RegistrationState.TO_COMPLETE)
"""States in which a registration waits for the branch or for the applicant."""

_LONGEST_TOKEN = 100
_DIGITS_OF_A_KEY = 10


def token_hash(token: str) -> str:
    """What is kept of a link's token. The token is random and long, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def id_by_token(token: str) -> int | None:
    """The registration of a link; None for an unknown one. The only thing that the door can ask."""
    if not token or len(token) > _LONGEST_TOKEN:
        return None
    found: int | None = (
        Registration.objects.filter(token_hash=token_hash(token)).values_list("pk", flat=True).first()
    )
    return found


def has_expired(registration: Registration, at: datetime) -> bool:
    """Whether it is a draft that nobody has touched for too long, marked so or not yet."""
    return registration.state == RegistrationState.EXPIRED or (
        registration.state == RegistrationState.DRAFT
        and registration.touched_at < at - timedelta(days=DRAFT_DAYS)
    )


def places_of(registration: Registration) -> list[dict[str, str]]:
    """The places that are saved, in the order of their entering."""
    return list(registration.answers.get(Step.PLACES.value, {}).get("places", []))


def missing_steps(registration: Registration) -> list[Step]:
    """The steps that are not answered, or no longer rightly: another kind of party asks for other things."""
    return [step for step in Step if not _is_answered(step, registration)]


def _is_answered(step: Step, registration: Registration) -> bool:
    saved = registration.answers.get(step.value)
    if saved is None:
        return False
    if step is Step.PLACES:
        places = places_of(registration)
        return bool(places) and all(PlaceForm(place).is_valid() for place in places)
    if step is Step.ADMINISTRATOR and not registration.password_hash:
        return False
    return bool(form_of(step, saved, registration.answers, has_password=True).is_valid())


def regulations_to_accept(registration: Registration, at: datetime) -> PublishedDocument | None:
    """The regulations in force, when they are others than were accepted; None when nothing is to be accepted anew."""
    in_force = regulations_in_force(warsaw_day(at))
    return in_force if in_force and in_force.valid_from != registration.regulations_version else None


def steps_open(registration: Registration) -> list[Step]:
    """The steps that the applicant may change.

    Of a draft all; after a call to complete those that it names, and those that no longer fit because of them.
    """
    if registration.state == RegistrationState.DRAFT:
        return list(Step)
    if registration.state == RegistrationState.TO_COMPLETE:
        missing = missing_steps(registration)
        return [step for step in Step if step.value in registration.steps_to_complete or step in missing]
    return []


def application_of(registration: Registration) -> Application:
    """All answers of a registration that has been filed."""
    return Application.from_answers(registration.answers)


def answer_by(registration: Registration) -> date | None:
    """The day by which the branch ought to decide; None before the signed document is there.

    The term is that of requests, from the day on which both the answers and the document were there.
    """
    if registration.state != RegistrationState.FILED or registration.filed_at is None:
        return None
    first = papers_of_issue(registration).last()
    came = warsaw_day(first.sent_at) if first else registration.paper_arrived_on
    return end_of(ANSWER_DAYS, max(warsaw_day(registration.filed_at), came)) if came else None


def papers_of_issue(registration: Registration) -> QuerySet[Paper]:
    """The signed papers of the document as it was issued last, the newest first."""
    return Paper.objects.filter(registration=registration, issued_sha256=registration.issued_sha256)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown:
    """A paper with what can be said of its signatures; None for a scan."""

    paper: Paper
    signatures: SignaturesShown | None


def papers_shown(papers: Iterable[Paper], *, reader: Reader) -> list[PaperShown]:
    """The papers, each signature judged anew from the stored bytes as they were received."""
    return [PaperShown(paper=one, signatures=_signatures_shown(one, reader)) for one in papers]


def _signatures_shown(paper: Paper, reader: Reader) -> SignaturesShown | None:
    if paper.kind != PaperKind.SIGNED:
        return None
    issued = stored(name_of(paper.issued_sha256))
    return shown(read_paper(stored(paper.file), issued=issued, at=paper.sent_at), reader=reader)


# The branch's side


def registrations_for(operator: Operator) -> QuerySet[Registration]:
    """What the branch may see: everything that was filed."""
    demand(operator, Right.DECIDE_REGISTRATIONS)
    found = Registration.objects.filter(state__in=FILED_STATES).select_related("provider", "decided_by")
    return with_signature(found)


def with_signature(registrations: QuerySet[Registration]) -> QuerySet[Registration]:
    """Each with `is_signed`: whether the document as it was issued last came back signed electronically."""
    signed = Paper.objects.filter(
        registration=OuterRef("pk"), issued_sha256=OuterRef("issued_sha256"), kind=PaperKind.SIGNED
    )
    return registrations.annotate(is_signed=Exists(signed))


def may_mark_paper(registration: Registration) -> bool:
    """Whether the branch may note that the signed paper has arrived."""
    return not registration.paper_arrived_on and registration.state in {*IN_HAND, RegistrationState.ACCEPTED}


def registrations_found(
    operator: Operator, *, text: str = "", state: str = "", kind: str = ""
) -> QuerySet[Registration]:
    """Those of `registrations_for` that fit the filter; `AWAITED` as a state means a paper that must follow."""
    found = registrations_for(operator)
    if text:
        digits = text.replace("-", "").replace(" ", "")
        found = found.filter(
            Q(answers__party__name__icontains=text)
            | Q(answers__party__nip=digits)
            | Q(answers__party__regon=digits)
            | Q(provider__code=digits)
            | Q(pk=int(digits) if digits.isdecimal() and len(digits) < _DIGITS_OF_A_KEY else 0)
        )
    if kind:
        found = found.filter(answers__kind__kind=kind)
    if state == AWAITED:
        return found.filter(paper_due_on__isnull=False)
    return found.filter(state=state) if state else found


def registration_for(operator: Operator, registration_id: int) -> Registration:
    """One registration that was filed. Raises Http404."""
    return get_object_or_404(registrations_for(operator), pk=registration_id)


def paper_for(operator: Operator, registration_id: int, paper_id: int) -> Paper:
    """One paper of a registration. Raises Http404."""
    return get_object_or_404(registration_for(operator, registration_id).papers, pk=paper_id)


def waiting_for_branch(operator: Operator) -> dict[str, int]:
    """What the branch's desk says: registrations to decide on, and papers that are awaited."""
    found = registrations_for(operator)
    return {
        "to_decide": found.filter(state=RegistrationState.FILED).count(),
        "papers": found.filter(paper_due_on__isnull=False).count(),
    }


def paper_owed_by(operator: Operator) -> date | None:
    """The last day for the paper that an operator's own party still owes the branch; None when it owes none."""
    owed: date | None = (
        Registration.objects.filter(provider=operator.provider_id, paper_due_on__isnull=False)
        .values_list("paper_due_on", flat=True)
        .first()
    )
    return owed
