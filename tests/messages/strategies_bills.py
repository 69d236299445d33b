"""Any bill, its data on paper and any reply to it, for round trips."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from rozlicz.messages.bill_replies import (
    AnsweredBill,
    BillOutcome,
    BillReply,
    MissingPart,
    MissingParts,
    PaymentDays,
)
from rozlicz.messages.bills import (
    AttachmentReference,
    Bill,
    BillKind,
    BillLine,
    Buyer,
    PaperBill,
    Recipient,
    VatExemption,
)
from rozlicz.messages.replies import ReplyFinding
from tests.messages.strategies import (
    ADDRESSES,
    BRANCHES,
    DAYS,
    GROSZE,
    MONTHS,
    PARTIES,
    PRODUCT_CODES,
    RECEIPTS,
    SCOPE_CODES,
    SENTENCES,
    TEXTS,
    UNITS,
    WORDS,
    short,
)

HASHES = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
PKWIU = st.from_regex(r"[0-9]{2}(\.[0-9]([0-9](\.[0-9]{1,2})?)?)?", fullmatch=True)
TEMPLATES = st.integers(1, 10**12 - 1)

BILL_LINES = st.builds(
    BillLine,
    number=st.integers(1, 9999),
    scope=SCOPE_CODES,
    distinguisher=st.integers(0, 9999),
    product=st.just("") | PRODUCT_CODES,
    name=TEXTS,
    unit_name=TEXTS,
    units=UNITS,
    price=GROSZE,
    amount=GROSZE,
    pkwiu=st.just("") | PKWIU,
)
BILLS = st.builds(
    Bill,
    kind=st.sampled_from(BillKind),
    number=TEXTS,
    issued_on=DAYS,
    sold_on=DAYS,
    month=MONTHS,
    contract=TEXTS,
    template=TEMPLATES,
    issuer=PARTIES,
    buyer=st.builds(Buyer, name=TEXTS, nip=TEXTS, address=ADDRESSES),
    recipient=st.builds(Recipient, branch=BRANCHES, name=TEXTS, address=st.none() | ADDRESSES),
    bank_account=TEXTS,
    vat_exemption=st.none() | st.sampled_from(VatExemption),
    lines=short(BILL_LINES),
    amount=GROSZE,
    corrects_number=TEXTS,
    correction_reason=TEXTS,
    attachments=short(
        st.builds(
            AttachmentReference,
            kind=TEXTS,
            file_name=TEXTS,
            sha256=HASHES,
        )
    ),
)
PAPER_BILLS = st.builds(
    PaperBill, bill=BILLS.map(lambda bill: replace(bill, attachments=())), bill_type=st.integers(1, 11)
)

ANSWERED = st.builds(
    AnsweredBill,
    kind=st.sampled_from(BillKind),
    number=TEXTS,
    issued_on=DAYS,
    contract=TEXTS,
    template=TEMPLATES,
    amount=GROSZE,
)
MISSING = st.builds(
    MissingParts,
    parts=st.lists(
        st.builds(MissingPart, kind=WORDS, name=SENTENCES, document_number=TEXTS), min_size=1, max_size=2
    ).map(tuple),
    days_after_completion=st.none() | st.integers(0, 99),
    complete_by=st.none() | DAYS,
)


def _reasons(severity: str):
    return st.builds(
        ReplyFinding,
        code=TEXTS,
        severity=st.just(severity),
        message=SENTENCES,
        basis=SENTENCES,
        remedy=SENTENCES,
    )


@st.composite
def bill_replies(draw) -> BillReply:
    """A reply of each outcome, with what belongs to it."""
    outcome = draw(st.sampled_from(BillOutcome))
    is_refused, is_incomplete = outcome is BillOutcome.REFUSED, outcome is BillOutcome.INCOMPLETE
    days = st.builds(
        PaymentDays,
        delivered_on=DAYS,
        regular_day=DAYS,
        completed_on=st.none() | DAYS,
        last_day=st.none() if is_incomplete else DAYS,
    )
    errors = st.lists(_reasons("error"), min_size=1, max_size=2) if is_refused else st.just([])
    return BillReply(
        receipt=draw(RECEIPTS),
        bill=draw(ANSWERED),
        outcome=outcome,
        payment=None if is_refused else draw(st.none() | days if is_incomplete else days),
        missing=draw(MISSING) if is_incomplete else None,
        reasons=(*draw(errors), *draw(short(_reasons("warning"), 1))),
    )
