"""What a report reads as in columns: exact columns, whatever the encoding, version and prefixes."""

import io
import re
from datetime import datetime

import pytest

from rozlicz.messages.header import Header
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.wire.envelope import MessageRefused
from rozlicz.messages.wire.stream import FRAMEWORK, FUND
from tests.messages.reports import SMALL_TEXT, frame, rows, small


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
    other = SMALL_TEXT.replace("nfz:", "n0:").replace("xmlns:nfz", "xmlns:n0")
    prefixed = re.sub(r"<(/?)(?![?!/]|n0:)", r"<\1a:", other).replace(
        'xmlns="www.csioz', 'xmlns:a="www.csioz'
    )
    assert "<a:swiadczenie " in prefixed
    remarked = prefixed.replace("<a:pacjent ", "<!-- uwaga --><?program x?><a:pacjent ")
    assert rows(remarked) == rows(small())


def test_prefixes_may_be_declared_on_each_set() -> None:
    declared = SMALL_TEXT.replace(
        "<zestaw-swiadczen ", f'<zestaw-swiadczen xmlns="{FRAMEWORK}" xmlns:nfz="{FUND}" '
    )
    assert rows(declared) == rows(small())


def test_a_wrong_date_or_identifier_is_no_reason_to_stop() -> None:
    text = SMALL_TEXT.replace("2026-10-05", "wczoraj").replace("ZZ1234567", "")
    first = rows(text)[0]
    assert (first["date_from"], first["patient_id"]) == ("wczoraj", "")


def test_a_report_without_sets_has_no_rows() -> None:
    text = re.sub(r"<zestaw-swiadczen.*</zestaw-swiadczen>", "", SMALL_TEXT, flags=re.DOTALL)
    found = frame(text)
    assert found.height == 0
    assert list(SwiadReader(io.BytesIO(text.encode()))) == []


def test_a_refusal_names_line_and_path() -> None:
    text = SMALL_TEXT.replace("</nfz:poz-rozlicz>", "</nfz:pozycja>")
    with pytest.raises(MessageRefused) as raised:
        rows(text)
    assert raised.value.line == 26
    service = "/komunikat/swiadczeniodawca/zestaw-swiadczen/swiadczenie/dane-swiadczenia"
    place = f"{service}/nfz:rozliczenie/nfz:poz-rozlicz"
    assert raised.value.path == place
    assert raised.value.place.pl == f"wiersz 26, {place}"
