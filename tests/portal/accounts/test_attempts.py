"""Guessing is slow, a lock ends by itself, and nobody is kept out by somebody elsewhere."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from rozlicz.portal.accounts.entering.attempts import (
    KNOWN_FOR,
    Attempt,
    begin_attempt,
    forget_attempts,
    let_in,
    network_of,
)
from rozlicz.portal.accounts.entering.models import Throttle
from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.conftest import SENTENCE, is_let_in, log_in
from tests.portal.conftest import NOON

POLICY = SecurityPolicy(valid_from=NOON.date())
"""Five attempts, a quarter of an hour."""
HOME, ABROAD = "192.0.2.7", "203.0.113.9"
OWNER = "050001/awrzos"


def attempt(login: str = OWNER, address: str = HOME, at: datetime = NOON) -> Attempt:
    return begin_attempt(login=login, address=address, policy=POLICY, at=at)


def admitted(count: int, **of_whom: object) -> list[bool]:
    return [attempt(**of_whom).admitted for _ in range(count)]


@pytest.mark.django_db
def test_after_the_fifth_failure_the_account_is_held_for_this_address_and_then_open_again() -> None:
    assert admitted(6) == [True] * 5 + [False]
    assert not attempt(at=NOON + timedelta(minutes=14, seconds=59)).admitted
    assert admitted(6, at=NOON + timedelta(minutes=15)) == [True] * 5 + [False], "and begins to count anew"


@pytest.mark.django_db
def test_refused_attempts_do_not_make_a_lock_longer() -> None:
    admitted(5)
    for minute in range(15):
        assert not attempt(at=NOON + timedelta(minutes=minute)).admitted
    assert attempt(at=NOON + timedelta(minutes=15)).admitted


@pytest.mark.django_db
def test_failures_far_apart_hold_nobody() -> None:
    assert [attempt(at=NOON + timedelta(minutes=4 * one)).admitted for one in range(20)] == [True] * 20


@pytest.mark.django_db
def test_a_right_password_begins_the_count_anew() -> None:
    admitted(4)
    let_in(attempt(), at=NOON)
    assert admitted(6) == [True] * 5 + [False]


@pytest.mark.django_db
def test_guessing_from_many_addresses_is_held_for_the_account() -> None:
    found = [attempt(address=f"198.51.100.{one}").admitted for one in range(30)]
    assert found == [True] * 25 + [False] * 5


@pytest.mark.slow
@pytest.mark.django_db
def test_guessing_many_accounts_from_one_address_is_held_for_the_address() -> None:
    found = [attempt(login=f"050001/a{one}").admitted for one in range(55)]
    assert found == [True] * 50 + [False] * 5
    assert attempt(login="050001/a1", address=ABROAD).admitted


@pytest.mark.slow
@pytest.mark.django_db
def test_strangers_elsewhere_cannot_keep_an_owner_out_at_the_usual_place() -> None:
    let_in(attempt(), at=NOON)
    for one in range(40):
        attempt(address=f"198.51.100.{one}")
        attempt(login=f"050001/a{one}")
    assert attempt().admitted
    assert not attempt(address="198.51.100.200").admitted, "at a new address the owner waits"
    later = NOON + KNOWN_FOR
    for one in range(25):
        attempt(address=f"198.51.100.{one}", at=later)
    assert not attempt(at=later).admitted, "a place not used for ninety days is a usual one no more"


@pytest.mark.django_db
def test_a_name_that_does_not_exist_is_counted_the_same_and_not_kept() -> None:
    assert admitted(6, login="050001/Tajne!99") == [True] * 5 + [False]
    assert len(Throttle.objects.all()) == 3
    assert all(
        len(key) == 64 and "Tajne" not in key for key in Throttle.objects.values_list("key", flat=True)
    )


@pytest.mark.django_db
def test_addresses_of_one_subscriber_are_one() -> None:
    assert network_of("2001:db8:1:2:aaaa::1") == network_of("2001:db8:1:2::7")
    assert network_of("2001:db8:1:2::7") != network_of("2001:db8:1:3::7")
    assert network_of(HOME) == HOME


@pytest.mark.django_db
def test_what_decides_nothing_any_more_is_forgotten() -> None:
    let_in(attempt(), at=NOON)
    attempt(login="050001/nikt", address=ABROAD)
    assert forget_attempts(at=NOON + timedelta(days=4)) == 0
    assert forget_attempts(at=NOON + timedelta(days=4, hours=1)) == 5
    assert Throttle.objects.get().let_in_at == NOON
    assert forget_attempts(at=NOON + timedelta(days=91)) == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_however_many_ask_at_once_no_more_are_looked_at_than_allowed() -> None:
    def one(_: int) -> bool:
        try:
            return attempt().admitted
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(one, range(18))) == 5


@pytest.mark.slow
@pytest.mark.django_db
def test_the_page_holds_a_log_in_with_the_same_answer_and_the_right_password_waits_too(
    window: Client, provider_operator: Operator
) -> None:
    answers = {log_in(window, provider_operator.login, "Inne!123").content for _ in range(1)}
    for _ in range(4):
        log_in(window, provider_operator.login, "Inne!123")
    held = log_in(window, provider_operator.login)
    assert not is_let_in(held)
    assert SENTENCE in held.content.decode()
    assert len(answers) == 1
    elsewhere = Client(REMOTE_ADDR=ABROAD)
    assert is_let_in(log_in(elsewhere, provider_operator.login)), "the lock is for that address"
    with acting_for_payer():
        written = list(
            Entry.objects.filter(act__startswith="login.", operator=provider_operator)
            .order_by("id")
            .values_list("act", "address")
        )
    assert written == [("login.failed", "127.0.0.1")] * 5 + [
        ("login.held", "127.0.0.1"),
        ("login.entered", ABROAD),
    ]
