"""A flat file becomes a report: what it lacks is filled in, what cannot be read is said with its line."""

from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.service_rows import ROW_COLUMNS
from rozlicz.messages.swiad.services_csv import COLUMN_NAMES, FURTHER_COLUMN_NAMES
from rozlicz.messages.umx import write_umx
from rozlicz.sample.branch import make_branch
from rozlicz.sample.patients import Shares
from rozlicz.sample.reports import every_kind, possible_kinds, write_report
from tests import world
from tests.cli.conftest import header

SHORT = """\
id_swiadczenia;id_pacjenta;data_od;zakres;produkt
S-1;44051499774;2026-10-05;02.1220.001.02;5.30.00.0000011
S-2;44051499774;2026-10-06;02.1220.001.02;5.30.00.0000011
S-2;44051499774;2026-10-06;02.1220.001.02;5.30.00.0000012
"""


@pytest.fixture
def built(desk, umowa, typed):
    """Build a report of a text; returns how the command ended and the rows of the report."""
    (desk / "wystawca.toml").write_text(f'[instalacja]\nidentyfikator = "{world.LONG_INSTALLATION}"\n')

    def built(text, *options, encoding="utf-8"):
        (desk / "services.csv").write_bytes(text.encode(encoding))
        ended = typed(
            "report",
            "build",
            "services.csv",
            "--contract",
            umowa,
            "-o",
            "raport.swx",
            *options or ("--month", "2026-10"),
        )
        target = desk / "raport.swx"
        return ended, rows_of(target) if target.exists() else []

    return built


def rows_of(path: Path):
    with SwiadReader(path) as reader:
        return [row for frame in reader for row in frame.iter_rows(named=True)]


def test_what_a_short_file_lacks_is_filled_in(built):
    ended, rows = built(SHORT)
    assert ended.status == 0, ended.err
    assert "świadczeń 2, pozycji 3" in ended.out
    assert [(row["service_id"], row["position"]) for row in rows] == [
        ("S-1", "1"),
        ("S-2", "1"),
        ("S-2", "2"),
    ]
    for row in rows:
        assert row["contract"] == world.contract().code
        assert row["month"] == "2026-10"
        assert row["set_type"] == "A"
        assert row["patient_id_type"] == "P"
        assert row["service_version"] == "1"
        assert row["date_to"] == row["date_from"]
        assert row["distinguisher"] == "1"
        assert (row["actual_multiplicity"], row["multiplicity"]) == ("1", "1")


def test_names_of_columns_are_read_generously(built):
    text = (
        SHORT.replace("id_swiadczenia", " Id świadczenia")
        .replace("data_od", "DATA-OD")
        .replace("zakres", "scope")
    )
    ended, rows = built(text, encoding="utf-8-sig")
    assert ended.status == 0, ended.err
    assert [row["service_id"] for row in rows] == ["S-1", "S-2", "S-2"]
    assert rows[0]["date_from"] == "2026-10-05"


def test_a_decimal_comma_of_a_spreadsheet_is_understood(built):
    text = (
        "id_swiadczenia;id_pacjenta;data_od;zakres;produkt;krotnosc_faktyczna;krotnosc;wspolczynniki\n"
        "S-1;44051499774;2026-10-05;02.1220.001.02;5.30.00.0000011;1,5;1,8;Q01=1,2\n"
    )
    _, (row,) = built(text)
    assert (row["actual_multiplicity"], row["multiplicity"], row["coefficients"]) == ("1.5", "1.8", "Q01=1.2")


def test_an_empty_cell_is_not_written(built):
    text = (
        "id_swiadczenia;id_pacjenta;data_od;data_do;zakres;produkt\n"
        "S-1;44051499774;2026-10-05;;02.1220.001.02;5.30.00.0000011\n"
        ";;;;;\n"
    )
    _, (row,) = built(text)
    assert row["date_to"] is None


@pytest.mark.parametrize(("told", "deleted"), [("T", True), ("tak", True), ("", False), ("N", False)])
def test_a_service_can_be_deleted(built, told, deleted):
    text = (
        "id_swiadczenia;wersja;usun;id_pacjenta;data_od;zakres;produkt\n"
        f"S-1;2;{told};44051499774;2026-10-05;02.1220.001.02;5.30.00.0000011\n"
    )
    _, (row,) = built(text)
    assert row["deleted"] is deleted
    assert row["service_version"] == "2"
    assert (row["product"] is None) == deleted


def test_generation_number_grows_by_itself_or_follows_the_last_one(built, desk):
    built(SHORT)
    first = generation_of(desk / "raport.swx")
    assert first >= (datetime(2026, 1, 1) - datetime(2020, 1, 1)).total_seconds()
    (desk / "instalacja.toml").write_text(
        f'[instalacja]\nidentyfikator = "{world.LONG_INSTALLATION}"\nostatni-numer = 41\n'
    )
    built(SHORT)
    assert generation_of(desk / "raport.swx") == 42
    built(SHORT, "--month", "2026-10", "--generation", "99")
    assert generation_of(desk / "raport.swx") == 99


def generation_of(path: Path) -> int:
    with SwiadReader(path) as reader:
        assert reader.header.installation == world.LONG_INSTALLATION
        return reader.header.generation


def test_without_an_installation_the_report_is_made_with_a_warning(desk, umowa, typed):
    Path("services.csv").write_text(SHORT)
    ended = typed(
        "report", "build", "services.csv", "--contract", umowa, "--month", "2026-10", "-o", "raport.swx"
    )
    assert ended.status == 0
    assert "portal odrzuci ten raport" in ended.err
    assert Path("raport.swx").exists()


