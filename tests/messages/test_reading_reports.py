"""What a report reads as: exact lines, exact columns, nothing dropped silently, memory flat."""

import gc
import io
import re
import tracemalloc
import warnings
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from rozlicz.messages.envelope import MessageRefused
from rozlicz.messages.header import Header, new_header
from rozlicz.messages.limits import MIB, Limits
from rozlicz.messages.services import (
    Entitlement,
    Patient,
    Position,
    Service,
    ServiceSet,
    SettledUnder,
    UsedCoefficient,
)
from rozlicz.messages.stream import FRAMEWORK, FUND
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad_columns import RAW_COLUMNS
from rozlicz.messages.swiad_writer import SwiadWriter

SMALL = """<?xml version="1.0" encoding="{encoding}"?>
<komunikat xmlns="www.csioz.gov.pl/xml/swd-platnik/1" xmlns:nfz="www.nfz.gov.pl/xml/swd-platnik/1"
    typ="SWIAD" obszar="AMBSZP" wersja="10" nfz:wersja="10.1" id-odb="05" id-nad="050123" nr-gen="7"
    id-inst-nad="05010318-ABCDEFGHIJ0123456789" czas-gen="2026-11-05T11:00:00">
  <swiadczeniodawca typ-id="X" id-swd="050123" id-inst-swd="05010318">
    <zestaw-swiadczen typ="A">
      <pacjent typ-id="T" id-osoby="ZZ1234567">
        <pacjent-stat plec="K" data-ur="1980-02-29"/>
        <dane-osobowe nazwisko="Żółć-Gęślą" imie="Łucja"/>
      </pacjent>
      <swiadczenie id-swiad="S1" nr-wersji="2" kod-swiad="15.1100">
        <dane-swiadczenia data-od="2026-10-05" data-do="2026-10-06" tryb="6">
          <przyczyna kod="G43.0"/>
          <przyczyna kod="I10"/>
          <zlecenie id-zlec="1234567" data-zlec="2026-09-01"/>
          <kom-org nfz:id-tech-kom-org="0501-001"/>
          <personel-real typ="1" wartosc="7654321"/>
          <uprawnienie podstawa-uprawnien-do-swiadczen="1">
            <of-dokument-el id="12345678901234567890"/>
          </uprawnienie>
          <nfz:rozliczenie kod-umowy="05/050123/AOS/2026/1" okres="2026-10">
            <nfz:poz-rozlicz lp="1" kod-zakresu="02.1220.001.02" wyroznik="1"
                kod-produktu="5.30.00.0000011" krotn-fakt="1" krotnosc="1.39">
              <nfz:spec-rozlicz kod="R01" wspolczynnik="1.2"/>
              <nfz:spec-rozlicz kod="Q01" wspolczynnik="1.19"/>
            </nfz:poz-rozlicz>
            <nfz:poz-rozlicz lp="2" kod-zakresu="02.1220.001.02" wyroznik="1"
                kod-produktu="5.30.00.0000012" krotn-fakt="1" krotnosc="0"/>
          </nfz:rozliczenie>
          <nfz:rozliczenie kod-umowy="05/050123/REH/2026/1" okres="2026-10">
            <nfz:poz-rozlicz lp="3"/>
          </nfz:rozliczenie>
        </dane-swiadczenia>
      </swiadczenie>
      <swiadczenie id-swiad="S0" nr-wersji="3" usun="T"/>
    </zestaw-swiadczen>
    <zestaw-swiadczen typ="S">
      <pacjent typ-id="P" id-osoby="80022912345"/>
      <hospitalizacja><przyjecie tryb="3"/><wypis tryb="2"/></hospitalizacja>
      <swiadczenie id-swiad="S2" nr-wersji="1">
        <dane-swiadczenia data-od="2026-10-31" data-do="">
          <uprawnienie>
            <of-oswiadczenie id="O-1" data="2026-10-31" rodzaj-oswiadczenia="OSE"/>
          </uprawnienie>
        </dane-swiadczenia>
      </swiadczenie>
    </zestaw-swiadczen>
  </swiadczeniodawca>
</komunikat>
"""


