"""From the answer nobody learns who exists: the same words, the same work, and about the same time."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from rozlicz.portal.accounts.entering.models import Throttle
from rozlicz.portal.accounts.models import Operator
from tests.portal.accounts.conftest import change, log_in
from tests.portal.conftest import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "Inne!123"


class Counting(PBKDF2PasswordHasher):
    """Django's own hash, a little quicker, which counts how often it was computed."""

    iterations = 300_000
    computed = 0

    def encode(self, password, salt, iterations=None):
        type(self).computed += 1
        return super().encode(password, salt, iterations)


@pytest.fixture(autouse=True)
def hashes(settings) -> type[Counting]:
    """In force before anybody has a password."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    Counting.computed = 0
    return Counting


@pytest.fixture
def everybody(
    provider_operator: Operator, colleague: Operator, program: Operator
) -> dict[str, tuple[str, str]]:
    """Every way to be refused: log-in and password."""
    change(colleague, is_active=False)
    code, name = provider_operator.login.split("/")
    return {
        "wrong password": (provider_operator.login, WRONG),
        "unknown name": (f"{code}/nikt", WRONG),
        "unknown code": (f"059999/{name}", WRONG),
        "blocked": (colleague.login, WRONG),
        "blocked, right password": (colleague.login, PASSWORD),
        "program": (program.login, WRONG),
    }


@contextmanager
def work_of(hashes: type[Counting]) -> Iterator[dict[str, object]]:
    found: dict[str, object] = {}
    before = hashes.computed
    with CaptureQueriesContext(connection) as queries:
        yield found
    found["hashes"] = hashes.computed - before
    found["queries"] = [shape(one["sql"]) for one in queries]


def shape(sql: str) -> str:
    """A statement without its values, and without the names of savepoints."""
    plain = re.sub(r"\d+|'[^']*'|SAVEPOINT \S+|NULL", "?", sql)
    return plain.removeprefix("SELECT set_config(?, ?, true), set_config(?, ?, true); ")[:100]


def page(answer) -> str:
    """The page without what was typed and without the token."""
    return re.sub(r'value="[^"]*"|"X-CSRFToken": "[^"]*"', "", answer.content.decode())


@pytest.mark.slow
def test_every_refusal_is_the_same_page_and_the_same_work(
    everybody: dict[str, tuple[str, str]], hashes: type[Counting]
) -> None:
    pages, works = {}, {}
    for place, (who, (login, password)) in enumerate(everybody.items()):
        visitor = Client(REMOTE_ADDR=f"198.51.100.{place}")
        with work_of(hashes) as work:
            answer = log_in(visitor, login, password)
        pages[who], works[who] = (answer.status_code, page(answer)), work
    assert len(set(pages.values())) == 1
    assert {who: work["hashes"] for who, work in works.items()} == dict.fromkeys(everybody, 1)
    first = works["wrong password"]["queries"]
    assert {who: work["queries"] for who, work in works.items()} == dict.fromkeys(everybody, first)


@pytest.mark.slow
def test_a_lock_does_not_say_either_whether_the_account_exists(
    everybody: dict[str, tuple[str, str]], hashes: type[Counting]
) -> None:
    found = {}
    for place, who in enumerate(("wrong password", "unknown name", "program")):
        login, password = everybody[who]
        visitor = Client(REMOTE_ADDR=f"198.51.100.{place}")
        for _ in range(5):
            log_in(visitor, login, password)
        with work_of(hashes) as work:
            answer = log_in(visitor, login, PASSWORD)
        found[who] = (page(answer), work["hashes"], tuple(work["queries"]))
    assert len(set(found.values())) == 1
    assert found["program"][1] == 1, "who is held costs a hash as well"


@pytest.mark.slow
def test_the_time_tells_nothing(everybody: dict[str, tuple[str, str]]) -> None:
    """Coarse on purpose: without the hash for an unknown name its answer would be ten times as quick."""
    times: dict[str, list[float]] = {"wrong password": [], "unknown name": [], "program": []}
    for _ in range(3):
        for who, taken in times.items():
            Throttle.objects.all().delete()
            began = time.process_time()
            log_in(Client(), *everybody[who])
            taken.append(time.process_time() - began)
    medians = [statistics.median(taken) for taken in times.values()]
    assert max(medians) < 3 * min(medians)
