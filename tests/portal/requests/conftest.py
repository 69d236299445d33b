"""The visitors at noon of the tests' day."""

import pytest

from tests.portal.month import bill, noon, template
from tests.portal.visitors import visitors

__all__ = ["bill", "noon", "template", "visitors"]


@pytest.fixture(autouse=True)
def at_noon(noon: None) -> None:
    """Every page here reads the tests' clock."""
