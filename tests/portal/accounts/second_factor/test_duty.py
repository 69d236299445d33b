"""Who must have a second factor, from which day, and what is open before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.accounts.second_factor.standing import demanded_from
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.formatting import long_day
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.conftest import change, days_ago, log_in
from tests.portal.accounts.second_factor.conftest import (
    SECOND_STEP,
    SET_UP,
    confirmed,
    half_logged_in,
    set_up_application,
)
from tests.portal.conftest import PASSWORD, code_of
from tests.portal.door_things import Parts, things
from tests.portal.month import bill, noon, template
from tests.portal.test_doors import ROWS

__all__ = ["bill", "noon", "template", "things"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer(db: None) -> Operator:
    """An operator of the branch, added a moment ago, without a second factor."""
    operator = Operator(party_code="050000", user_name="nowy", login="050000/nowy", roles=["bills"])
    operator.set_password(PASSWORD)
    with acting_for_payer():
        operator.save()
        return Operator.objects.get(pk=operator.pk)


def test_the_branchs_operators_need_one_from_the_first_day(window: Client, newcomer: Operator) -> None:
    log_in(window, newcomer.login)
    for address in ("/pulpit/", "/umowy/", "/rachunki/"):
        assert window.get(address)["Location"] == SET_UP
    assert "To konto wymaga już drugiego składnika" in window.get(SET_UP).content.decode()


def test_a_fragment_leads_its_whole_page_to_the_set_up(window: Client, newcomer: Operator) -> None:
    log_in(window, newcomer.login)
    answer = window.get("/umowy/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, SET_UP)


def test_before_it_is_done_only_ones_own_account_is_open(window: Client, newcomer: Operator) -> None:
    log_in(window, newcomer.login)
    for name in ("account", "account_change_password", "sessions", "mfa_index", "account_logout"):
        assert window.get(reverse(name)).status_code == 200, name


@pytest.mark.slow
def test_it_is_no_dead_end(window: Client, newcomer: Operator) -> None:
    log_in(window, newcomer.login)
    set_up_application(window)
    window.post(reverse("second_factor_codes_kept"))
    assert window.get("/pulpit/").status_code == 200


@pytest.mark.parametrize(("days", "is_open"), [(0, True), (13, True), (14, False), (400, False)])
def test_providers_operators_have_fourteen_days(
    window: Client, provider_operator: Operator, days: int, is_open: bool
) -> None:
    change(provider_operator, added_at=days_ago(days))
    log_in(window, provider_operator.login)
    answer = window.get("/umowy/")
    assert answer.status_code == (200 if is_open else 302)
    assert is_open or answer["Location"] == SET_UP


def test_until_then_the_desk_and_the_account_name_the_last_day(
    window: Client, provider_operator: Operator
) -> None:
    change(provider_operator, added_at=days_ago(3))
    log_in(window, provider_operator.login)
    last = long_day(warsaw_day(now()) + timedelta(days=10))
    assert f"Do {last} można pracować bez drugiego składnika" in window.get("/pulpit/").content.decode()
    assert f"można pracować bez drugiego składnika: {last}" in window.get(SET_UP).content.decode()


@pytest.mark.slow
def test_whoever_has_one_is_told_nothing(inside: Client) -> None:
    assert "bez drugiego składnika" not in inside.get("/pulpit/").content.decode()


@pytest.mark.slow
def test_the_one_key_or_application_removed_leads_to_the_set_up_when_the_days_are_over(
    inside: Client, guarded: Operator
) -> None:
    change(guarded, added_at=days_ago(20))
    assert inside.get("/umowy/").status_code == 200
    confirmed(inside, "mfa_deactivate_totp")
    inside.post(reverse("mfa_deactivate_totp"))
    assert inside.get("/umowy/")["Location"] == SET_UP


def rules(day: date, **values: int) -> None:
    with acting_for_payer():
        SecurityPolicy.objects.create(valid_from=day, **values)


def test_the_days_are_counted_from_the_day_the_account_was_added(provider_operator: Operator) -> None:
    added = warsaw_day(provider_operator.added_at)
    assert demanded_from(provider_operator, added) == added + timedelta(days=14)


@pytest.mark.parametrize(("added", "before", "afterwards"), [(2, 12, 7), (10, 4, 4), (30, -16, -16)])
def test_a_shorter_grace_is_counted_from_its_day_and_gives_nobody_a_later_one(
    provider_operator: Operator, added: int, before: int, afterwards: int
) -> None:
    change(provider_operator, added_at=days_ago(added))
    provider_operator.refresh_from_db()
    today = warsaw_day(now())
    rules(today, provider_grace_days=7)
    assert demanded_from(provider_operator, today) == today + timedelta(days=afterwards)
    assert demanded_from(provider_operator, today - timedelta(days=1)) == today + timedelta(days=before)


def test_another_change_of_the_rules_gives_no_new_days(provider_operator: Operator) -> None:
    change(provider_operator, added_at=days_ago(30))
    provider_operator.refresh_from_db()
    today = warsaw_day(now())
    rules(today - timedelta(days=2), minimum_length=12)
    rules(today, minimum_length=14)
    assert demanded_from(provider_operator, today) == today - timedelta(days=16)


def test_a_longer_grace_is_for_the_new_ones_only(provider_operator: Operator, colleague: Operator) -> None:
    today = warsaw_day(now())
    rules(today - timedelta(days=40), provider_grace_days=2)
    rules(today, provider_grace_days=14)
    change(provider_operator, added_at=days_ago(30))
    change(colleague, added_at=days_ago(1))
    for operator, days in ((provider_operator, -28), (colleague, 13)):
        operator.refresh_from_db()
        assert demanded_from(operator, today) == today + timedelta(days=days)


def test_of_one_days_rules_the_last_are_meant(provider_operator: Operator) -> None:
    today = warsaw_day(now())
    rules(today, provider_grace_days=2)
    rules(today, provider_grace_days=14)
    assert demanded_from(provider_operator, today) == today + timedelta(days=14)


def test_the_branch_may_give_its_own_operators_days_too(window: Client, newcomer: Operator) -> None:
    rules(warsaw_day(now()), payer_grace_days=14)
    log_in(window, newcomer.login)
    assert window.get("/rachunki/").status_code == 200


@pytest.mark.slow
def test_who_is_half_logged_in_reaches_nothing(things: dict[str, Parts], payer_operator: Operator) -> None:
    """Every address and way of asking, as one whose password was right and who gave no code."""
    half = half_logged_in(payer_operator)
    doors = [door for door in ROWS if door.needs not in {"public", "guests"}]
    assert len(doors) > 60
    for door in doors:
        address = reverse(door.name, args=things.get(door.name, []))
        with transaction.atomic():
            answer = getattr(half, door.method.lower())(address)
            transaction.set_rollback(True)
        if door.needs == "api":
            assert answer.status_code == 401, door
        else:
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/logowanie/"), door
    assert half.get("/logowanie/")["Location"] == SECOND_STEP
    assert half.post(SECOND_STEP, {"code": code_of(payer_operator)}).status_code == 302
