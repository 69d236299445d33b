"""Requests of which much is asked, that lie long, or whose people and months have changed since."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.periods.models import Unlock
from rozlicz.portal.periods.operations import open_period
from rozlicz.portal.requests.drafting import faults_of, form_of
from rozlicz.portal.requests.models import Request
from rozlicz.portal.requests.operations import refuse_request
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON
from tests.portal.month import text
from tests.portal.requests.filling import SEPTEMBER, accepted, draft, filed, now, ready

pytestmark = pytest.mark.django_db


def test_all_services_that_a_request_may_name_are_kept(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    named = [f"{number:03d}-{'x' * 56}" for number in range(500)]
    found = accepted("unlocking", provider_operator, payer_operator, services="\r\n".join(named))
    with acting_for_payer():
        assert Unlock.objects.get(request_number=found.number).services == named


@pytest.mark.parametrize(
    ("day", "is_good"), [("2027-11-30", True), ("2027-12-01", False), ("9999-12-31", False)]
)
def test_a_first_instalment_far_away_is_told_and_opens_no_error_page(
    provider_operator: Operator, payer_operator: Operator, clerk: Client, day: str, is_good: bool
) -> None:
    values = ready("repayment", provider_operator, payer_operator) | {"first_day": day, "count": "36"}
    begun = draft("repayment", provider_operator, values)
    with provider_operator.context():
        assert (not faults_of(begun, form_of(begun, NOON))) == is_good
    assert clerk.get(reverse("request", args=[begun.pk])).status_code == 200


@pytest.mark.parametrize("code", ["simp", "administrator"])
def test_whoever_has_left_is_still_called_by_name(
    provider_operator: Operator, payer_operator: Operator, inspector: Client, code: str
) -> None:
    found = accepted(code, provider_operator, payer_operator)
    key = found.fields["person"][0]
    with acting_for_payer():
        Operator.objects.filter(pk=key).update(is_active=False, blocked_reason="Odejście.")
        person = Operator.objects.get(pk=key)
    assert f"{person.user_name} · {person.full_name}" in text(
        inspector.get(reverse("request", args=[found.pk]))
    )


def test_a_month_that_is_open_again_is_still_called_by_name(
    provider_operator: Operator, payer_operator: Operator, inspector: Client
) -> None:
    found = accepted("unlocking", provider_operator, payer_operator)
    with payer_operator.context():
        open_period(operator=payer_operator, month=SEPTEMBER, reason="Pomyłka.", at=NOON)
    page = text(inspector.get(reverse("request", args=[found.pk])))
    assert "wrzesień 2026" in page
    assert "2026-09" not in page


def test_what_is_settled_stands_behind_what_waits_in_the_branchs_queue(
    provider_operator: Operator, payer_operator: Operator, inspector: Client
) -> None:
    settled = filed("installation", provider_operator, payer_operator)
    with payer_operator.context():
        refuse_request(operator=payer_operator, request=now(settled), reason="Nie ten program.", at=NOON)
    waiting = filed("repayment", provider_operator, payer_operator)
    with acting_for_payer():
        Request.objects.filter(pk=settled.pk).update(answer_by="2020-01-01")
    rows = inspector.get(reverse("requests")).context["page"].rows
    assert [one.pk for one in rows] == [waiting.pk, settled.pk]


@pytest.mark.slow
def test_the_desk_reminds_of_a_paper_that_must_follow_and_the_branch_finds_it(
    provider_operator: Operator, payer_operator: Operator, clerk: Client, inspector: Client
) -> None:
    found = accepted("administrator", provider_operator, payer_operator)
    assert f"Prześlij podpisany oryginał wniosku {found.number}" in text(clerk.get("/pulpit/"))
    running = inspector.get(reverse("requests"), {"deadline": "running"}).context["page"].rows
    assert [one.pk for one in running] == [found.pk]
    with acting_for_payer():
        Request.objects.filter(pk=found.pk).update(paper_by="2020-01-01")
    overdue = inspector.get(reverse("requests"), {"deadline": "overdue"})
    assert [one.pk for one in overdue.context["page"].rows] == [found.pk]
    assert "po terminie" in text(overdue)
