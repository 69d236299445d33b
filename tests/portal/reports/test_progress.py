"""While a report is read the page shows progress that moves; then it asks for the result by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from rozlicz.portal.reports.models import Report, ReportState, Run
from rozlicz.portal.reports.queries import progress_of
from rozlicz.portal.tenancy import acting_for_provider
from tests.portal.browsing import link, own_queries
from tests.portal.conftest import NOON
from tests.portal.reports.sending import message, received, verified
from tests.portal.visitors import OF_ONE_PROVIDER
from tests.reporting import Reported

CONTENT = message(Reported(service_id="S1"))
HTMX = {"HX-Request": "true"}


@pytest.fixture
def waiting(provider_operator):
    """A report that no worker has taken yet."""
    return received(provider_operator, CONTENT)


@pytest.fixture
def half_read(waiting):
    """The same report, half of it read in a minute."""
    with acting_for_provider(waiting.provider_id):
        Report.objects.filter(pk=waiting.pk).update(state=ReportState.READING)
        Run.objects.create(
            provider_id=waiting.provider_id,
            report=waiting,
            rules_version="2026.1",
            started_at=NOON,
            rows_done=120_000,
            bytes_read=5_000,
            bytes_total=10_000,
        )
    waiting.state = ReportState.READING
    return waiting


def fragment(client, report, **address):
    return client.get(reverse("report_progress", args=[report.pk]), address, headers=HTMX)


def test_a_waiting_report_says_so_and_asks_again(clerk, waiting):
    text = clerk.get(reverse("report", args=[waiting.pk])).content.decode()
    assert "Raport czeka na swoją kolej" in text
    assert f'hx-get="{reverse("report_progress", args=[waiting.pk])}?told=0" hx-trigger="every 1s"' in text


def test_without_javascript_the_page_loads_itself_anew(clerk, waiting):
    text = clerk.get(reverse("report", args=[waiting.pk])).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in text


def test_progress_counts_positions_and_the_share_of_the_file(clerk, half_read):
    text = fragment(clerk, half_read).content.decode()
    assert "120\u202f000 pozycji, 50\u202f% pliku" in text
    assert '<progress max="10000" value="5000"' in text


def test_nothing_is_counted_before_the_first_positions_are_stored(clerk, half_read):
    with acting_for_provider(half_read.provider_id):
        Run.objects.update(rows_done=0, bytes_read=0, bytes_total=0)
    text = fragment(clerk, half_read).content.decode()
    assert "Raport jest wczytywany i sprawdzany" in text
    assert "pozycji" not in text


def test_the_time_left_follows_from_the_bytes_read(half_read):
    with acting_for_provider(half_read.provider_id):
        progress = progress_of(half_read, NOON + timedelta(minutes=3))
    assert progress.seconds_left == 180


def test_nothing_is_said_of_the_time_left_before_anything_is_read(half_read):
    with acting_for_provider(half_read.provider_id):
        Run.objects.update(bytes_read=0)
        assert progress_of(half_read, NOON + timedelta(minutes=3)).seconds_left is None


@pytest.mark.slow
def test_the_end_makes_the_page_load_its_result(clerk, provider_operator):
    report = verified(provider_operator, CONTENT)
    answer = fragment(clerk, report)
    assert answer["HX-Refresh"] == "true"
    assert "hx-get" not in answer.content.decode()
    assert (
        "Przyjęte pozycje można rozliczyć" in clerk.get(reverse("report", args=[report.pk])).content.decode()
    )


def test_the_fragment_alone_is_no_page(clerk, waiting):
    answer = clerk.get(reverse("report_progress", args=[waiting.pk]))
    assert answer.url == reverse("report", args=[waiting.pk])


@pytest.mark.slow
def test_who_sees_the_progress(visitors, waiting):
    address = reverse("report", args=[waiting.pk])
    assert visitors.answers(address) == OF_ONE_PROVIDER
    asked = [visitor.get(reverse("report_progress", args=[waiting.pk]), headers=HTMX) for visitor in visitors]
    *known, nobody = asked
    assert [answer.status_code for answer in known] == OF_ONE_PROVIDER[:-1]
    # Whose log-in has expired is led to log-in by the whole page, not inside the fragment's place.
    assert (nobody.status_code, nobody.headers["HX-Refresh"]) == (204, "true")


def test_asking_for_progress_is_cheaper_than_any_page(clerk, half_read):
    address = reverse("report_progress", args=[half_read.pk])
    assert own_queries(clerk, address, **HTMX) <= 1


def test_there_is_no_list_of_findings_before_the_end(clerk, waiting):
    for name in ("report_findings", "report_findings_xlsx", "report_reply"):
        assert clerk.get(reverse(name, args=[waiting.pk])).status_code == 404


def test_the_refresh_link_stands_where_scripts_do_not_run(clerk, half_read):
    page = clerk.get(reverse("report", args=[half_read.pk]))
    assert link(page, "Pokaż obecny stan") == reverse("report", args=[half_read.pk])
