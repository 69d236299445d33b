"""The pages of requests, as the applicant and the branch see them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from rozlicz.portal.requests.drafting import case_of, faults_in, form_of
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Attachment, Request, RequestState, Step
from rozlicz.portal.requests.printouts import draft_pdf, mark_of, paper_to_sign, request_pdf
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.browsing import link, table
from tests.portal.conftest import NOON, client_of
from tests.portal.month import queries_of, text
from tests.portal.requests.filling import (
    accepted,
    closed_september,
    draft,
    filed,
    now,
    plain_operator,
    ready,
    scan,
)
from tests.portal.visitors import OF_ONE_PROVIDER

pytestmark = pytest.mark.django_db

PROGRAM = {
    "program_name": "mMedica",
    "program_version": "12.1",
    "maker": "Asseco Poland",
    "contact": "pomoc@example.pl",
}


def newest(operator):
    with operator.context():
        return Request.objects.filter(provider=operator.provider_id).latest("pk")


def test_every_kind_says_what_it_is_for_and_who_decides(clerk):
    page = text(clerk.get(reverse("request_kinds")))
    for kind in KINDS.values():
        assert str(kind.name) in page
        assert str(kind.purpose) in page
    assert "Rozpatruje oddział, rola: Płatności." in page
    assert "Teraz nie można go złożyć. Żaden okres sprawozdawczy nie jest zamknięty" in page


def test_a_kind_for_which_the_right_is_missing_is_shown_with_the_reason(provider_operator):
    client = client_of(plain_operator(provider_operator))
    page = text(client.get(reverse("request_kinds")))
    assert "Role tego konta nie dają prawa: Prowadzenie instalacji" in page
    answer = client.get(reverse("request_new", args=["installation"]), follow=True)
    assert "Role tego konta nie dają prawa" in text(answer)


@pytest.mark.slow
def test_a_request_is_saved_checked_and_filed(clerk, provider_operator):
    address = reverse("request_new", args=["installation"])
    page = clerk.post(address, {"program_name": "mMedica", "act": "check"}, follow=True)
    assert text(page).count("Proszę wypełnić to pole.") >= 3
    assert 'value="mMedica"' in text(page)
    begun = newest(provider_operator)
    edit = reverse("request_edit", args=[begun.pk])
    page = clerk.post(edit, PROGRAM | {"version": begun.version, "act": "check"}, follow=True)
    assert "Wniosek jest kompletny" in text(page)
    page = clerk.post(edit, PROGRAM | {"version": now(begun).version, "act": "file"}, follow=True)
    assert f"Złożono wniosek {begun.number}" in text(page)
    assert now(begun).state == RequestState.FILED
    assert "19.11.2026" in text(page)


def test_an_incomplete_one_is_not_filed_and_keeps_what_was_typed(clerk, provider_operator):
    values = {"account": "12 34", "holder": "Ktoś Inny", "bank": "NBP", "since": "", "act": "file"}
    page = text(clerk.post(reverse("request_new", args=["bank_account"]), values, follow=True))
    assert "niepełny i nie został złożony" in page
    for words in ('value="12 34"', 'value="Ktoś Inny"', "Podpisany wydruk", "Proszę podać dzień."):
        assert words in page
    assert newest(provider_operator).state == RequestState.DRAFT


def test_a_draft_is_shown_without_reproach(clerk, provider_operator):
    begun = draft("bank_account", provider_operator, {"bank": "NBP"})
    page = text(clerk.get(reverse("request_edit", args=[begun.pk])))
    assert 'value="NBP"' in page
    assert "field-wrong" not in page


@pytest.mark.slow
def test_files_come_with_the_form_and_go(clerk, provider_operator):
    address = reverse("request_new", args=["bank_account"])
    page = clerk.post(
        address, {"bank": "NBP", "file_signed": scan("podpisany.pdf"), "act": "save"}, follow=True
    )
    assert "podpisany.pdf" in text(page)
    begun = newest(provider_operator)
    with acting_for_payer():
        [kept] = Attachment.objects.filter(request=begun)
    download = clerk.get(reverse("request_attachment", args=[begun.pk, kept.pk]))
    assert b"".join(download.streaming_content) == b"%PDF-1.7 podpis"
    assert download["Content-Type"] == "application/pdf"
    assert "attachment" in download["Content-Disposition"]
    clerk.post(reverse("request_file_off", args=[begun.pk, kept.pk]))
    assert clerk.get(reverse("request_attachment", args=[begun.pk, kept.pk])).status_code == 404
    wrong = {"version": now(begun).version, "bank": "PKO", "file_signed": scan("a.pdf", b"MZ\x00")}
    page = clerk.post(reverse("request_edit", args=[begun.pk]), wrong)
    assert page.status_code == 422
    assert "Zawartość pliku „a.pdf” jest inna" in text(page)
    assert now(begun).fields["bank"] == ["PKO"]


def test_what_was_changed_elsewhere_is_not_overwritten(clerk, provider_operator):
    begun = draft("installation", provider_operator, PROGRAM)
    edit = reverse("request_edit", args=[begun.pk])
    for version in (begun.version + 5, "x", ""):
        page = clerk.post(edit, PROGRAM | {"maker": "Inny", "version": version}, follow=True)
        assert "zmieniono, złożono albo wycofano w innym oknie" in text(page)
    assert now(begun).fields["maker"] == ["Asseco Poland"]


@pytest.mark.slow
def test_a_shift_offers_scopes_when_contract_and_quarter_are_saved(clerk, provider_operator, payer_operator):
    values = ready("shift", provider_operator, payer_operator)
    address = reverse("request_new", args=["shift"])
    assert "Z zakresu" not in text(clerk.get(address))
    head = {name: values[name] for name in ("contract", "quarter")}
    page = text(clerk.post(address, head | {"act": "save"}, follow=True))
    assert "Przesunięcie 2" in page
    assert "wrzesień 2026" in page


def test_the_branch_sees_no_draft(clerk, inspector, provider_operator):
    begun = draft("installation", provider_operator, PROGRAM)
    address = reverse("request", args=[begun.pk])
    assert (clerk.get(address).status_code, inspector.get(address).status_code) == (200, 404)
    assert begun.number in text(clerk.get(reverse("requests")))
    assert begun.number not in text(inspector.get(reverse("requests")))


@pytest.mark.slow
def test_the_branch_asks_to_complete_and_the_applicant_does(
    clerk, inspector, provider_operator, payer_operator
):
    found = filed("installation", provider_operator, payer_operator)
    page = inspector.post(reverse("request_ask", args=[found.pk]), {"reason": " "})
    assert page.status_code == 422
    assert "czego brakuje: to zdanie widzi wnioskodawca" in text(page)
    inspector.post(reverse("request_ask", args=[found.pk]), {"reason": "Proszę podać telefon."})
    desk = text(clerk.get(reverse("desk")))
    assert f"Uzupełnij wniosek {found.number}" in desk
    edit = reverse("request_edit", args=[found.pk])
    page = text(clerk.get(edit))
    assert "Proszę podać telefon." in page
    assert "12 listopada 2026" in page
    clerk.post(edit, PROGRAM | {"contact": "42 1", "version": now(found).version, "act": "file"})
    assert now(found).state == RequestState.FILED


@pytest.mark.slow
def test_the_branch_accepts_and_both_read_what_came_of_it(
    clerk, inspector, provider_operator, payer_operator
):
    found = filed("installation", provider_operator, payer_operator)
    assert "Nowa instalacja programu, Przychodnia Wrzosowa" in text(inspector.get(reverse("desk")))
    page = text(inspector.post(reverse("request_accept", args=[found.pk]), follow=True))
    assert "Wniosek przyjęto." in page
    assert re.search(r"05\d{6}-[A-Z0-9]{20}", text(clerk.get(reverse("request", args=[found.pk]))))


@pytest.mark.slow
def test_the_branch_does_not_accept_what_its_page_did_not_show(
    clerk, inspector, provider_operator, payer_operator
):
    number = "83101010230000261395100000"
    found = filed("bank_account", provider_operator, payer_operator, account=number)
    judged = text(inspector.get(reverse("request", args=[found.pk])))
    assert "83 1010 1023 0000 2613 9510 0000" in judged
    seen = {"version": now(found).version}
    inspector.post(reverse("request_ask", args=[found.pk]), {"reason": "Proszę wskazać bank."})
    edited = {name: values[0] for name, values in found.fields.items()} | {"bank": "Inny", "act": "file"}
    clerk.post(reverse("request_edit", args=[found.pk]), edited | {"version": now(found).version})
    assert now(found).state == RequestState.FILED
    page = text(inspector.post(reverse("request_accept", args=[found.pk]), seen, follow=True))
    assert "ma inną treść niż na tej stronie" in page
    assert now(found).state == RequestState.FILED


def test_a_refusal_needs_a_reason_which_the_applicant_reads(
    clerk, inspector, provider_operator, payer_operator
):
    found = filed("installation", provider_operator, payer_operator)
    address = reverse("request_refuse", args=[found.pk])
    assert inspector.post(address, {"reason": ""}).status_code == 422
    inspector.post(address, {"reason": "Program <b>nie</b> jest znany."})
    page = text(clerk.get(reverse("request", args=[found.pk])))
    assert page.index("Program &lt;b&gt;nie&lt;/b&gt; jest znany.") < page.index("Co będzie dalej")
    assert "Irena Lipa" in page


def test_the_applicant_withdraws_before_the_decision_only(
    clerk, inspector, provider_operator, payer_operator
):
    found = filed("installation", provider_operator, payer_operator)
    clerk.post(reverse("request_withdraw", args=[found.pk]), {"reason": ""})
    assert now(found).state == RequestState.WITHDRAWN
    page = text(inspector.post(reverse("request_accept", args=[found.pk]), follow=True))
    assert "jest już w innym stanie" in page


@pytest.mark.slow
def test_the_queue_is_filtered_by_kind_state_provider_and_deadline(
    clerk, inspector, provider_operator, payer_operator
):
    one = filed("installation", provider_operator, payer_operator)
    other = accepted("simp", provider_operator, payer_operator)
    with acting_for_payer():
        Request.objects.filter(pk=one.pk).update(answer_by="2026-11-04")

    def numbers(client, **asked):
        return {row[0] for row in table(client.get(reverse("requests"), asked))[1:]}

    assert numbers(inspector) == numbers(clerk) == {one.number, other.number}
    assert numbers(inspector, kind="simp") == numbers(inspector, state="accepted") == {other.number}
    assert numbers(inspector, deadline="overdue") == numbers(inspector, state="filed") == {one.number}
    assert numbers(inspector, deadline="running") == numbers(inspector, text="zawilec") == set()
    assert numbers(inspector, text="wrzosowa", kind="installation") == {one.number}
    assert "po terminie" in text(inspector.get(reverse("requests")))


@pytest.mark.slow
def test_nobody_sees_a_neighbours_request(visitors, provider_operator, stranger, payer_operator):
    found = filed("bank_account", provider_operator, payer_operator)
    with acting_for_payer():
        kept = Attachment.objects.get(request=found)
    for name, parts in (
        ("request", [found.pk]),
        ("request_print", [found.pk]),
        ("request_attachment", [found.pk, kept.pk]),
    ):
        assert visitors.answers(reverse(name, args=parts)) == OF_ONE_PROVIDER
    assert found.number not in text(visitors.stranger.get(reverse("requests")))
    with stranger.context():
        assert [one.objects.count() for one in (Request, Attachment, Step)] == [0, 0, 0]
        assert Request.objects.filter(pk=found.pk).update(state="withdrawn") == 0


@pytest.mark.slow
@pytest.mark.parametrize("code", KINDS)
def test_the_printout_holds_number_fields_and_signature_lines(code, clerk, provider_operator, payer_operator):
    found = filed(code, provider_operator, payer_operator)
    answer = clerk.get(reverse("request_print", args=[found.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    with provider_operator.context():
        form = form_of(now(found), NOON)
        shown = dict(form.shown())
        assert request_pdf(now(found), form).startswith(b"%PDF-")
    required = {str(bound.label) for bound in form if bound.field.required}
    assert required <= set(shown)
    assert KINDS[code].signatures
    assert mark_of(now(found)) in text(clerk.get(reverse("request", args=[found.pk])))


def test_a_wrong_draft_prints_as_a_draft_and_has_nothing_to_sign_on(clerk, provider_operator):
    wrong = draft("installation", provider_operator, PROGRAM | {"maker": [""]})
    with provider_operator.context():
        form = form_of(now(wrong), NOON)
        faults = faults_in(form)
        assert [name for name, _ in faults] == ["Producent programu"]
        to_read = draft_pdf(now(wrong), form, faults)
    printed = clerk.get(reverse("request_print", args=[wrong.pk])).content
    assert printed.startswith(b"%PDF-")
    assert b"/AcroForm" in paper_to_sign(wrong, case=case_of(wrong, NOON))
    for paper in (to_read, printed):
        assert b"/AcroForm" not in paper


def test_the_mark_changes_with_the_content(provider_operator):
    one = draft("installation", provider_operator, PROGRAM)
    before = mark_of(one)
    one.fields = one.fields | {"maker": ["Inny"]}
    assert mark_of(one) != before


@pytest.mark.slow
def test_the_list_costs_the_same_whatever_its_length(clerk, inspector, provider_operator, payer_operator):
    def costs():
        return [queries_of(client, [reverse("requests")]) for client in (clerk, inspector)]

    filed("installation", provider_operator, payer_operator)
    costs()  # what is read once is read
    before = costs()
    for _ in range(3):
        filed("installation", provider_operator, payer_operator)
    assert costs() == before


@pytest.mark.slow
def test_the_page_of_periods_leads_to_the_request(clerk, provider_operator, payer_operator):
    closed_september(payer_operator)
    address = link(clerk.get(reverse("reporting_periods")), "Złóż wniosek o odblokowanie")
    assert "wrzesień 2026" in text(clerk.get(address))
