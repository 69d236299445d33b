"""What every test may use."""

from hypothesis import settings

pytest_plugins = ["tests.postgres"]

# How long an example takes says nothing about what it shows; speed is measured by `make bench`.
settings.register_profile("rozlicz", deadline=None)
settings.load_profile("rozlicz")
