"""The matrix role × right: on the page, in the documentation, and in the check itself it is the same table."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import override

from rozlicz.portal.accounts.rights import PAYER_ROLES, PROVIDER_ROLES, RIGHT_WORDS, ROLE_WORDS, ROLES
from tests.portal.browsing import table
from tests.portal.conftest import client_of
from tests.portal.month import text
from tests.portal.people import person

DOCUMENT = Path(__file__).parents[3] / "docs" / "roles.md"


def matrix(roles):
    """The rows of a table: each right that one of the roles has, and a yes for each role that has it."""
    return [
        [str(words), *("yes" if right in rights else "–" for rights in roles.values())]
        for right, words in RIGHT_WORDS.items()
        if any(right in rights for rights in roles.values())
    ]


@pytest.mark.parametrize("roles", [PROVIDER_ROLES, PAYER_ROLES], ids=["provider", "branch"])
def test_the_documentation_shows_the_table_that_is_asked(roles):
    with override("en"):
        lines = [
            "| Right | " + " | ".join(str(ROLE_WORDS[role]) for role in roles) + " |",
            "|---" * (len(roles) + 1) + "|",
            *("| " + " | ".join(row) + " |" for row in matrix(roles)),
        ]
    assert "\n".join(lines) in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("is_payer", [False, True], ids=["provider", "branch"])
def test_the_page_shows_the_table_that_is_asked(clinic, is_payer):
    roles = PAYER_ROLES if is_payer else PROVIDER_ROLES
    page = client_of(person(None if is_payer else clinic, "ktos", [])).get("/administracja/role/")
    with override("pl"):
        expected = [[{"yes": "tak"}.get(cell, cell) for cell in row] for row in matrix(roles)]
    assert [row for row in table(page) if row in expected] == expected
    foreign = {str(ROLE_WORDS[role]) for role in ROLES.keys() - roles.keys()}
    if not is_payer:
        assert "Weryfikacja" in foreign
        assert "Weryfikacja" not in text(page)
