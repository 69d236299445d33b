"""`rozlicz contract show`: the whole contract, readable, and the same for programs."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rozlicz.cli import context
from rozlicz.messages.umx import write_umx
from tests import world
from tests.cli.conftest import CONTRACT, header
from tests.messages.ways import every_way


def shown(typed, monkeypatch, contract=CONTRACT, *, columns=100):
    monkeypatch.setenv("COLUMNS", str(columns))
    context.output.cache_clear()
    write_umx(contract, header=header("UMX"), target=Path("umowa.umx"))
    ended = typed("contract", "show", "umowa.umx")
    assert (ended.status, ended.err) == (0, "")
    return ended.out.replace("\u202f", " ")


def test_it_tells_whose_contract_it_is_and_when_it_holds(typed, monkeypatch):
    out = shown(typed, monkeypatch)
    assert out.startswith(f"Umowa {CONTRACT.printed_code}\n")
    for text in (
        "AOS – ambulatoryjna opieka specjalistyczna",
        "01.01.2026 – 31.12.2026",
        "styczeń 2026 – grudzień 2026",
        "05 Łódzki Oddział Wojewódzki NFZ",
        "050123 Przychodnia Wrzosowa Sp. z o.o.",
        "ul. Wrzosowa 7, 90-101 Łódź",
        "NIP 7251801126, REGON 100063894",
        "UMX 4.0, nr 1 z 03.11.2026 10:00",
    ):
        assert text in out


def test_it_tells_the_plan_month_by_month_and_its_sums(typed, monkeypatch):
    lines = [" ".join(line.split()) for line in shown(typed, monkeypatch).splitlines()]
    assert "październik 2026 100 10,00 zł 1 000,00 zł" in lines
    assert lines.count("Razem 1 200 12 000,00 zł") == 1
    assert "Kwota zobowiązania 12 000,00 zł" in lines


def test_it_tells_what_the_contract_demands_of_a_product(typed, monkeypatch):
    out = shown(typed, monkeypatch)
    assert "wiek od 18; skierowanie" in out
    assert "krotność do 100" in out
    assert "7,14" in out


def test_it_tells_cells_and_coefficients(typed, monkeypatch):
    out = shown(typed, monkeypatch)
    assert "Poradnia neurologiczna" in out
    assert "mnoży się przez inne" in out


def test_an_annex_and_an_unlimited_scope_are_told(typed, monkeypatch):
    terms = world.annexed(CONTRACT, scopes=(world.scope(unlimited=True),))
    out = shown(typed, monkeypatch, terms)
    assert "1 (02.01.2026)" in out
    assert "bez limitu" in out


@pytest.mark.parametrize("columns", [50, 60, 80, 120])
def test_it_fits_the_terminal(typed, monkeypatch, columns):
    assert max(map(len, shown(typed, monkeypatch, columns=columns).splitlines())) <= columns


def test_no_line_ends_in_blanks(typed, monkeypatch):
    assert not [line for line in shown(typed, monkeypatch).splitlines() if line != line.rstrip()]


def test_programs_get_grosze_and_units(typed, umowa):
    ended = typed("contract", "show", umowa, "--json")
    found = json.loads(ended.out)
    assert (found["code"], found["amount"], found["annex"]) == (CONTRACT.code, 1_200_000, 0)
    scope = found["scopes"][0]
    assert scope["plan"][9] == {"month": "2026-10", "units": 1_000_000, "price": 1000, "amount": 100_000}
    assert scope["products"][1]["weight"] == 71_400
    assert found["settlement_periods"] == [{"first": "2026-01", "last": "2026-12"}]
    assert found["coefficients"][0]["use"] == "M"


def test_programs_get_the_same_in_every_language(typed, umowa, monkeypatch):
    polish = typed("contract", "show", umowa, "--json").out
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    assert typed("contract", "show", umowa, "--json").out == polish


def test_it_speaks_english_when_asked(typed, umowa, monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    out = typed("contract", "show", umowa).out.replace("\u202f", " ")
    assert "Commitment" in out
    assert "PLN 12,000.00" in out
    assert "October 2026" in out


@pytest.mark.slow
def test_it_tells_the_terms_of_every_way_of_settlement(typed, monkeypatch):
    """Rates, groups, what is followed, increases, places: whatever a scope holds beside plan, products and cells."""
    out = shown(typed, monkeypatch, every_way(), columns=120)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for text in (
        "Typ umowy 18/1",
        "Zwiększenia planu 2 500,00 zł",
        "marzec 2026 2 500,00 zł FM/05/2026/7 FM-03",
        "osobę na rok 226,80 zł wskaźnik badań 01.01.2026 – 31.12.2026",
        "dobę 26 000,00 zł baza 20 000,00 zł, struktura 15 %, funkcja 3 000,00 zł 01.01.2026 – 31.12.2026",
        "osobodzień 142,50 zł 01.01.2026 – 30.04.2026",
        "5.01.00.0000104 40–65 1,34 wiek 40–65",
        "5.01.00.0000107 DPS 3,1 mieszkańcy DPS i placówek dla dzieci",
        "M1 Przychodnia ul. Wrzosowa 7, 90-101 Łódź",
        "FM/05/2026/7 plan Funduszu Medycznego 01.01.2026 FM-03 profilaktyka",
    ):
        assert text in lines, text
    assert "Deklaracje zakresu 02.1220.001.02/3; 01.0010.094.01/1 (05/050777/POZ/2026/1)" in " ".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("columns", [50, 80])
def test_every_way_of_settlement_fits_the_terminal(typed, monkeypatch, columns):
    assert max(map(len, shown(typed, monkeypatch, every_way(), columns=columns).splitlines())) <= columns


def test_an_empty_table_is_not_shown(typed, monkeypatch):
    (scope,) = CONTRACT.scopes
    bare = replace(CONTRACT, scopes=(replace(scope, products=(), cells=()),), coefficients=())
    out = shown(typed, monkeypatch, bare)
    assert not [title for title in ("Produkt ", "Komórka ", "Stawka za", "Grupa ", "Miejsca") if title in out]


def test_programs_get_the_terms_of_every_way_of_settlement(typed):
    write_umx(every_way(), header=header("UMX"), target=Path("umowa.umx"))
    found = json.loads(typed("contract", "show", "umowa.umx", "--json").out)
    by_way = {scope["settled_by"]: scope for scope in found["scopes"]}
    assert by_way["R"]["rates"][0]["ward"]["structure_share"] == 1500
    assert by_way["D"]["groups"][1]["persons"] == "care-home"
    assert by_way["D"]["groups"][0]["coefficient"] == 13_400
    assert by_way["Y"]["follows"][0] == {"code": "02.1220.001.02", "distinguisher": 3, "contract": ""}
    assert by_way["S"]["increases"][0]["document"] == found["financing"][0]["number"]
    assert by_way["S"]["cells"][0]["location"] == found["locations"][0]["code"]
    assert (found["increase"], found["contract_type"], found["purposes"][0]["code"]) == (
        250_000,
        "18/1",
        "FM-03",
    )
