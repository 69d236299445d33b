"""Two providers of one branch, each with something in every table."""

import pytest
from django.core.cache import cache

from rozlicz.portal.accounts.models import Operator
from tests.portal.isolation.furnishing import Tenant, furnish
from tests.portal.month import noon

__all__ = ["noon"]


@pytest.fixture
def tenants(
    noon: None, provider_operator: Operator, stranger: Operator, payer_operator: Operator
) -> tuple[Tenant, Tenant]:
    """The clinic and the practice."""
    cache.clear()
    return (
        furnish(provider_operator, payer_operator, mark="Kalinowisko", group_code="050881"),
        furnish(stranger, payer_operator, mark="Zarnowiec", group_code="050882"),
    )
