"""A report of services (SWIAD) as columns: one row a settlement position, in the order of the file.

Everything a provider wrote stays text here, also what is malformed: whether a date is a date is a finding
of verification, never a reason to stop reading. A deleted service is one row without position data.
"""

from __future__ import annotations

import polars as pl

RAW_COLUMNS: dict[str, pl.DataType] = {
    # where it stands
    "row": pl.Int64(),  # running number of the position in the file, from 1
    "line": pl.Int64(),  # line of the position's element (of the service, when it is deleted or has none)
    # the set and the patient
    "set_type": pl.String(),  # A ambulatory, S stationary (own name)
    "patient_id_type": pl.String(),  # P PESEL, T passport, D identity card, I other, R, NN, NW
    "patient_id": pl.String(),
    "patient_sex": pl.String(),  # K, M; only without PESEL or under EU coordination
    "patient_birth_date": pl.String(),
    "patient_surname": pl.String(),
    "patient_first_name": pl.String(),
    # the service
    "service_id": pl.String(),  # given by the provider's program, up to 20 characters
    "service_version": pl.String(),  # 1, 2, …: a higher one replaces
    "deleted": pl.Boolean(),
    "service_code": pl.String(),  # kod-swiad of the Ministry
    "admission_mode": pl.String(),
    "discharge_mode": pl.String(),  # stationary sets
    "date_from": pl.String(),
    "date_to": pl.String(),
    "diagnosis": pl.String(),  # principal, ICD-10
    "cell": pl.String(),  # technical code of the organisational cell
    "staff_id_type": pl.String(),  # 1 licence number, 2 PESEL
    "staff_id": pl.String(),
    "referral_issuer": pl.String(),  # licence number of who referred
    "referral_date": pl.String(),
    # the right to the service
    "entitlement_basis": pl.String(),  # podstawa-uprawnien-do-swiadczen
    "entitlement_document": pl.String(),  # EWUS, OSW (statement), DEC (mayor's decision), EKUZ, CERT, S1, E106, …
    "entitlement_number": pl.String(),
    "entitlement_country": pl.String(),
    "entitlement_from": pl.String(),
    "entitlement_to": pl.String(),
    # the settlement position
    "contract": pl.String(),  # technical code
    "month": pl.String(),  # reporting month, 2026-10
    "position": pl.String(),  # number of the position inside the service
    "scope": pl.String(),
    "distinguisher": pl.String(),
    "product": pl.String(),
    "actual_multiplicity": pl.String(),  # krotn-fakt
    "multiplicity": pl.String(),  # krotnosc; 0 = for statistics only
    "coefficients": pl.String(),  # "R01=1.2 Q01=1.19": code and value of each nfz:spec-rozlicz, in order
}
"""Name and type of each raw column. An attribute that was not written is null; one that is empty is ""."""
