"""The visitors of each page."""

from tests.portal.visitors import visitors

__all__ = ["visitors"]
