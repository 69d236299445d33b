"""Lists page by page, by key and never by offset: a page costs the same wherever in the list it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

Row = TypeVar("Row")

ROWS = 50
"""Rows of one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Row]):
    """One page of a list. `before` and `after` are the keys for `{% pager %}`, None where the list ends.

    `total` counts the whole filtered list; `is_more` when it was counted so far and no farther.
    """

    rows: list[Row]
    before: str | None
    after: str | None
    total: int
    is_more: bool = False

    @property
    def shown(self) -> int:
        """How many rows stand on this page."""
        return len(self.rows)


def order_of(
    address: Mapping[str, str], choices: Mapping[str, Sequence[str]], default: Sequence[str]
) -> tuple[str, ...]:
    """The order that the address asks for (`?sort=key`, `?sort=-key`); `default` for none or an unknown one."""
    wanted = address.get("sort", "")
    chosen = choices.get(wanted.removeprefix("-"))
    if chosen is None:
        return tuple(default)
    return tuple(map(_turned, chosen)) if wanted.startswith("-") else tuple(chosen)


def page_of(
    rows: QuerySet[Any],
    *,
    order: Sequence[str],
    address: Mapping[str, str],
    total: int | None = None,
    count_to: int | None = None,
    size: int = ROWS,
) -> Page[Any]:
    """The page that the address asks for (`?after=key`, `?before=key`): the first when the key is unknown.

    `order` names columns that are never null, `-` in front for descending; the primary key is added, so that the
    order is complete and the key of a row is enough to find the place. `total` saves the count where it is known;
    a list that may hold millions is counted as far as `count_to`.
    """
    backward = "before" in address
    place = address.get("before" if backward else "after", "")
    full = (*order, "pk")
    anchor = _anchor(rows, full, place)
    there = rows if anchor is None else rows.filter(_beyond(full, anchor, backward=backward))
    backward = backward and anchor is not None
    found = list(there.order_by(*(map(_turned, full) if backward else full))[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backward:
        found.reverse()
    has_before = more if backward else anchor is not None
    has_after = more or backward
    if total is None:
        total = rows.count() if count_to is None else rows.order_by()[: count_to + 1].count()
    is_more = count_to is not None and total > count_to
    return Page(
        rows=found,
        before=str(found[0].pk) if found and has_before else None,
        after=str(found[-1].pk) if found and has_after else None,
        total=count_to if count_to is not None and is_more else total,
        is_more=is_more,
    )


def _anchor(rows: QuerySet[Any], order: Sequence[str], place: str) -> tuple[Any, ...] | None:
    """The values by which the row at that place is ordered; only a row of the same list is found."""
    if not place.isdecimal() or len(place) > 18:
        return None
    found: tuple[Any, ...] | None = rows.filter(pk=int(place)).values_list(*map(_name, order)).first()
    return found


def _beyond(order: Sequence[str], values: Sequence[Any], *, backward: bool) -> Q:
    """Rows after (before) a place: the first column beyond it, or equal and the second beyond it, and so on.

    That the first column is not on this side of it is said once more by itself: so an index begins at the place.
    """
    condition = Q()
    for column, value in zip(reversed(order), reversed(values), strict=True):
        falling = column.startswith("-") != backward
        beyond = Q((f"{_name(column)}__{'lt' if falling else 'gt'}", value))
        condition = beyond | (Q((_name(column), value)) & condition) if condition else beyond
    falling = order[0].startswith("-") != backward
    return Q((f"{_name(order[0])}__{'lte' if falling else 'gte'}", values[0])) & condition


def _turned(column: str) -> str:
    return column.removeprefix("-") if column.startswith("-") else f"-{column}"


def _name(column: str) -> str:
    return column.removeprefix("-")
