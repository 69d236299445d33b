"""Addresses that nobody is given: impossible numbers and odd words, asked of every page of the permission table."""

from __future__ import annotations

import pytest
from django.urls import reverse

from rozlicz.portal.accounts.rights import Right
from tests.portal.door_things import Parts, things
from tests.portal.doors import FORBIDDEN
from tests.portal.month import bill, noon, template
from tests.portal.test_doors import ROWS
from tests.portal.visitors import Visitors, status_of, visitors

__all__ = ["bill", "noon", "template", "things", "visitors"]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["9" * 30, "0"], ids=["beyond every number", "zero"])
def test_an_impossible_number_is_an_unknown_page(
    wrong: str, things: dict[str, Parts], visitors: Visitors
) -> None:
    for name, parts in things.items():
        if parts and isinstance(parts[0], int):
            for place in (place for place, part in enumerate(parts) if isinstance(part, int)):
                odd = [*parts[:place], int(wrong), *parts[place + 1 :]]
                for visitor in (visitors.clerk, visitors.inspector):
                    found = status_of(visitor.get(reverse(name, args=odd)))
                    assert found in {302, 401, 403, 404, 405}, (name, found)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["\x00", "ż" * 500, "' or 1=1 --"], ids=["nul", "long", "sql"])
def test_odd_words_in_an_address_do_no_harm(wrong: str, things: dict[str, Parts], visitors: Visitors) -> None:
    for name, parts in things.items():
        for place in (place for place, part in enumerate(parts) if isinstance(part, str)):
            address = reverse(name, args=[*parts[:place], wrong, *parts[place + 1 :]])
            assert visitors.clerk.get(address).status_code == 404, name
    asked = dict.fromkeys(("text", "state", "sort", "after", "before", "umowa", "outcome"), wrong)
    for door in ROWS:
        if door.method == "GET" and door.name not in things and door.needs in {"anybody", *Right}:
            for visitor in (visitors.clerk, visitors.inspector):
                found = status_of(visitor.get(reverse(door.name), asked))
                assert found in {*door.answers, FORBIDDEN}, door
