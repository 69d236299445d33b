"""Sending a report: a receipt at once, the first one for repeated bytes, every reason when it is refused."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rozlicz.portal.reports.models import Report
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.browsing import click, table
from tests.portal.reports.sending import ELSEWHERE, message, received, verified
from tests.reporting import Reported, header, report

ONE_VISIT = Reported(service_id="S1")
REFUSED_VISIT = Reported(service_id="S2", scope=ELSEWHERE)


def send(client, content, name="raport.swx"):
    return client.post(reverse("report_send"), {"file": SimpleUploadedFile(name, content)}, follow=True)


def reports():
    with acting_for_payer():
        return list(Report.objects.all())


def test_a_sent_report_is_answered_by_its_receipt(clerk):
    content = message(ONE_VISIT)
    page = send(clerk, content)
    (report,) = reports()
    text = page.content.decode()
    assert page.redirect_chain == [(reverse("report", args=[report.pk]), 302)]
    assert f'<p class="receipt-number">{report.receipt_number}</p>' in text
    assert hashlib.sha256(content).hexdigest()[:16] in text
    assert "Anna Wrzos" in text


def test_a_zipped_report_is_taken_as_well(clerk):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("raport.xml", message(ONE_VISIT))
    send(clerk, packed.getvalue())
    assert [report.state for report in reports()] == ["received"]


def test_repeated_bytes_are_answered_by_the_first_receipt(clerk):
    content = message(ONE_VISIT)
    send(clerk, content)
    page = send(clerk, content, name="inna-nazwa.swx")
    (report,) = reports()
    assert "Ten sam plik odebrano już wcześniej" in page.content.decode()
    assert report.receipt_number in page.content.decode()


@pytest.mark.slow
def test_the_same_bytes_of_a_colleague_are_answered_by_the_first_receipt_too(visitors):
    content = message(ONE_VISIT)
    send(visitors.clerk, content)
    assert "Ten sam plik odebrano już wcześniej" in send(visitors.colleague, content).content.decode()


def test_without_a_file_the_form_says_what_is_missing(clerk, clinic):
    page = clerk.post(reverse("report_send"), {})
    assert page.content.decode().count("Proszę wskazać plik raportu.") == 2
    assert reports() == []


def test_an_empty_file_is_not_taken(clerk, clinic):
    assert "Plik jest pusty." in send(clerk, b"").content.decode()
    assert reports() == []


@pytest.mark.slow
def test_the_payer_sends_no_report(visitors):
    assert visitors.answers(reverse("report_send")) == [200, 200, 200, 403, 302]


def test_an_unreadable_file_gets_a_receipt_and_its_reason_with_the_place(clerk):
    text = send(clerk, b"<?xml version='1.0'?>\n<faktura/>").content.decode()
    (report,) = reports()
    assert report.state == "refused"
    assert report.receipt_number in text
    assert "Powód nieprzyjęcia" in text
    assert "Plik zaczyna się elementem faktura" in text
    assert "wiersz 2" in text


def test_a_file_cut_off_on_the_way_is_refused_when_its_end_is_missed(clerk, provider_operator):
    report = verified(provider_operator, message(ONE_VISIT)[:-40])
    text = clerk.get(reverse("report", args=[report.pk])).content.decode()
    assert "nie przyjęto" in text
    assert "Plik urywa się przed końcem komunikatu" in text


def test_all_reasons_against_a_header_are_told_at_once(visitors):
    foreign = report([ONE_VISIT], of=header(at=datetime(2028, 1, 1)))
    text = send(visitors.stranger, foreign).content.decode()
    assert "Powody nieprzyjęcia" in text
    for code in ("header-sender", "header-installation", "header-generated-at"):
        assert code in text


@pytest.mark.slow
def test_the_list_shows_receipts_newest_first_with_what_came_of_them(clerk, provider_operator):
    first = verified(provider_operator, message(ONE_VISIT), file_name="pierwszy.swx")
    second = verified(
        provider_operator,
        message(REFUSED_VISIT, generation=2),
        file_name="drugi.swx",
    )
    received(provider_operator, message(Reported(service_id="S1", version=2, deleted=True), generation=3))
    rows = table(clerk.get(reverse("reports")))[1:]
    assert [row[2] for row in rows] == ["odebrano", "odrzucono", "przyjęto"]
    assert rows[1][0] == f"{second.receipt_number} drugi.swx"
    assert rows[2] == [
        f"{first.receipt_number} pierwszy.swx",
        "05.11.2026, 12:00",
        "przyjęto",
        "1",
        "0",
        "10,00 zł",
    ]


@pytest.mark.slow
def test_the_list_is_filtered_by_outcome_and_text(clerk, provider_operator):
    verified(provider_operator, message(ONE_VISIT), file_name="pierwszy.swx")
    verified(
        provider_operator,
        message(REFUSED_VISIT, generation=2),
        file_name="drugi.swx",
    )

    def files(**address):
        return [row[0].split()[1] for row in table(clerk.get(reverse("reports"), address))[1:]]

    assert files(outcome="rejected") == ["drugi.swx"]
    assert files(outcome="accepted") == ["pierwszy.swx"]
    assert files(outcome="working") == files(outcome="refused") == files(outcome="partly_accepted") == []
    assert files(text="PIERW") == ["pierwszy.swx"]
    assert files() == files(sort="rejected")[::-1] == files(sort="-rejected") == ["drugi.swx", "pierwszy.swx"]


def test_the_payer_sees_whose_report_it_is(inspector, provider_operator):
    verified(provider_operator, message(ONE_VISIT))
    (row,) = table(inspector.get(reverse("reports"), {"text": "wrzosowa"}))[1:]
    assert row[1] == "Przychodnia Wrzosowa Sp. z o.o. 050123"


def test_the_list_leads_to_sending_and_to_the_rules(clerk, clinic):
    page = clerk.get(reverse("reports"))
    assert "Plik raportu" in click(clerk, page, "Wyślij raport").content.decode()
    assert "Reguły weryfikacji" in click(clerk, page, "Reguły weryfikacji").content.decode()
