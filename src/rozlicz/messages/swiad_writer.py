"""Writes reports of services (SWIAD 10;10.1), service by service, in memory that does not grow."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from rozlicz.messages import swiad_names as names
from rozlicz.messages.framework import provider_attributes
from rozlicz.messages.header import Header
from rozlicz.messages.root import PROVIDER, ROOT, root_attributes
from rozlicz.messages.services import Entitlement, Patient, Position, Service, ServiceSet, SettledUnder
from rozlicz.messages.stream import FRAMEWORK
from rozlicz.messages.xml_writer import written_to

_MEMBER = "raport.xml"


class SwiadWriter:
    """A report being written; a context manager that completes the file, or leaves none after an error.

    Neighbouring services of an equal set stand in one set. `zipped` packs the report as portals expect it.
    """

    def __init__(self, target: Path | BinaryIO, header: Header, *, zipped: bool = False) -> None:
        if header.area != names.AREA:
            raise ValueError(f"reports of the area {header.area} are not written")
        self._header = header
        self._attributes = root_attributes(header, kind=names.KIND, namespace=FRAMEWORK)
        self._set: ServiceSet | None = None
        self._stack = ExitStack()
        self._writing = written_to(target, zipped=zipped, member_name=_MEMBER)

    def __enter__(self) -> Self:
        self._writer = self._stack.enter_context(self._writing)
        self._writer.start(ROOT, self._attributes)
        self._writer.start(PROVIDER, provider_attributes(self._header))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool | None:
        return self._stack.__exit__(kind, error, traceback)

    def write_service(self, service: Service, *, of: ServiceSet) -> None:
        """Add a service of a set."""
        if of != self._set:
            self._open_set(of)
        writer = self._writer
        attributes = {
            names.SERVICE_ID: service.id,
            names.SERVICE_VERSION: service.version,
            names.SERVICE_CODE: service.code,
            names.DELETED: names.YES if service.deleted else None,
        }
        if service.deleted:
            writer.empty(names.SERVICE, attributes)
            return
        writer.start(names.SERVICE, attributes)
        self._write_data(service)
        writer.end()

    def _open_set(self, of: ServiceSet) -> None:
        if self._set is not None:
            self._writer.end()
        self._set = of
        self._writer.start(names.SET, {names.SET_TYPE: of.type})
        if of.patient is not None:
            self._write_patient(of.patient)
        if of.admission_mode is not None or of.discharge_mode is not None:
            with self._writer.element(names.STAY, {}):
                if of.admission_mode is not None:
                    self._writer.empty(names.ADMISSION, {names.MODE: of.admission_mode})
                if of.discharge_mode is not None:
                    self._writer.empty(names.DISCHARGE, {names.MODE: of.discharge_mode})

    def _write_patient(self, patient: Patient) -> None:
        attributes = {names.PATIENT_ID_TYPE: patient.id_type, names.PATIENT_ID: patient.id}
        statistics = {names.SEX: patient.sex, names.BIRTH_DATE: patient.birth_date}
        person = {names.SURNAME: patient.surname, names.FIRST_NAME: patient.first_name}
        if not _written(statistics) and not _written(person):
            self._writer.empty(names.PATIENT, attributes)
            return
        with self._writer.element(names.PATIENT, attributes):
            self._writer.leaf(names.PATIENT_STATISTICS, statistics)
            self._writer.leaf(names.PATIENT_PERSON, person)

    def _write_data(self, service: Service) -> None:
        writer = self._writer
        writer.start(
            names.SERVICE_DATA,
            {
                names.DATE_FROM: service.date_from,
                names.DATE_TO: service.date_to,
                names.MODE: service.admission_mode,
            },
        )
        writer.leaf(names.DIAGNOSIS, {names.DIAGNOSIS_CODE: service.diagnosis})
        writer.leaf(
            names.REFERRAL,
            {names.REFERRAL_ISSUER: service.referral_issuer, names.REFERRAL_DATE: service.referral_date},
        )
        writer.leaf(names.CELL, {f"nfz:{names.CELL_CODE}": service.cell})
        writer.leaf(names.STAFF, {names.STAFF_TYPE: service.staff_id_type, names.STAFF_ID: service.staff_id})
        if service.entitlement is not None:
            self._write_entitlement(service.entitlement)
        for settled in service.settled:
            self._write_settled(settled)
        writer.end()

    def _write_entitlement(self, entitlement: Entitlement) -> None:
        attributes = {names.ENTITLEMENT_BASIS: entitlement.basis}
        document = _document(entitlement)
        if document is None:
            self._writer.empty(names.ENTITLEMENT, attributes)
            return
        self._writer.start(names.ENTITLEMENT, attributes)
        self._writer.empty(*document)
        self._writer.end()

    def _write_settled(self, settled: SettledUnder) -> None:
        self._writer.start(
            f"nfz:{names.SETTLEMENT}", {names.CONTRACT: settled.contract, names.MONTH: settled.month}
        )
        for position in settled.positions:
            self._write_position(position)
        self._writer.end()

    def _write_position(self, position: Position) -> None:
        attributes = {
            names.POSITION_NUMBER: position.number,
            names.SCOPE: position.scope,
            names.DISTINGUISHER: position.distinguisher,
            names.PRODUCT: position.product,
            names.ACTUAL_MULTIPLICITY: position.actual_multiplicity,
            names.MULTIPLICITY: position.multiplicity,
        }
        if not position.coefficients:
            self._writer.empty(f"nfz:{names.POSITION}", attributes)
            return
        self._writer.start(f"nfz:{names.POSITION}", attributes)
        for used in position.coefficients:
            self._writer.empty(
                f"nfz:{names.COEFFICIENT}",
                {names.COEFFICIENT_CODE: used.code, names.COEFFICIENT_VALUE: used.value},
            )
        self._writer.end()


def _written(attributes: dict[str, str | None]) -> bool:
    return any(value is not None for value in attributes.values())


def _document(entitlement: Entitlement) -> tuple[str, dict[str, str | None]] | None:
    """The element of the document: the Fund's own where it can carry everything, else the general one."""
    of = entitlement
    if of.document == names.EWUS and of.country is None and of.valid_from is None and of.valid_to is None:
        return names.ELECTRONIC_DOCUMENT, {names.DOCUMENT_ID: of.number}
    if of.document == names.STATEMENT_CODE and of.country is None and of.valid_from is not None:
        return names.STATEMENT, {
            names.DOCUMENT_ID: of.number,
            names.STATEMENT_DATE: of.valid_from,
            names.STATEMENT_FROM: None if of.valid_to is None else of.valid_from,
            names.STATEMENT_TO: of.valid_to,
            names.STATEMENT_KIND: names.STATEMENT_KIND_WRITTEN,
        }
    attributes = {
        names.DOCUMENT_TYPE: of.document,
        names.DOCUMENT_NUMBER: of.number,
        names.DOCUMENT_COUNTRY: of.country,
        names.DOCUMENT_FROM: of.valid_from,
        names.DOCUMENT_TO: of.valid_to,
    }
    return (names.OTHER_DOCUMENT, attributes) if _written(attributes) else None
