"""Any report of services or of examinations that can be written, for round trips."""

from datetime import date

from hypothesis import strategies as st

from rozlicz.messages import services as of
from rozlicz.messages.examinations import ExaminationSet, ReportingPeriod
from tests.messages.strategies import DAYS, MOMENTS, MONTHS, PRODUCT_CODES, SCOPE_CODES, TEXTS, short

SOME = st.none() | TEXTS


def of_texts(made, texts=SOME, **others):
    """A value all of whose fields are any texts, except those that are given."""
    fields = dict.fromkeys(made.__dataclass_fields__, texts) | others
    return st.builds(made, **fields)


PATIENTS = of_texts(of.Patient)
SETS = of_texts(of.ServiceSet, patient=st.none() | PATIENTS)
NOTHING = st.none()


def entitlements(texts=SOME, days=SOME, basis=SOME):
    """Entitlements that an element can carry: a document of each kind."""
    shared = {"basis": basis, "number": texts, "valid_from": days, "valid_to": days}
    statement = {"issued_on": days, "statement_kind": texts, "declarer_document": texts}
    other = {"issued_on": days, "issued_by": texts, "issuing_person": texts, "country": texts}
    codes = st.sampled_from(["EWUS", "OSW", "POBYT", "DEC", "S1"])
    made = of.Entitlement
    return st.one_of(
        st.builds(made, basis=basis),
        st.builds(made, basis=basis, document=st.just("EWUS"), number=texts, system=texts),
        st.builds(made, document=st.just("OSW"), **shared, **statement),
        st.builds(made, document=st.just("POBYT"), **shared),
        st.builds(made, document=codes, **shared, **other),
    )


POSITIONS = of_texts(of.Position, coefficients=short(of_texts(of.UsedCoefficient), 2))
EXAMINATIONS = of_texts(of.Examination, position=NOTHING | of_texts(of.ContractPosition))
SERVICES_WITH_DATA = of_texts(
    of.Service,
    deleted=st.just(value=False),
    diagnoses=short(of_texts(of.Diagnosis), 2),
    infections=short(of_texts(of.Infection), 2),
    procedures=short(of_texts(of.Procedure), 2),
    continuation=NOTHING | of_texts(of.Continuation),
    accommodation=NOTHING | of_texts(of.Accommodation),
    all_staff=short(of_texts(of.Performer), 2),
    cardiology=NOTHING | of_texts(of.Cardiology),
    rehabilitation=NOTHING | of_texts(of.Rehabilitation, assessments=short(of_texts(of.Assessment), 2)),
    entitlement=NOTHING | entitlements(),
    examinations=short(EXAMINATIONS, 2),
    settled=short(of_texts(of.SettledUnder, positions=short(POSITIONS)), 2),
)
SERVICES = SERVICES_WITH_DATA | st.builds(
    of.Service, id=SOME, version=SOME, code=SOME, deleted=st.just(value=True)
)
REPORTS = short(st.builds(of.ReportedService, of=SETS, service=SERVICES), 4)

EXAMINATION_SETS = of_texts(
    ExaminationSet,
    deleted=st.just(value=False),
    patient=NOTHING | PATIENTS,
    examinations=short(EXAMINATIONS),
) | st.builds(ExaminationSet, id=SOME, version=SOME, deleted=st.just(value=True))
PERIODS = of_texts(ReportingPeriod)


# ---- values that have the forms the published schemas ask for ------------------------------------------------------

DAY_TEXTS = DAYS.map(date.isoformat)
MOMENT_TEXTS = MOMENTS.map(lambda moment: moment.isoformat())
DIGITS = st.text("0123456789", min_size=1, max_size=2)
MULTIPLICITIES = st.decimals(0, 9999, places=4).map(str)
SHORT_TEXTS = st.text("ABCabc0123456789-/", max_size=14)
CODES = SHORT_TEXTS.filter(bool)
SOME_DAY = NOTHING | DAY_TEXTS

