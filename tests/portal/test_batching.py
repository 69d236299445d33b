"""The same accepted positions give the same result, whatever the order and the batching of files."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from django.db import transaction

from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.settlements.models import TemplateLine, TemplatePosition
from tests import world
from tests.portal.test_road import send, settle
from tests.reporting import Reported

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)


class _Undo(Exception):
    """No error: it takes the traces of an outcome back."""


def outcome(operator: Operator, files: Sequence[Sequence[Reported]]) -> tuple[list[object], list[object]]:
    """Lines and held positions after these files and one calculation; nothing of it stays."""
    found: tuple[list[object], list[object]] = ([], [])
    try:
        with transaction.atomic():
            for generation, services in enumerate(files, start=1):
                send(operator, services, generation)
            settle(operator, OCTOBER)
            with operator.context():
                lines = TemplateLine.objects.order_by("number").values_list(
                    "product", "price", "units", "amount"
                )
                held = TemplatePosition.objects.order_by("id").values_list("service_id", "position", "units")
                found = list(lines), list(held)
            raise _Undo
    except _Undo:
        return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_batching_and_order_of_files_play_no_part(provider_operator: Operator, seed: int) -> None:
    dice = random.Random(seed)
    services = [
        Reported(
            service_id=f"S{number}",
            day=f"2026-10-{dice.randint(1, 28):02d}",
            units=f"{dice.randint(1, 900_000) / 10_000:.4f}",
            product=dice.choice([world.VISIT, world.SPECIALIST_VISIT]),
        )
        for number in range(24)
    ]
    whole = outcome(provider_operator, [services])
    assert sum(amount for *_, amount in whole[0]) > 0  # type: ignore[misc,attr-defined]
    dice.shuffle(services)
    cuts = sorted(dice.sample(range(1, 24), 3))
    files = [services[a:b] for a, b in zip([0, *cuts], [*cuts, 24], strict=True)]
    assert outcome(provider_operator, files) == whole
