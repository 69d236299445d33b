"""Everybody who may come to a page: the owner, a colleague, a stranger, the payer, and one who is not logged in."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.portal.conftest import client_of


class Visitors(NamedTuple):
    """A browser for each."""

    clerk: Client
    colleague: Client
    stranger: Client
    inspector: Client
    anonymous: Client

    def answers(self, address: str) -> list[int]:
        """What each of them is answered, in their order."""
        return [status_of(visitor.get(address)) for visitor in self]


def status_of(response: HttpResponse) -> int:
    """The status of an answer; a download is read to its end, as a browser would, which closes it."""
    if response.streaming:
        b"".join(response.streaming_content)
    return int(response.status_code)


OPEN_TO_ALL = [200, 200, 200, 200, 302]
OF_ONE_PROVIDER = [200, 200, 404, 200, 302]


@pytest.fixture
def visitors(clerk, colleague, stranger, inspector) -> Visitors:
    """All of them at the door."""
    return Visitors(clerk, client_of(colleague), client_of(stranger), inspector, Client())
