"""What may stand where in a report of services and in a report of examinations, and what each says.

One tree for each; everything that reads or writes these reports goes by it.
"""

from __future__ import annotations

from rozlicz.messages import services as of
from rozlicz.messages.examinations import ExaminationSet, ReportingPeriod
from rozlicz.messages.swiad import names
from rozlicz.messages.wire.element_kinds import Kind

# ---- the patient ---------------------------------------------------------------------------------------------------

STATISTICS = Kind(names.PATIENT_STATISTICS, {names.SEX: "sex", names.BIRTH_DATE: "birth_date"})
PERSON = Kind(names.PATIENT_PERSON, {names.SURNAME: "surname", names.FIRST_NAME: "first_name"})
PATIENT = Kind(
    names.PATIENT,
    {names.PATIENT_ID_TYPE: "id_type", names.PATIENT_ID: "id", names.PATIENT_COUNTRY: "country"},
    *(STATISTICS, PERSON),
    made=of.Patient,
    into="patient",
)

# ---- the stay ------------------------------------------------------------------------------------------------------

ADMISSION = Kind(names.ADMISSION, {names.MODE: "admission_mode", names.ADMITTED_ON: "admitted_on"})
DISCHARGE = Kind(names.DISCHARGE, {names.MODE: "discharge_mode", names.DISCHARGED_ON: "discharged_on"})
STAY = Kind(names.STAY, {names.BOOK_NUMBER: "book_number"}, ADMISSION, DISCHARGE)

# ---- what was done, and why ----------------------------------------------------------------------------------------

DIAGNOSIS = Kind(
    names.DIAGNOSIS,
    {names.DIAGNOSIS_CODE: "code", names.CLASSIFICATION: "classification", names.CANCER_STAGE: "stage"},
    made=of.Diagnosis,
    into="diagnoses",
    many=True,
)
INFECTION = Kind(
    names.INFECTION, {names.INFECTION_CAUSE: "cause"}, made=of.Infection, into="infections", many=True
)
PROCEDURE = Kind(
    names.PROCEDURE,
    {
        names.PROCEDURE_CODE: "code",
        names.PROCEDURE_DATE: "date",
        names.PROCEDURE_MULTIPLICITY: "multiplicity",
    },
    made=of.Procedure,
    into="procedures",
    many=True,
)
REFERRAL = Kind(
    names.REFERRAL,
    {
        names.REFERRAL_ISSUER: "referral_issuer",
        names.REFERRAL_DATE: "referral_date",
        names.REFERRAL_PROFESSION: "referral_profession",
        names.REFERRAL_NUMBER: "referral_number",
        names.REFERRAL_UNIT: "referral_unit",
    },
)
CONTINUATION = Kind(
    names.CONTINUATION, {names.CONTINUED_SINCE: "since"}, made=of.Continuation, into="continuation"
)
ACCOMMODATION = Kind(
    names.ACCOMMODATION,
    {
        names.ACCOMMODATION_TYPE: "type",
        names.ACCOMMODATION_FROM: "date_from",
        names.ACCOMMODATION_TO: "date_to",
    },
    made=of.Accommodation,
    into="accommodation",
)
CARDIOLOGY = Kind(
    names.CARDIOLOGY, {names.EJECTION_FRACTION: "ejection_fraction"}, made=of.Cardiology, into="cardiology"
)
ASSESSMENT = Kind(
    names.ASSESSMENT,
    {names.ASSESSMENT_SCALE: "scale", names.ASSESSMENT_RESULT: "result"},
    made=of.Assessment,
    into="assessments",
    many=True,
)
REHABILITATION = Kind(
    names.REHABILITATION,
    {
        names.MONTHS_SINCE_ONSET: "months_since_onset",
        names.DAYS_TO_ADMISSION: "days_to_admission",
        names.NYHA: "nyha",
    },
    ASSESSMENT,
    made=of.Rehabilitation,
    into="rehabilitation",
)

# ---- where, and by whom --------------------------------------------------------------------------------------------

CELL = Kind(names.CELL, {names.CELL_CODE: "cell"})
STAFF = Kind(names.STAFF, {names.STAFF_TYPE: "staff_id_type", names.STAFF_ID: "staff_id"})
PERFORMER = Kind(
    names.ALL_STAFF,
    {names.STAFF_PROFESSION: "profession", names.STAFF_TYPE: "id_type", names.STAFF_ID: "id"},
    made=of.Performer,
    into="all_staff",
    many=True,
)

# ---- the right to the service --------------------------------------------------------------------------------------