def small(encoding: str = "UTF-8") -> bytes:
    return SMALL.format(encoding=encoding).encode(encoding)


def rows(content: bytes | str, **options) -> list[dict[str, object]]:
    return frame(content, **options).to_dicts()


def frame(content: bytes | str, **options) -> pl.DataFrame:
    source = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    with SwiadReader(source, **options) as reader:
        return pl.concat([pl.DataFrame(schema=RAW_COLUMNS), *reader])


def unread(content: str) -> dict[str, tuple[int, int]]:
    reader = SwiadReader(io.BytesIO(content.encode()))
    list(reader)
    return {place: (found.times, found.line) for place, found in reader.unread.items()}


def test_every_column_is_found_where_it_stands() -> None:
    first, second, third, deleted, stationary = rows(small())
    assert first == {
        "row": 1,
        "line": 22,
        "set_type": "A",
        "patient_id_type": "T",
        "patient_id": "ZZ1234567",
        "patient_sex": "K",
        "patient_birth_date": "1980-02-29",
        "patient_surname": "Żółć-Gęślą",
        "patient_first_name": "Łucja",
        "service_id": "S1",
        "service_version": "2",
        "deleted": False,
        "service_code": "15.1100",
        "admission_mode": "6",
        "discharge_mode": None,
        "date_from": "2026-10-05",
        "date_to": "2026-10-06",
        "diagnosis": "G43.0",
        "cell": "0501-001",
        "staff_id_type": "1",
        "staff_id": "7654321",
        "referral_issuer": "1234567",
        "referral_date": "2026-09-01",
        "entitlement_basis": "1",
        "entitlement_document": "EWUS",
        "entitlement_number": "12345678901234567890",
        "entitlement_country": None,
        "entitlement_from": None,
        "entitlement_to": None,
        "contract": "05/050123/AOS/2026/1",
        "month": "2026-10",
        "position": "1",
        "scope": "02.1220.001.02",
        "distinguisher": "1",
        "product": "5.30.00.0000011",
        "actual_multiplicity": "1",
        "multiplicity": "1.39",
        "coefficients": "R01=1.2 Q01=1.19",
    }
    assert (second["row"], second["line"], second["multiplicity"], second["coefficients"]) == (
        2,
        27,
        "0",
        None,
    )
    assert (third["contract"], third["position"], third["scope"]) == ("05/050123/REH/2026/1", "3", None)
    assert deleted["deleted"] is True
    assert (deleted["service_id"], deleted["line"], deleted["patient_id"]) == ("S0", 35, "ZZ1234567")
    assert all(deleted[name] is None for name in ("contract", "position", "date_from", "admission_mode"))
    assert (stationary["admission_mode"], stationary["discharge_mode"]) == ("3", "2")
    assert (stationary["date_to"], stationary["contract"]) == ("", None)
    assert (stationary["entitlement_document"], stationary["entitlement_from"]) == ("OSW", "2026-10-31")
    assert stationary["patient_surname"] is None


def test_the_header_is_there_at_once() -> None:
    reader = SwiadReader(io.BytesIO(small()))
    assert reader.header == Header(
        kind="SWIAD",
        area="AMBSZP",
        version="10",
        detailed_version="10.1",
        receiver="05",
        sender="050123",
        installation="05010318-ABCDEFGHIJ0123456789",
        short_installation="05010318",
        provider="050123",
        generation=7,
        generated_at=datetime(2026, 11, 5, 11, 0),
    )
    assert reader.rows_read <= 5
    reader.close()


@pytest.mark.parametrize("encoding", ["ISO-8859-2", "WINDOWS-1250", "windows-1250", "utf-8"])
def test_all_allowed_encodings_read_alike(encoding: str) -> None:
    assert rows(small(encoding)) == rows(small())


def test_a_mark_of_utf_8_does_no_harm() -> None:
    assert rows(b"\xef\xbb\xbf" + small()) == rows(small())


def test_line_ends_of_windows_count_as_one() -> None:
    assert rows(small().replace(b"\n", b"\r\n")) == rows(small())


