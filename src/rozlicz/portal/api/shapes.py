"""Shapes that the calls of all areas share.

Amounts are whole grosze and say so in their names (`…_grosze`), units are whole ten-thousandths
(`…_ten_thousandths`); months are `2026-10`, days `2026-11-05`, moments RFC 3339.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.portal.house.formatting import text

Row = TypeVar("Row")
Shape = TypeVar("Shape")

MonthText = Annotated[str, Field(pattern=r"^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-10"])]
"""A month as calls write it."""
Words = Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f]*$")]
"""What somebody looks for: one line."""
MOST_ROWS = 200


class Paging(Schema):
    """Where a list goes on, and how much of it is wanted."""

    after: int | None = Field(None, ge=0, le=10**18, description="`next` of the page before")
    limit: int = Field(50, ge=1, le=MOST_ROWS, description="rows of a page")


class Listed(Schema, Generic[Shape]):
    """One page of a list. `next` is what `after` must be for the page behind it; null on the last one."""

    items: list[Shape]
    next: int | None


class Reason(Schema):
    """Why something was refused, or what should be mended: what is wrong, on what basis, what to do.

    `line` and `path` name the place in a file, `field` that in a document; null and empty where there is none.
    """

    code: str
    sentence: str
    basis: str
    remedy: str
    field: str = ""
    line: int | None = None
    path: str = ""

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Reason:
        """From a reason as reports and bills store it."""

        def told(name: str) -> str:
            value = stored.get(name)
            return text(Text.from_json(value)) if isinstance(value, dict) else ""

        return cls(
            code=stored["code"],
            sentence=told("text"),
            basis=told("basis"),
            remedy=told("remedy"),
            field=told("field"),
            line=stored.get("line"),
            path=stored.get("path", ""),
        )


class FieldError(Schema):
    """What is wrong with one field of a call."""

    field: str
    message: str


class ProblemDocument(Schema):
    """Why a call failed, and what to do (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    basis: str
    remedy: str
    errors: list[FieldError] = []


def month_text(number: int | None) -> str | None:
    """202610 → `2026-10`."""
    return None if number is None else str(Month.from_number(number))


def newest_first(rows: QuerySet[Any], paging: Paging, shape: Callable[[Any], Shape]) -> dict[str, Any]:
    """One page of a list by its key, the newest first; nothing that is added meanwhile moves what follows."""
    there = rows if paging.after is None else rows.filter(pk__lt=paging.after)
    found = list(there.order_by("-pk")[: paging.limit + 1])
    return page(found, paging, shape, key=lambda row: row.pk)


def page(
    found: list[Any], paging: Paging, shape: Callable[[Any], Shape], *, key: Callable[[Any], int]
) -> dict[str, Any]:
    """A page out of one row more than it holds, which tells whether there is another page."""
    rows = found[: paging.limit]
    return {
        "items": [shape(row) for row in rows],
        "next": key(rows[-1]) if len(found) > paging.limit else None,
    }


def created(response: HttpResponse, *, address: str) -> None:
    """Say where the new thing is."""
    response.headers["Location"] = address
