"""`rozlicz template show`: lines and totals, and whether quantity × price is the value."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from rozlicz.messages.r_umx import write_r_umx
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
