"""Whatever is written of a message read as one value comes back as it was, packed or not, and fits its schema.

Messages read as a stream, and templates, whose version follows from what they hold, have round trips of their own.
"""

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.bills import BillKind
from rozlicz.messages.spa_replies import SpaReplyTo
from tests.messages.rewriting import WHOLE
from tests.messages.schemas import assert_published
from tests.messages.strategies import headers
from tests.messages.strategies_bills import BILLS, PAPER_BILLS, bill_replies
from tests.messages.strategies_contracts import REFUSALS, REQUESTS, contracts
from tests.messages.strategies_prevention import PREVENTION_BILLS
from tests.messages.strategies_primary_care import AGGREGATES, report_headers
from tests.messages.strategies_spa import NOTICES, OFFERS, REPLIES, STAY_REPORTS


def bills(kind: BillKind):
    return BILLS.map(lambda bill: replace(bill, kind=kind))


def spa_replies(to: SpaReplyTo):
    return REPLIES.map(lambda reply: replace(reply, to=to))


VALUES = {
    "UMX": contracts(),
    "Z_ROZ": REQUESTS,
    "P_ROZ": REFUSALS,
    **{kind.value: bills(kind) for kind in BillKind},
    "P_DOK": bill_replies(),
    "REF": PAPER_BILLS,
    "P_REF": bill_replies(),
    "ZBPOZ": AGGREGATES,
    "TURNUS": STAY_REPORTS,
    "ZAWUZD": NOTICES,
    "GIELDA": OFFERS,
    **{to.value: spa_replies(to) for to in SpaReplyTo},
    "SIMP_RACH": PREVENTION_BILLS,
}
HEADERS = {"ZBPOZ": report_headers}


@pytest.mark.slow
@pytest.mark.parametrize("type_", sorted(WHOLE))
@settings(max_examples=50)
@given(data=st.data(), zipped=st.booleans())
def test_it_comes_back(type_: str, data, zipped: bool) -> None:
    read, write = WHOLE[type_]
    header, value = data.draw(HEADERS.get(type_, headers)(type_)), data.draw(VALUES[type_])
    target = io.BytesIO()
    write(value, header=header, target=target, zipped=zipped)
    assert read(target) == (header, value)
    assert_published(target, type_)
