"""The visitors at noon of the tests' day."""

import pytest

from tests.portal.month import noon
from tests.portal.visitors import visitors

__all__ = ["noon", "visitors"]


@pytest.fixture(autouse=True)
def at_noon(noon: None) -> None:
    """Every page here reads the tests' clock."""
