"""Any message of spa treatment that can be written: days in any order, and absences that end before they begin."""

from hypothesis import strategies as st

from rozlicz.messages.spa_notices import NoticeDocument, NoticeKind, OfferOfPlaces, SpaNotice, SpaNotices
from rozlicz.messages.spa_replies import SpaRecord, SpaReply, SpaReplyTo, SpaResult
from rozlicz.messages.spa_stays import (
    Absence,
    Consent,
    ConsentGivenBy,
    Exemption,
    ExemptionProof,
    GuardianStay,
    OutpatientMonth,
    Procedure,
    ProofOfExemption,
    RoomKind,
    RoomUse,
    Round,
    SpaExemption,
    SpaReferral,
    SpaTreatment,
    Stay,
    StayReport,
    TreatmentDay,
)
from tests.messages.strategies import (
    BRANCHES,
    DAYS,
    FINDINGS,
    MOMENTS,
    MONTHS,
    NUMBERS,
    PRODUCT_CODES,
    RECEIPTS,
    SCOPE_CODES,
    TEXTS,
    short,
)
from tests.messages.strategies_persons import ENTITLEMENT_DOCUMENTS, PERSONS

VERSIONS = st.integers(1, 999)
DISTINGUISHERS = st.integers(0, 9999)
TREATMENTS = st.sampled_from(SpaTreatment)
STATIONARY = st.sampled_from([treatment for treatment in SpaTreatment if not treatment.is_outpatient])
OUTPATIENT = st.sampled_from([treatment for treatment in SpaTreatment if treatment.is_outpatient])

PERIODS = st.builds(Round, number=TEXTS, treatment=STATIONARY, begins_on=DAYS, ends_on=DAYS) | st.builds(
    OutpatientMonth, treatment=OUTPATIENT, month=MONTHS
)
ABSENCES = st.builds(
    Absence,
    begins_at=MOMENTS,
    ends_at=st.none() | MOMENTS,
    consent=st.none()
    | st.builds(Consent, given_by=TEXTS, capacity=st.sampled_from(ConsentGivenBy), given_at=MOMENTS),
)
EXEMPTIONS = st.builds(
    Exemption,
    ground=st.sampled_from(SpaExemption),
    statement_number=TEXTS,
    stated_on=DAYS,
    proofs=short(
        st.builds(
            ProofOfExemption,
            kind=st.sampled_from(ExemptionProof),
            number=TEXTS,
            issued_on=DAYS,
            valid_to=st.none() | DAYS,
        ),
        2,
    ),
)
STAYS = st.builds(
    Stay,
    number=TEXTS,
    referral=st.builds(SpaReferral, number=TEXTS, confirmed_by=BRANCHES),
    patient=PERSONS,
    product=st.just("") | PRODUCT_CODES,
    cell=TEXTS,
    arrived_on=DAYS,
    discharged_on=DAYS,
    discharge_mode=TEXTS,
    diagnoses=short(TEXTS, 2),
    absences=short(ABSENCES, 2),
    days=short(
        st.builds(
            TreatmentDay,
            day=DAYS,
            procedures=short(st.builds(Procedure, code=TEXTS, count=NUMBERS), 2),
        ),
        2,
    ),
    rooms=short(
        st.builds(RoomUse, kind=st.sampled_from(RoomKind), first_day=DAYS, last_day=DAYS),
        2,
    ),
    exemption=st.none() | EXEMPTIONS,
    guardians=short(st.builds(GuardianStay, person=PERSONS, arrived_on=DAYS, discharged_on=DAYS), 1),
    entitlement=st.none() | ENTITLEMENT_DOCUMENTS,
    exchange_offer=TEXTS,
)
STAY_REPORTS = st.builds(
    StayReport,
    number=TEXTS,
    version=VERSIONS,
    contract=TEXTS,
    scope=SCOPE_CODES,
    distinguisher=DISTINGUISHERS,
    period=PERIODS,
    stays=short(STAYS, 2),
    withdrawn=st.booleans(),
    reason=TEXTS,
)

NOTICES = st.builds(
    SpaNotices,
    confirmed_by=BRANCHES,
    notices=short(
        st.builds(
            SpaNotice,
            number=TEXTS,
            version=VERSIONS,
            kind=st.sampled_from(NoticeKind),
            referral=TEXTS,
            patient=PERSONS,
            contract=TEXTS,
            treatment=TREATMENTS,
            planned_from=DAYS,
            planned_to=DAYS,
            happened_on=DAYS,
            reason=TEXTS,
            round_number=TEXTS,
            arrived_on=st.none() | DAYS,
            documents=short(st.builds(NoticeDocument, name=TEXTS, number=TEXTS, issued_on=DAYS), 2),
            withdrawn=st.booleans(),
        )
    ),
)
OFFERS = short(
    st.builds(
        OfferOfPlaces,
        number=TEXTS,
        version=VERSIONS,
        contract=TEXTS,
        scope=SCOPE_CODES,
        distinguisher=DISTINGUISHERS,
        treatment=TREATMENTS,
        places=NUMBERS,
        begins_on=DAYS,
        ends_on=DAYS,
        no_shows=short(TEXTS),
        withdrawn=st.booleans(),
    )
)
REPLIES = st.builds(
    SpaReply,
    to=st.sampled_from(SpaReplyTo),
    receipt=RECEIPTS,
    results=short(
        st.builds(
            SpaResult,
            record=st.sampled_from(SpaRecord),
            number=TEXTS,
            version=VERSIONS,
            line=st.integers(1, 10**9),
            accepted=st.booleans(),
            person_days=st.none() | NUMBERS,
            findings=short(FINDINGS, 2),
        )
    ),
)
