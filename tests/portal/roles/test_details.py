"""What is written of a person: corrected by an administrator, and one's own address and telephone by oneself."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from rozlicz.portal.accounts.models import Operator, Subordination
from rozlicz.portal.accounts.operations import change_own_details
from rozlicz.portal.accounts.operators import correct_operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.audit.changes import changes_of
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from tests.portal.accounts.conftest import log_in
from tests.portal.conftest import NOON, PASSWORD, client_of
from tests.portal.month import text
from tests.portal.people import as_stored, person

pytestmark = pytest.mark.django_db
SHOWN = {"initial-full_name": "Jan Rumianek", "initial-email": "", "initial-phone": ""}
CORRECTED = SHOWN | {
    "full_name": "Jan Rumiankowski",
    "email": "jan@example.org",
    "phone": "42 275 40 00",
    "reason": "literówka",
}


def page_of(account: Operator) -> str:
    return f"/administracja/uzytkownicy/{account.pk}/dane/"


def details(account: Operator) -> tuple[str, str, str]:
    found = as_stored(account)
    return found.full_name, found.email, found.phone


def test_an_administrator_corrects_name_address_and_telephone_with_a_reason(
    desk: Client, administrator: Operator, reporter: Operator
) -> None:
    assert 'value="Jan Rumianek"' in desk.get(page_of(reporter)).content.decode()
    answer = desk.post(page_of(reporter), CORRECTED, follow=True)
    assert answer.redirect_chain == [(f"/administracja/uzytkownicy/{reporter.pk}/", 302)]
    assert "Jan Rumiankowski" in text(answer)
    assert details(reporter) == ("Jan Rumiankowski", "jan@example.org", "42 275 40 00")
    with acting_for_payer():
        entry = Entry.objects.get(act="operator.corrected")
        assert (entry.operator, entry.subject, entry.reason) == (administrator, reporter.login, "literówka")
        [changed] = changes_of(administrator, entry).shown
        assert ("Jan Rumianek", "Jan Rumiankowski") in {(one.before, one.after) for one in changed.fields}


def test_without_a_reason_or_a_name_nothing_changes_and_what_was_typed_stays(
    desk: Client, reporter: Operator
) -> None:
    for wrong in ({"reason": " "}, {"full_name": ""}, {"email": "nie adres"}, {"phone": "proszę dzwonić"}):
        answer = desk.post(page_of(reporter), CORRECTED | wrong)
        assert answer.status_code == 422
        assert "literówka" in text(answer) or "jan@example.org" in answer.content.decode()
    assert details(reporter) == ("Jan Rumianek", "", "")


def test_what_a_colleague_has_corrected_meanwhile_is_not_put_back(desk: Client, reporter: Operator) -> None:
    with acting_for_payer():
        Operator.objects.filter(pk=reporter.pk).update(phone="42 111 11 11")
    unchanged = SHOWN | {"full_name": "Jan Rumiankowski", "email": "", "phone": "", "reason": "literówka"}
    desk.post(page_of(reporter), unchanged)
    assert details(reporter) == ("Jan Rumiankowski", "", "42 111 11 11")


def test_nothing_is_recorded_where_nothing_differs(desk: Client, reporter: Operator) -> None:
    desk.post(page_of(reporter), SHOWN | {"full_name": "Jan Rumianek", "reason": "nic"})
    with acting_for_payer():
        assert not Entry.objects.filter(act="operator.corrected").exists()


def test_the_branch_corrects_too_and_a_stranger_finds_nobody(
    branch_administrator: Operator, stranger: Operator, reporter: Operator
) -> None:
    assert client_of(stranger).post(page_of(reporter), CORRECTED).status_code == 404
    assert client_of(branch_administrator).post(page_of(reporter), CORRECTED).status_code == 302
    assert details(reporter)[0] == "Jan Rumiankowski"


@pytest.mark.parametrize("name", ["roles", "user_name", "party_code", "login", "password", "is_active"])
def test_what_opens_an_account_is_not_corrected(
    administrator: Operator, reporter: Operator, name: str
) -> None:
    with administrator.context(), pytest.raises(KeyError):
        correct_operator(operator=administrator, account=reporter, values={name: "x"}, reason="x", at=NOON)
    with reporter.context(), pytest.raises(KeyError):
        change_own_details(operator=reporter, values={name: "x"}, at=NOON)


@pytest.mark.slow
def test_a_person_changes_ones_own_address_and_telephone_after_the_password(
    provider_operator: Operator,
) -> None:
    window = Client()
    log_in(window, provider_operator.login)
    asked = window.get("/konto/dane/")
    assert asked["Location"].startswith("/konto/potwierdzenie/")
    page = window.post(asked["Location"], {"password": PASSWORD}, follow=True).content.decode()
    assert 'name="phone"' in page
    assert 'name="full_name"' not in page
    sent = {"initial-email": "", "initial-phone": "", "email": "anna@example.org", "phone": "42 275 40 01"}
    answer = window.post("/konto/dane/", sent | {"full_name": "Kto Inny"}, follow=True)
    assert answer.redirect_chain == [("/konto/", 302)]
    assert "anna@example.org" in text(answer)
    assert details(provider_operator) == ("Anna Wrzos", "anna@example.org", "42 275 40 01")
    with acting_for_payer():
        entry = Entry.objects.get(act="account.details_changed")
        assert (entry.operator, entry.provider_id) == (provider_operator, provider_operator.provider_id)
        assert entry.change
    wrong = window.post("/konto/dane/", sent | {"phone": "brak"})
    assert wrong.status_code == 422
    assert 'value="brak"' in wrong.content.decode()


def test_the_branchs_operators_change_theirs_too(branch_administrator: Operator) -> None:
    with branch_administrator.context():
        assert change_own_details(operator=branch_administrator, values={"phone": "42 275 40 02"}, at=NOON)
    assert as_stored(branch_administrator).phone == "42 275 40 02"


def test_one_who_acts_for_another_changes_only_ones_own(
    actor: Operator, subordination: Subordination, clinic: Provider
) -> None:
    browser = client_of(actor)
    browser.post(f"/administracja/dzialanie-za-innych/{subordination.subordinate_id}/")
    assert browser.get("/konto/dane/").status_code == 302
    assert actor.full_name in text(browser.get("/konto/"))


@pytest.mark.parametrize("column", ["email", "phone", "full_name"])
def test_the_door_writes_none_of_it(reporter: Operator, column: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Operator.objects.filter(pk=reporter.pk).update(**{column: "x"})


def test_a_provider_writes_it_of_its_own_people_only(
    clinic: Provider, reporter: Operator, practice: Provider
) -> None:
    other = person(practice, "inny", [Role.REPORTING])
    with acting_for_provider(clinic.pk):
        assert Operator.objects.filter(pk__in=[reporter.pk, other.pk]).update(phone="1 23 45") == 1
    assert as_stored(other).phone == ""
