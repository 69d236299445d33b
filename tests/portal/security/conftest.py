"""The visitors, and things of the clinic for every address, at noon of the tests' day."""

from tests.portal.door_things import things
from tests.portal.month import bill, noon, template
from tests.portal.visitors import visitors

__all__ = ["bill", "noon", "template", "things", "visitors"]
