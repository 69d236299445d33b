"""What every test may use."""

import gc

import pytest
from hypothesis import settings

pytest_plugins = ["tests.postgres"]

# How long an example takes says nothing about what it shows; speed is measured by `make bench`.
settings.register_profile("rozlicz", deadline=None)
settings.load_profile("rozlicz")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Thousands of tests live until the end: looking through them for garbage again and again finds nothing."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 10)