def test_a_report_of_2018_reads_alike() -> None:
    old = small().replace(b'wersja="10" nfz:wersja="10.1"', b'wersja="8" nfz:wersja="7.0"')
    assert rows(old) == rows(small())
    assert SwiadReader(io.BytesIO(old)).header.detailed_version == "7.0"


def test_other_prefixes_and_comments_make_no_difference() -> None:
    other = SMALL.format(encoding="UTF-8").replace("nfz:", "n0:").replace("xmlns:nfz", "xmlns:n0")
    prefixed = re.sub(r"<(/?)(?![?!/]|n0:)", r"<\1a:", other).replace(
        'xmlns="www.csioz', 'xmlns:a="www.csioz'
    )
    assert "<a:swiadczenie " in prefixed
    remarked = prefixed.replace("<a:pacjent ", "<!-- uwaga --><?program x?><a:pacjent ")
    assert rows(remarked) == rows(small())


def test_prefixes_may_be_declared_on_each_set() -> None:
    declared = SMALL.format(encoding="UTF-8").replace(
        "<zestaw-swiadczen ", f'<zestaw-swiadczen xmlns="{FRAMEWORK}" xmlns:nfz="{FUND}" '
    )
    assert rows(declared) == rows(small())


def test_what_has_no_column_is_noted_with_its_first_line() -> None:
    text = SMALL.format(encoding="UTF-8")
    text = text.replace("<pacjent ", '<pacjent kolor="niebieski" ')
    text = text.replace("<kom-org ", '<nfz:kardio lvef="40"><x/></nfz:kardio><kom-org ')
    text = text.replace('usun="T"', 'usun="P"')
    text = text.replace("<zlecenie ", "ważne<zlecenie ").replace("<x/>", "<x>tekst</x>")
    assert unread(text) == {
        "dane-swiadczenia/text()": (1, 15),
        "pacjent/@kolor": (2, 7),
        "przyczyna[2]": (1, 14),
        "dane-swiadczenia/nfz:kardio": (1, 16),
        "swiadczenie/@usun": (1, 35),
    }


def test_an_attribute_in_the_place_of_a_missing_one_is_noted() -> None:
    text = SMALL.format(encoding="UTF-8")
    for wanted, other in (
        ('krotn-fakt="1" krotnosc="0"', 'krotn-fakt="1" krotnosć="0"'),
        ('kod="I10"', 'kot="I10"'),
        ('typ="1" wartosc="7654321"', 'typ="1" nr="7654321"'),
        ('okres="2026-10"', 'miesiac="2026-10"'),
        ('kod-swiad="15.1100"', 'kod="15.1100"'),
        ('<zestaw-swiadczen typ="A"', '<zestaw-swiadczen rodzaj="A"'),
        ('id="12345678901234567890"', 'nr="12345678901234567890"'),
        ('kod="R01"', 'symbol="R01"'),
    ):
        assert wanted in text
        assert len(unread(text.replace(wanted, other))) == 2, other
    assert "swiadczeniodawca/@id" in unread(text.replace(' id-inst-swd="', ' id="'))


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ('nr-wersji="2"', 'nr-wersji="2" x="1"', "swiadczenie/@x"),
        ('okres="2026-10">', 'okres="2026-10" x="1">', "nfz:rozliczenie/@x"),
        ('krotnosc="0"', 'krotnosc="0" x="1"', "nfz:poz-rozlicz/@x"),
        ('wspolczynnik="1.2"', 'wspolczynnik="1.2" x="1"', "nfz:spec-rozlicz/@x"),
        ('plec="K"', 'plec="K" nfz:plec="M"', "pacjent-stat/@nfz:plec"),
        ("<hospitalizacja>", '<hospitalizacja x="1">', "hospitalizacja/@x"),
        ("</uprawnienie>", '<of-dokument-el id="2"/></uprawnienie>', "uprawnienie/dokument[2]"),
        ("</uprawnienie>", '<of-dokument typ="S1"/></uprawnienie>', "of-dokument[2]"),
        ("<zlecenie ", '<zlecenie id-zlec="7"/><zlecenie ', "zlecenie[2]"),
        ("<pacjent ", '<pacjent typ-id="P"/><pacjent ', "pacjent[2]"),
        (
            "<pacjent ",
            '<hospitalizacja/><of-dokument-el id="2"/><pacjent ',
            "zestaw-swiadczen/of-dokument-el",
        ),
    ],
)
def test_what_stands_beside_known_things_is_noted(before: str, after: str, place: str) -> None:
    text = SMALL.format(encoding="UTF-8")
    changed = text.replace(before, after, 1)
    assert changed != text
    assert set(unread(changed)) == {place, "przyczyna[2]"}