def test_positions_of_another_month_are_pointed_out(built):
    lines = SHORT.splitlines()
    text = "\n".join(
        [lines[0] + ";miesiac", lines[1] + ";2026-10", lines[2] + ";2026-09", lines[3] + ";2026-09"]
    )
    ended, rows = built(text)
    assert ended.status == 0
    assert "innego okresu niż 2026-10: 2, pierwsza w wierszu 3" in ended.err
    assert [row["month"] for row in rows] == ["2026-10", "2026-09", "2026-09"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Plik jest pusty"),
        (SHORT.splitlines()[0], "nie zawiera żadnego świadczenia"),
        (
            "id_pacjenta;data_od;cena;produkt\n",
            "nieznane kolumny: 'cena'; brak kolumn: 'id_swiadczenia', 'zakres'",
        ),
        ("a,b,c\n1,2,3\n", "Kolumny oddziela średnik"),
        (SHORT.replace("produkt", "zakres"), "powtórzone kolumny: 'zakres'"),
        (SHORT + "S-3;1;2\n", "Wiersz 5: liczba komórek 3, a kolumn jest 5"),
        (SHORT + '"S-3;1;2;3;4\n', "Wiersz 5: niezamknięty cudzysłów"),
        (SHORT + "S-\x01;1;2;3;4\n", "Wiersz 5: znak, którego nie można zapisać"),
        (SHORT + "S" * 1_100_000, "Wiersz 5 ma ponad milion znaków"),
        (
            SHORT.replace("produkt", "produkt;usun").replace("11\n", "11;T\n").replace("12\n", "12;może\n"),
            "Wiersz 4: kolumna usun ma wartość „może”",
        ),
        (
            SHORT.replace("produkt", "produkt;wspolczynniki")
            .replace("11\n", "11;\n")
            .replace("12\n", "12;Q01=1.2\n"),
            "Wiersz 4: są współczynniki, a plik nie ma kolumny krotnosc",
        ),
    ],
)
def test_a_file_that_cannot_become_a_report_is_refused_with_the_line(built, desk, text, sentence):
    ended, rows = built(text)
    assert ended.status == 1
    assert sentence in ended.err
    assert "services.csv" in ended.err
    assert rows == []
    assert sorted(path.name for path in desk.iterdir()) == ["services.csv", "umowa.umx", "wystawca.toml"]


def test_a_file_in_another_encoding_is_refused_with_the_line(built):
    ended, _ = built(SHORT.replace("S-2", "Ś-2"), encoding="cp1250")
    assert ended.status == 1
    assert "nie jest tekst w UTF-8" in ended.err


def test_a_scope_with_several_distinguishing_numbers_needs_the_column(desk, typed):
    provider = make_branch(7, today=datetime(2026, 11, 21).date()).providers[0]
    write_umx(provider.contracts[0], header=header("UMX"), target=Path("umowa.umx"))
    Path("services.csv").write_text(SHORT.replace("02.1220.001.02", "03.4450.260.02"))
    ended = typed(
        "report", "build", "services.csv", "--contract", "umowa.umx", "--month", "2026-10", "-o", "r.swx"
    )
    assert ended.status == 1
    assert "Wiersz 2: zakres 03.4450.260.02 ma w umowie kilka wyróżników (1, 2)" in ended.err


def test_without_a_month_anywhere_it_says_how_to_give_one(built):
    ended, _ = built(SHORT, "--plain")
    assert ended.status == 1
    assert "--month 2026-10" in ended.err


def test_a_month_typed_wrongly_ends_the_command(built):
    ended, _ = built(SHORT, "--month", "październik")
    assert ended.status == 2


def test_the_flat_file_has_every_column_of_a_report():
    assert set(COLUMN_NAMES.values()) == set(ROW_COLUMNS)


def test_the_columns_are_documented():
    page = Path(__file__).parents[2].joinpath("docs/report-csv.md").read_text(encoding="utf-8")
    names = COLUMN_NAMES | FURTHER_COLUMN_NAMES
    assert [name for name in names if f"| `{name}` |" not in page] == []


@pytest.mark.slow
def test_a_sample_with_every_mistake_is_the_same_report_by_either_way(desk, typed):
    """What the generator writes as SWIAD and as a flat file is one report: rebuilt, it holds the same rows."""
    provider = make_branch(7, today=datetime(2026, 11, 21).date()).providers[0]
    month = Month(2026, 10)
    contracts = provider.contracts_in(month)
    flat = StringIO()
    kinds = possible_kinds(contracts, month, datetime(2026, 11, 21).date())
    write_report(
        Path("sample.swx"),
        contracts=contracts,
        month=month,
        positions=800,
        seed=5,
        errors=every_kind(0.5, kinds),
        installation=provider.installation,
        generation=1,
        generated_at=datetime(2026, 11, 21),
        shares=Shares(coordinated=0.1, decisions=0.1),
        csv_target=flat,
    )
    Path("services.csv").write_text(flat.getvalue(), encoding="utf-8", newline="")
    paths = []
    for number, contract in enumerate(contracts):
        paths += ["--contract", f"{number}.umx"]
        write_umx(contract, header=header("UMX"), target=Path(f"{number}.umx"))
    ended = typed("report", "build", "services.csv", *paths, "-o", "rebuilt.swx")
    assert ended.status == 0, ended.err
    assert nulls(rows_of(Path("rebuilt.swx"))) == nulls(rows_of(Path("sample.swx")))


def nulls(rows):
    """Rows without their lines; what is written empty counts as not written."""
    return [{name: value or None for name, value in row.items() if name != "line"} for row in rows]
