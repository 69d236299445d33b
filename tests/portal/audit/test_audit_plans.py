"""The book only grows: what is asked for is found by an index, inside row-level security too."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.audit.queries import NEWEST_FIRST, Wanted, entries_found
from rozlicz.portal.tenancy import acting_for_payer

pytestmark = pytest.mark.django_db
LINES = 6_000


@pytest.fixture
def many(payer_operator: Operator, provider_operator: Operator, stranger: Operator) -> None:
    """Lines of two providers, a minute apart; every two hundredth is the clinic's."""
    with acting_for_payer(), connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_entry"
            " (at, act, operator_id, login, provider_id, acting_for, subject, reason, token, address)"
            " select timestamptz '2026-01-01' + n * interval '1 minute', 'act.' || n %% 100,"
            " case when n %% 200 = 0 then %s else %s end, '', case when n %% 200 = 0 then %s else %s end, false,"
            " 'raport 2026/10/' || n, '', '', '10.0.0.0'::inet + n %% 250 from generate_series(1, %s) n",
            [
                provider_operator.pk,
                stranger.pk,
                provider_operator.provider_id,
                stranger.provider_id,
                LINES,
            ],
        )
    with connection.cursor() as cursor:  # the planner knows of the lines, whatever autovacuum saw before
        cursor.execute("analyze audit_entry")


def plan(reader: Operator, wanted: Wanted) -> str:
    with reader.context():
        return str(entries_found(reader, wanted).order_by(*NEWEST_FIRST)[:51].explain())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        (Wanted(), "audit_newest"),
        (Wanted(act="act.7"), "audit_newest_of_act"),
        (Wanted(operator="awrzos"), "audit_newest_of_operator"),
        (Wanted(provider="050123"), "audit_newest_of_provider"),
        (Wanted(address="10.0.0.7"), "audit_newest_from_address"),
        (Wanted(since=date(2026, 1, 2), until=date(2026, 1, 2)), "audit_newest"),
        (Wanted(words="5999"), "audit_entry_pkey"),
    ],
    ids=str,
)
def test_the_branch_finds_by_an_index(
    wanted: Wanted, index: str, many: None, payer_operator: Operator
) -> None:
    told = plan(payer_operator, wanted)
    assert f"{index} " in told
    assert "Seq Scan on audit_entry" not in told


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [Wanted(), Wanted(words="raport"), Wanted(act="act.0")], ids=str)
def test_a_provider_reads_its_own_lines_only(wanted: Wanted, many: None, provider_operator: Operator) -> None:
    told = plan(provider_operator, wanted)
    assert "audit_newest_of_provider " in told
    assert "Seq Scan on audit_entry" not in told


@pytest.mark.slow
def test_a_rare_word_is_looked_up_and_not_searched_for(many: None, payer_operator: Operator) -> None:
    with payer_operator.context():
        found = entries_found(payer_operator, Wanted(words="5999"))
        assert [entry.subject for entry in found] == ["raport 2026/10/5999"]
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off; set local enable_indexscan = off")
            cursor.execute(
                "explain select id from audit_entry"
                " where audit_words(subject, reason) @@ to_tsquery('simple'::regconfig, '5999:*')"
            )
            assert "Bitmap Index Scan on audit_words" in str(cursor.fetchall())


@pytest.mark.slow
def test_a_provider_looks_a_word_up_among_its_own_lines_only(
    many: None, provider_operator: Operator, stranger: Operator
) -> None:
    for reader, found in ((provider_operator, ["raport 2026/10/5800"]), (stranger, [])):
        with reader.context():
            lines = entries_found(reader, Wanted(words="5800"))
            assert [entry.subject for entry in lines] == found
            with connection.cursor() as cursor:
                cursor.execute("select count(*) from audit_matching_of_provider('5800:*', 10)")
                assert cursor.fetchone() == (len(found),)


@pytest.mark.slow
def test_words_that_are_on_every_line_find_every_line(many: None, payer_operator: Operator) -> None:
    with payer_operator.context():
        assert entries_found(payer_operator, Wanted(words="raport")).count() == LINES
        assert Entry.objects.count() >= LINES
