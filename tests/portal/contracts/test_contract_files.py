"""Contract files to download (P8): the path of clicks of the seed, the current file marked, older ones kept."""

from __future__ import annotations

import hashlib

import pytest
from django.urls import reverse

from rozlicz.messages.umx import read_umx
from rozlicz.portal.contracts.models import ContractFile
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.browsing import click, link, table
from tests.portal.conftest import NOON


@pytest.fixture
def annex(clinic):
    """The clinic's contract has got its first annex."""
    with acting_for_payer():
        return publish_contract(terms=world.annexed(world.contract()), at=NOON)


def files_of(clinic):
    with acting_for_payer():
        return list(ContractFile.objects.filter(provider=clinic).order_by("annex"))


def test_p8_the_path_of_clicks_ends_at_the_contract_file(clerk, clinic):
    area = clerk.get(reverse("contracts"))
    assert "Umowy na realizację świadczeń" in area.content.decode()
    functions = click(clerk, area, "Pokaż więcej…")
    files = click(clerk, functions, "Pliki z umowami do pobrania")
    download = click(clerk, files, "Pobierz")
    content = b"".join(download.streaming_content)
    (stored,) = files_of(clinic)
    assert download["Content-Disposition"] == f'attachment; filename="{stored.file_name}"'
    assert hashlib.sha256(content).hexdigest() == stored.sha256


def test_p9_the_downloaded_file_is_the_contract_in_its_newest_state(clerk, annex, tmp_path):
    page = clerk.get(reverse("contract_files"))
    download = click(clerk, page, "Pobierz")
    file = tmp_path / "umowa.umx"
    file.write_bytes(b"".join(download.streaming_content))
    _, terms = read_umx(file)
    assert terms == world.annexed(world.contract())


def test_p8_the_current_file_is_marked_and_older_annexes_are_kept(clerk, annex):
    first, second = table(clerk.get(reverse("contract_files")))[1:]
    assert (first[1], first[2]) == ("1", "aktualne")
    assert (second[1], second[2]) == ("umowa", "zastąpiono")


def test_only_current_files_when_asked(clerk, annex):
    rows = table(clerk.get(reverse("contract_files"), {"only_current": "on"}))[1:]
    assert [row[1] for row in rows] == ["1"]


def test_payer_searches_files_by_provider(inspector, annex, practice):
    everything = table(inspector.get(reverse("contract_files")))[1:]
    assert [row[0] for row in everything] == [
        "Indywidualna Praktyka Lekarska Zofia Zawilec 050777",
        "Przychodnia Wrzosowa Sp. z o.o. 050123",
        "Przychodnia Wrzosowa Sp. z o.o. 050123",
    ]
    found = table(inspector.get(reverse("contract_files"), {"text": "zawilec"}))[1:]
    assert [row[0] for row in found] == ["Indywidualna Praktyka Lekarska Zofia Zawilec 050777"]


def test_a_filter_that_nothing_fits_says_so(clerk, clinic):
    assert "Żaden plik nie pasuje" in clerk.get(reverse("contract_files"), {"text": "zzz"}).content.decode()


def test_without_contracts_the_page_says_when_files_come(inspector):
    assert "gdy oddział udostępni umowę" in inspector.get(reverse("contract_files")).content.decode()


@pytest.mark.slow
def test_a_long_list_is_paged_by_key(clerk, clinic):
    with acting_for_payer():
        terms = world.contract()
        for _ in range(60):
            terms = world.annexed(terms)
            publish_contract(terms=terms, at=NOON)
    first = clerk.get(reverse("contract_files"))
    assert [row[1] for row in table(first)[1:]] == [str(annex) for annex in range(60, 10, -1)]
    assert "Pokazano 50 z 61" in first.content.decode()
    second = clerk.get(reverse("contract_files") + link(first, "Następne"))
    assert [row[1] for row in table(second)[1:]] == [*(str(annex) for annex in range(10, 0, -1)), "umowa"]
    back = clerk.get(reverse("contract_files") + link(second, "Poprzednie"))
    assert table(back) == table(first)