ELECTRONIC_DOCUMENT = Kind(
    names.ELECTRONIC_DOCUMENT,
    {names.DOCUMENT_ID: "number", names.DOCUMENT_SYSTEM: "system"},
    told={"document": names.EWUS},
)
STATEMENT = Kind(
    names.STATEMENT,
    {
        names.DOCUMENT_ID: "number",
        names.STATEMENT_DATE: "issued_on",
        names.STATEMENT_FROM: "valid_from",
        names.STATEMENT_TO: "valid_to",
        names.STATEMENT_KIND: "statement_kind",
        names.STATEMENT_DECLARER: "declarer_document",
    },
    told={"document": names.STATEMENT_CODE},
)
RESIDENCE_CARD = Kind(
    names.RESIDENCE_CARD,
    {
        names.DOCUMENT_NUMBER: "number",
        names.DOCUMENT_FROM: "valid_from",
        names.DOCUMENT_TO: "valid_to",
    },
    told={"document": names.RESIDENCE_CARD_CODE},
)
OTHER_DOCUMENT = Kind(
    names.OTHER_DOCUMENT,
    {
        names.DOCUMENT_TYPE: "document",
        names.DOCUMENT_NUMBER: "number",
        names.DOCUMENT_COUNTRY: "country",
        names.DOCUMENT_FROM: "valid_from",
        names.DOCUMENT_TO: "valid_to",
        names.DOCUMENT_DATE: "issued_on",
        names.DOCUMENT_ISSUER: "issued_by",
        names.DOCUMENT_PERSON: "issuing_person",
    },
)
DOCUMENTS = Kind(
    names.ENTITLEMENT,
    {names.ENTITLEMENT_BASIS: "basis"},
    *(ELECTRONIC_DOCUMENT, STATEMENT, RESIDENCE_CARD, OTHER_DOCUMENT),
    made=of.Entitlement,
    into="entitlement",
    alternatives="dokument",
)

# ---- examinations --------------------------------------------------------------------------------------------------

CONTRACT_POSITION = Kind(
    names.CONTRACT_POSITION,
    {names.SCOPE: "scope", names.DISTINGUISHER: "distinguisher", names.CONTRACT: "contract"},
    made=of.ContractPosition,
    into="position",
)
EXAMINATION = Kind(
    names.EXAMINATION,
    {
        names.EXAMINATION_NUMBER: "number",
        names.EXAMINATION_DATE: "performed_on",
        names.EXAMINATION_CODE: "code",
        names.EXAMINATION_MULTIPLICITY: "multiplicity",
    },
    CONTRACT_POSITION,
    made=of.Examination,
    into="examinations",
    many=True,
)
EXAMINATIONS = Kind(names.EXAMINATION_SET, {}, EXAMINATION)
"""Inside a service of primary care; in a report of examinations the same element is the record."""

# ---- what is settled -----------------------------------------------------------------------------------------------

COEFFICIENT = Kind(
    names.COEFFICIENT,
    {names.COEFFICIENT_CODE: "code", names.COEFFICIENT_VALUE: "value"},
    made=of.UsedCoefficient,
    into="coefficients",
    many=True,
)
POSITION = Kind(
    names.POSITION,
    {
        names.POSITION_NUMBER: "number",
        names.SCOPE: "scope",
        names.DISTINGUISHER: "distinguisher",
        names.PRODUCT: "product",
        names.ACTUAL_MULTIPLICITY: "actual_multiplicity",
        names.MULTIPLICITY: "multiplicity",
    },
    COEFFICIENT,
    made=of.Position,
    into="positions",
    many=True,
)
SETTLEMENT = Kind(
    names.SETTLEMENT,
    {names.CONTRACT: "contract", names.MONTH: "month"},
    POSITION,
    made=of.SettledUnder,
    into="settled",
    many=True,
)

# ---- the records ---------------------------------------------------------------------------------------------------

SERVICE_DATA = Kind(
    names.SERVICE_DATA,
    {
        names.DATE_FROM: "date_from",
        names.DATE_TO: "date_to",
        names.MODE: "admission_mode",
        names.ADMITTED_AT: "admitted_at",
        names.DISCHARGED_AT: "discharged_at",
        names.ADMISSION_REASON: "admission_reason",
    },
    *(DIAGNOSIS, INFECTION, PROCEDURE, REFERRAL, CONTINUATION, ACCOMMODATION, CELL, STAFF, PERFORMER),
    *(CARDIOLOGY, REHABILITATION, DOCUMENTS, EXAMINATIONS, SETTLEMENT),
)
SERVICE = Kind(
    names.SERVICE,
    {names.SERVICE_ID: "id", names.VERSION: "version", names.SERVICE_CODE: "code"},
    SERVICE_DATA,
    made=of.Service,
    flag=(names.DELETED, "deleted"),
)
SET = Kind(names.SET, {names.SET_TYPE: "type"}, PATIENT, STAY, SERVICE, made=of.ServiceSet)
"""What a report of services consists of (AMBSZP)."""

PERIOD = Kind(
    names.PERIOD, {names.PERIOD_FROM: "date_from", names.PERIOD_TO: "date_to"}, made=ReportingPeriod
)
EXAMINATION_SET = Kind(
    names.EXAMINATION_SET,
    {names.EXAMINATION_SET_ID: "id", names.VERSION: "version"},
    *(PATIENT, EXAMINATION),
    made=ExaminationSet,
    flag=(names.DELETED, "deleted"),
)
"""What a report of examinations consists of (WYKBAD), after its period."""
