"""`rozlicz report check`: the payer's rules, off-line, with the payer's result."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from rozlicz.cli import context
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.umx import write_umx
from rozlicz.verification.checker import Checked, Checker, Terms
from tests import reporting, world
from tests.cli.conftest import CONTRACT, GOOD, header

ON = ("--received-on", "2026-11-05")


@pytest.fixture
def checked(typed, umowa, monkeypatch):
    """Check a report under the contract of the desk, as sent on 5 November 2026."""

    def checked(source, *more, columns=100):
        monkeypatch.setenv("COLUMNS", str(columns))
        context.output.cache_clear()
        return typed("report", "check", source, "--contract", umowa, *ON, *more)

    return checked


def verdict_of(source: Path) -> Checked:
    """What the payer's checker says of the whole report at once."""
    checker = Checker(
        terms=Terms.of([CONTRACT]),
        provider=CONTRACT.provider.code,
        branch=CONTRACT.branch,
        received_on=date(2026, 11, 5),
    )
    return checker.check(pl.concat(list(SwiadReader(source))))


def words(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").split())


def test_a_report_without_faults_ends_with_status_0(checked, dobry):
    ended = checked(dobry)
    assert (ended.status, ended.err) == (0, "")
    assert "Wynik: nic nie zostałoby odrzucone." in ended.out
    assert "Przyjęte 10 100,00 zł" in words(ended.out)
    assert "Odrzucone 0 0,00 zł" in words(ended.out)


def test_a_rejected_position_ends_with_status_1_and_the_totals(checked, raport):
    ended = checked(raport)
    assert ended.status == 1
    assert "Przyjęte 10 100,00 zł" in words(ended.out)
    assert "Odrzucone 3" in words(ended.out)
    assert ended.out.endswith("Wynik: odrzucone zostałyby pozycje: 3 z 13.\n")


def test_each_rule_tells_records_value_sentence_remedy_basis_and_place(checked, raport):
    out = words(checked(raport).out)
    assert "błąd 59904005 Miesiąc sprawozdawczy – 2 zapisy, 0,00 zł" in out
    assert "Okres sprawozdawczy „2026-13” nie jest miesiącem w postaci RRRR-MM." in out
    assert "Co zrobić Podaj miesiąc, na przykład 2026-10" in out
    assert "Podstawa budowa komunikatu SWIAD" in out
    assert "S-000012 1 1" in out
    assert "S-000013 1 1" in out


def test_the_line_is_that_of_the_position_in_the_file(checked, raport):
    wanted = raport.read_text(encoding="utf-8").splitlines()
    shown = next(line for line in checked(raport).out.splitlines() if " S-000011 " in line)
    number, line = map(int, shown.split()[:2])
    assert number == 11
    assert "5.30.00.9999999" in wanted[line - 1]


def test_errors_come_first_and_the_costliest_before_others(checked, desk):
    faults = [
        reporting.Reported(service_id="A", month="2026-13"),
        reporting.Reported(service_id="B", day="2026-02-30", units="3"),
        reporting.Reported(service_id="C"),
        reporting.Reported(service_id="D"),
    ]
    source = Path("r.swx")
    source.write_bytes(reporting.report(faults))
    found = json.loads(checked(source, "--json").out)["rules"]
    order = [(rule["severity"], -rule["value"]) for rule in found]
    assert order == sorted(order)
    assert len(order) > 2


@pytest.mark.parametrize(("limit", "shown"), [(0, 0), (1, 1), (2, 2), (5, 3)])
def test_only_the_first_records_of_a_rule_are_shown(checked, desk, limit, shown):
    source = Path("r.swx")
    source.write_bytes(
        reporting.report(reporting.Reported(service_id=f"S-{n}", month="2026-13") for n in range(3))
    )
    out = checked(source, "--limit", limit).out
    assert sum(f" S-{n} " in out for n in range(3)) == shown
    assert ("… i jeszcze" in out) is (0 < shown < 3)
    assert "3 zapisy" in out


def test_checks_that_need_the_portal_are_named(checked, dobry):
    out = checked(dobry).out
    assert "Nie sprawdzono, bo wymaga to wcześniejszych raportów" in out
    for code in ("59908004", "59908005", "59908006"):
        assert code in out
    assert "--installation" in out


def test_the_result_is_that_of_the_payers_checker(checked, raport):
    found = json.loads(checked(raport, "--json").out)
    verdict = verdict_of(raport)
    accepted = verdict.positions.filter("accepted")
    assert found["totals"] == {
        "positions": verdict.positions.height,
        "accepted": accepted.height,
        "rejected": verdict.positions.height - accepted.height,
        "accepted_value": accepted["value"].sum(),
        "rejected_value": verdict.positions["value"].sum() - accepted["value"].sum(),
    }
    told = [(one["row"], one["code"], one["severity"], one["value"]) for one in found["findings"]]
    assert told == verdict.findings.select("row", "code", "severity", "value").rows()


def test_programs_read_it_whole_or_line_by_line(checked, raport):
    ended = checked(raport, "--json")
    found = json.loads(ended.out)
    assert ended.status == 1
    assert found["accepted"] is False
    assert found["about"]["contracts"] == [CONTRACT.code]
    assert found["about"]["rules_not_checked"] == ["59904008", "59908004", "59908005", "59908006"]
    assert found["header"]["generation"] == 7
    lines = [line.rstrip(",") for line in ended.out.splitlines() if line.startswith('{"row"')]
    assert [json.loads(line) for line in lines] == found["findings"]
    first = found["findings"][0]
    assert first["service_id"] == "S-000011"
    assert set(first["message"]) == set(first["remedy"]) == {"pl", "en"}


def test_a_report_of_contracts_that_were_not_given_says_so(checked, desk):
    source = Path("r.swx")
    other = world.contract(number=2).code
    source.write_bytes(reporting.report([*GOOD, reporting.Reported(service_id="X", contract=other)]))
    ended = checked(source)
    assert ended.status == 1
    assert f"W raporcie są pozycje umów, których plików nie podano: {other}." in words(ended.out)


def test_a_report_of_several_contracts_is_checked_against_all(typed, umowa):
    second = world.contract(number=2)
    write_umx(second, header=header("UMX"), target=Path("druga.umx"))
    Path("r.swx").write_bytes(
        reporting.report([*GOOD, reporting.Reported(service_id="X", contract=second.code)])
    )
    ended = typed("report", "check", "r.swx", "--contract", umowa, "--contract", "druga.umx", *ON)
    assert ended.status == 0, ended.out
    assert f"{CONTRACT.code}, {second.code}" in words(ended.out)


def test_of_a_contract_and_its_annex_the_annex_counts(typed, umowa, dobry):
    write_umx(world.annexed(CONTRACT), header=header("UMX"), target=Path("aneks.umx"))
    ended = typed("report", "check", dobry, "--contract", "aneks.umx", "--contract", umowa, *ON)
    assert ended.status == 0
    assert f"Umowy {CONTRACT.code} (aneks 1) Komunikat" in words(ended.out)


def test_contracts_of_two_providers_are_a_wrong_command(typed, umowa, dobry):
    write_umx(world.contract(world.PRACTICE), header=header("UMX"), target=Path("obca.umx"))
    ended = typed("report", "check", dobry, "--contract", umowa, "--contract", "obca.umx")
    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith("Umowy są różnych świadczeniodawców lub oddziałów: 050123 (05), 050777 (05).")


def installation(last: str = "ostatni-numer = 6") -> str:
    Path("wystawca.toml").write_text(
        f'[instalacja]\nidentyfikator = "{world.LONG_INSTALLATION}"\n{last}\n', encoding="utf-8"
    )
    return "wystawca.toml"


def test_the_header_is_checked_when_the_installation_is_given(checked, dobry):
    ended = checked(dobry, "--installation", installation())
    assert ended.status == 0
    assert "--installation" not in ended.out


def test_a_number_that_does_not_grow_refuses_the_whole_report(checked, dobry):
    ended = checked(dobry, "--installation", installation("ostatni-numer = 7"))
    assert ended.status == 1
    out = words(ended.out)
    assert "Numer generacji (nr-gen) 7 nie jest większy od ostatnio przyjętego: 7." in out
    assert out.endswith("Wynik: raport zostałby odrzucony w całości.")


def test_a_header_of_another_provider_refuses_the_whole_report(checked, desk):
    source = Path("r.swx")
    source.write_bytes(reporting.report(GOOD, of=reporting.header(world.PRACTICE)))
    found = json.loads(checked(source, "--json").out)
    assert [one["code"] for one in found["header_refusals"]] == ["header-sender"]
    assert found["accepted"] is False


def test_a_report_from_tomorrow_is_refused_as_a_whole(typed, umowa, dobry):
    ended = typed("report", "check", dobry, "--contract", umowa, "--received-on", "2026-11-04")
    assert ended.status == 1
    assert "Portal odrzuciłby raport w całości z powodu nagłówka" in ended.out


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[instalacja", "nie jest poprawnym plikiem TOML"),
        ("[wystawca]\n", "brakuje części [instalacja]"),
        ('[instalacja]\nidentyfikator = "05"\n', "instalacja.identyfikator ma wartość „05”"),
        (
            f'[instalacja]\nidentyfikator = "{world.LONG_INSTALLATION}"\nostatni-numer = "5"\n',
            "instalacja.ostatni-numer ma wartość „5”",
        ),
    ],
)
def test_a_wrong_installation_file_is_told(checked, dobry, content, sentence):
    Path("i.toml").write_text(content, encoding="utf-8")
    ended = checked(dobry, "--installation", "i.toml")
    assert (ended.status, ended.out) == (1, "")
    assert sentence in ended.err


