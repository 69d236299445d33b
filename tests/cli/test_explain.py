"""`rozlicz explain`: what will be due for a report, step by step, and what the program cannot know off-line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.r_umx import write_r_umx
from rozlicz.messages.services import Entitlement
from rozlicz.messages.templates import Template, TemplateLine
from rozlicz.messages.umx import write_umx
from rozlicz.settlement.explanation import Explanation
from tests import reporting, world
from tests.cli.conftest import CONTRACT, GOOD, WRITTEN, header
from tests.cli.payer import settle

SEPTEMBER = Month(2026, 9)
DAY = ("--received-on", "2026-11-05")
EKUZ = Entitlement(
    basis="1", document="EKUZ", number="DE123", country="DE", valid_from="2026-01-01", valid_to="2026-12-31"
)


def template(amount: int, *, month: Month = SEPTEMBER, number: int = 700_001, **changed) -> Template:
    line = TemplateLine(
        scope=world.NEUROLOGY,
        distinguisher=1,
        product=world.VISIT,
        name="W11",
        unit_name="punkt",
        units=amount * 10,
        price=1000,
        amount=amount,
    )
    one = Template(
        number=number,
        contract=CONTRACT.code,
        annex=0,
        branch="05",
        provider=CONTRACT.provider.code,
        month=month,
        issued_at=WRITTEN,
        lines=(line,),
    )
    return replace(one, **changed)


def saved(*templates: Template, name: str = "szablon.zrz") -> Path:
    path = Path(name)
    write_r_umx(templates, header=header("R_UMX"), target=path)
    return path


@pytest.fixture
def asking(typed, dobry, umowa):
    """Ask about the report of ten visits at 10.00 zł."""
    return lambda *arguments: typed("explain", dobry, "--contract", umowa, *DAY, *arguments)


@pytest.fixture
def explained(typed, dobry, umowa):
    """The answer for programs about a report, by default that of ten visits at 10.00 zł."""

    def explained(*arguments: object, report: Path = dobry):
        ended = typed("explain", report, "--contract", umowa, *DAY, "--json", *arguments)
        assert ended.status == 0, ended.err
        return json.loads(ended.out)

    return explained


def said_in(found) -> str:
    return " ".join(note["pl"] for note in found["not_known"])


def test_the_due_is_that_of_the_accepted_positions_and_follows_from_the_figures(explained):
    """R20."""
    found = explained()
    assert (found["month"], found["due"]) == ("2026-10", 100_00)
    (scope,) = (one for one in found["scopes"] if one["due"])
    lines = Explanation.from_json(scope["explanation"]).step("unit-price.lines")
    assert lines.figure("line.units.1") * lines.figure("line.price.1") == scope["due"] * 10_000


def test_the_page_says_the_amount_its_steps_and_what_is_not_known(typed, dobry, umowa):
    ended = typed("explain", dobry, "--contract", umowa, *DAY)
    assert (ended.status, ended.err) == (0, "")
    page = ended.out.replace("\u202f", " ")
    for words in (
        "100,00 zł",
        "Krok po kroku",
        "cena jednostkowa jednostki rozliczeniowej",
        "Czego to wyliczenie nie wie",
        "zasada oddziału albo źródło do potwierdzenia",
    ):
        assert words in page


@pytest.mark.slow
def test_rejected_positions_are_left_out_and_told(typed, raport, umowa):
    ended = typed("explain", raport, "--contract", umowa, *DAY, "--json")
    assert ended.status == 1
    assert "których tu nie policzono: 3" in ended.err
    assert json.loads(ended.out)["due"] == 100_00


def test_earlier_templates_take_up_the_plan(explained):
    """R23."""
    spent = saved(template(9_950_00))
    found = explained("--template", spent)
    assert found["due"] == 50_00
    assert "nie mówią, które pozycje rozliczyły" in said_in(found)
    assert "przyjęto, że w okresie rozliczeniowym nic jeszcze nie rozliczono" not in said_in(found)


def test_the_same_template_given_twice_counts_once(explained):
    first, again = saved(template(9_950_00)), saved(template(9_950_00), name="kopia.zrz")
    assert explained("--template", first, "--template", again)["due"] == 50_00


def test_a_correction_gives_back_what_it_takes(explained):
    both = saved(template(9_950_00), template(-40_00, number=700_002, corrects=700_001))
    assert explained("--template", both)["due"] == 90_00


@pytest.mark.slow
def test_a_template_of_the_month_and_one_of_another_contract_are_spoken_of(explained):
    others = saved(template(10_00, month=Month(2026, 10)))
    assert "Za październik 2026 są już szablony: 700001" in said_in(explained("--template", others))
    foreign = saved(template(9_950_00, contract="05-26-00999"))
    found = explained("--template", foreign)
    assert found["due"] == 100_00
    assert f"Szablonów innych umów niż {CONTRACT.code} nie uwzględniono: 1" in said_in(found)


def test_a_month_before_the_positions_pays_none_of_them(explained):
    assert explained("--month", "2026-09")["due"] == 0


def test_a_person_under_coordination_has_a_line_of_a_bill_of_their_own(explained):
    """R61."""
    foreign = reporting.Reported(
        service_id="S-000020", patient=reporting.PERSON_FROM_GERMANY, entitlement=EKUZ
    )
    Path("ue.swx").write_bytes(reporting.report([*GOOD, foreign], generation=8))
    found = explained(report=Path("ue.swx"))
    (scope,) = (one for one in found["scopes"] if one["due"])
    lines = Explanation.from_json(scope["explanation"]).step("unit-price.lines")
    assert found["due"] == 110_00
    assert [label.pl.endswith("rachunek osoby (DE)") for label, _ in lines.inputs] == [False, True]


def test_one_scope_of_several(typed, dobry):
    both = world.contract(scopes=(world.scope(), world.scope(world.CARDIOLOGY)))
    write_umx(both, header=header("UMX"), target=Path("dwie.umx"))
    ended = typed("explain", dobry, "--contract", "dwie.umx", *DAY, "--scope", world.CARDIOLOGY, "--json")
    found = json.loads(ended.out)
    assert [one["scope"] for one in found["scopes"]] == [world.CARDIOLOGY]
    assert found["due"] == 0


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("--month", "10.2026"), 2, "nie ma postaci RRRR-MM"),
        (("--month", "2027-10"), 1, "nie ma okresu rozliczeniowego"),
        (("--scope", "02.9999.001.02"), 2, f"Ma takie: {world.NEUROLOGY}"),
        (("--template", "brak.zrz"), 2, "Nie ma pliku brak.zrz"),
        (("--template", "umowa.umx"), 1, "a potrzebny jest inny"),
    ],
    ids=["no month", "month of no period", "scope of no plan", "no file", "no template"],
)
def test_what_cannot_be_done_is_told_in_a_sentence(asking, arguments, status, told):
    ended = asking(*arguments)
    assert (ended.status, ended.out) == (status, "")
    assert told in ended.err


def test_a_report_that_breaks_off_or_is_another_providers_has_nothing_due(typed, dobry, umowa):
    whole = dobry.read_bytes()
    Path("urwany.swx").write_bytes(whole[: len(whole) // 2])
    stranger = reporting.report(GOOD, of=reporting.header(world.PRACTICE))
    Path("cudzy.swx").write_bytes(stranger)
    for name in ("urwany.swx", "cudzy.swx"):
        ended = typed("explain", name, "--contract", umowa, *DAY)
        assert (ended.status, ended.out) == (1, "")
        assert name in ended.err


def test_the_payer_issues_templates_of_the_same_amount(explained, dobry, umowa):
    issued = settle(dobry, umowa, Path("platnik.zrz"), at=WRITTEN)
    assert sum(one.amount for one in issued) == explained()["due"]


WRONG = reporting.Reported(service_id="S-000011", product="5.30.00.9999999")


@pytest.mark.parametrize("services", [[WRONG], []], ids=["all rejected", "empty"])
@pytest.mark.parametrize("month", [(), ("--month", "2026-10")], ids=["no month", "month"])
def test_a_report_without_an_accepted_position_has_nothing_due(typed, umowa, services, month):
    Path("zly.swx").write_bytes(reporting.report(services))
    ended = typed("explain", "zly.swx", "--contract", umowa, *DAY, *month)
    assert (ended.status, ended.out) == (1, "")
    assert "nic nie będzie się należeć" in ended.err


def test_english_throughout(typed, dobry, umowa, monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    page = typed("explain", dobry, "--contract", umowa, *DAY, "--pdf", "why.pdf").out
    assert "What this calculation does not know" in page
    assert "Step by step" in page
    assert Path("why.pdf").read_bytes().startswith(b"%PDF")
