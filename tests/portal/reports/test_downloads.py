"""The findings as a workbook, and the reply message as the settlement program reads it."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from rozlicz.messages.p_swi import ReplyReader
from rozlicz.messages.services import Patient
from rozlicz.portal.reports import downloads
from rozlicz.portal.reports.queries import Wanted
from rozlicz.portal.tenancy import acting_for_provider
from tests.portal.reports.sending import ELSEWHERE, WRONG_PESEL, message, verified
from tests.reporting import Reported

PESEL_CHECK_DIGIT = "59903003"


@pytest.fixture
def report(provider_operator):
    """A right visit; a wrong PESEL; a wrong PESEL with a wrong scope; a strange identifier."""
    return verified(
        provider_operator,
        message(
            Reported(service_id="S1"),
            Reported(service_id="S2", patient=Patient(id=WRONG_PESEL), units="30.0000"),
            Reported(service_id="S3", patient=Patient(id=WRONG_PESEL), scope=ELSEWHERE),
            Reported(service_id="=HYPERLINK()"),
        ),
    )


def content(response):
    return io.BytesIO(b"".join(response.streaming_content))


def workbook(client, report, **address):
    response = client.get(reverse("report_findings_xlsx", args=[report.pk]), address)
    return openpyxl.load_workbook(content(response))


def rows(sheet):
    return list(sheet.iter_rows(values_only=True))


@pytest.mark.slow
def test_the_workbook_tells_each_finding_with_its_way_out(clerk, report):
    book = workbook(clerk, report)
    assert book.sheetnames == ["Raport", "Wyniki weryfikacji"]
    heads, *found = rows(book["Wyniki weryfikacji"])
    assert heads[0] == "Pozycja"
    by_service = {(row[2], row[5]): row for row in found}
    finding = by_service["S2", PESEL_CHECK_DIGIT]
    assert (finding[0], finding[3], finding[4], finding[6]) == (2, 1, 1, "błąd")
    assert finding[10] == 300
    assert all(finding[7:10])
    assert ("S3", PESEL_CHECK_DIGIT) in by_service
    assert len([row for row in found if row[2] == "S3"]) >= 2


def test_the_workbook_says_of_which_report_it_is(clerk, report):
    about = dict(rows(workbook(clerk, report)["Raport"]))
    assert about["Numer potwierdzenia"] == report.receipt_number
    assert about["SHA-256 pliku"] == report.sha256
    assert (about["Pozycje przyjęte"], about["Pozycje odrzucone"]) == (1, 3)


@pytest.mark.slow
def test_the_workbook_holds_what_the_filtered_page_shows(clerk, report):
    found = rows(workbook(clerk, report, code=PESEL_CHECK_DIGIT, service="S3")["Wyniki weryfikacji"])[1:]
    assert [(row[2], row[5]) for row in found] == [("S3", PESEL_CHECK_DIGIT)]


@pytest.mark.slow
def test_promise_7_the_workbook_does_not_tell_whose_records_they_are(clerk, report):
    cells = [cell for row in rows(workbook(clerk, report)["Wyniki weryfikacji"]) for cell in row]
    assert not [cell for cell in cells if WRONG_PESEL in str(cell)]


@pytest.mark.slow
def test_no_text_of_a_provider_becomes_a_formula(clerk, report):
    sheet = workbook(clerk, report)["Wyniki weryfikacji"]
    strange = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=HYPERLINK()"]
    assert strange
    assert {cell.data_type for cell in strange} == {"s"}


def test_more_findings_than_a_sheet_holds_go_on_in_another(report):
    with acting_for_provider(report.provider_id):
        with downloads.findings_workbook(report, report.current_run, Wanted(), rows_of_a_sheet=2) as file:
            book = openpyxl.load_workbook(file)
    assert book.sheetnames[:3] == ["Raport", "Wyniki weryfikacji", "Wyniki weryfikacji 2"]
    first, second = (rows(book[name]) for name in book.sheetnames[1:3])
    assert len(first) == 3
    assert first[0] == second[0]


def test_the_reply_gives_every_position_its_verdict_and_its_findings(clerk, report):
    response = clerk.get(reverse("report_reply", args=[report.pk]))
    assert response["Content-Disposition"].endswith(f'{report.receipt_number.replace("/", "-")}.swz"')
    with ReplyReader(content(response)) as reply:
        assert reply.receipt.number == report.receipt_number
        assert reply.receipt.sha256 == report.sha256
        assert (reply.summary.accepted, reply.summary.rejected) == (1, 3)
        assert reply.summary.rejected_value == report.current_run.rejected_value
        positions = list(reply)
    assert [(one.service_id, one.accepted) for one in positions] == [
        ("S1", True),
        ("S2", False),
        ("S3", False),
        ("=HYPERLINK()", False),
    ]
    assert PESEL_CHECK_DIGIT in {finding.code for finding in positions[1].findings}
    assert len(positions[2].findings) >= 2
    assert not positions[0].findings


@pytest.mark.slow
def test_the_reply_is_the_same_whoever_asks(clerk, inspector, report):
    address = reverse("report_reply", args=[report.pk])
    assert content(clerk.get(address)).getvalue() == content(inspector.get(address)).getvalue()


def test_the_reply_repeats_a_version_that_was_no_number(clerk, provider_operator):
    strange = verified(provider_operator, message(Reported(service_id="S9", version="dwa")))  # type: ignore[arg-type]
    with ReplyReader(content(clerk.get(reverse("report_reply", args=[strange.pk])))) as reply:
        assert [one.service_version for one in reply] == ["dwa"]
