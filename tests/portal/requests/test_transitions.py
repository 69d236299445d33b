"""The states of a request: every step from every state as a table, and of two at once one is done."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import close_old_connections, connection

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.requests.drafting import save_request
from rozlicz.portal.requests.models import Request, RequestState, Step
from rozlicz.portal.requests.operations import (
    UnableToTakeStep,
    accept_request,
    ask_to_complete,
    file_request,
    receive_paper,
    refuse_request,
    revoke_request,
    revoke_without_paper,
    withdraw_request,
)
from rozlicz.portal.requests.transitions import TRANSITIONS
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON
from tests.portal.requests.filling import accept, accepted, draft, filed, now, ready, typed

D, F, C, A, R, W, V = RequestState.values
STATES = {"draft": D, "filed": F, "to_complete": C, "accepted": A, "refused": R, "withdrawn": W, "revoked": V}
ALLOWED = {
    "file": {D: F, C: F},
    "withdraw": {D: W, F: W, C: W},
    "ask": {F: C},
    "accept": {F: A},
    "refuse": {F: R, C: R},
    "revoke": {A: V},
}
"""Step → from which state to which; everything else is refused."""


def take(step: str, request: Request, operator: Operator, payer: Operator) -> None:
    """The step by whoever may do it, on the request as it stands."""
    found = now(request)
    match step:
        case "file":
            with operator.context():
                file_request(operator=operator, request=found, at=NOON)
        case "withdraw":
            with operator.context():
                withdraw_request(operator=operator, request=found, at=NOON)
        case "ask":
            with payer.context():
                ask_to_complete(operator=payer, request=found, missing="Brakuje daty.", at=NOON)
        case "accept":
            with payer.context():
                accept_request(operator=payer, request=found, at=NOON)
        case "refuse":
            with payer.context():
                refuse_request(operator=payer, request=found, reason="Nie.", at=NOON)
        case "revoke":
            with payer.context():
                revoke_request(operator=payer, request=found, reason="Koniec.", at=NOON)


def brought_to(state: str, operator: Operator, payer: Operator) -> Request:
    """A request for SIMP in that state."""
    found = draft("simp", operator, ready("simp", operator, payer))
    way = {D: [], W: ["withdraw"], F: ["file"]} | {
        C: ["file", "ask"],
        A: ["file", "accept"],
        R: ["file", "refuse"],
        V: ["file", "accept", "revoke"],
    }
    for step in way[state]:
        take(step, found, operator, payer)
    return found


def test_the_table_is_the_one_of_the_portal() -> None:
    assert {code: dict.fromkeys(one.sources, one.target) for code, one in TRANSITIONS.items()} == ALLOWED


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("state", STATES.values())
def test_every_step_from_every_state(
    state: str, provider_operator: Operator, payer_operator: Operator
) -> None:
    for step, allowed in ALLOWED.items():
        found = brought_to(state, provider_operator, payer_operator)
        if state in allowed:
            take(step, found, provider_operator, payer_operator)
            assert now(found).state == allowed[state]
        else:
            with pytest.raises(UnableToTakeStep):
                take(step, found, provider_operator, payer_operator)
            assert now(found).state == state
        if now(found).state == RequestState.ACCEPTED:
            take("revoke", found, provider_operator, payer_operator)


@pytest.mark.django_db
def test_every_step_is_recorded_once_in_history_and_book(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    found = brought_to(C, provider_operator, payer_operator)
    for step in ("file", "accept", "revoke"):
        take(step, found, provider_operator, payer_operator)
    with acting_for_payer():
        steps = list(
            Step.objects.filter(request=found).values_list("transition", "who", "of_branch", "reason")
        )
        acts = list(
            Entry.objects.filter(act__startswith="request.", subject=found.number)
            .order_by("id")
            .values_list("act", "login")
        )
    clerk, branch = "Anna Wrzos", "Irena Lipa"
    assert steps == [
        ("file", clerk, False, ""),
        ("ask", branch, True, "Brakuje daty."),
        ("file", clerk, False, ""),
        ("accept", branch, True, ""),
        ("revoke", branch, True, "Koniec."),
    ]
    assert acts == [
        ("request.drafted", "050123/awrzos"),
        ("request.filed", "050123/awrzos"),
        ("request.to_complete", "050000/inspektor"),
        ("request.filed", "050123/awrzos"),
        ("request.accepted", "050000/inspektor"),
        ("request.revoked", "050000/inspektor"),
    ]


@pytest.mark.django_db
def test_deadlines_begin_with_filing_and_with_asking(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    found = filed("installation", provider_operator, payer_operator)
    # 14 days after Thursday the 5th
    assert (now(found).filed_on, now(found).answer_by) == (date(2026, 11, 5), date(2026, 11, 19))
    take("ask", found, provider_operator, payer_operator)
    assert now(found).deadline == date(2026, 11, 12)
    with provider_operator.context():
        # the end of the term, Saturday the 28th, moves to Monday
        file_request(operator=provider_operator, request=now(found), at=NOON + timedelta(days=9))
    assert (now(found).complete_by, now(found).deadline) == (None, date(2026, 11, 30))


@pytest.mark.django_db
def test_a_role_that_does_not_decide_on_the_kind_is_told_which_does(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    found = filed("installation", provider_operator, payer_operator)
    with acting_for_payer():
        Operator.objects.filter(pk=payer_operator.pk).update(roles=[Role.PAYMENTS.value])
        other = Operator.objects.get(pk=payer_operator.pk)
    with pytest.raises(UnableTo, match="Administracja"):
        accept(found, other)
    with provider_operator.context(), pytest.raises(PermissionDenied):
        refuse_request(operator=provider_operator, request=found, reason="x", at=NOON)
    assert now(found).state == RequestState.FILED


@pytest.mark.django_db
def test_nobody_files_or_overwrites_what_he_has_not_seen(
    provider_operator: Operator, colleague: Operator, payer_operator: Operator
) -> None:
    values = ready("installation", provider_operator, payer_operator)
    found = draft("installation", provider_operator, values)
    seen = now(found)
    with colleague.context():
        save_request(
            operator=colleague,
            request=now(found),
            typed=typed(values | {"maker": "Kamsoft"}),
            version=seen.version,
            at=NOON,
        )
    with provider_operator.context():
        with pytest.raises(UnableTo, match="changed"):
            save_request(
                operator=provider_operator, request=now(found), typed={}, version=seen.version, at=NOON
            )
        with pytest.raises(UnableToTakeStep):
            file_request(operator=provider_operator, request=seen, at=NOON)
    assert now(found).fields["maker"] == ["Kamsoft"]


@pytest.mark.django_db
def test_an_administrator_whose_paper_did_not_come_is_blocked(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    late = accepted("administrator", provider_operator, payer_operator)
    other = filed(
        "administrator", provider_operator, payer_operator, person=str(_third(provider_operator).pk)
    )
    accept(other, payer_operator)
    with payer_operator.context():
        receive_paper(operator=payer_operator, request=now(other), at=NOON)
        with pytest.raises(UnableToTakeStep):
            receive_paper(operator=payer_operator, request=now(other), at=NOON)
    last = NOON + timedelta(days=14)
    assert revoke_without_paper(today=last.date(), at=last) == 0
    next_day = last + timedelta(days=1)
    assert revoke_without_paper(today=next_day.date(), at=next_day) == 1
    assert revoke_without_paper(today=next_day.date(), at=next_day) == 0
    assert (now(late).state, now(other).state) == (RequestState.REVOKED, RequestState.ACCEPTED)
    with acting_for_payer():
        blocked = Operator.objects.get(login="050123/dlipa")
        assert not blocked.is_active
        assert "19.11.2026" in blocked.blocked_reason
        assert Operator.objects.get(login="050123/trzeci").is_active
        assert now(late).steps.last().who == ""


def _third(operator: Operator) -> Operator:
    with acting_for_payer():
        return Operator.objects.create(
            provider_id=operator.provider_id,
            party_code=operator.party_code,
            user_name="trzeci",
            login=f"{operator.party_code}/trzeci",
            full_name="Tomasz Trzeci",
            roles=["reporting"],
            added_at=NOON,
            password_set_at=NOON,
        )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_is_done(provider_operator: Operator, payer_operator: Operator) -> None:
    found = filed("installation", provider_operator, payer_operator)
    start = Barrier(2)

    def decide(act: Callable[[], None]) -> str:
        close_old_connections()
        try:
            start.wait(timeout=10)
            with payer_operator.context():
                act()
        except UnableToTakeStep:
            return "too late"
        else:
            return "done"
        finally:
            connection.close()

    def accepting() -> None:
        accept_request(
            operator=payer_operator,
            request=Request.objects.select_related("provider").get(pk=found.pk),
            at=NOON,
        )

    def refusing() -> None:
        refuse_request(
            operator=payer_operator, request=Request.objects.get(pk=found.pk), reason="Nie.", at=NOON
        )

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(
            one.result() for one in [threads.submit(decide, accepting), threads.submit(decide, refusing)]
        )
    assert answers == ["done", "too late"]
    with acting_for_payer():
        decided = Request.objects.get(pk=found.pk)
        assert [step.transition for step in decided.steps.all()][1:] in (["accept"], ["refuse"])
        made = Entry.objects.filter(act="installation.accepted").count()
        assert made == (1 if decided.state == RequestState.ACCEPTED else 0)
