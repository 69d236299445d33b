"""How errors are written into logs: where and why, but never the data of a row (promise 7)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import psycopg
from django.db.utils import Error as DjangoDatabaseError

_DATA_EXCEPTION = "22"
"""The class of SQL states whose very first line may repeat a value ("invalid input syntax … : …")."""

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutRows(logging.Formatter):
    """Leaves out what PostgreSQL adds to an error: the key or the whole row that broke a constraint."""

    def formatException(self, ei: ExceptionInfo | Any) -> str:  # noqa: N802 - logging's name
        """The traceback; of each database error in its chain only what names no value."""
        text = super().formatException(ei)
        for error in _chain(ei[1]):
            if isinstance(error, psycopg.Error | DjangoDatabaseError) and str(error):
                text = text.replace(str(error), _without_values(error))
        return text


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [one.__cause__, one.__context__]


def _without_values(error: BaseException) -> str:
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    state = (cause.sqlstate or "") if isinstance(cause, psycopg.Error) else ""
    if state.startswith(_DATA_EXCEPTION):
        return f"data error {state}"
    return str(error).split("\n", 1)[0]
