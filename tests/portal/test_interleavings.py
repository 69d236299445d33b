"""Two workers, two requests at once for one contract: never above a cap, never two templates for one position.

A thousand random rounds over one contract: verdicts change (as when the branch mends a dictionary and runs the
rules again), annexes raise the plan, and two threads request and calculate at the same time.
"""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import Sum

from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.contracts.queries import terms_of
from rozlicz.portal.reports.models import Report, Run
from rozlicz.portal.settlements.models import SettlementRequest, TemplateLine, TemplatePosition
from rozlicz.portal.settlements.operations import calculate_request, request_settlement
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.conftest import NOON
from tests.portal.test_road import send
from tests.reporting import Reported

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROUNDS = 1000
MONTHS = [Month(2026, number) for number in range(1, 12)]
POSITIONS = 60
LOOK_EVERY = 25


def test_no_interleaving_pays_above_a_cap_or_twice(provider_operator: Operator) -> None:
    dice = random.Random(2026)
    with acting_for_payer():
        publish_contract(terms=world.annexed(_small_plan()), at=NOON)
        contract = Contract.objects.get()
    sent = send(provider_operator, _services(dice))
    with ThreadPoolExecutor(2) as threads, _hanging_up(threads):
        for number in range(1, ROUNDS + 1):
            if number % 10 == 0:
                _verify_anew(sent, dice)
            if number % 100 == 0:
                _raise_plan(contract)
            month = dice.choice(MONTHS)
            months = [month, dice.choice([month, dice.choice(MONTHS)])]
            start = threading.Barrier(2)
            works = [
                threads.submit(_ask_and_calculate, provider_operator, contract, m, start) for m in months
            ]
            for work in works:
                work.result()
            if number % LOOK_EVERY == 0:
                _books_hold(contract)
    _books_hold(contract)


def _small_plan() -> world.Contract:
    """Five units a month: about half of what is performed."""
    return world.contract(scopes=(world.scope(units=50_000),))


def _services(dice: random.Random) -> list[Reported]:
    return [
        Reported(
            service_id=f"S{n}",
            month=str(month := dice.choice(MONTHS)),
            day=f"{month}-{dice.randint(1, 28):02d}",
            units=f"{dice.randint(1, 40_000) / 10_000:.4f}",
        )
        for n in range(POSITIONS)
    ]


def _ask_and_calculate(
    operator: Operator, contract: Contract, month: Month, start: threading.Barrier
) -> None:
    start.wait()
    with operator.context():
        request = request_settlement(operator=operator, contract=contract, month=month, at=NOON)
    calculate_request(request_id=request.pk, at=NOON)


@contextmanager
def _hanging_up(threads: ThreadPoolExecutor) -> Iterator[None]:
    """At the end, also a bad one, each of the two threads closes its own connection; the barrier makes each do it."""
    try:
        yield
    finally:
        end = threading.Barrier(2)
        for work in [threads.submit(_hang_up, end) for _ in range(2)]:
            work.result()


def _hang_up(end: threading.Barrier) -> None:
    end.wait()
    connection.close()


def _verify_anew(sent: Report, dice: random.Random) -> None:
    """A further run over the report with other verdicts, as after a change of dictionaries."""
    with acting_for_payer(), connection.cursor() as cursor:
        run = Run.objects.create(
            provider_id=sent.provider_id, report=sent, rules_version="test", state="finished", started_at=NOON
        )
        cursor.execute(
            "insert into reports_verdict (run_id, row, provider_id, accepted)"
            " select %s, row, provider_id, row %% %s <> 0 from reports_position where report_id = %s",
            [run.pk, dice.randint(2, 9), sent.pk],
        )
        Report.objects.filter(pk=sent.pk).update(current_run=run)


def _raise_plan(contract: Contract) -> None:
    with acting_for_payer():
        terms = terms_of(contract)
        [scope] = terms.scopes
        plan = tuple(replace(row, units=row.units + 2_000) for row in scope.plan)
        publish_contract(terms=world.annexed(terms, scopes=(replace(scope, plan=plan),)), at=NOON)


def _books_hold(contract: Contract) -> None:
    with acting_for_payer():
        [scope] = terms_of(contract).scopes
        plan = {row.month.number: row.amount for row in scope.plan}
        paid = Counter[int]()
        for month, amount in TemplateLine.objects.values_list("template__month", "amount"):
            paid[month] += amount
        for month in plan:
            planned_so_far = sum(amount for number, amount in plan.items() if number <= month)
            paid_so_far = sum(amount for number, amount in paid.items() if number <= month)
            assert paid_so_far <= planned_so_far, month
        held = TemplatePosition.objects.values("service_id", "position").annotate(units=Sum("units"))
        reported = dict(_reported_units())
        for row in held:
            assert 0 <= row["units"] <= reported[row["service_id"]], row
        assert not SettlementRequest.objects.filter(state="waiting").exists()


def _reported_units() -> list[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("select service_id, units from reports_position")
        rows: list[tuple[str, int]] = cursor.fetchall()
        return rows
