"""What people write may be long and without a blank: no page becomes wider than its window for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.browser import road, work
from tests.portal.browser.branch import Branch
from tests.portal.browser.conftest import NewWindow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "bardzo_dluga_nazwa_pliku_bez_ani_jednej_spacji" * 2
LONG_NUMBER = "FV/" + "1234567890" * 5


def test_long_names_of_files_and_numbers(new_window: NewWindow, branch: Branch, tmp_path: Path) -> None:
    clerk, inspector = new_window(), new_window()
    clerk.log_in(branch.clerk.login, branch.password)
    file = tmp_path / f"{LONG}.swx"
    branch.write_report(file, positions=20, generation=1, mistakes={"unknown-scope": 0.2})
    road.send_report(clerk, file)
    work.check_reports()
    clerk.main.locator(".figures").wait_for()
    garbage = tmp_path / f"{LONG}.efx"
    garbage.write_bytes(b"garbage")
    clerk.page.goto("/rachunki/z-pliku/")
    clerk.choose_file("Plik rachunku", garbage)
    clerk.button("Wyślij rachunek")
    clerk.looks_right()
    contract = branch.clinic.contracts_in(branch.month)[0]
    road.request_settlement(clerk, contract)
    work.calculate()
    clerk.main.locator("article.finding").first.wait_for()
    clerk.follow("Wystaw rachunek")
    clerk.fill({"Numer rachunku": LONG_NUMBER})
    clerk.button("Wyślij rachunek")
    assert LONG_NUMBER in clerk.heading
    clerk.looks_right()
    for window, pages in (
        (clerk, ("/pulpit/", "/sprawozdawczosc/", "/rachunki/", "/platnosci/")),
        (inspector, ("/pulpit/", "/sprawozdawczosc/", "/rachunki/")),
    ):
        if window is inspector:
            window.log_in(branch.inspector.login, branch.password)
        for address in pages:
            window.page.goto(address)
            window.looks_right()
    with acting_for_payer():
        Operator.objects.filter(pk=branch.clerk.pk).update(full_name=LONG)
    for address in ("/pulpit/", "/konto/", "/konto/haslo/"):
        clerk.page.goto(address)
        clerk.looks_right()
