"""How a token is made, kept, used, counted and ended."""

from __future__ import annotations

import logging
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.accounts.tokens.operations import (
    MadeToken,
    UnableToMakeToken,
    UnableToRevokeToken,
    make_token,
    revoke_token,
)
from rozlicz.portal.accounts.tokens.queries import token_of
from rozlicz.portal.accounts.tokens.secrets import digest_of, is_whole, new_secret
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.database import DOOR
from rozlicz.portal.providers.models import Installation
from rozlicz.portal.providers.operations import close_installation
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.api.program import Program, a_token
from tests.portal.conftest import NOON


def kept(made: MadeToken) -> ApiToken:
    with acting_for_payer():
        return ApiToken.objects.get(pk=made.token.pk)


def test_a_token_has_256_random_bits_a_mark_and_a_check_part() -> None:
    secret = new_secret()
    assert secret.startswith("rzl_")
    assert len(secret) == 4 + 43 + 6
    assert is_whole(secret)
    assert len({new_secret() for _ in range(100)}) == 100


@given(place=st.integers(4, 52), letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"))
def test_a_token_that_was_mistyped_is_not_whole(place: int, letter: str) -> None:
    secret = new_secret()
    changed = secret[:place] + letter + secret[place + 1 :]
    assert is_whole(changed) == (changed == secret)


def test_only_the_hash_is_kept_anywhere(provider_operator: Operator) -> None:
    made = a_token(provider_operator)
    Program(made.secret).get("/me")
    assert kept(made).digest == digest_of(made.secret)
    assert made.secret not in repr(made)
    with acting_for_payer(), connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables where table_schema = 'public'"
            " and (table_name like 'accounts\\_apitoken%' or table_name = 'audit_entry')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"select count(*) from {table} t where t::text like %s", [f"%{made.secret[4:20]}%"]
            )
            assert cursor.fetchone() == (0,), table


def test_a_token_is_in_no_log(provider_operator: Operator, caplog: pytest.LogCaptureFixture) -> None:
    made = a_token(provider_operator)
    with caplog.at_level(logging.DEBUG):
        Program(made.secret).get("/me")
        Program(made.secret).get("/nothing")
        Program(made.secret + "x").get("/me")
    assert caplog.records
    assert made.secret[4:20] not in caplog.text


def test_the_door_sees_only_the_token_whose_digest_it_names(
    provider_operator: Operator, stranger: Operator
) -> None:
    mine, theirs = a_token(provider_operator), a_token(stranger)
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        assert cursor.fetchone() == (DOOR,)
    assert ApiToken.objects.count() == 0
    assert token_of(mine.secret) == mine.token
    assert token_of(mine.secret[:-1]) is None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('rozlicz.token', %s, true)", [digest_of(mine.secret)])
        assert list(ApiToken.objects.all()) == [mine.token]
    with provider_operator.context():
        assert list(ApiToken.objects.all()) == [mine.token]
    with stranger.context():
        assert list(ApiToken.objects.all()) == [theirs.token]


def test_the_first_token_makes_the_technical_operator_of_the_installation(
    provider_operator: Operator,
) -> None:
    first, second = a_token(provider_operator, name="a"), a_token(provider_operator, name="b")
    program = first.token.operator
    assert second.token.operator == program
    assert program.login == f"{world.CLINIC.code}/program-{world.SHORT_INSTALLATION}"
    assert (program.is_program, program.roles, program.has_usable_password()) == (True, [], False)


def test_a_program_never_logs_in(client, provider_operator: Operator) -> None:
    made = a_token(provider_operator)
    for password in ("", "!", made.secret, "Wrzosy!12"):
        answer = client.post(
            "/logowanie/",
            {
                "provider_code": world.CLINIC.code,
                "login": made.token.operator.user_name,
                "password": password,
            },
        )
        assert answer.status_code == 200
        assert "_auth_user_id" not in client.session


def test_the_database_lets_no_program_have_a_password(provider_operator: Operator) -> None:
    program = a_token(provider_operator).token.operator
    program.set_password("Wrzosy!12")
    with provider_operator.context(), pytest.raises(IntegrityError), transaction.atomic():
        program.save(update_fields=["password"])


def test_what_acts_for_a_token_is_never_saved(provider_operator: Operator) -> None:
    token = a_token(provider_operator).token
    limited = token.operator.working_with(token)
    with pytest.raises(TypeError):
        limited.save()


def test_making_and_revoking_are_written_down(provider_operator: Operator) -> None:
    made = a_token(provider_operator)
    with provider_operator.context():
        revoke_token(operator=provider_operator, token=made.token, at=NOON)
        with pytest.raises(UnableToRevokeToken):
            revoke_token(operator=provider_operator, token=made.token, at=NOON)
        entries = Entry.objects.filter(act__startswith="token.").order_by("pk")
        assert list(entries.values_list("act", "operator_id")) == [
            ("token.made", provider_operator.pk),
            ("token.revoked", provider_operator.pk),
        ]
        assert all(made.token.ending in entry.subject for entry in entries)