def test_schema_hints_are_no_attributes() -> None:
    text = SMALL.format(encoding="UTF-8").replace(
        "    typ=", '    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" typ='
    )
    assert unread(text) == {"przyczyna[2]": (1, 14)}


def test_a_wrong_date_or_identifier_is_no_reason_to_stop() -> None:
    text = SMALL.format(encoding="UTF-8").replace("2026-10-05", "wczoraj").replace("ZZ1234567", "")
    first = rows(text)[0]
    assert (first["date_from"], first["patient_id"]) == ("wczoraj", "")


def test_a_report_without_sets_has_no_rows() -> None:
    text = re.sub(
        r"<zestaw-swiadczen.*</zestaw-swiadczen>", "", SMALL.format(encoding="UTF-8"), flags=re.DOTALL
    )
    found = frame(text)
    assert found.height == 0
    assert list(SwiadReader(io.BytesIO(text.encode()))) == []


def header() -> Header:
    return new_header(
        kind="SWIAD",
        receiver="05",
        sender="050123",
        installation="05010318-ABCDEFGHIJ0123456789",
        generation=1,
        generated_at=datetime(2026, 11, 5, 11, 0),
    )


ONE_SET = ServiceSet(patient=Patient(id="80022912345"))


def position(number: int) -> Position:
    return Position(
        number=str(number),
        scope="02.1220.001.02",
        distinguisher="1",
        product="5.30.00.0000011",
        actual_multiplicity="1",
        multiplicity="1.2",
        coefficients=(UsedCoefficient(code="R01", value="1.2"),),
    )


def one_service(positions: int) -> bytes:
    """A report of one service with all its positions: the worst shape for a reader that keeps a set."""
    target = io.BytesIO()
    settled = SettledUnder(
        contract="05/1", month="2026-10", positions=tuple(position(n) for n in range(1, positions + 1))
    )
    with SwiadWriter(target, header()) as writer:
        writer.write_service(Service(id="S1", settled=(settled,)), of=ONE_SET)
    return target.getvalue()


@pytest.mark.parametrize("batch_size", [1, 7, 999, 1000, 1001, 5000, 100_000])
def test_batches_have_their_size_also_inside_one_service(batch_size: int) -> None:
    content = one_service(5000)
    frames = list(SwiadReader(io.BytesIO(content), batch_size=batch_size))
    assert {one.height for one in frames[:-1]} <= {batch_size}
    found = pl.concat(frames)
    assert found["row"].to_list() == list(range(1, 5001))
    assert found["position"].to_list() == [str(n) for n in range(1, 5001)]
    assert found["coefficients"].unique().to_list() == ["R01=1.2"]


