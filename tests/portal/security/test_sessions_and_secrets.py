"""What sessions, first passwords and second factors are made of."""

from __future__ import annotations

import io
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.hashers import identify_hasher
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver, reverse

from rozlicz.portal.accounts.entering.models import Session
from rozlicz.portal.accounts.management.commands.branch_administrator import random_password
from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.accounts.passwords import PasswordRule, faults
from rozlicz.portal.accounts.queries import password_rule_on
from rozlicz.portal.supervisor import STEPS, plan_from_environment
from tests.portal.accounts.conftest import change, log_in
from tests.portal.conftest import NOON, PASSWORD, client_of, code_of
from tests.portal.door_things import names

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_session_key_is_random_and_long() -> None:
    """32 characters out of 36: more than 160 bits."""
    keys = {Session(session_key=client_key()).session_key for _ in range(200)}
    assert len(keys) == 200
    assert all(re.fullmatch(r"[a-z0-9]{32}", key) for key in keys)


def client_key() -> str:
    session = Client().session
    session.create()
    return str(session.session_key)


def test_a_key_that_the_portal_did_not_give_opens_nothing_and_is_not_taken_over(
    provider_operator: Operator,
) -> None:
    window = Client()
    window.cookies["sessionid"] = "a" * 32
    assert window.get("/pulpit/").status_code == 302
    log_in(window, provider_operator.login)
    assert window.session.session_key != "a" * 32


def test_after_log_out_the_former_key_opens_nothing(clerk: Client) -> None:
    former = clerk.cookies["sessionid"].value
    assert clerk.get("/pulpit/").status_code == 200
    clerk.post("/wylogowanie/")
    thief = Client()
    thief.cookies["sessionid"] = former
    assert thief.get("/pulpit/").status_code == 302


def test_looking_begins_no_session(db: None) -> None:
    """One begins by the form of log-in alone, never by a link."""
    visitor = Client()
    for address in ("/", "/logowanie/", "/komunikaty/", "/dokumenty/", "/pomoc/", "/umowy/"):
        visitor.get(address)
        visitor.get(address, {"user": "050123/awrzos", "password": PASSWORD})
    assert "sessionid" not in visitor.cookies


@pytest.mark.parametrize(
    "page", ["/pulpit/", "/umowy/", "/konto/", "/konto/sesje/", "/rachunki/z-pliku/", "/nie/"]
)
def test_every_page_behind_the_log_in_leads_to_log_out(page: str, clerk: Client) -> None:
    assert f'action="{reverse("account_logout")}"' in clerk.get(page).content.decode()


@pytest.mark.parametrize("page", ["/logowanie/", "/konto/haslo/"])
def test_passwords_are_masked_and_left_to_browsers_and_password_managers(page: str, clerk: Client) -> None:
    answer = (Client() if page == "/logowanie/" else clerk).get(page).content.decode()
    fields = re.findall(r"<input[^>]*password[^>]*>", answer)
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
        assert not re.search(r"onpaste|oncopy|readonly|value=", field)


@pytest.mark.slow
def test_a_long_pass_phrase_is_taken_and_used_whole(clerk: Client, provider_operator: Operator) -> None:
    phrase = "Wrzosy kwitną na łące pod lasem, a za lasem rzeka płynie daleko do morza 12"
    assert len(phrase) > 64
    new = {"new_password": phrase, "new_password_again": phrase}
    assert clerk.post("/konto/haslo/", {"present_password": PASSWORD} | new).status_code == 302
    assert log_in(Client(), provider_operator.login, phrase[:-1]).status_code == 200
    assert log_in(Client(), provider_operator.login, phrase.lower()).status_code == 200
    assert log_in(Client(), provider_operator.login, phrase).status_code == 302


def test_passwords_are_kept_under_a_slow_hash_with_a_salt(provider_operator: Operator) -> None:
    assert identify_hasher(provider_operator.password).algorithm == "pbkdf2_sha256"
    assert PASSWORD not in provider_operator.password


