"""Services as flat rows, one a settlement position, and back to what the writer of reports takes.

A row has the columns of a report (`swiad.columns`) without `row` and `line`, and may have further ones for what a
report says beside its columns. Rows of one service stand together and agree in everything but their position.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rozlicz.messages.services import (
    Diagnosis,
    Entitlement,
    Infection,
    Patient,
    Position,
    Procedure,
    Service,
    ServiceSet,
    SettledUnder,
    UsedCoefficient,
)
from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.messages.swiad.names import STATEMENT_CODE, STATEMENT_KIND_WRITTEN

Row = Mapping[str, str | None]
"""Values as they will stand in the report; None where nothing is written. `deleted` is `T` or None."""

ROW_COLUMNS = tuple(name for name in RAW_COLUMNS if name not in ("row", "line"))

POSITION_COLUMNS = (
    "contract",
    "month",
    "position",
    "scope",
    "distinguisher",
    "product",
    "actual_multiplicity",
    "multiplicity",
    "coefficients",
)
FURTHER_COLUMNS = (
    "patient_country",
    "book_number",
    "admitted_on",
    "discharged_on",
    "admitted_at",
    "discharged_at",
    "admission_reason",
    "coexisting_diagnoses",
    "infections",
    "procedures",
    "referral_number",
)
"""Fields of `services` that a row may have. Several codes have blanks between; a procedure is `89.00=2026-10-05`."""

SERVICE_COLUMNS = (*(name for name in ROW_COLUMNS if name not in POSITION_COLUMNS), *FURTHER_COLUMNS)
"""What all rows of a service share."""

_STATIONARY = "S"


def services_of(rows: Iterable[Row]) -> Iterator[tuple[ServiceSet, Service]]:
    """The services that neighbouring rows make up, in order, each with its set."""
    for _, together in groupby(rows, key=lambda row: [row.get(name) for name in SERVICE_COLUMNS]):
        yield service_of(tuple(together))


def service_of(rows: Sequence[Row]) -> tuple[ServiceSet, Service]:
    """The one service that these rows tell, and its set."""
    row = rows[0]
    get = row.get
    stationary = get("set_type") == _STATIONARY
    of = ServiceSet(
        patient=Patient(
            id_type=get("patient_id_type"),
            id=get("patient_id"),
            country=get("patient_country"),
            sex=get("patient_sex"),
            birth_date=get("patient_birth_date"),
            surname=get("patient_surname"),
            first_name=get("patient_first_name"),
        ),
        type=get("set_type"),
        book_number=get("book_number"),
        admission_mode=get("admission_mode") if stationary else None,
        admitted_on=get("admitted_on"),
        discharge_mode=get("discharge_mode"),
        discharged_on=get("discharged_on"),
    )
    if get("deleted") is not None:
        return of, Service(id=get("service_id"), version=get("service_version"), deleted=True)
    return of, Service(
        id=get("service_id"),
        version=get("service_version"),
        code=get("service_code"),
        admission_mode=None if stationary else get("admission_mode"),
        date_from=get("date_from"),
        date_to=get("date_to"),
        admitted_at=get("admitted_at"),
        discharged_at=get("discharged_at"),
        admission_reason=get("admission_reason"),
        diagnoses=_diagnoses(row),
        infections=tuple(Infection(cause=code) for code in _codes(row, "infections")),
        procedures=tuple(map(_procedure, _codes(row, "procedures"))),
        cell=get("cell"),
        staff_id_type=get("staff_id_type"),
        staff_id=get("staff_id"),
        referral_issuer=get("referral_issuer"),
        referral_date=get("referral_date"),
        referral_number=get("referral_number"),
        entitlement=_entitlement(row),
        settled=_settled(rows),
    )


def _codes(row: Row, column: str) -> list[str]:
    return (row.get(column) or "").split()


def _diagnoses(row: Row) -> tuple[Diagnosis, ...]:
    """The principal one, then those that coexist with it; without it the first place stays empty."""
    principal, others = row.get("diagnosis"), _codes(row, "coexisting_diagnoses")
    codes = [principal, *others] if others or principal is not None else []
    return tuple(Diagnosis(code=code) for code in codes)


def _procedure(text: str) -> Procedure:
    """`89.00=2026-10-05`, or a code alone."""
    code, _, day = text.partition("=")
    return Procedure(code=code, date=day or None)


def _entitlement(row: Row) -> Entitlement | None:
    get = row.get
    basis, document, number = (
        get("entitlement_basis"),
        get("entitlement_document"),
        get("entitlement_number"),
    )
    country, begins, ends = get("entitlement_country"), get("entitlement_from"), get("entitlement_to")
    if (
        basis is None
        and document is None
        and number is None
        and country is None
        and begins is None
        and ends is None
    ):
        return None
    if document == STATEMENT_CODE and country is None:
        return Entitlement(
            basis=basis,
            document=document,
            number=number,
            issued_on=begins,
            valid_from=None if ends is None else begins,
            valid_to=ends,
            statement_kind=STATEMENT_KIND_WRITTEN,
        )
    return Entitlement(
        basis=basis, document=document, number=number, country=country, valid_from=begins, valid_to=ends
    )


def _settled(rows: Sequence[Row]) -> tuple[SettledUnder, ...]:
    """One wrapper for each run of positions of one contract and month."""
    if len(rows) == 1:
        row = rows[0]
        return (
            SettledUnder(contract=row.get("contract"), month=row.get("month"), positions=(_position(row),)),
        )
    return tuple(
        SettledUnder(contract=contract, month=month, positions=tuple(map(_position, together)))
        for (contract, month), together in groupby(
            rows, key=lambda row: (row.get("contract"), row.get("month"))
        )
    )


def _position(row: Row) -> Position:
    get = row.get
    coefficients = get("coefficients")
    return Position(
        number=get("position"),
        scope=get("scope"),
        distinguisher=get("distinguisher"),
        product=get("product"),
        actual_multiplicity=get("actual_multiplicity"),
        multiplicity=get("multiplicity"),
        coefficients=used_coefficients(coefficients) if coefficients else (),
    )


def used_coefficients(text: str) -> tuple[UsedCoefficient, ...]:
    """`R01=1.2 Q01=1.19` as the coefficients of a position; what has no `=` is a code without a value."""
    pairs = (part.partition("=") for part in text.split(" "))
    return tuple(UsedCoefficient(code=code, value=value) for code, _, value in pairs)
