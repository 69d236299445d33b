"""The branch's rules of access: dated, never less than the law, each with its reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.rules_of_access.forms import RulesForm
from rozlicz.portal.accounts.rules_of_access.operations import BOUNDS, UnableToSetRules, set_rules
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.tenancy import acting_for_payer

pytestmark = pytest.mark.django_db
LAW = {name: SecurityPolicy._meta.get_field(name).default for name in BOUNDS} | {"expires_after_days": None}


def send(client: Client, **changes: object):
    today = warsaw_day(now())
    data = {"valid_from": today.isoformat(), "reason": "Zalecenie audytu"} | LAW | changes
    return client.post(
        "/administracja/zasady/nowe/", {name: "" if value is None else value for name, value in data.items()}
    )


def test_new_rules_hold_from_their_day_and_are_kept_with_who_and_why(inspector: Client) -> None:
    today = warsaw_day(now())
    answer = send(inspector, valid_from=(today + timedelta(days=7)).isoformat(), minimum_length=12)
    assert answer.headers["Location"] == "/administracja/zasady/"
    assert policy_on(today).minimum_length == 8
    assert policy_on(today + timedelta(days=7)).minimum_length == 12
    page = inspector.get("/administracja/zasady/").content.decode()
    assert "jeszcze nie obowiązuje" in page
    assert "Zalecenie audytu" in page
    assert "Irena Lipa" in page
    with acting_for_payer():
        assert Entry.objects.get(act="policy.set").reason == "Zalecenie audytu"


def test_of_one_days_rules_the_last_set_are_in_force_and_the_others_stay_in_the_history(
    inspector: Client,
) -> None:
    send(inspector, attempts=3)
    send(inspector, attempts=4, reason="Pomyłka w poprzednich")
    assert policy_on(warsaw_day(now())).attempts == 4
    page = inspector.get("/administracja/zasady/").content.decode()
    assert "zastąpion" in page
    assert "Pomyłka w poprzednich" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum_length": 7},
        {"temporary_days": 15},
        {"provider_grace_days": 15},
        {"attempts": 0},
        {"idle_minutes": 0},
        {"token_days": 400},
        {"expires_after_days": 1},
        {"lock_minutes": ""},
        {"reason": "  "},
        {"valid_from": "2020-01-01"},
        {"valid_from": "jutro"},
    ],
    ids=str,
)
def test_less_than_the_law_is_refused_and_what_was_typed_stays(
    wrong: dict[str, object], inspector: Client
) -> None:
    answer = send(inspector, **{"lock_minutes": 77} | wrong)
    assert answer.status_code == 200
    assert "Trzeba coś poprawić" in answer.content.decode() or 'role="alert"' in answer.content.decode()
    if "lock_minutes" not in wrong:
        assert 'value="77"' in answer.content.decode()
    assert not SecurityPolicy.objects.exists()


def test_the_operation_itself_holds_the_bounds(payer_operator: Operator, provider_operator: Operator) -> None:
    def ask(operator: Operator, reason: str = "Próba", days: int = 0, **choices: int) -> None:
        set_rules(
            operator=operator,
            valid_from=warsaw_day(now()) + timedelta(days=days),
            reason=reason,
            refuse_breached=False,
            choices=LAW | choices,
            at=now(),
        )

    with acting_for_payer():
        with pytest.raises(PermissionDenied):
            ask(provider_operator)
        for wrong in ({"minimum_length": 7}, {"temporary_days": 15}, {"reason": " "}, {"days": -1}):
            with pytest.raises(UnableToSetRules) as refusal:
                ask(payer_operator, **wrong)
            assert refusal.value.text.pl
        ask(payer_operator)
    assert SecurityPolicy.objects.count() == 1


def test_the_law_itself_is_within_the_bounds_so_that_the_form_begins_right(inspector: Client) -> None:
    for name, bounds in BOUNDS.items():
        assert LAW[name] is None or bounds.least <= LAW[name] <= bounds.most, name
    page = inspector.get("/administracja/zasady/nowe/").content.decode()
    assert 'name="minimum_length" value="8"' in page


def test_the_form_offers_everything_that_rules_hold() -> None:
    kept_by_the_portal = {"id", "set_by", "set_at"}
    held = {field.name for field in SecurityPolicy._meta.concrete_fields} - kept_by_the_portal
    assert set(RulesForm(SecurityPolicy(), date(2026, 11, 22)).fields) == held