def test_lines_are_exact_in_a_long_file() -> None:
    content = one_service(70_000)
    lines = content.split(b"\n")
    found = pl.concat(SwiadReader(io.BytesIO(content)))
    for row in found[:: 70_000 // 50].to_dicts():
        assert f'lp="{row["position"]}"'.encode() in lines[row["line"] - 1]
    assert found["line"][-1] > 65_535


def test_memory_does_not_grow_with_the_report(tmp_path: Path) -> None:
    path = tmp_path / "raport.swx"
    peaks = []
    for services in (2_000, 20_000):
        with SwiadWriter(path, header(), zipped=True) as writer:
            for number in range(services):
                settled = SettledUnder(contract="05/1", month="2026-10", positions=(position(1),))
                writer.write_service(Service(id=str(number), settled=(settled,)), of=ONE_SET)
        tracemalloc.start()
        assert sum(one.height for one in SwiadReader(path, batch_size=1000)) == services
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + MIB


def test_too_many_positions_are_refused() -> None:
    with pytest.raises(MessageRefused) as raised:
        list(SwiadReader(io.BytesIO(one_service(3000)), limits=Limits(max_records=2000)))
    assert raised.value.code == "too-many-elements"
    assert "2000" in raised.value.text.pl


def test_progress_grows_to_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "raport.swx"
    path.write_bytes(one_service(5000))
    reader = SwiadReader(path, batch_size=1000)
    shares = [reader.bytes_read / (reader.total_bytes or 1) for _ in reader]
    assert shares == sorted(shares)
    assert (reader.bytes_read, reader.rows_read) == (path.stat().st_size, 5000)


def test_a_reader_that_is_forgotten_closes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "raport.swx"
    path.write_bytes(small())
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert SwiadReader(path).header.generation == 7
        assert next(iter(SwiadReader(path, batch_size=1))).height == 1
        gc.collect()
    assert caught == []


def test_a_refusal_names_line_and_path() -> None:
    text = SMALL.format(encoding="UTF-8").replace("</nfz:poz-rozlicz>", "</nfz:pozycja>")
    with pytest.raises(MessageRefused) as raised:
        rows(text)
    assert raised.value.line == 26
    service = "/komunikat/swiadczeniodawca/zestaw-swiadczen/swiadczenie/dane-swiadczenia"
    place = f"{service}/nfz:rozliczenie/nfz:poz-rozlicz"
    assert raised.value.path == place
    assert raised.value.place.pl == f"wiersz 26, {place}"


@pytest.mark.parametrize(
    ("entitlement", "element"),
    [
        (Entitlement(basis="1"), b'<uprawnienie podstawa-uprawnien-do-swiadczen="1"/>'),
        (Entitlement(basis="1", document="EWUS", number="1"), b"<of-dokument-el "),
        (Entitlement(basis="1", document="EWUS", number="1", country="PL"), b"<of-dokument "),
        (Entitlement(basis="1", document="OSW", number="1", valid_from="2026-10-01"), b"<of-oswiadczenie "),
        (
            Entitlement(
                basis="1", document="OSW", number="1", valid_from="2026-10-01", valid_to="2026-10-02"
            ),
            b' data="2026-10-01" data-od="2026-10-01" data-do="2026-10-02" ',
        ),
        (Entitlement(basis="1", document="OSW", number="1"), b"<of-dokument "),
        (Entitlement(basis="1", document="S1", number="1", country="DE"), b"<of-dokument "),
    ],
)
def test_each_document_has_its_element(entitlement: Entitlement, element: bytes) -> None:
    target = io.BytesIO()
    with SwiadWriter(target, header()) as writer:
        writer.write_service(Service(id="S", entitlement=entitlement), of=ONE_SET)
    assert element in target.getvalue()
    (row,) = rows(target.getvalue())
    for name in ("basis", "document", "number", "country"):
        assert row[f"entitlement_{name}"] == getattr(entitlement, name)
    assert (row["entitlement_from"], row["entitlement_to"]) == (entitlement.valid_from, entitlement.valid_to)


def test_only_ambulatory_and_hospital_reports_are_written() -> None:
    with pytest.raises(ValueError, match="WYKBAD"):
        SwiadWriter(io.BytesIO(), replace(header(), area="WYKBAD"))


def test_neighbouring_services_of_an_equal_set_stand_in_one_set() -> None:
    target = io.BytesIO()
    other = ServiceSet(patient=Patient(id="1"))
    with SwiadWriter(target, header()) as writer:
        for of in (ONE_SET, ONE_SET, other, ONE_SET):
            writer.write_service(Service(id="S"), of=of)
    assert target.getvalue().count(b"<zestaw-swiadczen") == 3


def test_an_unfinished_report_is_not_left_behind(tmp_path: Path) -> None:
    class Interrupted(Exception):
        pass

    def services():
        yield Service(id="S")
        raise Interrupted

    def write() -> None:
        with SwiadWriter(tmp_path / "raport.swx", header()) as writer:
            for service in services():
                writer.write_service(service, of=ONE_SET)

    with pytest.raises(Interrupted):
        write()
    assert list(tmp_path.iterdir()) == []
