"""Codes of an application: set up, asked for at log-in, good once, not to be guessed."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.formatting import in_fours
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.conftest import change, log_in
from tests.portal.accounts.second_factor.conftest import (
    CODES,
    SECOND_STEP,
    acts,
    code_at,
    confirmed,
    factors_of,
    half_logged_in,
    second_step,
    set_up_application,
)
from tests.portal.conftest import SECRET, code_of

pytestmark = pytest.mark.django_db


def is_inside(client: Client) -> bool:
    return client.get(reverse("desk")).status_code == 200


@pytest.mark.slow
def test_from_the_first_log_in_to_the_second_step(window: Client, provider_operator: Operator) -> None:
    log_in(window, provider_operator.login)
    secret = set_up_application(window)
    answer = window.get(reverse("desk"))
    assert answer["Location"] == CODES
    assert "Kody zapasowe" in window.get(CODES).content.decode()
    assert window.post(reverse("second_factor_codes_kept"))["Location"] == reverse("desk")
    assert is_inside(window)

    again = half_logged_in(provider_operator)
    assert not is_inside(again)
    assert "Nieprawidłowy" not in again.get(SECOND_STEP).content.decode()
    assert second_step(again, code_at(secret, steps=1))["Location"] == reverse("desk")
    assert is_inside(again)
    assert acts() == [
        ("second_factor.added", provider_operator.login),
        ("second_factor.codes_kept", provider_operator.login),
    ]


def test_before_an_application_is_set_up_the_password_is_asked_for_once_more(
    window: Client, provider_operator: Operator
) -> None:
    log_in(window, provider_operator.login)
    answer = window.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    wrong = window.post(answer["Location"], {"password": "Inne!12345"})
    assert wrong.status_code == 200
    assert window.get(reverse("mfa_activate_totp")).status_code == 302
    assert window.get(reverse("second_factor_picture")).status_code == 302


def test_the_secret_is_a_picture_of_our_own_address_and_text_and_kept_by_no_browser(
    window: Client, provider_operator: Operator
) -> None:
    log_in(window, provider_operator.login)
    page = confirmed(window, "mfa_activate_totp")
    secret = window.session[SECRET_SESSION_KEY]
    text = page.content.decode()
    assert in_fours(secret) in text
    assert f'src="{reverse("second_factor_picture")}"' in text
    assert "data:image" not in text
    picture = window.get(reverse("second_factor_picture"))
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    for answer in (page, picture):
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.slow
def test_a_wrong_code_keeps_the_same_secret_and_sets_nothing_up(
    window: Client, provider_operator: Operator
) -> None:
    log_in(window, provider_operator.login)
    confirmed(window, "mfa_activate_totp")
    secret = window.session[SECRET_SESSION_KEY]
    answer = window.post(reverse("mfa_activate_totp"), {"code": code_at(secret, steps=40)})
    assert in_fours(secret) in answer.content.decode()
    assert "Kod jest nieprawidłowy" in answer.content.decode()
    assert factors_of(provider_operator) == {}


@pytest.mark.slow
def test_once_set_up_the_secret_is_shown_no_more(window: Client, provider_operator: Operator) -> None:
    log_in(window, provider_operator.login)
    secret = set_up_application(window)
    assert window.get(reverse("second_factor_picture")).status_code == 404
    for name in ("mfa_index", "mfa_activate_totp", "mfa_deactivate_totp"):
        assert in_fours(secret) not in window.get(reverse(name), follow=True).content.decode()


@pytest.mark.slow
def test_the_secret_lies_encrypted_in_the_database(window: Client, provider_operator: Operator) -> None:
    log_in(window, provider_operator.login)
    secret = set_up_application(window)
    stored = factors_of(provider_operator)["totp"]["secret"]
    assert isinstance(stored, str)
    assert stored.startswith("gAAAA")  # a token of Fernet
    assert secret not in stored


@pytest.mark.slow
def test_a_code_is_good_for_once(guarded: Operator) -> None:
    code = code_of(guarded)
    assert second_step(half_logged_in(guarded), code).status_code == 302
    again = half_logged_in(guarded)
    answer = second_step(again, code)
    assert answer.status_code == 200
    assert "został już użyty" in answer.content.decode()
    assert not is_inside(again)
    assert second_step(again, f"{code[:3]} {code[3:]}").status_code == 200


@pytest.mark.slow
def test_a_used_code_is_known_to_every_process(guarded: Operator) -> None:
    """The mark lies in the database, for as long as the code would be right."""
    before = code_at(SECRET, steps=-1)
    assert second_step(half_logged_in(guarded), before).status_code == 302
    key = f"second-factor:{guarded.pk}:{before}"
    assert caches["default"].__class__.__module__ == "django.core.cache.backends.db"
    assert cache.get(key) == "used"
    # allauth's own mark lasts half a minute only; ours does not need it.
    cache.delete(f"allauth.mfa.totp.used?user={guarded.pk}&code={before}")
    assert second_step(half_logged_in(guarded), before).status_code == 200


@pytest.mark.slow
def test_the_code_that_set_up_the_application_is_not_good_for_log_in(
    window: Client, provider_operator: Operator
) -> None:
    log_in(window, provider_operator.login)
    secret = set_up_application(window)
    code = code_at(secret)
    answers = {second_step(half_logged_in(provider_operator), code).status_code for _ in range(2)}
    # If half a minute ended in between, the first of the two was a new code.
    assert 200 in answers


@pytest.mark.slow
@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_telephone_may_be_half_a_minute_wrong(guarded: Operator, steps: int) -> None:
    assert second_step(half_logged_in(guarded), code_at(SECRET, steps)).status_code in {200, 302}
    assert second_step(half_logged_in(guarded), code_at(SECRET, steps + 8)).status_code == 200


@pytest.mark.slow
def test_after_five_wrong_codes_the_right_one_is_refused_too(guarded: Operator) -> None:
    client = half_logged_in(guarded)
    for _ in range(5):
        answer = second_step(client, "000000")
        assert "Kod jest nieprawidłowy" in answer.content.decode()
    elsewhere = half_logged_in(guarded)
    answer = second_step(elsewhere, code_of(guarded))
    assert "Zbyt wiele nieprawidłowych kodów. Proszę spróbować ponownie za 15 min." in answer.content.decode()
    assert not is_inside(elsewhere)
    assert acts() == [("second_factor.refused", guarded.login)] * 5


@pytest.mark.slow
def test_the_owner_is_told_of_wrong_codes_after_the_right_password(guarded: Operator) -> None:
    thief = half_logged_in(guarded)
    for _ in range(2):
        second_step(thief, "000000")
    owner = half_logged_in(guarded)
    second_step(owner, code_of(guarded))
    page = owner.get("/pulpit/").content.decode()
    assert "2 razy wpisano nieprawidłowy kod po prawidłowym haśle" in page
    assert "ktoś je zna" in page


def test_the_number_of_attempts_is_the_branchs(guarded: Operator) -> None:
    with acting_for_payer():
        SecurityPolicy.objects.create(valid_from=warsaw_day(now()), attempts=2, lock_minutes=60)
    client = half_logged_in(guarded)
    for _ in range(2):
        second_step(client, "000000")
    assert "ponownie za 60 min" in second_step(client, code_of(guarded)).content.decode()


@pytest.mark.slow
def test_no_code_and_no_secret_is_logged(
    window: Client, provider_operator: Operator, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        log_in(window, provider_operator.login)
        secret = set_up_application(window)
        again = half_logged_in(provider_operator)
        for code in ("121212", code_at(secret, steps=1)):
            second_step(again, code)
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    for hidden in (secret, code_at(secret), code_at(secret, steps=1), "121212"):
        assert hidden not in logged


@pytest.mark.slow
def test_the_application_is_removed_after_the_password_and_all_other_sessions_end(
    inside: Client, guarded: Operator
) -> None:
    other = half_logged_in(guarded)
    second_step(other, code_of(guarded))
    assert is_inside(other)
    confirmed(inside, "mfa_deactivate_totp")
    assert inside.post(reverse("mfa_deactivate_totp"))["Location"] == reverse("mfa_index")
    assert factors_of(guarded) == {}
    assert is_inside(inside)
    assert not is_inside(other)
    assert acts() == [("second_factor.removed", guarded.login)]


@pytest.mark.parametrize("is_changed", [True, False], ids=["password", "blocked"])
def test_who_is_half_logged_in_with_a_former_password_tries_no_further_codes(
    guarded: Operator, is_changed: bool
) -> None:
    """The owner, told of wrong codes, has changed the password; or an administrator has blocked the account."""
    thief = half_logged_in(guarded)
    if is_changed:
        guarded.set_password("Lodz!202")
        change(guarded, password=guarded.password)
    else:
        change(guarded, is_active=False)
    assert second_step(thief, code_of(guarded))["Location"] == "/logowanie/"
    assert thief.get("/logowanie/").status_code == 200
    assert not is_inside(thief)
    assert acts() == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_however_many_codes_come_at_once_no_more_than_five_are_looked_at(
    guarded: Operator, empty_queue: None
) -> None:
    recovery = RecoveryCodes(Authenticator.objects.get(user_id=guarded.pk, type="recovery_codes"))
    right = recovery.get_unused_codes()[0]
    halves = [half_logged_in(guarded) for _ in range(12)]

    def wrong(client: Client) -> None:
        try:
            second_step(client, "000000")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(wrong, halves))
    assert acts() == [("second_factor.refused", guarded.login)] * 5
    for client, code in zip(halves, (right, code_of(guarded)), strict=False):
        second_step(client, code)
        assert not is_inside(client), "neither a recovery code nor the application opens while codes are held"