def cut(source: Path) -> Path:
    """The report without its end."""
    target = Path("uciety.swx")
    target.write_bytes(source.read_bytes()[:-200])
    return target


def test_a_report_that_breaks_off_is_refused_as_a_whole(checked, raport):
    ended = checked(cut(raport))
    assert (ended.status, ended.out) == (1, "")
    assert "Plik urywa się przed końcem komunikatu." in ended.err
    assert "Portal odrzuciłby raport w całości" in ended.err


def test_programs_get_a_whole_document_of_a_report_that_breaks_off(checked, raport):
    ended = checked(cut(raport), "--json")
    found = json.loads(ended.out)
    assert (ended.status, found["accepted"], found["unreadable"]["code"]) == (1, False, "cut-off")


def test_programs_get_a_whole_document_of_what_is_no_report(checked, umowa):
    found = json.loads(checked(umowa, "--json").out)
    assert found["header"] is None
    assert found["unreadable"]["code"]


def test_an_empty_report_is_accepted(checked, desk):
    source = Path("r.swx")
    source.write_bytes(reporting.report([]))
    ended = checked(source)
    assert ended.status == 0
    assert "Razem 0 0,00 zł" in words(ended.out)


@pytest.mark.parametrize("columns", [50, 60, 80, 120])
def test_it_fits_the_terminal(checked, raport, columns):
    lines = checked(raport, columns=columns).out.splitlines()
    assert max(map(len, lines)) <= columns


def test_it_speaks_english_when_asked(checked, raport, monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    out = words(checked(raport).out)
    assert "error 59904005" in out
    assert out.endswith("Result: 3 of 13 positions would be rejected.")


@pytest.mark.slow
def test_what_the_report_holds_and_no_rule_sees_is_told(typed, umowa, dobry):
    text = dobry.read_text(encoding="utf-8")
    dobry.write_text(text.replace("<zestaw-swiadczen ", '<zestaw-swiadczen nowe="1" '), encoding="utf-8")
    ended = typed("report", "check", dobry, "--contract", umowa)
    assert ended.status == 0
    assert "których ten program nie zna" in ended.out
    assert re.search(r"\d+ +10 +zestaw-swiadczen/@nowe", ended.out)
    told = json.loads(typed("report", "check", dobry, "--contract", umowa, "--json").out)
    [one] = told["unread"]
    assert (one["place"], one["times"]) == ("zestaw-swiadczen/@nowe", 10)


@pytest.mark.slow
def test_nothing_is_said_where_everything_is_known(typed, umowa, dobry):
    assert "nie zna" not in typed("report", "check", dobry, "--contract", umowa).out
    assert json.loads(typed("report", "check", dobry, "--contract", umowa, "--json").out)["unread"] == []