RIGHT_PATIENTS = of_texts(
    of.Patient,
    id_type=st.sampled_from(["P", "T", "D", "I", "R", "NN", "NW"]),
    id=TEXTS,
    country=st.sampled_from([None, "UA"]),
    sex=st.sampled_from([None, "K", "M"]),
    birth_date=SOME_DAY,
)
RIGHT_SETS = of_texts(
    of.ServiceSet,
    texts=NOTHING | SHORT_TEXTS,
    patient=RIGHT_PATIENTS,
    type=st.sampled_from("AS"),
    admission_mode=NOTHING | DIGITS,
    discharge_mode=NOTHING | DIGITS,
    admitted_on=SOME_DAY,
    discharged_on=SOME_DAY,
)
RIGHT_ENTITLEMENTS = entitlements(texts=SHORT_TEXTS, days=DAY_TEXTS, basis=NOTHING | DIGITS).filter(
    lambda one: one.statement_kind is None
)
RIGHT_POSITIONS = of_texts(
    of.Position,
    texts=MULTIPLICITIES,
    number=st.integers(1, 99).map(str),
    scope=SCOPE_CODES,
    distinguisher=st.integers(0, 9999).map(str),
    product=PRODUCT_CODES,
    coefficients=short(st.builds(of.UsedCoefficient, code=CODES, value=MULTIPLICITIES), 2),
)
RIGHT_EXAMINATIONS = of_texts(
    of.Examination,
    number=NOTHING | st.integers(0, 999).map(str),
    performed_on=DAY_TEXTS,
    code=CODES,
    multiplicity=DIGITS,
    position=NOTHING
    | of_texts(
        of.ContractPosition,
        scope=SCOPE_CODES,
        distinguisher=st.integers(0, 9999).map(str),
        contract=NOTHING | SHORT_TEXTS,
    ),
)
RIGHT_SERVICES = of_texts(
    of.Service,
    texts=NOTHING | SHORT_TEXTS,
    id=SHORT_TEXTS,
    version=st.integers(1, 99).map(str),
    deleted=st.booleans(),
    admission_mode=NOTHING | DIGITS,
    date_from=DAY_TEXTS,
    date_to=DAY_TEXTS,
    admitted_at=NOTHING | MOMENT_TEXTS,
    discharged_at=NOTHING | MOMENT_TEXTS,
    diagnoses=short(of_texts(of.Diagnosis, texts=NOTHING | SHORT_TEXTS, code=CODES), 2),
    infections=short(of_texts(of.Infection, texts=CODES), 2),
    procedures=short(
        of_texts(of.Procedure, code=CODES, date=SOME_DAY, multiplicity=NOTHING | MULTIPLICITIES), 2
    ),
    referral_profession=NOTHING | DIGITS,
    referral_date=SOME_DAY,
    continuation=NOTHING | of_texts(of.Continuation, texts=SOME_DAY),
    accommodation=NOTHING | of_texts(of.Accommodation, texts=SOME_DAY),
    staff_id_type=st.sampled_from("12"),
    staff_id=SHORT_TEXTS,
    all_staff=short(
        of_texts(of.Performer, profession=NOTHING | DIGITS, id_type=st.sampled_from("12"), id=SHORT_TEXTS), 2
    ),
    cardiology=NOTHING | of_texts(of.Cardiology, texts=DIGITS),
    rehabilitation=NOTHING
    | of_texts(
        of.Rehabilitation,
        texts=NOTHING | DIGITS,
        assessments=short(of_texts(of.Assessment, texts=SHORT_TEXTS), 2),
    ),
    entitlement=NOTHING | RIGHT_ENTITLEMENTS,
    examinations=short(RIGHT_EXAMINATIONS, 2),
    settled=short(
        of_texts(
            of.SettledUnder,
            contract=SHORT_TEXTS,
            month=MONTHS.map(str),
            positions=st.lists(RIGHT_POSITIONS, min_size=1, max_size=2).map(tuple),
        ),
        2,
    ),
)
RIGHT_REPORTS = short(st.builds(of.ReportedService, of=RIGHT_SETS, service=RIGHT_SERVICES), 4)
RIGHT_EXAMINATION_SETS = of_texts(
    ExaminationSet,
    id=SHORT_TEXTS,
    version=st.integers(1, 99).map(str),
    deleted=st.booleans(),
    patient=NOTHING | RIGHT_PATIENTS,
    examinations=short(RIGHT_EXAMINATIONS),
)
RIGHT_PERIODS = of_texts(ReportingPeriod, texts=DAY_TEXTS)
