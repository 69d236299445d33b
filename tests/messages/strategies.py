"""Any message that can be written, for round trips."""

from datetime import date, datetime

from hypothesis import strategies as st

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import LegalForm, Party
from rozlicz.messages.header import new_header
from rozlicz.messages.replies import Receipt, ReplyFinding, ReplyPosition, ReplySummary

_NOT_IN_XML = "".join(map(chr, {*range(32)} - {9, 10, 13})) + "".join(
    chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF)
)
# Every character XML can carry: letters of Polish and of other scripts, quotation marks, tabs, line ends.
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters=_NOT_IN_XML), max_size=12)
WORDS = TEXTS.filter(bool)
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