def test_there_is_no_way_round_the_password() -> None:
    """No reset by mail, no hint, no secret question, no log-in by code or by a link."""
    roads = re.compile("reset|hint|magic|signup|by_code|passkey|secret_question|forgot")
    addresses = names(get_resolver().url_patterns)
    assert [one for one in addresses if roads.search(one)] == ["second_factor_reset"], "by an administrator"


def test_words_of_the_house_are_refused_where_the_branch_refuses_what_is_well_known(
    payer_operator: Operator,
) -> None:
    known = ("Rozlicz!1", "Świadczeniodawca-26", "Przychodnia!7", "Iloveyou!1")
    assert [faults(one, password_rule_on(NOON.date())) for one in known] == [[]] * 4, "the law does not"
    with payer_operator.context():
        SecurityPolicy.objects.create(
            valid_from=NOON.date(), refuse_breached=True, set_by=payer_operator, set_at=NOON
        )
    rule = password_rule_on(NOON.date())
    assert all(faults(one, rule) for one in known)
    assert not faults("Wrzosowisko!1", rule)


@pytest.mark.slow
def test_a_password_given_anew_leaves_the_second_factor_in_force(clerk: Client, colleague: Operator) -> None:
    client_of(colleague)
    temporary = {"new_password": "Zawilce!1", "new_password_again": "Zawilce!1", "reason": "zapomniane"}
    assert clerk.post(reverse("operator_password", args=[colleague.pk]), temporary).status_code == 302
    window = Client()
    assert log_in(window, colleague.login, "Zawilce!1")["Location"].startswith(
        "/konto/drugi-skladnik/logowanie/"
    )
    assert window.get("/umowy/").status_code == 302
    window.post("/konto/drugi-skladnik/logowanie/", {"code": code_of(colleague)})
    assert window.get("/umowy/")["Location"] == "/konto/haslo/"


def test_secrets_of_second_factors_are_random(provider_operator: Operator, colleague: Operator) -> None:
    secrets = {generate_totp_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert all(re.fullmatch(r"[A-Z2-7]{32,}", secret) for secret in secrets), "160 bits"
    sets = []
    for operator in (provider_operator, colleague):
        Authenticator.objects.filter(user=operator).delete()
        sets.append(RecoveryCodes.activate(operator).get_unused_codes())
    assert not set(sets[0]) & set(sets[1])
    assert all(re.fullmatch(r"\d{8}", code) for codes in sets for code in codes), "26 bits each"


def test_a_new_branch_has_no_account_until_one_is_made_for_it(db: None) -> None:
    assert not Operator.objects.exists()
    out = io.StringIO()
    call_command("branch_administrator", "jlipa", "Jan Lipa", stdout=out)
    code, name, password = out.getvalue().split()
    window = Client()
    assert log_in(window, f"{code}/{name}", password).status_code == 302
    assert window.get("/pulpit/")["Location"] == "/konto/haslo/", "it must be changed at once"
    with pytest.raises(CommandError, match="has an administrator"):
        call_command("branch_administrator", "ktos", "Ktoś Inny", stdout=out)
    change(Operator.objects.get(), is_active=False)
    call_command("branch_administrator", "klipa", "Kazimiera Lipa", stdout=out)


def test_a_password_made_by_the_portal_fits_the_rule_and_never_comes_twice() -> None:
    for rule in (PasswordRule(), PasswordRule(minimum_length=20)):
        made = {random_password(rule) for _ in range(50)}
        assert len(made) == 50
        assert [one for one in made if faults(one, rule)] == []


def test_behind_a_certificate_the_demonstration_with_its_known_log_ins_is_not_loaded() -> None:
    assert plan_from_environment({}).steps == STEPS
    assert plan_from_environment({"ROZLICZ_DEMO": "no"}).steps == STEPS[:1]
    assert plan_from_environment({"ROZLICZ_HTTPS": "yes"}).steps == STEPS[:1]
    assert plan_from_environment({"ROZLICZ_HTTPS": "yes", "ROZLICZ_DEMO": "yes"}).steps == STEPS
