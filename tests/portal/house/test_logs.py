"""Promise 7: no patient in a log, also when the database refuses a row and quotes it."""

from __future__ import annotations

import logging
import sys

import pytest
from django.db import DatabaseError, connection, transaction

from rozlicz.portal.house.logs import WithoutRows

pytestmark = pytest.mark.django_db
PATIENT = "44051499774"


def logged(statement: str) -> str:
    """What the portal's own handler writes of the error that a statement meets."""
    [handler] = [one for one in logging.getLogger().handlers if isinstance(one.formatter, WithoutRows)]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "create temporary table stay (patient text primary key, days int, check (days < 9))"
            )
            cursor.execute(f"insert into stay values ('{PATIENT}', 1)")
            cursor.execute(statement)
    except DatabaseError:
        record = logging.LogRecord("rozlicz", logging.ERROR, "", 0, "job failed", None, sys.exc_info())
        return handler.format(record)
    return pytest.fail("the statement met no error")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (f"insert into stay values ('{PATIENT}', 2)", "stay_pkey"),
        (f"update stay set days = 10 where patient = '{PATIENT}'", "stay_days_check"),
        (f"update stay set days = (patient || 'x')::int where patient = '{PATIENT}'", "data error 22"),
    ],
)
def test_an_error_is_logged_with_its_place_and_without_the_row(statement: str, told: str) -> None:
    line = logged(statement)
    assert PATIENT not in line
    assert told in line
    assert "test_logs.py" in line
