"""How reports are written: each document in its element, neighbours in one set, a whole file or none."""

import io
from pathlib import Path

import pytest

from rozlicz.messages.services import Entitlement, Patient, Service, ServiceSet
from rozlicz.messages.swiad.writer import SwiadWriter
from tests.messages.reports import ONE_SET, header, rows, services, written


@pytest.mark.parametrize(
    ("entitlement", "element"),
    [
        (Entitlement(basis="1"), b'<uprawnienie podstawa-uprawnien-do-swiadczen="1"/>'),
        (Entitlement(document="EWUS", number="1"), b'<of-dokument-el id="1"/>'),
        (Entitlement(document="EWUS", number="1", system="X"), b'<of-dokument-el id="1" kod-systemu="X"/>'),
        (Entitlement(document="EWUS", number="1", country="PL"), b"<of-dokument "),
        (Entitlement(document="OSW", number="1", issued_on="2026-10-01"), b' data="2026-10-01"/>'),
        (
            Entitlement(
                document="OSW", issued_on="2026-10-03", valid_from="2026-10-01", valid_to="2026-10-02"
            ),
            b'<of-oswiadczenie data="2026-10-03" data-od="2026-10-01" data-do="2026-10-02"/>',
        ),
        (Entitlement(document="OSW", number="1", country="DE"), b"<of-dokument "),
        (Entitlement(document="POBYT", number="1", valid_to="2027-01-01"), b"<of-karta-pobyt "),
        (Entitlement(document="POBYT", number="1", issued_by="Wojewoda Łódzki"), b"<of-dokument "),
        (Entitlement(document="S1", number="1", country="DE", issued_on="2026-01-01"), b"<of-dokument "),
        (Entitlement(number="1"), b'<of-dokument numer="1"/>'),
    ],
)
def test_each_document_has_its_element_and_comes_back(entitlement: Entitlement, element: bytes) -> None:
    content = written(Service(id="S", entitlement=entitlement))
    assert element in content
    assert [one.service.entitlement for one in services(content)] == [entitlement]
    (row,) = rows(content)
    for name in ("basis", "document", "number", "country"):
        assert row[f"entitlement_{name}"] == getattr(entitlement, name)
    assert row["entitlement_to"] == entitlement.valid_to


@pytest.mark.parametrize(
    "entitlement",
    [
        Entitlement(document="EWUS", statement_kind="OSE"),
        Entitlement(document="OSW", statement_kind="OSE", country="DE"),
        Entitlement(document="S1", declarer_document="ABC123"),
    ],
)
def test_what_no_element_can_carry_together_is_not_written(entitlement: Entitlement) -> None:
    with pytest.raises(ValueError, match="uprawnienie"):
        written(Service(id="S", entitlement=entitlement))


def test_a_deleted_service_carries_nothing_but_its_identifier_version_and_code() -> None:
    content = written(Service(id="S", code="15.1220", deleted=True, date_from="2026-10-01", cell="1"))
    assert [one.service for one in services(content)] == [Service(id="S", code="15.1220", deleted=True)]


def test_a_header_of_another_area_is_not_written() -> None:
    with pytest.raises(ValueError, match="WYKBAD"):
        SwiadWriter(io.BytesIO(), header("WYKBAD"))


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
