"""Every step of a request from state to state: each is one filtered UPDATE, so that of two at once one is done."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import ROLE_WORDS, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.one_by_one import one_by_one
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.requests.drafting import case_of, faults_of, form_of
from rozlicz.portal.requests.kind import Case, Decision, Kind, Revocation
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Request, RequestState, Step
from rozlicz.portal.requests.parameters import ANSWER_DAYS, COMPLETION_DAYS, end_of
from rozlicz.portal.requests.signatures import is_signed_electronically
from rozlicz.portal.requests.transitions import (
    ACCEPT,
    ASK,
    FILE,
    PAPER,
    REFUSE,
    REVOKE,
    WITHDRAW,
    Transition,
)
from rozlicz.portal.tenancy import acting_for_payer


class UnableToFileRequest(UnableTo):
    """The request is incomplete; the faults stand in the sentence."""


class UnableToTakeStep(UnableTo):
    """The request is in another state, or somebody was quicker."""


class UnableToDecide(UnableTo):
    """Another role of the branch decides on this kind."""


class UnableToAcceptRequest(UnableTo):
    """What was asked for has become impossible since it was filed."""


class UnableToRevoke(UnableTo):
    """Requests of this kind grant nothing that could be taken back here."""


@transaction.atomic
def file_request(*, operator: Operator, request: Request, at: datetime) -> None:
    """Hand a complete request to the branch, as it was seen (`request.version`).

    Raises UnableToFileRequest with every fault; UnableToTakeStep when it was changed or filed meanwhile.
    """
    kind = KINDS[request.kind]
    demand(operator, FILE.right)
    demand(operator, kind.filed_with)
    if not request.is_open_to_change:
        raise _too_late(request)
    if faults := faults_of(request, form_of(request, at)):
        raise UnableToFileRequest(_listed(_INCOMPLETE, faults))
    if why := kind.closed(case_of(request, at)):
        raise UnableToFileRequest(why)
    day = warsaw_day(at)
    _take(FILE, request, operator, at, filed_on=day, answer_by=end_of(ANSWER_DAYS, day), complete_by=None)


@transaction.atomic
def withdraw_request(*, operator: Operator, request: Request, at: datetime, reason: str = "") -> None:
    """Take a request back before it is decided. Raises UnableToTakeStep when it was decided meanwhile."""
    demand(operator, KINDS[request.kind].filed_with)
    _take(WITHDRAW, request, operator, at, reason)


@transaction.atomic
def ask_to_complete(*, operator: Operator, request: Request, missing: str, at: datetime) -> None:
    """Give a request back to the applicant, who is told what is missing and by when to complete it."""
    _demand_role(operator, KINDS[request.kind])
    _take(ASK, request, operator, at, missing, complete_by=end_of(COMPLETION_DAYS, warsaw_day(at)))


@transaction.atomic
def accept_request(*, operator: Operator, request: Request, at: datetime) -> None:
    """Accept a request and do what it asks for, all or nothing.

    What is accepted is what was seen (`request.version`). It is checked once more, with what is known now. Raises
    UnableToAcceptRequest with what does not hold any more, the refusal of the operation that does the thing, or
    UnableToTakeStep.
    """
    kind = KINDS[request.kind]
    _demand_role(operator, kind)
    case = case_of(request, at)
    _take(ACCEPT, request, operator, at, decided_at=at, paper_by=_paper_by(request, kind, case, at))
    form = form_of(request, at)
    if faults := faults_of(request, form):
        raise UnableToAcceptRequest(_listed(_NO_LONGER, faults))
    outcome = kind.accept(
        Decision(
            number=request.number,
            provider=request.provider,
            values=form.cleaned_data,
            case=case,
            operator=operator,
            at=at,
        )
    )
    Request.objects.filter(pk=request.pk).update(outcome=outcome.to_json())


def _paper_by(request: Request, kind: Kind, case: Case, at: datetime) -> date | None:
    """The last day for the paper that must follow a scan; None where none must, or an electronic signature holds."""
    if not kind.paper_days or request.paper_on or is_signed_electronically(request, case=case):
        return None
    return end_of(kind.paper_days, warsaw_day(at))


@transaction.atomic
def refuse_request(*, operator: Operator, request: Request, reason: str, at: datetime) -> None:
    """Refuse a request; the applicant reads the reason. Raises UnableToTakeStep."""
    _demand_role(operator, KINDS[request.kind])
    _take(REFUSE, request, operator, at, reason, decided_at=at)


@transaction.atomic
def revoke_request(*, operator: Operator | None, request: Request, reason: str, at: datetime) -> None:
    """Take back what an accepted request had granted; `operator` None: the portal, for a paper that is missing.

    Raises UnableToRevoke for kinds that know no taking back, UnableToTakeStep when it was done before.
    """
    kind = KINDS[request.kind]
    if operator:
        _demand_role(operator, kind)
    if kind.revoke is None:
        raise UnableToRevoke(
            Text(
                pl="Tego, co przyznano tym wnioskiem, nie cofa się w ten sposób.",
                en="What this request brought is not taken back in this way.",
            )
        )
    _take(REVOKE, request, operator, at, reason)
    kind.revoke(
        Revocation(
            provider=request.provider,
            data=request.outcome["data"],
            reason=reason,
            operator=operator,
            at=at,
        )
    )


@transaction.atomic
def receive_paper(*, operator: Operator, request: Request, at: datetime) -> None:
    """Note that the signed paper has come. Raises UnableToTakeStep when it is noted already, or none is awaited."""
    _demand_role(operator, KINDS[request.kind])
    awaiting = Request.objects.filter(
        pk=request.pk, state=RequestState.ACCEPTED, paper_by__isnull=False, paper_on=None
    )
    if not awaiting.update(paper_on=warsaw_day(at)):
        raise _too_late(request)
    _enter(PAPER, RequestState.ACCEPTED, request, operator, at=at, reason="")
    record(
        "request.paper_received",
        operator=operator,
        provider_id=request.provider_id,
        subject=request.number,
        at=at,
    )


def revoke_without_paper(*, today: date, at: datetime) -> int:
    """Every day: whatever was granted on a scan whose paper did not come in time is taken back. How many there were.

    Each in a transaction of its own; one that somebody decided otherwise meanwhile is logged and stops no other.
    """
    with acting_for_payer():
        late = list(
            Request.objects.filter(state=RequestState.ACCEPTED, paper_on=None, paper_by__lt=today)
            .order_by("pk")
            .select_related("provider")
        )
    return one_by_one(late, partial(_revoke_without_paper, at=at))


def _revoke_without_paper(request: Request, *, at: datetime) -> bool:
    """Only while the paper is still missing: it may have been noted since the list was made."""
    missing = Request.objects.filter(pk=request.pk, state=RequestState.ACCEPTED, paper_on=None)
    if not missing.select_for_update().exists():
        return False
    revoke_request(operator=None, request=request, reason=_paper_missing(request), at=at)
    return True


def _paper_missing(request: Request) -> str:
    return (
        Text(
            pl="Podpisany wniosek nie dotarł do oddziału do {day}.",
            en="The signed request did not reach the branch by {day}.",
        )
        .filled(day=request.paper_by)
        .pl
    )


def _demand_role(operator: Operator, kind: Kind) -> None:
    """Go on only for an operator of the branch that decides on this kind. Raises UnableToDecide."""
    demand(operator, ACCEPT.right)
    if kind.decided_by not in operator.roles:
        role = ROLE_WORDS[kind.decided_by]
        raise UnableToDecide(
            Text(
                pl="Wnioski tego rodzaju rozpatruje rola oddziału: {role}.",
                en="Requests of this kind are decided by the branch's role: {role}.",
            ).filled(role=role)
        )


def _take(
    transition: Transition,
    request: Request,
    operator: Operator | None,
    at: datetime,
    reason: str = "",
    **values: Any,
) -> None:
    """Take a step if the request is where it starts, and as it was seen; the given object has the new state."""
    if operator:
        demand(operator, transition.right)
    found = Request.objects.filter(pk=request.pk, state__in=transition.sources)
    if transition in (FILE, ACCEPT):
        found = found.filter(version=request.version)
    if not found.update(state=transition.target, **values):
        raise _too_late(request)
    request.state = transition.target
    for name, value in values.items():
        setattr(request, name, value)
    _enter(transition.code, transition.target, request, operator, at=at, reason=reason)
    record(
        transition.act,
        operator=operator,
        provider_id=request.provider_id,
        subject=request.number,
        reason=reason,
        at=at,
    )


def _enter(
    code: str, state: str, request: Request, operator: Operator | None, *, at: datetime, reason: str
) -> None:
    Step.objects.create(
        provider_id=request.provider_id,
        request=request,
        at=at,
        transition=code,
        state=state,
        operator=operator,
        who=operator.full_name if operator else "",
        of_branch=operator is None or operator.is_payer,
        reason=reason[:1000],
    )


def _too_late(request: Request) -> UnableToTakeStep:
    return UnableToTakeStep(
        Text(
            pl="Wniosek {number} jest już w innym stanie lub ma inną treść niż na tej stronie. Poniżej stan obecny.",
            en="Request {number} has another state or content than on this page. Below it stands as it is now.",
        ).filled(number=request.number)
    )


_INCOMPLETE = Text(
    pl="Wniosek jest niepełny i nie może być złożony. {faults}",
    en="The request is incomplete and cannot be filed. {faults}",
)
_NO_LONGER = Text(
    pl="Wniosku nie można już przyjąć w tej treści. {faults} Proszę wezwać do uzupełnienia albo odmówić.",
    en="The request cannot be accepted as it stands any more. {faults} Ask to complete it, or refuse it.",
)


def _listed(sentence: Text, faults: list[tuple[str, str]]) -> Text:
    """The faults in the language of whoever acts; it is told to that person and not stored."""
    return sentence.filled(faults=" ".join(f"{name}: {line}" if name else line for name, line in faults))
