"""A month is closed for reports: from then on only what was unlocked by a request comes in, or is computed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.periods.models import Closing, Unlock
from rozlicz.portal.periods.operations import UnableToClosePeriod, close_period, open_period
from rozlicz.portal.periods.queries import closed_months, closed_periods
from rozlicz.portal.reports.models import Report, Verdict
from rozlicz.portal.reports.operations import verify_again, verify_report
from rozlicz.portal.requests.operations import revoke_request
from rozlicz.portal.settlements.operations import UnableToRequestSettlement, request_settlement
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON
from tests.portal.month import text
from tests.portal.requests.filling import SEPTEMBER, accepted, closed_september, contract_of
from tests.portal.test_road import send
from tests.reporting import Reported

pytestmark = pytest.mark.django_db


def september(service: str, **changes: object) -> Reported:
    return Reported(service_id=service, month="2026-09", day="2026-09-10", **changes)


def verdicts(report: Report) -> list[bool]:
    with acting_for_payer():
        run = Report.objects.get(pk=report.pk).current_run_id
        return list(Verdict.objects.filter(run_id=run).order_by("row").values_list("accepted", flat=True))


def test_by_default_nothing_is_closed(provider_operator: Operator) -> None:
    assert verdicts(send(provider_operator, [september("S1"), Reported(service_id="S2")])) == [True, True]


@pytest.mark.slow
def test_positions_of_a_closed_month_are_refused_item_by_item(
    provider_operator: Operator, payer_operator: Operator, clerk
) -> None:
    closed_september(payer_operator)
    report = send(provider_operator, [september("S1"), Reported(service_id="S2")])
    assert verdicts(report) == [False, True]
    page = text(clerk.get(reverse("report", args=[report.pk])))
    assert "Okres sprawozdawczy wrzesień 2026 jest zamknięty" in page
    assert "Odblokowanie zamkniętego okresu" in page


@pytest.mark.slow
def test_a_report_received_before_the_closing_keeps_its_verdict(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    report = send(provider_operator, [september("S1")])
    with payer_operator.context():
        close_period(operator=payer_operator, month=SEPTEMBER, at=NOON + timedelta(hours=1))
        verify_again(
            operator=payer_operator, report=Report.objects.get(pk=report.pk), at=NOON + timedelta(days=1)
        )
    verify_report(provider_id=report.provider_id, report_id=report.pk, now=lambda: NOON + timedelta(days=1))
    assert verdicts(report) == [True]


@pytest.mark.slow
def test_only_the_unlocked_services_come_in(provider_operator: Operator, payer_operator: Operator) -> None:
    accepted("unlocking", provider_operator, payer_operator)
    assert verdicts(send(provider_operator, [september("S1"), september("S9")])) == [True, False]


@pytest.mark.slow
def test_corrections_and_deletions_of_a_closed_month_need_their_own_aim(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    send(provider_operator, [september("S1"), september("S2"), september("S3")])
    accepted("unlocking", provider_operator, payer_operator, imports=["deletes"])
    again = [
        september("S1", version=2),
        Reported(service_id="S2", version=2, deleted=True),
        Reported(service_id="S3", version=2, deleted=True),
    ]
    assert verdicts(send(provider_operator, again, generation=2)) == [False, True, False]
    moved = [Reported(service_id="S3", version=3)]
    assert verdicts(send(provider_operator, moved, generation=3)) == [False]


def test_an_unlock_ends_with_its_day_or_when_it_is_taken_back(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    done = accepted("unlocking", provider_operator, payer_operator)
    provider = provider_operator.provider_id
    with acting_for_payer():
        assert closed_periods(provider, NOON + timedelta(days=14)).unlocked
        assert not closed_periods(provider, NOON + timedelta(days=15)).unlocked
        assert not closed_periods(provider, NOON - timedelta(days=1)).months
    with payer_operator.context():
        revoke_request(operator=payer_operator, request=done, reason="Pomyłka.", at=NOON + timedelta(hours=1))
    with acting_for_payer():
        assert not closed_periods(provider, NOON + timedelta(hours=2)).unlocked


@pytest.mark.slow
def test_computing_of_a_closed_month_is_asked_for_too(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    send(provider_operator, [september("S1")])
    accepted("unlocking", provider_operator, payer_operator)
    contract = contract_of(provider_operator)

    def ask(operator: Operator) -> object:
        with operator.context():
            return request_settlement(operator=operator, contract=contract, month=SEPTEMBER, at=NOON)

    with pytest.raises(UnableToRequestSettlement, match="is closed"):
        ask(provider_operator)
    assert ask(payer_operator)
    with payer_operator.context():
        open_period(operator=payer_operator, month=SEPTEMBER, reason="wznowienie", at=NOON)
    accepted("unlocking", provider_operator, payer_operator, computes="on")
    assert ask(provider_operator)


def test_closing_and_opening_is_the_branchs_and_makes_sense(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    with provider_operator.context(), pytest.raises(PermissionDenied):
        close_period(operator=provider_operator, month=SEPTEMBER, at=NOON)
    with payer_operator.context():
        with pytest.raises(UnableToClosePeriod):
            close_period(operator=payer_operator, month=Month(2026, 11), at=NOON)
        with pytest.raises(UnableToClosePeriod):
            open_period(operator=payer_operator, month=SEPTEMBER, reason="x", at=NOON)
        close_period(operator=payer_operator, month=SEPTEMBER, at=NOON)
        with pytest.raises(UnableToClosePeriod):
            close_period(operator=payer_operator, month=SEPTEMBER, at=NOON)
        assert closed_months(NOON) == [202609]
        open_period(operator=payer_operator, month=SEPTEMBER, reason="x", at=NOON)
        assert closed_months(NOON) == []
        assert Closing.objects.count() == 2


@pytest.mark.slow
def test_the_branch_closes_a_month_on_its_page_and_providers_see_it(inspector, clerk) -> None:
    assert inspector.post(reverse("reporting_period_close"), {}).status_code == 422
    inspector.post(reverse("reporting_period_close"), {"month": "2026-09", "reason": "koniec kwartału"})
    for client in (inspector, clerk):
        page = text(client.get(reverse("reporting_periods")))
        assert "koniec kwartału" in page
    assert "Zamknij miesiąc" not in text(clerk.get(reverse("reporting_periods")))
    assert inspector.post(reverse("reporting_period_open"), {"month": "2026-09"}).status_code == 422
    inspector.post(reverse("reporting_period_open"), {"month": "2026-09", "reason": "pomyłka"})
    assert "Żaden miesiąc nie jest zamknięty." in text(clerk.get(reverse("reporting_periods")))


@pytest.mark.slow
def test_unlocks_are_shown_to_their_provider_only(visitors, provider_operator, payer_operator) -> None:
    done = accepted("unlocking", provider_operator, payer_operator)
    address = reverse("reporting_periods")
    assert done.number in text(visitors.clerk.get(address))
    assert done.number in text(visitors.inspector.get(address))
    assert done.number not in text(visitors.stranger.get(address))


@pytest.mark.slow
def test_all_unlocks_are_found_page_by_page_and_by_their_words(
    visitors, provider_operator, payer_operator
) -> None:
    done = accepted("unlocking", provider_operator, payer_operator)
    with acting_for_payer():
        granted = Unlock.objects.select_related("contract").get()
        for number in range(60):
            granted.pk, granted.request_number = None, f"W/2026/9{number:02}"
            granted.until = granted.until if number < 7 else date(2026, 1, 31)
            granted.save(force_insert=True)
    address = reverse("reporting_periods")
    first = visitors.clerk.get(address)
    assert (first.context["page"].total, len(first.context["unlocks"])) == (61, 50)
    older = visitors.clerk.get(address, {"after": first.context["page"].after})
    shown = [one.pk for page in (first, older) for one, _ in page.context["unlocks"]]
    assert len(set(shown)) == 61
    assert done.number in text(visitors.clerk.get(address, {"text": done.number}))
    by_contract = visitors.inspector.get(address, {"text": granted.contract.code, "state": "in_force"})
    assert by_contract.context["page"].total == 8
    assert "Żadne odblokowanie nie pasuje do filtra." in text(
        visitors.clerk.get(address, {"text": "nie ma takiego"})
    )
    assert visitors.stranger.get(address).context["page"].total == 0
