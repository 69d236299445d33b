"""Everybody who writes and reads: the clinic's clerk, a colleague, a stranger, the branch."""

from __future__ import annotations

import pytest
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from tests.portal.conftest import client_of
from tests.portal.month import noon

__all__ = ["noon"]


@pytest.fixture(autouse=True)
def at_noon(noon: None) -> None:
    """The pages' clock stands."""


@pytest.fixture
def neighbour(stranger: Operator) -> Client:
    """The browser of another provider's operator."""
    return client_of(stranger)


@pytest.fixture
def mate(colleague: Operator) -> Client:
    """The browser of the clerk's colleague."""
    return client_of(colleague)
