"""Any message that can be written, for round trips."""

from datetime import date, datetime

from hypothesis import strategies as st

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import LegalForm, Party
from rozlicz.messages.header import new_header
from rozlicz.messages.replies import Receipt, ReplyFinding, ReplyPosition, ReplySummary
from rozlicz.messages.services import (
    Entitlement,
    Patient,
    Position,
    Service,
    ServiceSet,
    SettledUnder,
    UsedCoefficient,
)

_NOT_IN_XML = "".join(map(chr, {*range(32)} - {9, 10, 13})) + "".join(
    chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
# Every character XML can carry: letters of Polish and of other scripts, quotation marks, tabs, line ends.
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters=_NOT_IN_XML), max_size=12)
WORDS = TEXTS.filter(bool)
SOME = st.none() | TEXTS
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1))
MONTHS = st.builds(Month, st.integers(2000, 2100), st.integers(1, 12))
UNITS = st.integers(-(10**12), 10**12)
GROSZE = st.integers(-(10**14), 10**14)
NUMBERS = st.integers(0, 10**9)
SCOPE_CODES = st.from_regex(r"[0-9]{2}\.[0-9]{4}\.[0-9]{3}\.[0-9]{2}", fullmatch=True)
PRODUCT_CODES = st.from_regex(r"5\.[0-9]{2}\.[0-9]{2}\.[0-9]{7}", fullmatch=True)
BRANCHES = st.sampled_from(["01", "05", "16"])


def headers(kind: str):
    return st.builds(
        new_header,
        kind=st.just(kind),
        receiver=WORDS,
        sender=WORDS,
        generation=NUMBERS,
        generated_at=MOMENTS,
        installation=TEXTS,
        program=TEXTS,
        contact=TEXTS,
    )


ADDRESSES = st.builds(PostalAddress, street=TEXTS, postal_code=TEXTS, town=TEXTS)
PARTIES = st.builds(
    Party,
    code=TEXTS,
    name=TEXTS,
    legal_form=st.sampled_from(LegalForm),
    nip=TEXTS,
    regon=TEXTS,
    address=ADDRESSES,
    company_name=TEXTS,
    form_of_business=TEXTS,
)


def short(strategy, size: int = 3):
    return st.lists(strategy, max_size=size).map(tuple)


PERIODS = st.tuples(MONTHS, MONTHS).map(lambda ends: SettlementPeriod(min(ends), max(ends)))
SENTENCES = st.builds(Text, pl=TEXTS, en=TEXTS)
RECEIPTS = st.builds(
    Receipt,
    number=TEXTS,
    received_at=MOMENTS,
    sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    report_generation=NUMBERS,
)
SUMMARIES = st.builds(
    ReplySummary, accepted=NUMBERS, rejected=NUMBERS, accepted_value=GROSZE, rejected_value=GROSZE
)
FINDINGS = st.builds(
    ReplyFinding,
    code=TEXTS,
    severity=st.sampled_from(["error", "warning"]),
    message=SENTENCES,
    basis=SENTENCES,
    remedy=SENTENCES,
)
REPLY_POSITIONS = st.builds(
    ReplyPosition,
    service_id=TEXTS,
    service_version=TEXTS,
    position=TEXTS,
    line=st.integers(1, 10**9),
    accepted=st.booleans(),
    findings=short(FINDINGS, 2),
)

