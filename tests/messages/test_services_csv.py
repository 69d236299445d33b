"""Services as flat rows: what is written into a report or a flat file is read back as it was."""

from datetime import datetime
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.messages.header import new_header
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.swiad.service_rows import ROW_COLUMNS, service_of, services_of, used_coefficients
from rozlicz.messages.swiad.services_csv import CsvReader, CsvWriter
from rozlicz.messages.swiad.writer import SwiadWriter

TEXTS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
VALUES = st.none() | TEXTS
SERVICE = {
    "set_type": "A",
    "patient_id_type": "P",
    "patient_id": "44051499774",
    "service_id": "S-1",
    "service_version": "1",
    "date_from": "2026-10-05",
    "contract": "051/050101/AOS/01/2026",
    "month": "2026-10",
}


def written(rows):
    target = BytesIO()
    header = new_header(
        kind="SWIAD",
        receiver="05",
        sender="050101",
        installation="05123456-ABCDEFGHIJ0123456789",
        generation=1,
        generated_at=datetime(2026, 11, 5, 12, 0),
    )
    with SwiadWriter(target, header) as writer:
        for of, service in services_of(rows):
            writer.write_service(service, of=of)
    with SwiadReader(target) as reader:
        return [row for frame in reader for row in frame.iter_rows(named=True)]


@pytest.mark.slow
@given(
    st.lists(
        st.fixed_dictionaries(
            dict.fromkeys(("position", "scope", "distinguisher", "product", "multiplicity"), VALUES)
        ),
        min_size=1,
        max_size=5,
    )
)
def test_positions_of_a_service_come_back_from_a_report_as_they_were(positions):
    rows = [SERVICE | position for position in positions]
    read = written(rows)
    assert [{name: row[name] for name in rows[0]} for row in read] == rows


@pytest.mark.slow
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(ROW_COLUMNS, VALUES)), max_size=5))
def test_rows_come_back_from_a_flat_file_as_they_were(rows):
    # A comma in these columns is a decimal comma, which reading turns into a point.
    for row in rows:
        for name in ("actual_multiplicity", "multiplicity", "coefficients"):
            row[name] = row[name] and row[name].replace(",", ".")
    file = StringIO(newline="")
    CsvWriter(file).write(rows)
    file.seek(0)
    assert [line.row for line in CsvReader(file)] == [row for row in rows if any(row.values())]


def test_neighbouring_rows_of_one_service_make_one_service_with_a_wrapper_for_each_contract():
    rows = [SERVICE | {"position": "1"}, SERVICE | {"position": "2", "contract": "other"}]
    ((of, service),) = services_of(rows)
    assert of.patient is not None
    assert [(one.contract, len(one.positions)) for one in service.settled] == [
        ("051/050101/AOS/01/2026", 1),
        ("other", 1),
    ]


def test_modes_of_a_stay_belong_to_the_set_and_an_ambulatory_mode_to_the_service():
    of, service = service_of([SERVICE | {"set_type": "S", "admission_mode": "6", "discharge_mode": "2"}])
    assert (of.admission_mode, of.discharge_mode, service.admission_mode) == ("6", "2", None)
    of, service = service_of([SERVICE | {"admission_mode": "5"}])
    assert (of.admission_mode, of.discharge_mode, service.admission_mode) == (None, None, "5")


def test_what_a_hospital_adds_is_taken_from_its_own_columns():
    lines = CsvReader(
        StringIO(
            "id_swiadczenia;id_pacjenta;data_od;zakres;produkt;rozpoznanie;data_przyjecia;"
            "rozpoznania_wspolistniejace;procedury;zakazenia\n"
            "S-1;44051499774;2026-10-05;a;b;I63.3;2026-10-03;I10 E11.9;87.030=2026-10-03 93.11;A04.7\n"
        )
    )
    of, service = service_of([line.row for line in lines])
    assert of.admitted_on == "2026-10-03"
    assert [one.code for one in service.diagnoses] == ["I63.3", "I10", "E11.9"]
    assert [(one.code, one.date) for one in service.procedures] == [("87.030", "2026-10-03"), ("93.11", None)]
    assert [one.cause for one in service.infections] == ["A04.7"]


def test_a_deleted_service_keeps_its_patient_identifier_and_version_only():
    of, service = service_of(
        [SERVICE | {"deleted": "T", "service_version": "2", "product": "5.30.00.0000011"}]
    )
    assert of.patient is not None
    assert (service.id, service.version, service.deleted, service.settled) == ("S-1", "2", True, ())


def test_coefficients_are_read_in_order_and_a_code_without_a_value_stays():
    assert [(one.code, one.value) for one in used_coefficients("R01=1.06 Q01=1.02 X")] == [
        ("R01", "1.06"),
        ("Q01", "1.02"),
        ("X", ""),
    ]
