"""What a report must read as in columns, worked out from the typed services and not from the file."""

from rozlicz.messages.services import Entitlement, Position, ReportedService, Service, ServiceSet
from rozlicz.messages.swiad.columns import RAW_COLUMNS

Row = dict[str, object]


def rows_of(report: tuple[ReportedService, ...]) -> list[Row]:
    """One row a position, without the columns that only the file knows (`line`)."""
    rows = [row for one in report for row in _rows_of_service(one.of, one.service)]
    return [{**dict.fromkeys(RAW_COLUMNS), **row, "row": number} for number, row in enumerate(rows, 1)]


def _rows_of_service(of: ServiceSet, service: Service) -> list[Row]:
    fixed = _of_set(of) | {
        "service_id": service.id,
        "service_version": service.version,
        "service_code": service.code,
        "deleted": service.deleted,
    }
    if service.deleted:
        return [fixed]
    fixed |= _of_service(service)
    if service.admission_mode is not None:
        fixed["admission_mode"] = service.admission_mode
    found = [
        fixed | {"contract": settled.contract, "month": settled.month} | _of_position(position)
        for settled in service.settled
        for position in settled.positions
    ]
    return found or [fixed]


def _of_set(of: ServiceSet) -> Row:
    row: Row = {
        "set_type": of.type,
        "admission_mode": of.admission_mode,
        "discharge_mode": of.discharge_mode,
    }
    if of.patient is not None:
        row |= {
            "patient_id_type": of.patient.id_type,
            "patient_id": of.patient.id,
            "patient_sex": of.patient.sex,
            "patient_birth_date": of.patient.birth_date,
            "patient_surname": of.patient.surname,
            "patient_first_name": of.patient.first_name,
        }
    return row


def _of_service(service: Service) -> Row:
    names = "date_from date_to cell staff_id_type staff_id referral_issuer referral_date".split()
    row: Row = {name: getattr(service, name) for name in names}
    # the first with a code counts
    codes = [diagnosis.code for diagnosis in service.diagnoses if diagnosis.code is not None]
    row["diagnosis"] = codes[0] if codes else None
    if service.entitlement is not None:
        row |= _of_entitlement(service.entitlement)
    return row


def _of_entitlement(right: Entitlement) -> Row:
    begins = right.valid_from
    of_others = (right.country, right.issued_by, right.issuing_person)
    if right.document == "OSW" and begins is None and not any(text is not None for text in of_others):
        begins = right.issued_on
    return {
        "entitlement_basis": right.basis,
        "entitlement_document": right.document,
        "entitlement_number": right.number,
        "entitlement_country": right.country,
        "entitlement_from": begins,
        "entitlement_to": right.valid_to,
    }


def _of_position(position: Position) -> Row:
    used = " ".join(f"{one.code or ''}={one.value or ''}" for one in position.coefficients)
    return {
        "position": position.number,
        "scope": position.scope,
        "distinguisher": position.distinguisher,
        "product": position.product,
        "actual_multiplicity": position.actual_multiplicity,
        "multiplicity": position.multiplicity,
        "coefficients": used if position.coefficients else None,
    }
