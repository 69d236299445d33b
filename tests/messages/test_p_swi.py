"""Replies to reports come back as they were written, with a result or without; half a result is refused."""

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.p_swi import ReplyReader, write_p_swi
from rozlicz.messages.wire.envelope import MessageRefused
from tests.messages import strategies as some
from tests.messages.example_files import EXAMPLES
from tests.messages.schemas import assert_published

ROUNDS = settings(max_examples=60)


HEADERS = st.builds(
    lambda header, area: replace(header, area=area),
    some.headers("P_SWI"),
    st.sampled_from(["", "AMBSZP", "WYKBAD"]),
)


@pytest.mark.slow
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
    assert_published(target, "P_SWI")


EXAMINATIONS = (EXAMPLES / "odpowiedz-badan.swz").read_text(encoding="utf-8")
SERVICES = (EXAMPLES / "odpowiedz.swz").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        (EXAMINATIONS.replace("WYKBAD", "AMBSZP"), "element-unknown", "stan-weryf-poz-badania"),
        (SERVICES.replace('typ="P_SWI"', 'typ="P_SWI" obszar="WYKBAD"'), "element-unknown", "pozycja"),
        (re.sub("<podsumowanie[^>]*>", "", SERVICES), "element-missing", "podsumowanie"),
        (re.sub("<pozycje.*</pozycje>", "", SERVICES, flags=re.DOTALL), "element-missing", "pozycje"),
    ],
)
def test_half_a_result_or_that_of_another_area_is_refused(text: str, code: str, named: str) -> None:
    with pytest.raises(MessageRefused) as raised:
        list(ReplyReader(io.BytesIO(text.encode())))
    assert raised.value.code == code
    assert f" {named} " in f"{raised.value.text.pl.rstrip('.')} "


@pytest.mark.slow
@ROUNDS
@given(some.RECEIPTS, HEADERS)
def test_a_receipt_without_a_result_comes_back(receipt, header) -> None:
    target = io.BytesIO()
    write_p_swi(receipt=receipt, header=header, target=target)
    with ReplyReader(target) as reply:
        assert (reply.header, reply.receipt, reply.summary) == (header, receipt, None)
        assert list(reply) == []
    assert_published(target, "P_SWI")
