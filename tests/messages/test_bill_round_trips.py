"""Bills, the data of paper bills and the replies to both come back as they were written, and fit their schemas."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.fakt_rach import read_bill, write_bill
from rozlicz.messages.p_dok import KINDS, read_bill_reply, write_bill_reply
from rozlicz.messages.ref import read_ref, write_ref
from rozlicz.messages.root import recognise
from tests.messages import strategies_bills as some
from tests.messages.schemas import assert_fits
from tests.messages.strategies import headers

ROUNDS = settings(max_examples=60, deadline=None)


@ROUNDS
@given(st.data(), some.BILLS, st.booleans())
def test_a_bill_comes_back(data, bill, zipped) -> None:
    header = data.draw(headers(bill.kind.value))
    target = io.BytesIO()
    write_bill(bill, header=header, target=target, zipped=zipped)
    assert read_bill(target) == (header, bill)
    assert recognise(target) == bill.kind.value
    if not zipped:
        assert_fits(target.getvalue(), "fakt_rach")


@ROUNDS
@given(some.PAPER_BILLS, headers("REF"), st.booleans())
def test_the_data_of_a_paper_bill_come_back(paper, header, zipped) -> None:
    target = io.BytesIO()
    write_ref(paper, header=header, target=target, zipped=zipped)
    assert read_ref(target) == (header, paper)
    assert recognise(target) == "REF"
    if not zipped:
        assert_fits(target.getvalue(), "ref")


@ROUNDS
@given(st.data(), some.bill_replies(), st.sampled_from(KINDS), st.booleans())
def test_a_reply_to_a_bill_comes_back(data, reply, kind, zipped) -> None:
    header = data.draw(headers(kind))
    target = io.BytesIO()
    write_bill_reply(reply, header=header, target=target, zipped=zipped)
    assert read_bill_reply(target) == (header, reply)
    assert recognise(target) == kind
    if not zipped:
        assert_fits(target.getvalue(), "p_dok")
