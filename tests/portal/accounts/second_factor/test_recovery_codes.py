"""Recovery codes: shown, kept, each good once, made anew."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.test import Client
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator
from tests.portal.accounts.conftest import log_in
from tests.portal.accounts.second_factor.conftest import (
    CODES,
    acts,
    committed,
    confirmed,
    factors_of,
    half_logged_in,
    second_step,
    set_up_application,
)

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r"\b\d{4} \d{4}\b")


@pytest.fixture
def new(window: Client, provider_operator: Operator) -> Client:
    """Somebody who has just set up an application."""
    log_in(window, provider_operator.login)
    set_up_application(window)
    return window


@pytest.mark.slow
def test_ten_codes_are_shown_and_downloaded_and_kept_by_no_browser(new: Client) -> None:
    page, file = new.get(CODES), new.get(reverse("mfa_download_recovery_codes"))
    shown = SHOWN.findall(page.content.decode())
    assert len(set(shown)) == 10
    assert SHOWN.findall(file.content.decode()) == shown
    assert file["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    for answer in (page, file):
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.slow
def test_until_they_are_kept_every_page_leads_to_them(new: Client) -> None:
    for address in ("/pulpit/", "/umowy/", "/rachunki/"):
        assert new.get(address)["Location"] == CODES
    assert new.get("/umowy/", headers={"HX-Request": "true"})["HX-Redirect"] == CODES
    new.post(reverse("second_factor_codes_kept"))
    assert new.get("/umowy/").status_code == 200


def test_the_seed_lies_encrypted_in_the_database(new: Client, provider_operator: Operator) -> None:
    seed = factors_of(provider_operator)["recovery_codes"]["seed"]
    assert isinstance(seed, str)
    assert seed.startswith("gAAAA")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"]
)
def test_when_their_key_is_lost_each_page_of_codes_says_what_to_do(
    name: str, new: Client, provider_operator: Operator, settings: Any
) -> None:
    codes = Authenticator.objects.get(user_id=provider_operator.pk, type="recovery_codes")
    kept, settings.SECRET_KEY = settings.SECRET_KEY, "another key of the data folder"
    codes.data["seed"] = encrypt("a seed that nobody reads any more")
    settings.SECRET_KEY = kept
    codes.save(update_fields=["data"])
    answer = new.get(reverse(name), follow=True)
    assert answer.redirect_chain == [(reverse("mfa_index"), 302)]
    assert "Proszę poprosić administratora o jego wyzerowanie" in answer.content.decode()


@pytest.mark.slow
def test_a_recovery_code_opens_once_and_is_written_down(new: Client, provider_operator: Operator) -> None:
    code, *_ = SHOWN.findall(new.get(CODES).content.decode())
    new.post(reverse("second_factor_codes_kept"))
    client = half_logged_in(provider_operator)
    assert second_step(client, code).status_code == 302
    assert client.get("/pulpit/").status_code == 200
    assert second_step(half_logged_in(provider_operator), code).status_code == 200
    assert ("second_factor.code_used", provider_operator.login) in acts()
    confirmed(client, "mfa_view_recovery_codes")
    left = SHOWN.findall(client.get(CODES).content.decode())
    assert len(left) == 9
    assert code not in left


@pytest.mark.slow
def test_new_codes_end_the_old_ones_and_must_be_kept_again(new: Client, provider_operator: Operator) -> None:
    old = SHOWN.findall(new.get(CODES).content.decode())
    new.post(reverse("second_factor_codes_kept"))
    assert committed(new, "mfa_generate_recovery_codes")["Location"] == CODES
    assert new.get("/pulpit/")["Location"] == CODES
    fresh = SHOWN.findall(new.get(CODES).content.decode())
    assert not set(old) & set(fresh)
    assert second_step(half_logged_in(provider_operator), old[0]).status_code == 200
    assert second_step(half_logged_in(provider_operator), fresh[0]).status_code == 302
    assert ("second_factor.codes_made", provider_operator.login) in acts()


@pytest.mark.slow
def test_whoever_has_few_codes_left_is_asked_to_make_new_ones(
    new: Client, provider_operator: Operator
) -> None:
    codes = SHOWN.findall(new.get(CODES).content.decode())
    new.post(reverse("second_factor_codes_kept"))
    assert "Proszę w porę utworzyć nowe" not in new.get(reverse("mfa_index")).content.decode()
    for code in codes[:7]:
        second_step(half_logged_in(provider_operator), code)
    assert (
        "Zostały 3 kody zapasowe. Proszę w porę utworzyć nowe."
        in new.get(reverse("mfa_index")).content.decode()
    )


@pytest.mark.slow
def test_the_codes_of_another_are_not_shown(new: Client, stranger: Operator) -> None:
    client = Client()
    log_in(client, stranger.login)
    assert confirmed_codes(client) == 404


def confirmed_codes(client: Client) -> int:
    confirmed(client, "mfa_activate_totp")
    return int(client.get(CODES).status_code)
