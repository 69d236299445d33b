"""`rozlicz template show`: lines and totals, and whether quantity × price is the value."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from rozlicz.messages.r_umx import write_r_umx
from rozlicz.messages.templates import (
    CalculatedBy,
    Capitation,
    PlanKind,
    TemplateLine,
    capitation_line,
)
from tests.cli.conftest import header
from tests.documents.desk import CORRECTING, TEMPLATE


def lines_of(out: str) -> list[str]:
    return [" ".join(line.split()) for line in out.replace("\u202f", " ").splitlines()]


def test_lines_and_totals_are_shown(typed, szablon):
    ended = typed("template", "show", szablon)
    assert (ended.status, ended.err) == (0, "")
    lines = lines_of(ended.out)
    assert "1 02.1220.001.02/1 5.30.00.0000012 71,4 10,00 zł 714,00 zł zgodna" in lines
    assert "Razem 747,37 zł" in lines
    assert "Koryguje szablon 700123" in lines
    assert "Razem ze wszystkich szablonów: 675,97 zł" in lines


def test_a_value_that_is_not_quantity_times_price_is_an_error(typed):
    first, *others = TEMPLATE.lines
    wrong = replace(TEMPLATE, lines=(replace(first, amount=first.amount + 1), *others))
    write_r_umx((wrong,), header=header("R_UMX"), target=Path("zly.zrz"))
    ended = typed("template", "show", "zly.zrz")
    assert ended.status == 1
    assert ended.out.count("NIE zgadza się") == 1
    assert "zgłoś to oddziałowi" in ended.err
    assert json.loads(typed("template", "show", "zly.zrz", "--json").out)["adds_up"] is False


def test_a_sum_that_is_not_that_of_the_lines_is_an_error(typed, szablon):
    text = szablon.read_text(encoding="utf-8")
    Path("zly.zrz").write_text(text.replace('wartosc="747.37"', 'wartosc="747.38"'), encoding="utf-8")
    ended = typed("template", "show", "zly.zrz")
    assert (ended.status, ended.out) == (1, "")
    assert "suma pozycji" in ended.err


def test_a_file_without_templates_says_that_nothing_is_due(typed):
    write_r_umx((), header=header("R_UMX"), target=Path("pusty.zrz"), contract=TEMPLATE.contract)
    ended = typed("template", "show", "pusty.zrz")
    assert ended.status == 0
    assert "nic nie jest należne" in ended.out


def test_programs_get_grosze_and_units(typed, szablon):
    found = json.loads(typed("template", "show", szablon, "--json").out)
    assert found["amount"] == TEMPLATE.amount + CORRECTING.amount
    assert found["adds_up"] is True
    assert [one["corrects"] for one in found["templates"]] == [None, TEMPLATE.number]
    line = found["templates"][0]["lines"][0]
    assert (line["units"], line["price"], line["amount"]) == (714_000, 1000, 71_400)


def test_it_speaks_english_when_asked(typed, szablon, monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    out = typed("template", "show", szablon).out
    assert "agrees" in out
    assert "October 2026" in out


def capitation(**more) -> Capitation:
    return Capitation(persons=7, coefficient=13_400, annual_rate=10_000, counted_on=date(2026, 10, 1), **more)


def of_the_fund(*, line: TemplateLine, **more) -> Path:
    """A file with one template that the Medical Fund pays."""
    template = replace(
        TEMPLATE,
        lines=(line,),
        calculated_by=CalculatedBy.DECLARATIONS,
        plan=PlanKind.MEDICAL_FUND,
        plan_number="FM/05",
        financing_document="FM/05/7",
        purpose="FM-03",
        **more,
    )
    write_r_umx((template,), header=header("R_UMX"), target=Path("poz.zrz"))
    return Path("poz.zrz")


def group_line(counted: Capitation) -> TemplateLine:
    return capitation_line(
        scope="01.0010.094.01", distinguisher=1, product="", name="40–65", capitation=counted
    )


def test_a_count_of_persons_and_the_plan_are_told(typed):
    """CA-1: how the price of a group came about stands under its line."""
    ended = typed("template", "show", of_the_fund(line=group_line(capitation(days=10, of_days=22))))
    assert (ended.status, ended.err) == (0, "")
    lines = lines_of(ended.out)
    for text in (
        "Rozliczenie za deklaracje",
        "Plan Fundusz Medyczny FM/05, FM/05/7",
        "Cel FM-03",
        "1 01.0010.094.01/1 1 35,53 zł 35,53 zł zgodna",
        "7 × 1,34 × 100,00 zł ÷ 12 × 10 ÷ 22 (osoby na 01.10.2026)",
    ):
        assert text in lines, text
    assert "R_UMX 2.8" in ended.out


def test_a_value_that_is_not_that_of_the_count_is_an_error(typed):
    line = replace(group_line(capitation()), capitation=capitation(days=1, of_days=2))
    ended = typed("template", "show", of_the_fund(line=line))
    assert ended.status == 1
    assert ended.out.count("NIE zgadza się") == 1


def test_programs_get_the_count_and_the_plan(typed):
    found = json.loads(typed("template", "show", of_the_fund(line=group_line(capitation())), "--json").out)
    (template,) = found["templates"]
    assert [template[name] for name in ("plan", "plan_number", "financing_document", "purpose")] == [
        "medical-fund",
        "FM/05",
        "FM/05/7",
        "FM-03",
    ]
    assert template["lines"][0]["capitation"] == {
        "persons": 7,
        "coefficient": 13_400,
        "annual_rate": 10_000,
        "counted_on": "2026-10-01",
        "days": 0,
        "of_days": 0,
    }
