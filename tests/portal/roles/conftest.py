"""The clinic's administrator and those it looks after, at the tests' own moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from rozlicz.portal.accounts.models import Operator, Subordination
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON, client_of
from tests.portal.month import noon
from tests.portal.people import person

__all__ = ["noon"]


@pytest.fixture(autouse=True)
def at_noon(noon: None) -> None:
    """Every page here reads the tests' clock."""


@pytest.fixture
def administrator(clinic: Provider) -> Operator:
    """The only administrator of the clinic, who does nothing else."""
    return person(clinic, "adm", [Role.ADMINISTRATOR], full_name="Adam Głóg")


@pytest.fixture
def reporter(clinic: Provider) -> Operator:
    """Who sends the clinic's reports."""
    return person(clinic, "spraw", [Role.REPORTING], full_name="Jan Rumianek")


@pytest.fixture
def branch_administrator(db: None) -> Operator:
    """The only administrator of the branch."""
    return person(None, "admin", [Role.ADMINISTRATION], full_name="Ewa Buk")


@pytest.fixture
def desk(administrator: Operator) -> Client:
    """The administrator's browser."""
    return client_of(administrator)


@pytest.fixture
def actor(clinic: Provider) -> Operator:
    """A clinic's operator who also acts for others."""
    return person(
        clinic,
        "grupa",
        [Role.ACTING, Role.REPORTING, Role.BILLING, Role.ADMINISTRATOR],
        full_name="Zofia Wierzba",
    )


@pytest.fixture
def subordination(clinic: Provider, practice: Provider) -> Subordination:
    """The practice stands under the clinic."""
    with acting_for_payer():
        return Subordination.objects.create(
            provider=clinic, subordinate=practice, since=NOON.date() - timedelta(days=30)
        )
