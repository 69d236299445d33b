"""The pages of operators: the matrix with its summary, one operator, and what the branch sees of its parties."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rozlicz.portal.accounts.rights import Role
from tests.portal.browsing import link, table
from tests.portal.conftest import PASSWORD, client_of
from tests.portal.month import text
from tests.portal.people import as_stored, person

pytestmark = pytest.mark.django_db
OPERATORS = "/administracja/uzytkownicy/"


def ticked(*accounts, **values):
    """What the browser sends of the matrix: what was shown, and what is ticked now."""
    sent = {f"before-{one.pk}": ",".join(one.roles) for one, _wanted in accounts}
    return sent | {f"roles-{one.pk}": list(wanted) for one, wanted in accounts} | values


def test_the_matrix_shows_who_works_in_which_roles(desk, administrator, reporter, clinic, stranger):
    person(clinic, "simp", [Role.SIMP_USER], full_name="Sylwia Simp")
    page = desk.get(OPERATORS)
    head, *rows = table(page)
    assert head[1:] == [
        "Administrator",
        "Sprawozdawczość",
        "Rozliczenia i rachunki",
        "Podpisywanie umów",
        "Tylko odczyt",
        "Potencjał",
        "Użytkownik SIMP",
        "Administrator SIMP",
        "Działanie za innych",
    ]
    assert [row[0] for row in rows] == [
        "Adam Głóg adm czynne",
        "Sylwia Simp simp czynne bez drugiego składnika",
        "Jan Rumianek spraw czynne bez drugiego składnika",
    ]
    assert rows[1][7:9] == ["na wniosek", "–"]
    assert f'name="roles-{reporter.pk}" value="reporting" checked' in text(page)
    assert stranger.full_name not in text(page)


def test_a_change_is_shown_as_a_summary_before_it_is_saved_with_a_reason(desk, reporter):
    sent = ticked((reporter, ["billing", "signing"]))
    page = desk.post(OPERATORS, sent)
    assert ["Jan Rumianek spraw", "Rozliczenia i rachunki, Podpisywanie umów", "Sprawozdawczość"] in table(
        page
    )
    assert as_stored(reporter).roles == ["reporting"]
    without = desk.post(OPERATORS, sent | {"confirm": "1"})
    assert without.status_code == 422
    assert "Proszę podać powód." in text(without)
    assert as_stored(reporter).roles == ["reporting"]
    saved = desk.post(OPERATORS, sent | {"confirm": "1", "reason": "zastępstwo"}, follow=True)
    assert "Role zapisano." in text(saved)
    assert as_stored(reporter).roles == ["billing", "signing"]


def test_the_last_administrator_keeps_the_role_and_the_ticks_are_kept(desk, administrator, reporter):
    page = desk.post(OPERATORS, ticked((administrator, []), (reporter, ["billing"])))
    assert page.status_code == 422
    shown = text(page)
    assert "Adam Głóg: to ostatni administrator, który może się zalogować." in shown
    assert f'name="roles-{reporter.pk}" value="billing" checked' in shown
    assert as_stored(administrator).roles == ["administrator"]


def test_the_role_can_be_handed_over_in_one_go(desk, administrator, reporter):
    sent = ticked((administrator, []), (reporter, ["reporting", "administrator"]))
    saved = desk.post(OPERATORS, sent | {"confirm": "1", "reason": "nowy administrator"}, follow=True)
    assert saved.redirect_chain == [(reverse("administration"), 302)]
    assert (as_stored(administrator).roles, as_stored(reporter).roles) == ([], ["administrator", "reporting"])


@pytest.mark.parametrize("role", ["payments", "simp_user", "nothing", "administration"])
def test_a_role_that_is_not_in_the_matrix_cannot_be_sent(desk, reporter, role):
    sent = ticked((reporter, ["reporting", role]), confirm="1", reason="x")
    assert "Nie zmieniono żadnej roli." in text(desk.post(OPERATORS, sent, follow=True))
    assert as_stored(reporter).roles == ["reporting"]


def test_a_strangers_account_cannot_be_sent(desk, stranger):
    sent = ticked((stranger, []), confirm="1", reason="x")
    assert "Nie zmieniono żadnej roli." in text(desk.post(OPERATORS, sent, follow=True))
    assert as_stored(stranger).roles


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(desk, reporter):
    sent = ticked((reporter, ["reporting", "billing"]))
    sent[f"before-{reporter.pk}"] = "reporting,signing"
    page = desk.post(OPERATORS, sent | {"confirm": "1", "reason": "x"})
    assert "Jan Rumianek: role zmieniono w międzyczasie." in text(page)
    assert as_stored(reporter).roles == ["reporting"]


@pytest.mark.slow
def test_an_operator_is_added_and_comes_in_with_the_temporary_password(desk, clinic):
    filled = {
        "full_name": "Nina Nowa",
        "user_name": "nnowa",
        "email": "nina@przychodnia.example",
        "phone": "42 275 40 00",
        "roles": ["reporting"],
        "new_password": PASSWORD,
        "new_password_again": PASSWORD,
    }
    page = desk.post(f"{OPERATORS}nowy/", filled, follow=True)
    shown = text(page)
    assert "Nina Nowa: konto dodano" in shown
    assert "tymczasowe, działa do 19.11.2026, 12:00" in shown
    assert PASSWORD not in shown
    again = desk.post(f"{OPERATORS}nowy/", filled)
    assert again.status_code == 422
    assert "Nazwa użytkownika nnowa jest już zajęta." in text(again)
    assert 'value="Nina Nowa"' in text(again)


@pytest.mark.parametrize("name", ["a", "Żaba", "ma spację", "kropka/ukośnik", "-kreska"])
def test_p1_a_user_name_has_small_letters_and_digits(desk, name):
    page = desk.post(f"{OPERATORS}nowy/", {"user_name": name})
    assert "Od trzech do czterdziestu małych liter" in text(page)


@pytest.mark.slow
def test_one_operator_is_blocked_and_opened_again_with_a_reason(desk, reporter):
    address = f"{OPERATORS}{reporter.pk}/"
    assert "Proszę podać powód." in text(desk.post(f"{address}zablokuj/", {"reason": " "}))
    shown = text(desk.post(f"{address}zablokuj/", {"reason": "odejście"}, follow=True))
    assert "Powód zablokowania" in shown
    assert "odejście" in shown
    assert "brak, dopóki konto jest zablokowane" in shown
    weak = {"reason": "powrót", "new_password": "abc", "new_password_again": "abc"}
    assert desk.post(f"{address}odblokuj/", weak).status_code == 422
    assert not as_stored(reporter).is_active
    good = {"reason": "powrót", "new_password": PASSWORD, "new_password_again": PASSWORD}
    assert "hasło tymczasowe" in text(desk.post(f"{address}odblokuj/", good, follow=True))
    assert as_stored(reporter).is_active


def test_nothing_can_be_done_to_oneself_on_the_page_of_oneself(desk, administrator):
    page = desk.get(f"{OPERATORS}{administrator.pk}/")
    assert "To jest własne konto." in text(page)
    assert "Zablokuj" not in text(page)


@pytest.mark.slow
def test_the_branch_finds_a_provider_without_an_administrator_and_makes_one(
    branch_administrator, clinic, reporter, practice
):
    office = client_of(branch_administrator)
    page = office.get(f"{OPERATORS}swiadczeniodawcow/", {"text": "wrzos"})
    assert [row[0] for row in table(page)[1:]] == [clinic.code]
    party = office.get(link(page, clinic.code))
    assert "Żaden administrator tego podmiotu nie może się zalogować." in text(party)
    one = office.get(link(party, "Jan Rumianek"))
    make = link(one, "Nadaj rolę administratora")
    assert "nadano rolę administratora" in text(office.post(make, {"reason": "wniosek 12"}, follow=True))
    assert Role.ADMINISTRATOR in as_stored(reporter).roles
    again = office.post(make, {"reason": "jeszcze raz"}, follow=True)
    assert as_stored(reporter).roles == ["administrator", "reporting"]
    assert again.status_code == 200


def test_a_provider_never_sees_the_lists_of_parties(desk, clinic):
    assert desk.get(f"{OPERATORS}swiadczeniodawcow/").status_code == 404
    assert desk.get(f"{OPERATORS}swiadczeniodawcow/{clinic.pk}/").status_code == 404
