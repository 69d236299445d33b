"""What a report must read as, worked out from the typed services and not from the file."""

from itertools import groupby

from rozlicz.messages.services import Position, Service, ServiceSet
from rozlicz.messages.swiad_columns import RAW_COLUMNS

Row = dict[str, object]


def rows_of(report: tuple[tuple[ServiceSet, Service], ...]) -> list[Row]:
    """One row a position, without the columns that only the file knows (`line`)."""
    rows = [row for of, service in report for row in _rows_of_service(of, service)]
    return [{**dict.fromkeys(RAW_COLUMNS), **row, "row": number} for number, row in enumerate(rows, 1)]


def sets_of(report: tuple[tuple[ServiceSet, Service], ...]) -> int:
    return sum(1 for _ in groupby(report, key=lambda pair: pair[0]))


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
    names = "date_from date_to diagnosis cell staff_id_type staff_id referral_issuer referral_date".split()
    row: Row = {name: getattr(service, name) for name in names}
    if service.entitlement is not None:
        row |= {
            "entitlement_basis": service.entitlement.basis,
            "entitlement_document": service.entitlement.document,
            "entitlement_number": service.entitlement.number,
            "entitlement_country": service.entitlement.country,
            "entitlement_from": service.entitlement.valid_from,
            "entitlement_to": service.entitlement.valid_to,
        }
    return row


def _of_position(position: Position) -> Row:
    used = " ".join(f"{one.code}={one.value}" for one in position.coefficients)
    return {
        "position": position.number,
        "scope": position.scope,
        "distinguisher": position.distinguisher,
        "product": position.product,
        "actual_multiplicity": position.actual_multiplicity,
        "multiplicity": position.multiplicity,
        "coefficients": used if position.coefficients else None,
    }
