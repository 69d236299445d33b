"""B2, "Logowanie do wielu": a superior's operator works for a subordinate, seen by all, recorded under both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from rozlicz.portal.accounts.models import Operator, Subordination
from rozlicz.portal.accounts.rights import NOT_FOR_OTHERS, Role
from rozlicz.portal.accounts.subordinations import subordinates_of
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.providers.parties import suspend_party
from rozlicz.portal.reports.models import Report
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from tests.portal.browsing import link, table
from tests.portal.conftest import NOON, client_of
from tests.portal.month import file, text
from tests.portal.people import person
from tests.reporting import Reported, report

pytestmark = pytest.mark.django_db
ACTING = "/administracja/dzialanie-za-innych/"


@pytest.fixture
def browser(actor: Operator) -> Client:
    """The browser of who may act for others."""
    return client_of(actor)


@pytest.fixture
def at_work(browser: Client, subordination: Subordination) -> Client:
    """The same browser, in which the subordinate has been chosen."""
    chosen = browser.post(f"{ACTING}{subordination.subordinate_id}/", follow=True)
    assert chosen.redirect_chain == [("/pulpit/", 302)]
    return browser


def contract_of(provider: Provider) -> Contract:
    with acting_for_payer():
        return Contract.objects.get(provider=provider)


def test_the_subordinates_of_an_operator_are_those_of_the_day(actor, subordination, practice, reporter):
    until = NOON.date() + timedelta(days=3)
    with acting_for_payer():
        Subordination.objects.update(until=until)
    with actor.context():
        [one] = subordinates_of(actor, NOON.date())
        assert (one.provider_id, one.code, one.name, one.until) == (
            practice.pk,
            practice.code,
            practice.name,
            until,
        )
        assert subordinates_of(actor, until + timedelta(days=1)) == []
        assert subordinates_of(actor, subordination.since - timedelta(days=1)) == []
        assert subordinates_of(reporter, NOON.date()) == []


@pytest.mark.slow
def test_every_page_says_for_whom_and_leads_back(at_work, clinic, practice):
    page = at_work.get("/umowy/")
    shown = text(page)
    assert f"Zofia Wierzba – działasz jako {practice.name}." in shown
    assert f"kod {practice.code}" in shown
    assert contract_of(practice).code in shown
    assert contract_of(clinic).code not in shown
    back = text(at_work.post(f"{ACTING}koniec/", follow=True))
    assert "Praca znów toczy się w imieniu własnego podmiotu." in back
    assert "działasz jako" not in back
    assert contract_of(clinic).code in text(at_work.get("/umowy/"))


@pytest.mark.slow
def test_one_sees_the_subordinate_only_and_not_ones_own(at_work, clinic, practice):
    assert at_work.get(f"/umowy/{contract_of(practice).pk}/").status_code == 200
    assert at_work.get(f"/umowy/{contract_of(clinic).pk}/").status_code == 404


@pytest.mark.slow
def test_what_is_done_is_recorded_under_both(at_work, actor, clinic, practice, stranger):
    content = report([Reported(service_id="S1")])
    sent = at_work.post("/sprawozdawczosc/wyslij/", {"file": file("raport.swx", content)}, follow=True)
    assert "Zofia Wierzba (050123)" in text(sent)
    with acting_for_payer():
        [found] = Report.objects.all()
        entries = Entry.objects.filter(acting_for=True).order_by("pk")
        assert found.provider_id == practice.pk
        assert found.received_by_id == actor.pk
        assert [(one.act, one.operator_id, one.login, one.provider_id) for one in entries] == [
            ("acting.begun", actor.pk, actor.login, practice.pk),
            ("report.sent", actor.pk, actor.login, practice.pk),
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                "select c.metadata->>'operator', c.metadata->>'acting_for' from reports_reportevent e"
                " join pghistory_context c on c.id = e.pgh_context_id limit 1"
            )
            assert cursor.fetchone() == (str(actor.pk), str(practice.pk))
    seen = client_of(stranger).get(f"/sprawozdawczosc/{found.pk}/")
    assert "Zofia Wierzba (050123)" in text(seen)
    at_work.post(f"{ACTING}koniec/")
    for whose in (at_work, client_of(stranger)):
        rows = table(whose.get(ACTING))
        assert [row for row in rows if "Wysłano raport" in " ".join(row) and actor.login in row], rows


def test_the_subordinate_sees_who_may_act_for_it(subordination, clinic, stranger):
    page = client_of(stranger).get(ACTING)
    assert [clinic.code, clinic.name, "06.10.2026", "–"] in table(page)


@pytest.mark.slow
def test_an_ended_subordination_ends_the_work_with_the_next_request(at_work, subordination, practice):
    with acting_for_payer():
        Subordination.objects.update(ended_at=NOON)
    answer = at_work.get(f"/umowy/{contract_of(practice).pk}/", follow=True)
    assert answer.redirect_chain == [("/pulpit/", 302)]
    assert "wygasło zwierzchnictwo albo odebrano uprawnienie" in text(answer)
    assert at_work.get(f"/umowy/{contract_of(practice).pk}/").status_code == 404


def test_nothing_is_done_by_the_request_that_finds_it_ended(at_work, subordination):
    with acting_for_payer():
        Subordination.objects.update(ended_at=NOON)
    content = report([Reported(service_id="S1")])
    assert at_work.post("/sprawozdawczosc/wyslij/", {"file": file("r.swx", content)}).status_code == 302
    with acting_for_payer():
        assert not Report.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("ended", ["role", "last day", "suspended"])
def test_it_also_ends_with_the_role_the_last_day_or_a_suspension(at_work, actor, practice, ended):
    with acting_for_payer():
        if ended == "role":
            Operator.objects.filter(pk=actor.pk).update(roles=[Role.REPORTING])
        elif ended == "last day":
            Subordination.objects.update(until=NOON.date() - timedelta(days=1))
        else:
            Provider.objects.filter(pk=practice.pk).update(
                suspended_since=NOON.date(), suspension_reason="brak oryginału"
            )
    assert at_work.get("/umowy/").status_code == 302
    assert "działasz jako" not in text(at_work.get("/umowy/", follow=True))


def test_a_part_of_a_page_that_finds_it_ended_loads_the_whole_desk(at_work):
    with acting_for_payer():
        Subordination.objects.update(ended_at=NOON)
    answer = at_work.get("/umowy/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/pulpit/")


@pytest.mark.slow
def test_a_stranger_cannot_act_for_anybody(subordination, practice, clinic):
    group = client_of(person(practice, "obca", list(Role.__members__.values())[:9]))
    assert group.post(f"{ACTING}{clinic.pk}/").status_code == 404
    assert group.post(f"{ACTING}{practice.pk}/").status_code == 404
    assert group.get("/umowy/").status_code == 200
    assert contract_of(clinic).code not in text(group.get("/umowy/"))


def test_without_the_role_nobody_chooses(reporter, subordination):
    answer = client_of(reporter).post(f"{ACTING}{subordination.subordinate_id}/")
    assert answer.status_code == 403
    assert "Działanie za podmioty podległe" in text(answer)


def test_ones_own_account_stays_ones_own(at_work, clinic, practice):
    shown = text(at_work.get("/konto/"))
    assert practice.name not in shown
    assert "działasz jako" not in shown


@pytest.mark.parametrize(
    "address", ["/administracja/uzytkownicy/", "/administracja/uzytkownicy/nowy/", f"{ACTING}1/"]
)
def test_nobody_opens_the_subordinates_doors(at_work, address):
    answer = at_work.post(address)
    assert answer.status_code == 403
    assert "tego nikt nie robi za inny podmiot" in text(answer)


def test_for_another_the_rights_are_those_at_home_less_those_of_access(actor, practice):
    acting = actor.acting_for(practice)
    assert acting.rights == actor.rights - NOT_FOR_OTHERS
    assert actor.provider_id != practice.pk


def test_going_back_without_acting_is_refused_in_a_sentence(browser):
    answer = browser.post(f"{ACTING}koniec/")
    assert answer.status_code == 403
    assert "To konto nie działa w imieniu innego podmiotu." in text(answer)


def test_of_a_subordinate_the_superiors_role_reads_the_name_and_nothing_more(clinic, practice, subordination):
    with acting_for_provider(clinic.pk):
        assert list(Provider.objects.values_list("pk", flat=True)) == [clinic.pk]
        assert not Contract.objects.filter(provider=practice).exists()
        with connection.cursor() as cursor:
            cursor.execute("select * from subordinations_seen()")
            columns = [column.name for column in cursor.description]
            assert len(cursor.fetchall()) == 1
    assert [name for name in columns if name.startswith("subordinate_")] == [
        "subordinate_id",
        "subordinate_code",
        "subordinate_name",
    ]


def test_outside_of_a_context_and_for_third_parties_nothing_is_seen(clinic, practice, subordination):
    third = 10**6
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from subordinations_seen()")
        assert cursor.fetchone() == (0,)
        with acting_for_provider(third):
            cursor.execute("select count(*) from subordinations_seen()")
            assert cursor.fetchone() == (0,)
            cursor.execute("select count(*) from acts_for_subordinates(10)")
            assert cursor.fetchone() == (0,)


@pytest.mark.slow
def test_the_desk_leads_who_may_act_to_the_choice(browser, reporter):
    assert link(browser.get("/pulpit/"), "Pracuj za podmiot podległy") == ACTING
    assert "Pracuj za podmiot podległy" not in text(client_of(reporter).get("/pulpit/"))


def test_nobody_begins_to_act_for_a_suspended_party(browser: Client, subordination: Subordination) -> None:
    with acting_for_payer():
        suspend_party(provider_id=subordination.subordinate_id, reason="brak papieru", at=NOON)
    answer = browser.post(f"{ACTING}{subordination.subordinate_id}/", follow=True)
    assert answer.redirect_chain == [(ACTING, 302)]
    assert "zawieszony przez oddział" in text(answer)
    assert "działasz jako" not in text(answer)
    with acting_for_payer():
        assert not Entry.objects.filter(act="acting.begun").exists()
