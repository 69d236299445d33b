"""Whatever is written is read back as it was, plain and zipped, and fits its published schema."""

import io
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.p_swi import ReplyReader, write_p_swi
from rozlicz.messages.root import recognise
from tests.messages import strategies as some
from tests.messages.schemas import assert_fits

ROUNDS = settings(max_examples=60, deadline=None)


HEADERS = st.builds(
    lambda header, area: replace(header, area=area),
    some.headers("P_SWI"),
    st.sampled_from(["", "AMBSZP", "WYKBAD"]),
)


@ROUNDS
@given(some.RECEIPTS, some.SUMMARIES, some.short(some.REPLY_POSITIONS, 4), HEADERS, st.booleans())
def test_a_reply_comes_back(receipt, summary, positions, header, zipped) -> None:
    target = io.BytesIO()
    write_p_swi(
        receipt=receipt,
        summary=summary,
        positions=iter(positions),
        header=header,
        target=target,
        zipped=zipped,
    )
    with ReplyReader(target) as reply:
        assert (reply.header, reply.receipt, reply.summary) == (header, receipt, summary)
        assert tuple(reply) == positions
    assert recognise(target) == "P_SWI"
    if not zipped:
        assert_fits(target.getvalue(), "p_swi")


@ROUNDS
@given(some.RECEIPTS, HEADERS)
def test_a_receipt_without_a_result_comes_back(receipt, header) -> None:
    target = io.BytesIO()
    write_p_swi(receipt=receipt, header=header, target=target)
    with ReplyReader(target) as reply:
        assert (reply.header, reply.receipt, reply.summary) == (header, receipt, None)
        assert list(reply) == []
    assert_fits(target.getvalue(), "p_swi")
