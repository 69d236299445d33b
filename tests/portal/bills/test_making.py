"""Making the bill of a template in the portal."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from rozlicz.messages.services import Entitlement
from tests.portal.browsing import click
from tests.portal.month import bill_now, bills_of, file, make, text
from tests.portal.test_road import OCTOBER, send, settle
from tests.reporting import PERSON_FROM_GERMANY, Reported

CARD = Entitlement(
    basis="2",
    document="EKUZ",
    number="80276001234567890123",
    country="DE",
    valid_from="2026-01-01",
    valid_to="2026-12-31",
)


@pytest.fixture
def personal(provider_operator):
    """The template of a person insured in Germany, whose bill needs a scan of the card."""
    send(provider_operator, [Reported(service_id="S1", entitlement=CARD, patient=PERSON_FROM_GERMANY)])
    [template] = settle(provider_operator, OCTOBER)
    return template


@pytest.mark.slow
def test_the_form_knows_what_the_contract_says(clerk, template):
    page = text(clerk.get(reverse("bill_make", args=[template.number])))
    for known in ("Przychodnia Wrzosowa", "NIP 7251801126", "NIP 1070001057", "31.10.2026", "800,00 zł"):
        assert known in page
    assert "61 1090 1014 0000 0712 1981 2874" in page
    assert ticked(page) == ["FAKT", "18"]
    assert 'value="NOTA"' not in page
    assert 'value="2026-11-05"' in page


@pytest.mark.slow
def test_a_made_bill_is_accepted_at_once_with_its_days(clerk, template):
    page = text(make(clerk, template))
    for words in ("przyjęto", "800,00 zł", "05.11.2026", "13.11.2026", "Narodowe Święto Niepodległości"):
        assert words in page


@pytest.mark.slow
def test_what_was_typed_stays_when_something_is_missing(clerk, template, provider_operator):
    response = make(clerk, template, kind="RACH", number="", issued_on="5 listopada", vat_exemption="19")
    page = text(response)
    assert "Proszę podać numer rachunku." in page
    assert "To nie jest data." in page
    assert 'value="5 listopada"' in page
    assert ticked(page) == ["RACH", "19"]
    assert bills_of(provider_operator) == []


def ticked(page):
    """The values of the radio buttons that are chosen."""
    return re.findall(r'type="radio"[^>]* value="(\w+)"[^>]* checked', page)


@pytest.mark.slow
def test_a_refused_bill_tells_every_reason_and_is_made_again_from_what_was_typed(clerk, template):
    page = make(clerk, template, kind="RACH", number="A/7", issued_on="2026-10-30", vat_exemption="19")
    assert "nie przyjęto" in text(page)
    assert "B-401" in text(page)
    again = click(clerk, page, "Wystaw rachunek ponownie")
    assert 'value="A/7"' in text(again)
    assert 'value="2026-10-30"' in text(again)
    accepted = make(clerk, template, kind="RACH", number="A/7", vat_exemption="19")
    assert "Rachunek A/7" in text(accepted)
    refused = clerk.get(page.redirect_chain[-1][0])
    assert "Do tego szablonu wystawiono już inny rachunek" in text(refused)
    assert "Wystaw rachunek ponownie" not in text(refused)


@pytest.mark.slow
def test_a_template_that_has_its_bill_leads_to_it(clerk, template, bill):
    page = clerk.get(reverse("bill_make", args=[template.number]), follow=True)
    assert page.redirect_chain == [(reverse("bill", args=[bill.pk]), 302)]
    make(clerk, template, number="drugi")
    assert bill_now(bill.pk).number == "10/2026"


@pytest.mark.slow
def test_r2_a_missing_scan_refuses_the_bill(clerk, personal):
    page = text(make(clerk, personal))
    assert "B-701" in page
    assert "kopia dokumentu uprawniającego" in page


@pytest.mark.slow
def test_r2_the_scan_is_kept_and_can_be_downloaded(clerk, personal):
    page = make(clerk, personal, scan_0=file("ekuz.pdf", b"card"))
    assert "przyjęto" in text(page)
    scan = click(clerk, page, "ekuz.pdf")
    assert b"".join(scan.streaming_content) == b"card"


@pytest.mark.slow
def test_r2_a_transcript_needs_a_reason(clerk, personal, provider_operator):
    said = {"scan_0": file("ekuz.pdf", b"card"), "transcript_of_0": "on"}
    page = text(make(clerk, personal, **said))
    assert "Proszę podać, dlaczego kopii nie można było zrobić" in page
    assert bills_of(provider_operator) == []
    said["scan_0"] = file("ekuz.pdf", b"card")
    page = text(make(clerk, personal, **said, transcript_reason="oryginał jest w sądzie"))
    assert "przyjęto" in page
    assert "odpis zamiast kopii: oryginał jest w sądzie" in page


@pytest.mark.slow
def test_a_scan_beyond_the_limit_is_refused_before_it_is_stored(
    clerk, personal, provider_operator, monkeypatch
):
    monkeypatch.setattr("rozlicz.portal.bills.forms._LARGEST_SCAN", 3)
    assert "Plik jest większy niż 20 MB." in text(make(clerk, personal, scan_0=file("ekuz.pdf", b"card")))
    assert bills_of(provider_operator) == []


@pytest.mark.slow
def test_r13_a_correcting_bill_names_its_reason(clerk, provider_operator, template, bill):
    send(provider_operator, [Reported(service_id="S0", version=2, deleted=True)], generation=2)
    [correction] = settle(provider_operator, OCTOBER)
    form = text(clerk.get(reverse("bill_make", args=[correction.number])))
    assert "rachunek 10/2026" in form
    assert "Przyczyna korekty" in form
    page = text(make(clerk, correction, number="10/2026/K", correction_reason="usunięto świadczenie"))
    assert "−10,00 zł" in page
    assert "przyjęto" in page


@pytest.mark.slow
def test_only_the_provider_makes_its_bills(visitors, template):
    assert visitors.answers(reverse("bill_make", args=[template.number])) == [200, 200, 404, 403, 302]
    assert make(visitors.stranger, template).status_code == 404
    assert make(visitors.inspector, template).status_code == 403
