"""What the portal does by itself to many things: one that fails stops no other, and leaves nothing half done."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError

from rozlicz.kernel.texts import Text
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.audit.operations import record
from rozlicz.portal.house.one_by_one import one_by_one
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON

pytestmark = pytest.mark.django_db


def entered(number: int) -> bool:
    record("registration.expired", operator=None, provider_id=None, subject=str(number), at=NOON)
    if number == 2:
        raise ZeroDivisionError
    if number == 3:
        raise UnableTo(Text(pl="Ktoś był szybszy.", en="Somebody was quicker."))
    return number != 4


def test_each_is_done_for_itself_and_recorded_for_itself(caplog: pytest.LogCaptureFixture) -> None:
    assert one_by_one([1, 2, 3, 4, 5], entered) == 2
    with acting_for_payer():
        found = list(Entry.objects.order_by("pk").values_list("subject", "change"))
    assert [subject for subject, _change in found] == ["1", "4", "5"]
    assert len({change for _subject, change in found}) == 3
    levels = [(one.levelno, one.getMessage()) for one in caplog.records if one.name.endswith("one_by_one")]
    assert levels == [
        (logging.ERROR, "2 was left as it is"),
        (logging.WARNING, "3 was left as it is: Somebody was quicker."),
    ]


def test_a_database_that_goes_away_ends_them_all_so_that_the_job_is_tried_again() -> None:
    def gone(_number: int) -> bool:
        raise OperationalError

    with pytest.raises(OperationalError):
        one_by_one([1, 2], gone)
