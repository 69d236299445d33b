"""Any bill that KSeF can hold, for round trips."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from rozlicz.kernel.branches import FUND_NIP, PostalAddress
from rozlicz.kernel.ksef_number import KsefNumber
from rozlicz.kernel.months import Month
from rozlicz.messages.bills import (
    AttachmentReference,
    Bill,
    BillKind,
    BillLine,
    Buyer,
    Recipient,
    VatExemption,
)
from rozlicz.messages.contracts import LegalForm, Party
from rozlicz.messages.ksef import Correction, CorrectionEffect, KsefInvoice, single_blanks
from tests.messages.strategies import PRODUCT_CODES, SCOPE_CODES, short
from tests.messages.strategies_bills import HASHES, PKWIU

# Letters that no standard has assigned, and control characters, are not taken by KSeF.
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
TEXTS = st.text(LETTERS, max_size=12).map(single_blanks)
WORDS = TEXTS.filter(bool)
DAYS = st.dates(date(2006, 1, 1), date(2050, 1, 1))
MOMENTS = st.datetimes(datetime(2025, 9, 1), datetime(2050, 1, 1), timezones=st.just(UTC))

NIPS = st.sampled_from(["9990000008", "5265877635", "1070001057"])
STREETS, TOWNS = WORDS.map(lambda text: f"ul. {text}"), WORDS.map(lambda text: f"Stara {text}")
POSTAL_CODES = st.sampled_from(["00-000", "90-032"])
ADDRESSES = st.one_of(
    st.builds(PostalAddress, street=STREETS, postal_code=POSTAL_CODES, town=TOWNS),
    st.builds(PostalAddress, street=st.just(""), postal_code=POSTAL_CODES, town=TOWNS),
    st.builds(PostalAddress, street=STREETS, postal_code=st.just(""), town=TOWNS),
    st.builds(PostalAddress, street=STREETS, postal_code=st.just(""), town=st.just("")),
)
PARTIES = st.builds(
    Party,
    code=TEXTS,
    name=WORDS,
    legal_form=st.sampled_from(LegalForm),
    nip=NIPS,
    regon=st.sampled_from(["", "990000000", "99000000000000"]),
    address=ADDRESSES,
    company_name=TEXTS,
    form_of_business=TEXTS,
)
LINES = st.builds(
    BillLine,
    number=st.integers(1, 10**14 - 1),
    scope=st.just("") | SCOPE_CODES,
    distinguisher=st.integers(0, 9999),
    product=st.just("") | PRODUCT_CODES,
    name=WORDS,
    unit_name=WORDS,
    units=st.integers(-(10**20) + 1, 10**20 - 1),
    price=st.integers(-(10**16) + 1, 10**16 - 1),
    amount=st.integers(-(10**18) + 1, 10**18 - 1),
    pkwiu=st.just("") | PKWIU,
)
ATTACHMENTS = st.builds(
    AttachmentReference, kind=st.sampled_from(["DEC", "ENT", "CAL"]), file_name=WORDS, sha256=HASHES
)
KSEF_NUMBERS = st.builds(
    KsefNumber,
    seller=NIPS,
    accepted_on=st.dates(date(2022, 1, 1), date(2099, 12, 31)),
    technical=st.text("0123456789ABCDEF", min_size=12, max_size=12),
)
CORRECTIONS = st.builds(
    Correction,
    issued_on=DAYS,
    ksef_number=st.none() | KSEF_NUMBERS,
    effect=st.none() | st.sampled_from(CorrectionEffect),
)


@st.composite
def invoices(draw) -> KsefInvoice:
    correction = draw(st.none() | CORRECTIONS)
    bill = draw(
        st.builds(
            Bill,
            kind=st.just(BillKind.INVOICE),
            number=WORDS,
            issued_on=DAYS,
            sold_on=DAYS,
            month=st.builds(Month, st.integers(2006, 2049), st.integers(1, 12)),
            contract=WORDS,
            template=st.integers(1, 10**12 - 1),
            issuer=PARTIES,
            buyer=st.builds(Buyer, name=WORDS, nip=st.just(FUND_NIP), address=ADDRESSES),
            recipient=st.builds(
                Recipient,
                branch=st.sampled_from(["01", "05", "16"]),
                name=WORDS,
                address=st.none() | ADDRESSES,
            ),
            bank_account=st.sampled_from(["", "74999000090000000000000001", "PL74 9990 0009 0000 0000"]),
            vat_exemption=st.sampled_from(VatExemption),
            lines=st.lists(LINES, min_size=1, max_size=4, unique_by=lambda line: line.number).map(tuple),
            amount=st.integers(-(10**18) + 1, 10**18 - 1),
            corrects_number=WORDS if correction else st.just(""),
            correction_reason=TEXTS if correction else st.just(""),
            attachments=short(ATTACHMENTS),
        )
    )
    return KsefInvoice(
        bill=bill,
        made_at=draw(MOMENTS),
        program=draw(TEXTS),
        recipient_id=draw(st.sampled_from(["", f"{FUND_NIP}-00052"])),
        correction=correction,
    )
