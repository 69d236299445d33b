"""`rozlicz message`: any message is recognised, told, held against its schema, and turned into other files."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from enum import Enum
from pathlib import Path

import openpyxl
import pytest

from rozlicz.cli.field_words import WORDS, column_title, label, member_words
from rozlicz.cli.message_json import inspection_json
from rozlicz.cli.message_page import inspection_page
from rozlicz.cli.message_summary import inspected
from rozlicz.cli.record_files import Workbook
from rozlicz.cli.shown import printed
from rozlicz.messages.kinds import KINDS, kind_of, opened_message
from rozlicz.messages.rates import FollowedScope
from rozlicz.messages.records.shapes import Leaf, Many, Nested, Shape, values_of
from rozlicz.messages.records.tables import RecordTables
from rozlicz.messages.wire.envelope import packed
from rozlicz.messages.wire.refusals import MessageRefused
from tests import reporting
from tests.messages.example_files import EXAMPLES, SIGNED, examples
from tests.messages.mutations import mutated

HERE = Path(__file__).parents[2]


@pytest.fixture
def rows():
    """The rows of a CSV text as dictionaries."""
    return lambda text: list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_summary_tells_what_it_is_and_what_it_says(typed) -> None:
    ended = typed("message", "inspect", EXAMPLES / "szablony.zrz")
    assert (ended.status, ended.err) == (0, "")
    for told in (
        "R_UMX – szablony rachunków, od płatnika do świadczeniodawcy",
        "R_UMX 2.5, nr 502 z 04.11.2026 12:00",
        "56,25\u202fzł",
        "Zgodny ze schematem r_umx.xsd.",
    ):
        assert told in ended.out


@pytest.mark.slow
@pytest.mark.parametrize("name", examples())
def test_every_example_is_valid_and_told_in_both_languages(typed, monkeypatch, name) -> None:
    polish = typed("message", "inspect", EXAMPLES / name)
    assert (polish.status, polish.err) == (0, "")
    assert kind_of(EXAMPLES / name).name.pl in polish.out
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    english = typed("message", "inspect", EXAMPLES / name)
    assert kind_of(EXAMPLES / name).name.en in english.out
    assert "schematem" not in english.out


@pytest.mark.slow
@pytest.mark.parametrize("name", examples())
def test_programs_get_the_same(typed, name) -> None:
    Path("zip.zip").write_bytes(packed(examples()[name], "a.xml"))
    told = json.loads(typed("message", "inspect", "zip.zip", "--json").out)
    assert told["valid"]
    assert told["zipped"]
    assert told["schema"] == {"faults": [], "complete": True}
    kind = next(kind for kind in KINDS if kind.code == told["kind"]["code"])
    assert kind is kind_of(EXAMPLES / name)
    assert (told["header"] is None) == (opened_message(EXAMPLES / name)[1].header is None)


def test_signatures_are_verified(typed) -> None:
    ended = typed("message", "inspect", SIGNED)
    assert ended.status == 0
    assert ended.out.count("ważny, obejmuje cały dokument") == 2
    Path("zmieniona.efx").write_bytes(SIGNED.read_bytes().replace(b'numer-dok="498', b'numer-dok="499', 1))
    ended = typed("message", "inspect", "zmieniona.efx")
    assert ended.status == 1
    assert ended.out.count("nie jest ważny") == 2
    assert "zmieniono" in ended.out
    told = json.loads(typed("message", "inspect", "zmieniona.efx", "--json").out)
    assert [one["holds"] for one in told["signatures"]] == [False, False]
    assert not told["valid"]


def test_faults_are_told_with_lines_and_paths(typed) -> None:
    text = (EXAMPLES / "szablony.zrz").read_text(encoding="utf-8")
    Path("zly.zrz").write_text(
        text.replace('cena="', 'cena="x', 1).replace('cena="1', 'cenka="1'), encoding="utf-8"
    )
    ended = typed("message", "inspect", "zly.zrz")
    assert ended.status == 1
    assert "Nie da się odczytać: Atrybut cena ma wartość" in ended.out
    assert "Atrybut cenka nie występuje w tym elemencie." in ended.out
    assert "/komunikat/umowa/szablon-rach/poz-szablonu/@cena" in ended.out
    told = json.loads(typed("message", "inspect", "zly.zrz", "--json").out)
    assert told["refused"]["code"] == "attribute-wrong"
    assert len(told["schema"]["faults"]) > 3
    assert not told["valid"]


def test_names_that_are_not_known_are_listed(typed) -> None:
    text = (EXAMPLES / "raport-krotki.swx").read_text(encoding="utf-8")
    Path("r.swx").write_text(
        text.replace("<zestaw-swiadczen ", '<zestaw-swiadczen nowe="1" ', 1), encoding="utf-8"
    )
    ended = typed("message", "inspect", "r.swx")
    assert "zestaw-swiadczen/@nowe" in ended.out
    assert json.loads(typed("message", "inspect", "r.swx", "--json").out)["unread"] == [
        {"place": "zestaw-swiadczen/@nowe", "line": 4, "times": 1}
    ]
    assert "Pominięto nazwy" in typed("message", "convert", "r.swx", "-o", "r.json").err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Plik jest pusty."),
        (b"<a/>", "Plik zaczyna się elementem a"),
        (
            b'<komunikat typ="INNY"/>',
            "To jest komunikat typu INNY, którego nie ma wśród komunikatów rozliczeń.",
        ),
        (b'<!DOCTYPE a><komunikat typ="UMX"/>', "Plik zawiera deklarację DOCTYPE."),
    ],
)
@pytest.mark.parametrize("command", [("inspect",), ("convert", "-o", "x.json")], ids=["inspect", "convert"])
def test_what_is_no_message_is_told_in_a_sentence(typed, command, content, sentence) -> None:
    Path("plik").write_bytes(content)
    ended = typed("message", *command, "plik")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"plik: {sentence}")
    assert not Path("x.json").exists()


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 400, 50))
def test_a_damaged_message_is_inspected_or_refused(desk, first) -> None:
    for seed in range(first, first + 50):
        one = mutated(seed)
        Path("plik").write_bytes(one.content)
        with suppress(MessageRefused):
            found = inspected(Path("plik"), lambda *_: None)
            printed(inspection_page(found, limit=5))
            json.dumps(inspection_json(found))


# ---- other files ---------------------------------------------------------------------------------------------------


def test_json_has_everything_and_says_what_numbers_count(typed) -> None:
    assert typed("message", "convert", EXAMPLES / "szablony.zrz", "-o", "s.json").out.startswith(
        "Zapisano s.json: 3"
    )
    told = json.loads(Path("s.json").read_text(encoding="utf-8"))
    assert told["header"]["generation"] == 502
    assert told["records"][0]["lines"][0]["amount"] == "6.82"
    assert told["units"]["template.lines.amount"] == "PLN"
    assert told["units"]["template.lines.units"] == "units"


def test_several_csv_tables_go_into_an_archive(typed, rows) -> None:
    assert typed("message", "convert", EXAMPLES / "szablony.zrz", "-o", "s.zip").status == 0
    with zipfile.ZipFile("s.zip") as archive:
        assert archive.namelist() == ["template_set.csv", "template.csv", "template_lines.csv"]
        _, templates, lines = (rows(archive.read(name).decode()) for name in archive.namelist())
    assert len(templates) == 3
    assert {line["template_no"] for line in lines} == {"1", "2", "3"}
    assert all(line["amount"].partition(".")[2].isdigit() for line in lines)


def test_one_csv_table_is_the_file_itself(typed, rows) -> None:
    assert typed("message", "convert", EXAMPLES / "zaopatrzenie-krotkie.zpx", "-o", "z.csv").status == 0
    [position] = rows(Path("z.csv").read_text(encoding="utf-8"))
    assert position["supply_settlement_price"].partition(".")[2].isdigit()


def test_a_name_that_cannot_hold_the_tables_is_told(typed) -> None:
    ended = typed("message", "convert", EXAMPLES / "szablony.zrz", "-o", "s.csv")
    assert ended.status == 2
    assert "Podaj nazwę archiwum (.zip)" in ended.err
    assert not list(Path().iterdir())


def test_a_name_that_tells_no_format_is_told(typed) -> None:
    ended = typed("message", "convert", EXAMPLES / "szablony.zrz", "-o", "s.txt")
    assert (ended.status, ended.err) == (
        2,
        "Nazwa s.txt nie mówi, jaki to ma być format. Podaj --to json, csv albo xlsx.\n",
    )
    assert typed("message", "convert", EXAMPLES / "szablony.zrz", "-o", "s.txt", "--to", "json").status == 0


@pytest.mark.parametrize(
    ("name", "form"), [("szablony.zrz", "json"), ("zaopatrzenie-krotkie.zpx", "csv")], ids=["json", "csv"]
)
def test_a_dash_is_standard_output(typed, name, form) -> None:
    assert typed("message", "convert", EXAMPLES / name, "-o", f"plik.{form}").status == 0
    ended = typed("message", "convert", EXAMPLES / name, "--to", form, "-o", "-")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out == Path(f"plik.{form}").read_text(encoding="utf-8")
    assert [path.name for path in Path().iterdir()] == [f"plik.{form}"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--to", "xlsx"), "Na standardowe wyjście (-) idzie tylko JSON albo CSV."),
        ((), "Na standardowe wyjście (-) idzie tylko JSON albo CSV."),
        (("--to", "csv"), "Podaj nazwę archiwum (.zip)"),
    ],
    ids=["xlsx", "no format", "several tables"],
)
def test_what_standard_output_cannot_hold_is_told(typed, options, sentence) -> None:
    ended = typed("message", "convert", EXAMPLES / "szablony.zrz", *options, "-o", "-")
    assert (ended.status, ended.out) == (2, "")
    assert sentence in ended.err
    assert not list(Path().iterdir())


def test_a_damaged_message_leaves_standard_output_empty(typed) -> None:
    Path("r.zrz").write_bytes((EXAMPLES / "szablony.zrz").read_bytes()[:-30])
    ended = typed("message", "convert", "r.zrz", "--to", "json", "-o", "-")
    assert (ended.status, ended.out) == (1, "")


def test_a_damaged_message_leaves_no_file(typed) -> None:
    Path("r.zrz").write_bytes((EXAMPLES / "szablony.zrz").read_bytes()[:-30])
    Path("stary.xlsx").write_text("stary")
    for name in ("nowy.json", "nowy.zip", "stary.xlsx"):
        assert typed("message", "convert", "r.zrz", "-o", name).status == 1
    assert {path.name for path in Path().iterdir()} == {"r.zrz", "stary.xlsx"}
    assert Path("stary.xlsx").read_text() == "stary"


def test_a_workbook_has_titles_in_words_and_real_numbers(typed) -> None:
    assert typed("message", "convert", EXAMPLES / "szablony.zrz", "-o", "s.xlsx").status == 0
    book = openpyxl.load_workbook("s.xlsx")
    *_, lines = book.worksheets
    titles = [cell.value for cell in lines[1]]
    assert "Wartość (zł)" in titles
    assert sum(
        row[titles.index("Wartość (zł)")].value for row in lines.iter_rows(min_row=2)
    ) == pytest.approx(56.25)


def test_a_long_table_goes_on_in_another_sheet() -> None:
    target = io.BytesIO()
    book = Workbook(target, rows_of_a_sheet=3)
    for number in range(7):
        book.record(FollowedScope(code="=1+1", distinguisher=number, contract=""))
    book.finish(())
    sheets = openpyxl.load_workbook(target).worksheets
    assert [sheet.max_row for sheet in sheets] == [4, 4, 2]
    assert len({sheet.title for sheet in sheets}) == 3
    assert sheets[2]["A2"].value == "=1+1"
    assert sheets[2]["A2"].data_type == "s"


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "zip", "xlsx"])
@pytest.mark.parametrize("name", examples())
def test_every_example_is_converted(typed, name, form) -> None:
    target = Path(f"plik.{form}")
    assert typed("message", "convert", EXAMPLES / name, "-o", target).status == 0
    tables = RecordTables()
    _kind, message = opened_message(EXAMPLES / name)
    found = [row for value in (*message.head, *message.records) for row in tables.rows(value)]
    if form == "json":
        told = json.loads(target.read_text(encoding="utf-8"))
        assert len(told["head"]) == len(message.head)
    elif form == "zip":
        with zipfile.ZipFile(target) as archive:
            assert set(archive.namelist()) == {f"{row.table.name}.csv" for row in found}
    else:
        assert len(openpyxl.load_workbook(target).worksheets) == len({row.table for row in found})


@pytest.mark.parametrize("name", examples())
def test_every_field_has_polish_words(name) -> None:
    tables = RecordTables()
    _kind, message = opened_message(EXAMPLES / name)
    for value in (*message.head, *message.records):
        for row in tables.rows(value):
            for path in (row.table.path, *(column.path for column in row.table.columns)):
                assert not [word for word in path if word not in WORDS], row.table.name


def _members(shape: Shape, value: object) -> set[Enum]:
    match shape:
        case Leaf() if isinstance(value, Enum):
            return {value}
        case Nested() if value is not None:
            return {member for _, of, inner in values_of(value) for member in _members(of, inner)}
        case Many(of):
            return {member for one in value for member in _members(of, one)}
    return set()


@pytest.mark.parametrize("name", examples())
def test_every_enumeration_shown_has_words_for_each_of_its_members(name) -> None:
    _kind, message = opened_message(EXAMPLES / name)
    with message:
        shown = {
            type(member)
            for value in message.head
            for _, shape, inner in values_of(value)
            for member in _members(shape, inner)
        }
    assert not [member for enumeration in shown for member in enumeration if member_words(member) is None]


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("szablony.zrz", " basic\n", "plan umowy"),
        ("umowa-poz.umx", "medical-fund-plan", "plan Funduszu Medycznego"),
        ("rachunek.erx", "non-public-unit", "niepubliczny zakład opieki zdrowotnej"),
        ("odpowiedz-rachunek-krotka.edz", "accepted", "przyjęty"),
        ("turnus.tux", ", SA,", "sanatorium uzdrowiskowe"),
    ],
)
def test_enumerations_are_told_in_words(typed, monkeypatch, name, code, words) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    out = typed("message", "inspect", EXAMPLES / name).out
    assert words in out
    assert code not in out


def test_a_word_is_not_said_twice_in_a_row(desk) -> None:
    assert label("reported_service", "service", "diagnoses") == "Świadczenie, rozpoznania"
    assert label("issuer", "address", "town") == "Wystawca, adres, miejscowość"


@pytest.mark.parametrize("name", examples())
def test_titles_of_a_table_differ(desk, name) -> None:
    tables = RecordTables()
    _kind, message = opened_message(EXAMPLES / name)
    for table in {row.table for value in (*message.head, *message.records) for row in tables.rows(value)}:
        titles = [column_title(column) for column in table.columns]
        assert len(set(titles)) == len(titles), table.name


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [("inspect",), ("convert", "-o", "w.zip"), ("convert", "-o", "w.json")], ids=" ".join
)
def test_a_longer_report_takes_no_more_memory(desk, arguments) -> None:
    program = (
        "import sys; from rozlicz.cli.commands import run; assert run(sys.argv[1:]) == 0; "
        "from tests.memory import peak; print(peak(), file=sys.stderr)"
    )
    peaks = []
    for positions in (4_000, 20_000):
        Path("r.swx").write_bytes(
            reporting.report(reporting.Reported(service_id=f"S-{number}") for number in range(positions))
        )
        ended = subprocess.run(
            [sys.executable, "-c", program, "message", arguments[0], "r.swx", *arguments[1:]],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
            env=os.environ | {"PYTHONPATH": str(HERE)},
        )
        peaks.append(int(ended.stderr.split()[-1]))
    assert peaks[1] < 250
    assert peaks[1] - peaks[0] < 40