@pytest.mark.parametrize(
    ("roles", "last"),
    [
        ([], NOON.date()),
        ([Role.ADMINISTRATOR], NOON.date()),
        ([Role.REPORTING], NOON.date() - timedelta(days=1)),
        ([Role.REPORTING], NOON.date() + timedelta(days=366)),
    ],
    ids=["no scope", "a role that tokens do not carry", "a day that is over", "more than a year"],
)
def test_a_token_of_other_terms_is_not_made(provider_operator: Operator, roles, last: date) -> None:
    with pytest.raises(UnableToMakeToken):
        a_token(provider_operator, roles, valid_until=last)


def test_a_branch_may_demand_shorter_lives_from_a_day_on(provider_operator: Operator) -> None:
    with acting_for_payer():
        SecurityPolicy.objects.create(valid_from=NOON.date(), token_days=90)
    with pytest.raises(UnableToMakeToken):
        a_token(provider_operator, valid_until=NOON.date() + timedelta(days=91))
    assert a_token(provider_operator, valid_until=NOON.date() + timedelta(days=90)).token.pk


def test_a_name_is_given_once_until_its_token_is_revoked(provider_operator: Operator) -> None:
    first = a_token(provider_operator)
    with pytest.raises(UnableToMakeToken):
        a_token(provider_operator)
    with provider_operator.context():
        revoke_token(operator=provider_operator, token=first.token, at=NOON)
    assert a_token(provider_operator).token != first.token


def test_nobody_else_makes_tokens(
    provider_operator: Operator, stranger: Operator, payer_operator: Operator
) -> None:
    terms = {"name": "x", "roles": [Role.REPORTING], "valid_until": NOON.date(), "at": NOON}
    with acting_for_payer():
        installation = Installation.objects.select_related("provider").get(
            provider=provider_operator.provider_id
        )
        for operator in (stranger, payer_operator):
            with pytest.raises(UnableToMakeToken):
                make_token(operator=operator, installation=installation, **terms)
        provider_operator.roles = [Role.BILLING]
        with pytest.raises(PermissionDenied):
            make_token(operator=provider_operator, installation=installation, **terms)
        provider_operator.roles = [Role.ADMINISTRATOR]
        close_installation(operator=provider_operator, installation=installation, reason="koniec", at=NOON)
        installation.refresh_from_db()
        with pytest.raises(UnableToMakeToken):
            make_token(operator=provider_operator, installation=installation, **terms)


def test_the_last_use_is_written_at_most_once_a_minute(
    provider_operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_token(provider_operator)
    program, found = Program(made.secret), []
    for seconds in (0, 59, 61):
        at = NOON + timedelta(seconds=seconds)
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        assert program.get("/me").status_code == 200
        found.append((kept(made).last_used_at - NOON).total_seconds())
    assert found == [0, 0, 61]
    assert kept(made).last_used_from == "127.0.0.1"
    with acting_for_payer(), connection.cursor() as cursor:
        cursor.execute("select count(*) from accounts_apitokenevent")
        assert cursor.fetchone() == (1,)


@pytest.mark.slow
def test_too_many_calls_with_a_token_wait_for_the_next_minute(
    provider_operator: Operator, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_CALLS_A_MINUTE = 2
    program, other = (Program(a_token(provider_operator, name=name).secret) for name in "ab")
    assert [program.get("/me").status_code for _ in range(3)] == [200, 200, 429]
    refused = program.get("/me")
    assert (refused.json()["code"], refused["Retry-After"]) == ("too_many_calls", "60")
    assert other.get("/me").status_code == 200
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(seconds=60))
    assert program.get("/me").status_code == 200


def test_too_many_wrong_tokens_wait_and_keep_nobody_else_out(provider_operator: Operator, settings) -> None:
    settings.API_FAILURES_A_MINUTE = 3
    wrong = Program("rzl_wrong")
    assert [wrong.get("/me").status_code for _ in range(4)] == [401, 401, 401, 429]
    assert Program(a_token(provider_operator).secret).get("/me").status_code == 200


def test_an_unknown_token_costs_as_many_queries_as_a_revoked_one_and_a_mistyped_one_fewer(
    provider_operator: Operator,
) -> None:
    made = a_token(provider_operator)
    with provider_operator.context():
        revoke_token(operator=provider_operator, token=made.token, at=NOON)
    found = []
    Program("rzl_first").get("/me")
    for secret in (made.secret, new_secret(), made.secret[:-1], "rzl_unknown"):
        with CaptureQueriesContext(connection) as queries:
            assert Program(secret).get("/me").status_code == 401
        found.append(len(queries))
    revoked, unknown, *mistyped = found
    assert revoked == unknown
    assert max(mistyped) < unknown