PATIENTS = st.builds(Patient, id_type=SOME, id=SOME, sex=SOME, birth_date=SOME, surname=SOME, first_name=SOME)
SERVICE_SETS = st.builds(
    ServiceSet, patient=st.none() | PATIENTS, type=SOME, admission_mode=SOME, discharge_mode=SOME
)
ENTITLEMENTS = st.builds(
    Entitlement,
    basis=SOME,
    document=st.sampled_from([None, "EWUS", "OSW", "DEC", "S1"]) | TEXTS,
    number=SOME,
    country=SOME,
    valid_from=SOME,
    valid_to=SOME,
)
POSITIONS = st.builds(
    Position,
    number=SOME,
    scope=SOME,
    distinguisher=SOME,
    product=SOME,
    actual_multiplicity=SOME,
    multiplicity=SOME,
    coefficients=short(st.builds(UsedCoefficient, code=TEXTS, value=TEXTS), 2),
)
SERVICES = st.builds(
    Service,
    id=SOME,
    version=SOME,
    deleted=st.booleans(),
    code=SOME,
    admission_mode=SOME,
    date_from=SOME,
    date_to=SOME,
    diagnosis=SOME,
    cell=SOME,
    staff_id_type=SOME,
    staff_id=SOME,
    referral_issuer=SOME,
    referral_date=SOME,
    entitlement=st.none() | ENTITLEMENTS,
    settled=short(st.builds(SettledUnder, contract=SOME, month=SOME, positions=short(POSITIONS)), 2),
)
REPORTS = short(st.tuples(SERVICE_SETS, SERVICES), 5)


# Reports whose every value has the form that the published schema asks for.
_DAY_TEXTS = DAYS.map(date.isoformat)
_DIGITS = st.text("0123456789", min_size=1, max_size=2)
_MULTIPLICITIES = st.decimals(0, 9999, places=4).map(str)
_SHORT_TEXTS = st.text("ABCabc0123456789-/", max_size=20)
RIGHT_PATIENTS = st.builds(
    Patient,
    id_type=st.sampled_from(["P", "T", "D", "I", "R", "NN", "NW"]),
    id=WORDS,
    sex=st.sampled_from([None, "K", "M"]),
    birth_date=st.none() | _DAY_TEXTS,
    surname=SOME,
    first_name=SOME,
)
RIGHT_SETS = st.builds(
    ServiceSet,
    patient=RIGHT_PATIENTS,
    type=st.sampled_from("AS"),
    admission_mode=st.none() | _DIGITS,
    discharge_mode=st.none() | _DIGITS,
)
RIGHT_ENTITLEMENTS = st.builds(
    Entitlement,
    basis=st.none() | _DIGITS,
    document=st.sampled_from(["EWUS", "OSW", "DEC", "S1"]),
    number=_SHORT_TEXTS,
    country=SOME,
    valid_from=st.none() | _DAY_TEXTS,
    valid_to=st.none() | _DAY_TEXTS,
)
RIGHT_POSITIONS = st.builds(
    Position,
    number=st.integers(1, 99).map(str),
    scope=SCOPE_CODES,
    distinguisher=st.integers(0, 9999).map(str),
    product=PRODUCT_CODES,
    actual_multiplicity=_MULTIPLICITIES,
    multiplicity=_MULTIPLICITIES,
    coefficients=short(st.builds(UsedCoefficient, code=WORDS, value=_MULTIPLICITIES), 2),
)
RIGHT_SERVICES = st.builds(
    Service,
    id=_SHORT_TEXTS,
    version=st.integers(1, 99).map(str),
    deleted=st.booleans(),
    code=SOME,
    admission_mode=st.none() | _DIGITS,
    date_from=_DAY_TEXTS,
    date_to=_DAY_TEXTS,
    diagnosis=SOME,
    cell=SOME,
    staff_id_type=st.sampled_from("12"),
    staff_id=_SHORT_TEXTS,
    referral_issuer=SOME,
    referral_date=st.none() | _DAY_TEXTS,
    entitlement=st.none() | RIGHT_ENTITLEMENTS,
    settled=short(
        st.builds(
            SettledUnder,
            contract=_SHORT_TEXTS,
            month=MONTHS.map(str),
            positions=st.lists(RIGHT_POSITIONS, min_size=1, max_size=2).map(tuple),
        ),
        2,
    ),
)
RIGHT_REPORTS = short(st.tuples(RIGHT_SETS, RIGHT_SERVICES), 4)
