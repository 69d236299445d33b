"""A file that cannot be used is told in one sentence with its name, never in a traceback."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

READERS = {
    "contract": ("contract", "show"),
    "template": ("template", "show"),
    "report": ("report", "check", "--contract", "umowa.umx"),
    "bill": ("bill", "check", "--template", "szablon.zrz"),
}
"""Commands that read one message, by what they need; the last argument is missing."""

NAMES = {
    "umowa.umx": "umowa (UMX)",
    "raport.swx": "raport świadczeń (SWIAD)",
    "szablon.zrz": "szablony rachunków (R_UMX)",
}


@pytest.fixture(autouse=True)
def files(umowa, raport, szablon):
    """One file of each kind."""


@pytest.mark.parametrize("command", READERS.values(), ids=READERS)
def test_a_missing_file_is_a_wrong_command(typed, command):
    ended = typed(*command, "nie-ma.xml")
    assert (ended.status, ended.out, ended.err) == (2, "", "Nie ma pliku nie-ma.xml.\n")


@pytest.mark.parametrize("command", READERS.values(), ids=READERS)
def test_a_folder_is_a_wrong_command(typed, command):
    Path("katalog").mkdir()
    ended = typed(*command, "katalog")
    assert (ended.status, ended.err) == (2, "katalog to katalog, a potrzebny jest plik.\n")


def test_a_missing_contract_of_a_report_is_a_wrong_command(typed):
    ended = typed("report", "check", "raport.swx", "--contract", "nie-ma.umx")
    assert (ended.status, ended.err) == (2, "Nie ma pliku nie-ma.umx.\n")


WRONG = [
    (reader, file)
    for reader in READERS
    for file in NAMES
    if (reader, file)
    not in {("contract", "umowa.umx"), ("report", "raport.swx"), ("template", "szablon.zrz")}
]


@pytest.mark.parametrize(("reader", "file"), WRONG)
def test_another_message_is_called_by_its_name(typed, reader, file):
    ended = typed(*READERS[reader], file)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err.startswith(f"{file}: to jest komunikat: {NAMES[file]}, a potrzebny jest inny: ")
    assert len(ended.err.splitlines()) == 1


def test_another_message_is_called_by_its_name_in_english(typed, monkeypatch):
    monkeypatch.setenv("ROZLICZ_LANG", "en")
    told = "raport.swx: this is the message: report of services (SWIAD); another one is needed: contract (UMX).\n"
    assert typed("contract", "show", "raport.swx").err == told


def zipped(*names: str) -> bytes:
    with zipfile.ZipFile("archiwum.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return Path("archiwum.zip").read_bytes()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Plik jest pusty."),
        (b"miesiac;produkt\n", "Plik nie zaczyna się jak XML"),
        (b"%PDF-1.7 ...", "To jest"),
        (b"<html><body/></html>", "Plik zaczyna się elementem"),
        (b"<komunikat", "Plik urywa się"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a/>', "DOCTYPE"),
        (b'<?xml version="1.0" encoding="KOI8-R"?><a/>', "stronę kodową"),
        (lambda: zipped("a.xml", "b.xml"), "Archiwum ZIP zawiera 2 plików"),
        (b"PK\x03\x04 to nie archiwum", "Archiwum ZIP jest uszkodzone"),
    ],
    ids=["empty", "csv", "pdf", "html", "cut-off", "doctype", "encoding", "two-in-a-zip", "broken-zip"],
)
@pytest.mark.parametrize("command", READERS.values(), ids=READERS)
def test_what_is_no_message_is_told_with_the_reason(typed, command, content, sentence):
    Path("plik").write_bytes(content() if callable(content) else content)
    ended = typed(*command, "plik")
    assert (ended.status, ended.out) == (1, "")
    first, *more = ended.err.splitlines()
    assert first.startswith("plik: ")
    assert sentence in first
    assert not more


def test_the_line_of_the_fault_is_told(typed):
    text = Path("umowa.umx").read_text(encoding="utf-8")
    Path("zla.umx").write_text(text.replace('nr-gen="1"', 'nr-gen="pierwszy"'), encoding="utf-8")
    ended = typed("contract", "show", "zla.umx")
    assert ended.status == 1
    assert "nr-gen" in ended.err
    assert "(wiersz " in ended.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(typed):
    Path("umowa.umx").chmod(0)
    ended = typed("contract", "show", "umowa.umx")
    assert ended.status == 1
    assert ended.err == "Pliku umowa.umx nie można otworzyć ani zapisać: brak uprawnień.\n"


@pytest.mark.parametrize(
    ("target", "reason"),
    [("nie-ma/w.xlsx", "nie ma takiego pliku lub katalogu"), ("katalog", "to jest katalog")],
)
def test_a_workbook_that_cannot_be_written_is_told_before_the_work(typed, target, reason):
    Path("katalog").mkdir()
    ended = typed("report", "check", "raport.swx", "--contract", "umowa.umx", "--xlsx", target)
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == f"Pliku {target} nie można otworzyć ani zapisać: {reason}.\n"
    assert not list(Path.cwd().rglob("*.part"))
