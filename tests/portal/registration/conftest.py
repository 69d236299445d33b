"""Parties that register with the branch."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache

from rozlicz.portal.correspondence.models import DocumentKind, PublishedDocument
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON
from tests.portal.registration.filling import Applicant


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """A password is typed in nearly every test here: what is tested is not the slowness of its hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def regulations(db: None) -> PublishedDocument:
    """The regulations in force."""
    cache.clear()  # counts of what this address has begun
    with acting_for_payer():
        return PublishedDocument.objects.create(
            kind=DocumentKind.REGULATIONS,
            title="Regulamin portalu",
            edition="2026",
            valid_from=date(2026, 9, 1),
            published_at=NOON,
            file="aa/aa",
            file_name="regulamin.pdf",
            sha256="aa",
            size=1,
            content_type="application/pdf",
        )


@pytest.fixture
def applicant(regulations: PublishedDocument) -> Applicant:
    """Somebody who has accepted the regulations."""
    return Applicant().begin()


@pytest.fixture
def filed(applicant: Applicant) -> Applicant:
    """Somebody who has filed a registration."""
    return applicant.fill().file()
