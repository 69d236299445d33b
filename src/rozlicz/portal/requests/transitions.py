"""The states of a request as data: what leads from where to where, who may do it, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.requests.models import RequestState


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One step that a request may take.

    `sentence` tells it in the history. `right` is needed by whoever does it, and what the request's kind asks for
    beside it (see `requests.kind`). `act` is its line in the book of acts.
    """

    code: str
    sources: frozenset[str]
    target: str
    sentence: Promise
    right: Right
    act: str
    by_branch: bool
    needs_reason: bool = False


_IN_HAND = {RequestState.FILED, RequestState.TO_COMPLETE}

FILE = Transition(
    code="file",
    sources=frozenset({RequestState.DRAFT, RequestState.TO_COMPLETE}),
    target=RequestState.FILED,
    sentence=_("The request was filed."),
    right=Right.FILE_REQUESTS,
    act="request.filed",
    by_branch=False,
)
WITHDRAW = Transition(
    code="withdraw",
    sources=frozenset({RequestState.DRAFT} | _IN_HAND),
    target=RequestState.WITHDRAWN,
    sentence=_("The applicant withdrew the request."),
    right=Right.FILE_REQUESTS,
    act="request.withdrawn",
    by_branch=False,
)
ASK = Transition(
    code="ask",
    sources=frozenset({RequestState.FILED}),
    target=RequestState.TO_COMPLETE,
    sentence=_("The branch asked to complete the request."),
    right=Right.DECIDE_REQUESTS,
    act="request.to_complete",
    by_branch=True,
    needs_reason=True,
)
ACCEPT = Transition(
    code="accept",
    sources=frozenset({RequestState.FILED}),
    target=RequestState.ACCEPTED,
    sentence=_("The branch accepted the request."),
    right=Right.DECIDE_REQUESTS,
    act="request.accepted",
    by_branch=True,
)
REFUSE = Transition(
    code="refuse",
    sources=frozenset(_IN_HAND),
    target=RequestState.REFUSED,
    sentence=_("The branch refused the request."),
    right=Right.DECIDE_REQUESTS,
    act="request.refused",
    by_branch=True,
    needs_reason=True,
)
REVOKE = Transition(
    code="revoke",
    sources=frozenset({RequestState.ACCEPTED}),
    target=RequestState.REVOKED,
    sentence=_("What the request had granted was taken back."),
    right=Right.DECIDE_REQUESTS,
    act="request.revoked",
    by_branch=True,
    needs_reason=True,
)

TRANSITIONS = {one.code: one for one in (FILE, WITHDRAW, ASK, ACCEPT, REFUSE, REVOKE)}
"""Every transition by its code; there is no other way from state to state."""

PAPER = "paper"
"""The line of the history that tells that the signed paper has come; the state stays."""

SENTENCES: dict[str, Promise] = {one.code: one.sentence for one in TRANSITIONS.values()} | {
    PAPER: _("The signed paper has come to the branch.")
}

NEXT: dict[str, Promise] = {
    RequestState.DRAFT: _("The draft waits for you: nobody at the branch sees it until it is filed."),
    RequestState.FILED: _(
        "The branch checks the request. It accepts it, asks to complete it, or refuses it."
    ),
    RequestState.TO_COMPLETE: _("The applicant completes the request and files it again."),
    RequestState.ACCEPTED: _("The request is settled; what it brought stands above."),
    RequestState.REFUSED: _("The request is settled. With the reasons mended a new one may be filed."),
    RequestState.WITHDRAWN: _("The request is settled: the applicant does not want it any more."),
    RequestState.REVOKED: _("What had been granted holds no more; it may be asked for anew."),
}
"""What happens next, state by state."""
