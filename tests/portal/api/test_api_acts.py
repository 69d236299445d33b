"""What a program did is known by its installation and its token, and no program speaks for another."""

from __future__ import annotations

import pytest
from django.test import Client

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.providers.models import Installation, Provider
from rozlicz.portal.providers.operations import accept_installation
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.api.program import Program, a_token
from tests.portal.month import visits
from tests.reporting import report

SWX = "application/zip"


@pytest.fixture
def other_installation(clinic: Provider) -> Installation:
    """A second program of the clinic."""
    with acting_for_payer():
        return accept_installation(
            provider=clinic, short_id="05020319", long_id="05020319-JIHGFEDCBA9876543210"
        )


def test_the_book_of_acts_says_with_which_token_and_never_the_token(
    provider_operator: Operator, other_installation: Installation
) -> None:
    made = a_token(provider_operator, name="serwer nocny")
    Program(made.secret).post("/reports", report(visits(1)), SWX)
    with acting_for_payer():
        entry = Entry.objects.get(act="report.sent")
        assert entry.token == f"serwer nocny (…{made.secret[-6:]})"
        assert (entry.operator, entry.login) == (made.token.operator, made.token.operator.login)
        assert set(Entry.objects.exclude(pk=entry.pk).values_list("token", flat=True)) == {""}


@pytest.mark.slow
def test_pages_and_workbook_of_the_book_show_the_token(
    provider_operator: Operator, clerk: Client, inspector: Client
) -> None:
    made = a_token(provider_operator, name="serwer nocny")
    Program(made.secret).post("/reports", report(visits(1)), SWX)
    with acting_for_payer():
        key = Entry.objects.get(act="report.sent").pk
    for reader in (clerk, inspector):
        for address in ("/administracja/dziennik/", f"/administracja/dziennik/{key}/"):
            page = reader.get(address).content.decode()
            assert f"z tokenem serwer nocny (…{made.secret[-6:]})" in page
            assert made.secret[4:20] not in page


@pytest.mark.slow
def test_the_book_is_filtered_by_the_token(
    provider_operator: Operator, clerk: Client, inspector: Client
) -> None:
    made = [a_token(provider_operator, name=name) for name in ("serwer nocny", "rejestracja")]
    for one in made:
        Program(one.secret).post("/reports", report(visits(len(one.token.name))), SWX)
    token = made[0].token
    for reader in (clerk, inspector):
        for asked in ("nocny", token.ending, f"…{token.ending}", str(token)):
            page = reader.get(
                "/administracja/dziennik/", {"operator": asked, "act": "report.sent"}
            ).content.decode()
            assert f"z tokenem {token}" in page, asked
            assert f"z tokenem {made[1].token}" not in page, asked


def test_a_message_of_another_installation_is_refused_and_moves_none_of_its_numbers(
    provider_operator: Operator, other_installation: Installation
) -> None:
    with provider_operator.context():
        first = Installation.objects.get(short_id=world.SHORT_INSTALLATION)
    program = Program(a_token(provider_operator, installation=other_installation).secret)
    content = report(visits(1), generation=9)
    refused = program.post("/reports", content, SWX).json()
    assert [reason["code"] for reason in refused["refusals"]] == ["installation-of-another-token"]
    assert "05020319" in refused["refusals"][0]["sentence"]
    with acting_for_payer():
        first.refresh_from_db()
    assert first.last_generation == 0
