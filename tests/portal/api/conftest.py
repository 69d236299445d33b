"""Programs at noon of the tests' day."""

import pytest

from tests.portal.api.program import Program, a_program
from tests.portal.month import bill, noon, template

__all__ = ["bill", "noon", "template"]


@pytest.fixture(autouse=True)
def at_noon(noon: None, db: None) -> None:
    """Every call reads the tests' clock."""


@pytest.fixture
def program(provider_operator) -> Program:
    """The clinic's program, with every scope that a token can carry."""
    return a_program(provider_operator)


@pytest.fixture
def neighbour(stranger) -> Program:
    """A program of the other provider."""
    return a_program(stranger)
