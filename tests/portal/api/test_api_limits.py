"""How often a program may call, however many of its calls come at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.tokens.calls import count, forget_calls
from rozlicz.portal.accounts.tokens.models import CallCount
from tests.portal.api.program import Program, a_token
from tests.portal.conftest import NOON

AT_ONCE = 8
ROUNDS = 5


def at_once(work: Callable[[], int]) -> Counter[int]:
    """What the work says in so many threads, each with a connection of its own, that begin together."""
    start = Barrier(AT_ONCE)

    def one() -> list[int]:
        try:
            start.wait()
            return [work() for _ in range(ROUNDS)]
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        works = [threads.submit(one) for _ in range(AT_ONCE)]
        return Counter(said for finished in works for said in finished.result())


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_calls_that_are_counted_at_once_are_all_counted() -> None:
    assert at_once(lambda: count("token:1", at=NOON)) == dict.fromkeys(range(1, AT_ONCE * ROUNDS + 1), 1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_calls_that_come_at_once_exactly_as_many_are_let_in_as_the_limit_says(
    provider_operator: Operator, settings
) -> None:
    settings.API_CALLS_A_MINUTE = 13
    secret = a_token(provider_operator).secret
    found = at_once(lambda: Program(secret).get("/me").status_code)
    assert found == {200: 13, 429: AT_ONCE * ROUNDS - 13}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_wrong_tokens_that_come_at_once_exactly_as_many_are_looked_at(settings) -> None:
    settings.API_FAILURES_A_MINUTE = 7
    found = at_once(lambda: Program("rzl_wrong").get("/me").status_code)
    assert found == {401: 7, 429: AT_ONCE * ROUNDS - 7}


def test_counts_of_minutes_that_are_over_are_deleted() -> None:
    for minutes in (0, 1, 60, 61, 90):
        count("token:1", at=NOON - timedelta(minutes=minutes))
    assert forget_calls(at=NOON) == 2
    assert CallCount.objects.count() == 3
