"""The result of a report: figures, findings by rule, the list of findings, and the way down to one record."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.urls import reverse

from rozlicz.messages.services import Patient
from rozlicz.portal.reports import page_sql, sql
from rozlicz.portal.reports.models import Position
from rozlicz.portal.reports.queries import findings_by_rule, versions_of
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from rozlicz.verification.catalogue import rule_of
from tests import world
from tests.portal.browsing import click, link, own_queries, table
from tests.portal.reports.sending import ELSEWHERE, PESEL, WRONG_PESEL, message, received, verified
from tests.portal.visitors import OF_ONE_PROVIDER
from tests.reporting import Reported

PESEL_CHECK_DIGIT = "59903003"


@pytest.fixture
def report(provider_operator):
    """Four services: two right; one dear with a wrong PESEL; one cheap with a wrong PESEL and a wrong scope."""
    return verified(
        provider_operator,
        message(
            Reported(service_id="S1", patient=Patient(id=PESEL)),
            Reported(service_id="S2", patient=Patient(id=WRONG_PESEL), units="30.0000", day="2026-10-06"),
            Reported(service_id="S3", day="2026-10-07"),
            Reported(service_id="S4", patient=Patient(id=WRONG_PESEL), scope=ELSEWHERE, day="2026-10-08"),
        ),
    )


def page_of(client, report):
    return client.get(reverse("report", args=[report.pk]))


def findings_of(client, report, **address):
    return client.get(reverse("report_findings", args=[report.pk]), address)


def record_of(client, report, row):
    return client.get(reverse("report_record", args=[report.pk, row]))


@pytest.mark.slow
def test_one_wrong_record_does_not_stop_the_others(clerk, report):
    assert (report.current_run.accepted, report.current_run.rejected) == (2, 2)
    text = page_of(clerk, report).content.decode()
    assert "przyjęto w części" in text
    assert "20,00\u202fzł" in text
    assert "300,00\u202fzł" in text


def test_findings_are_grouped_by_rule_the_costliest_first(report):
    with acting_for_provider(report.provider_id):
        groups = findings_by_rule(report.current_run)
    errors = [
        (group.rule.code, group.records, group.services, group.value)
        for group in groups
        if group.severity == "error"
    ]
    assert errors[0] == (PESEL_CHECK_DIGIT, 2, 2, 30_000)
    assert [value for *_, value in errors] == sorted((value for *_, value in errors), reverse=True)
    assert [group.severity for group in groups] == sorted(group.severity for group in groups)


@pytest.mark.slow
def test_each_group_says_what_is_wrong_why_and_what_to_do(clerk, report):
    text = page_of(clerk, report).content.decode()
    rule = rule_of(PESEL_CHECK_DIGIT)
    assert rule.name.pl in text
    assert rule.basis.reference.pl in text
    assert "Zobacz 2 pozycje" in text
    assert "Co zrobić" in text


@pytest.mark.slow
def test_the_way_leads_from_the_result_to_the_record(clerk, report):
    records = click(clerk, page_of(clerk, report), "Zobacz 2 pozycje")
    assert [row[0] for row in table(records)[1:]] == ["Pozycja 2", "Pozycja 4"]
    record = click(clerk, records, "Pozycja 2")
    text = record.content.decode()
    assert "Wiersz" in text
    assert rule_of(PESEL_CHECK_DIGIT).name.pl in text


@pytest.mark.slow
def test_findings_are_filtered_by_severity_and_service(clerk, report):
    services = {row[1].split()[0] for row in table(findings_of(clerk, report, severity="error"))[1:]}
    assert services == {"S2", "S4"}
    assert {row[1].split()[0] for row in table(findings_of(clerk, report, service="S4"))[1:]} == {"S4"}
    assert "Żaden wynik nie pasuje" in findings_of(clerk, report, service="S1").content.decode()
    assert "Żaden wynik nie pasuje" in findings_of(clerk, report, service="S").content.decode()


@pytest.mark.slow
def test_findings_are_sorted_by_value(clerk, report):
    rows = table(findings_of(clerk, report, sort="-value"))[1:]
    assert rows[0][0] == "Pozycja 2"


@pytest.mark.slow
def test_an_unknown_rule_in_the_address_is_answered_with_all_findings(clerk, report):
    page = findings_of(clerk, report, code="99999999")
    assert page.status_code == 200
    assert len(table(page)) == len(table(findings_of(clerk, report)))


@pytest.mark.slow
def test_a_long_list_of_findings_is_paged_by_key(clerk, provider_operator):
    many = [Reported(service_id=f"S{number}", patient=Patient(id=WRONG_PESEL)) for number in range(60)]
    long = verified(provider_operator, message(*many))
    first = findings_of(clerk, long, code=PESEL_CHECK_DIGIT)
    assert [row[0] for row in table(first)[1:]] == [f"Pozycja {row}" for row in range(1, 51)]
    assert "Pokazano 50 z 60" in first.content.decode()
    address = reverse("report_findings", args=[long.pk])
    second = clerk.get(address + link(first, "Następne"))
    assert [row[0] for row in table(second)[1:]] == [f"Pozycja {row}" for row in range(51, 61)]
    assert table(clerk.get(address + link(second, "Poprzednie"))) == table(first)


@pytest.mark.slow
def test_a_record_shows_all_its_findings_not_only_the_first(clerk, report):
    text = record_of(clerk, report, 4).content.decode()
    assert rule_of(PESEL_CHECK_DIGIT).name.pl in text
    assert ELSEWHERE in text


@pytest.mark.slow
def test_a_record_is_shown_as_it_was_reported(clerk, report):
    text = record_of(clerk, report, 4).content.decode()
    for value in ("S4", world.VISIT, world.CELL, "2999999", ELSEWHERE, "2026-10-08"):
        assert value in text


@pytest.mark.slow
def test_promise_7_no_page_shows_whose_record_it_is(clerk, inspector, report):
    addresses = [
        reverse("report", args=[report.pk]),
        reverse("report_findings", args=[report.pk]),
        reverse("report_record", args=[report.pk, 2]),
        reverse("report_record", args=[report.pk, 1]),
    ]
    for visitor in (clerk, inspector):
        for address in addresses:
            text = visitor.get(address).content.decode()
            assert not {PESEL, WRONG_PESEL} & set(re.findall(r"\d{11}", text))
    assert f"•••••••{WRONG_PESEL[-4:]}" in record_of(clerk, report, 2).content.decode()


@pytest.mark.slow
def test_a_record_without_findings_can_be_opened_too(clerk, report):
    text = record_of(clerk, report, 1).content.decode()
    assert "nie stwierdzono nieprawidłowości" in text
    assert "przyjęto" in text


@pytest.mark.slow
def test_a_record_that_does_not_exist_is_not_found(clerk, report):
    assert record_of(clerk, report, 99).status_code == 404


@pytest.mark.slow
def test_a_record_knows_the_other_versions_of_its_service(clerk, provider_operator, report):
    verified(provider_operator, message(Reported(service_id="S2", version=2), generation=2))
    verified(provider_operator, message(Reported(service_id="S2", version=3, deleted=True), generation=3))
    received(provider_operator, message(Reported(service_id="S2", version=4), generation=4))
    with acting_for_provider(report.provider_id):
        versions = versions_of(Position.objects.get(report_id=report.pk, row=2))
    assert [(one.version, one.deleted, one.outcome) for one in versions] == [
        (3, True, "accepted"),
        (2, False, "accepted"),
        (1, False, "rejected"),
    ]
    text = record_of(clerk, report, 2).content.decode()
    assert "Wersje tego świadczenia" in text
    assert "ta pozycja" in text


@pytest.mark.slow
def test_a_report_without_findings_says_so(clerk, provider_operator):
    right = verified(provider_operator, message(Reported(service_id="S1")))
    assert "Weryfikacja nie wykazała nieprawidłowości" in page_of(clerk, right).content.decode()
    assert "żadnych nieprawidłowości" in findings_of(clerk, right).content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["report", "report_findings", "report_findings_xlsx", "report_reply"])
def test_who_may_open_a_result(name, visitors, report):
    assert visitors.answers(reverse(name, args=[report.pk])) == OF_ONE_PROVIDER


@pytest.mark.slow
def test_who_may_open_a_record(visitors, report):
    assert visitors.answers(reverse("report_record", args=[report.pk, 2])) == OF_ONE_PROVIDER


@pytest.mark.slow
def test_a_page_costs_the_same_few_queries_whatever_it_shows(clerk, provider_operator, report):
    long = verified(
        provider_operator,
        message(*(Reported(service_id=f"T{n}", scope=ELSEWHERE) for n in range(60)), generation=2),
    )
    for one in (report, long):
        assert own_queries(clerk, reverse("reports")) == 2
        assert own_queries(clerk, reverse("report", args=[one.pk])) == 1
        assert own_queries(clerk, reverse("report_findings", args=[one.pk])) == 4
        assert own_queries(clerk, reverse("report_record", args=[one.pk, 2])) == 5


TABLES = {
    "reports_position": ("report_id, row, provider_id, line, deleted", "{key}, n, 1, n, false"),
    "reports_verdict": ("run_id, row, provider_id, accepted", "{key}, n, 1, true"),
    "reports_finding": (
        "id, run_id, row, provider_id, code, severity, parameters, value",
        "{key} * 20000 + n, {key}, n, 1, '59903003', 'error', '{{}}'::jsonb, 0",
    ),
}


@pytest.fixture
def a_report_newer_than_the_statistics(db):
    """Reports 1 to 5 of 4,000 positions each, of which the statistics do not know the last; the real tables hide."""
    with acting_for_payer(), connection.cursor() as cursor:
        for table, (columns, rows) in TABLES.items():
            cursor.execute(
                f"create temporary table {table} (like public.{table} including indexes) on commit drop"
            )
            for key in range(1, 6):
                if key == 5:
                    cursor.execute(f"analyze {table}")
                values = rows.format(key=key)
                cursor.execute(
                    f"insert into {table} ({columns}) select {values} from generate_series(1, 4000) n"
                )
        yield


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [sql.FINDINGS_BY_RULE, page_sql.FINDINGS_TO_DOWNLOAD, page_sql.POSITIONS_TO_REPLY],
    ids=["findings-by-rule", "findings-to-download", "positions-to-reply"],
)
def test_no_lack_of_statistics_makes_a_page_read_the_whole_report_for_each_row(
    query, a_report_newer_than_the_statistics
):
    keys = {"report": 5, "run": 5, "code": "", "severity": "", "service": ""}
    with connection.cursor() as cursor:
        cursor.execute(f"explain {query}", keys)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    looked_up = re.findall(r"Index Cond: \(\((?:report|run)_id = .*row", plan)
    assert looked_up, plan
    assert "Join Filter" not in plan
