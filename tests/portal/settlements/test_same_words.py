"""An amount is explained in the same words by the portal's page, the command line and the printout."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from rich.console import Console

from rozlicz.cli import context
from rozlicz.cli.explain_page import Explained, explained_page, explained_pdf
from rozlicz.messages.contracts import Contract
from rozlicz.portal.settlements.models import CapExplanation
from rozlicz.portal.tenancy import acting_for_payer
from rozlicz.settlement.books import CapUnit
from rozlicz.settlement.drafts import CapSettlement
from rozlicz.settlement.explanation import Explanation
from rozlicz.settlement.telling import Told, told
from tests import world
from tests.documents.pdf_text import text_of
from tests.portal.browsing import click


class _Words(HTMLParser):
    """What people see of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def words_of(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    return closed_up("".join(reader.words))


def closed_up(text: str) -> str:
    """Without blanks: lines break elsewhere on each of the three. The terminal is wide, as its headings break too."""
    return "".join(text.split())


def sentences(why: Told) -> list[str]:
    told_by_steps = (
        part for step in why.steps for part in (step.title, step.outcome, *step.inputs, step.basis)
    )
    amounts = (cell for row in why.months for cell in (row.name, *row.amounts))
    return [why.months_title, *why.columns, *amounts, *why.total, why.steps_title, *told_by_steps]


@pytest.fixture
def stored(template):
    """The explanation as the calculation left it."""
    with acting_for_payer():
        return Explanation.from_json(CapExplanation.objects.get(request=template.request_id).explanation)


def off_line(explanation: Explanation, contract: Contract) -> Explained:
    cap = CapSettlement(
        unit=CapUnit(world.NEUROLOGY, 1),
        room=None,
        due=800_00,
        corrected=0,
        waiting=0,
        explanation=explanation,
    )
    (period,) = contract.settlement_periods
    return Explained(contract=contract, month=period.last, period=period, caps=(cap,), notes=())


@pytest.mark.slow
@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_portal_the_command_line_and_the_printouts_say_the_same(
    clerk, template, stored, language, monkeypatch
):
    monkeypatch.setenv("ROZLICZ_LANG", language)
    clerk.cookies["django_language"] = language
    address = reverse("settlement_whence_scope", args=[template.request_id, world.NEUROLOGY, 1])
    page = clerk.get(address)
    from_the_portal = click(clerk, page, {"pl": "Pobierz PDF", "en": "Download as PDF"}[language])
    assert from_the_portal.headers["Content-Type"] == "application/pdf"
    found = off_line(stored, world.contract())
    terminal = Console(width=400, highlight=False)
    with terminal.capture() as captured:
        terminal.print(explained_page(found))
    shown = {
        "portal": words_of(page.content.decode()),
        "printout of the portal": closed_up(text_of(from_the_portal.content)),
        "command line": closed_up(captured.get()),
        "printout of the command line": closed_up(text_of(explained_pdf(found, language))),
    }
    expected = [closed_up(one) for one in sentences(told(stored, language))]
    assert len(expected) > 80
    assert context.language() == language
    for place, text in shown.items():
        assert [one for one in expected if one not in text] == [], place


@pytest.mark.slow
def test_the_printout_of_a_whole_calculation_holds_every_scope(clerk, template, stored):
    answer = clerk.get(reverse("settlement_whence_pdf", args=[template.request_id]))
    name = f"skad-ta-kwota_2026-10_{template.request_id}.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    text = closed_up(text_of(answer.content))
    assert closed_up(stored.title.pl) in text
    assert closed_up(world.CLINIC.name) in text


@pytest.mark.slow
def test_the_printout_of_one_scope_has_a_file_name_of_its_own(clerk, template):
    scope = (world.NEUROLOGY, 1)
    answer = clerk.get(reverse("settlement_whence_scope_pdf", args=[template.request_id, *scope]))
    name = f"skad-ta-kwota_2026-10_{template.request_id}_{world.NEUROLOGY}_1.pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
