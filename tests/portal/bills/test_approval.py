"""The branch's side of a bill: approved once, or refused with a reason the provider can read."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.portal.browsing import table
from tests.portal.month import bill_now, bills_of, make, more_templates, queries_of, text
from tests.portal.visitors import OF_ONE_PROVIDER


def act(client, name, bill, **values):
    return client.post(reverse(name, args=[bill.pk]), values, follow=True)


@pytest.mark.slow
def test_the_inspector_approves_a_bill(inspector, bill):
    assert "zatwierdzono" in text(act(inspector, "bill_approve", bill)).lower()
    kept = bill_now(bill.pk)
    assert (kept.state, kept.approved_by.full_name) == ("approved", "Irena Lipa")


@pytest.mark.slow
def test_a_bill_is_approved_once(inspector, bill):
    act(inspector, "bill_approve", bill)
    page = text(act(inspector, "bill_approve", bill))
    assert "nie czeka już na zatwierdzenie" in page
    page = text(act(inspector, "bill_refuse", bill, reason="za późno"))
    assert "nie czeka już na zatwierdzenie" in page
    assert bill_now(bill.pk).state == "approved"


@pytest.mark.slow
def test_a_refusal_needs_a_reason_and_keeps_the_bill_waiting(inspector, bill):
    page = inspector.post(reverse("bill_refuse", args=[bill.pk]), {"reason": " "})
    assert page.status_code == 422
    assert text(page).count("Proszę napisać, dlaczego rachunek nie jest przyjęty") == 2
    assert '<details class="ask" open>' in text(page)
    assert bill_now(bill.pk).state == "accepted"


@pytest.mark.slow
def test_the_provider_reads_the_reason_and_bills_the_template_again(inspector, clerk, template, bill):
    act(inspector, "bill_refuse", bill, reason="Numer konta <b>nie</b> zgadza się z umową.")
    page = text(clerk.get(reverse("bill", args=[bill.pk])))
    assert "Numer konta &lt;b&gt;nie&lt;/b&gt; zgadza się z umową." in page
    assert "Irena Lipa" in page
    assert "Wystaw rachunek ponownie" in page
    assert "przyjęto" in text(make(clerk, template, number="10/2026"))


@pytest.mark.slow
def test_acts_need_a_post(visitors, bill):
    for name in ("bill_approve", "bill_refuse"):
        assert visitors.answers(reverse(name, args=[bill.pk])) == [403, 403, 403, 405, 302]
    assert bill_now(bill.pk).state == "accepted"


@pytest.mark.slow
def test_a_provider_approves_nothing(visitors, bill):
    for visitor in (visitors.clerk, visitors.stranger):
        for name in ("bill_approve", "bill_refuse"):
            assert act(visitor, name, bill, reason="x").status_code == 403
    assert bill_now(bill.pk).state == "accepted"


@pytest.mark.slow
def test_only_the_branch_sees_the_buttons(clerk, inspector, bill):
    address = reverse("bill", args=[bill.pk])
    assert "Zatwierdź do zapłaty" in text(inspector.get(address))
    assert "Zatwierdź do zapłaty" not in text(clerk.get(address))


@pytest.mark.slow
def test_who_may_see_a_bill_and_its_file(visitors, bill):
    for name in ("bill", "bill_file"):
        assert visitors.answers(reverse(name, args=[bill.pk])) == OF_ONE_PROVIDER


@pytest.mark.slow
def test_the_page_counts_the_last_day_of_payment_step_by_step(clerk, bill):
    page = text(clerk.get(reverse("bill", args=[bill.pk])))
    assert "Skąd ten termin zapłaty?" in page
    for words in (
        "czwartek, 05.11.2026",
        "Narodowe Święto Niepodległości",
        "piątek, 13.11.2026",
        "do 10. dnia",
    ):
        assert words in page


@pytest.mark.slow
def test_bills_are_found_by_state_and_words(clerk, inspector, bill):
    def numbers(client, **address):
        return [row[0] for row in table(client.get(reverse("bills"), address))[1:]]

    assert numbers(clerk, state="accepted") == ["10/2026"]
    assert numbers(clerk, state="paid") == []
    assert "Żaden rachunek nie pasuje" in text(clerk.get(reverse("bills"), {"state": "paid"}))
    assert numbers(inspector, text="wrzosowa") == numbers(inspector, text="050123") == ["10/2026"]
    assert numbers(inspector, text="10/2026") == numbers(inspector, text="/AOS/") == ["10/2026"]
    assert numbers(inspector, text="zawilec") == []


@pytest.mark.slow
def test_an_unknown_place_in_the_list_is_its_beginning_and_an_unknown_state_finds_nothing(clerk, bill):
    assert "10/2026" in text(clerk.get(reverse("bills"), {"after": "x", "before": "-1"}))
    wrong = text(clerk.get(reverse("bills"), {"state": "nonsense"}))
    assert "10/2026" not in wrong, "all would look like an answer"
    assert "Żaden rachunek nie pasuje do tego filtra." in wrong


def test_an_empty_list_says_how_a_bill_comes(clerk, clinic):
    assert "Nie ma tu jeszcze rachunku. Rachunek powstaje z szablonu." in text(clerk.get(reverse("bills")))


@pytest.mark.slow
def test_lists_and_pages_cost_the_same_whatever_their_length(inspector, clerk, provider_operator, bill):
    addresses = [reverse("bills"), reverse("bill", args=[bill.pk])]
    before = queries_of(clerk, addresses), queries_of(inspector, addresses)
    more_templates(provider_operator, 3, billed=True)
    assert (queries_of(clerk, addresses), queries_of(inspector, addresses)) == before
    assert len(bills_of(provider_operator)) == 4
    assert max(before[0] + before[1]) < 30
