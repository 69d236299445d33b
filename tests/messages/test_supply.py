"""Reports of supplied devices and their replies: whatever a position says is read, in its place (R51, R55)."""

import io
import tracemalloc
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.messages.header import new_header
from rozlicz.messages.p_zposp import SupplyReplyReader, write_p_zposp
from rozlicz.messages.replies import Receipt, ReplySummary
from rozlicz.messages.supply import (
    Device,
    PositionType,
    Supply,
    SupplyOrder,
    SupplyPosition,
    SupplyResult,
    SupplySettlement,
    orders_to_send,
)
from rozlicz.messages.wire.refusals import MessageRefused
from rozlicz.messages.wire.root import recognise
from rozlicz.messages.zposp import SupplyReader, write_zposp
from tests.messages import strategies_supply as some
from tests.messages.schemas import assert_published
from tests.messages.strategies import RECEIPTS, SUMMARIES, headers

ROUNDS = settings(max_examples=60)
AT = datetime(2026, 11, 5, 12, 0)
HEADER = new_header(
    kind="ZPOSP",
    receiver="05",
    sender="059902",
    generation=1,
    generated_at=AT,
    installation="05999998-BBBBBBBBBBBBBBBBBBBB",
)
SUPPLY = Supply(
    service_code="99.01",
    accepted_on="2026-10-05",
    completed_on="2026-10-06",
    handed_over="P",
    pesel="58030201016",
    order=SupplyOrder(kind="Z", number="T5-PC00013R-00000001", issued_on="2026-10-01"),
    device=Device(code="P.100", quantity="60"),
    settlement=SupplySettlement(
        contract="05/059902/ZPO/2026/1",
        month="2026-10",
        scope="12.2210.028.02",
        distinguisher="1",
        price="1.75",
        value="105.00",
        limit="1.50",
        share="70",
        due="63.00",
        own_share="27.00",
        over_limit="15.00",
    ),
)


def ordered(*numbers: str) -> list[SupplyPosition]:
    """A position for each number of an order."""
    orders = (replace(SUPPLY.order, number=number) for number in numbers)
    return [
        SupplyPosition(id=f"P{place}", supply=replace(SUPPLY, order=order))
        for place, order in enumerate(orders, 1)
    ]


def written(positions, header=HEADER, *, zipped: bool = False) -> io.BytesIO:
    target = io.BytesIO()
    write_zposp(iter(positions), header=header, target=target, zipped=zipped)
    return target


def changed(before: str, after: str) -> SupplyReader:
    text = written(ordered("A", "B")).getvalue().decode()
    assert before in text
    return SupplyReader(io.BytesIO(text.replace(before, after, 1).encode()))


@pytest.mark.slow
@ROUNDS
@given(some.POSITIONS, headers("ZPOSP"), st.booleans())
def test_a_report_comes_back(positions, header, zipped) -> None:
    target = written(positions, header, zipped=zipped)
    with SupplyReader(target) as reader:
        assert reader.header == header
        assert tuple(reader) == positions
        assert not reader.unread
        assert reader.rows_read == len(positions)
    assert recognise(target) == "ZPOSP"


@pytest.mark.slow
@ROUNDS
@given(some.RIGHT_POSITIONS, headers("ZPOSP"))
def test_a_report_whose_values_have_their_forms_fits_the_schema(positions, header) -> None:
    assert_published(written(positions, replace(header, receiver="05")), "ZPOSP")


@pytest.mark.slow
@ROUNDS
@given(RECEIPTS, SUMMARIES, some.RESULTS, headers("P_ZPOSP"), st.booleans())
def test_a_reply_comes_back(receipt, summary, results, header, zipped) -> None:
    target = io.BytesIO()
    write_p_zposp(
        receipt=receipt, summary=summary, results=iter(results), header=header, target=target, zipped=zipped
    )
    with SupplyReplyReader(target) as reply:
        assert (reply.header, reply.receipt, reply.summary) == (header, receipt, summary)
        assert tuple(reply) == results
    assert_published(target, "P_ZPOSP")


def test_positions_know_their_place_in_the_report() -> None:
    content = written([*ordered("A", "B"), SupplyPosition(id="P3", type=PositionType.DELETION)])
    lines = content.getvalue().decode().split("\n")
    found = list(SupplyReader(content))
    assert [one.row for one in found] == [1, 2, 3]
    for one in found:
        assert f'<pozycja id-poz="{one.id}"' in lines[one.line - 1]


def test_r55_originals_lie_in_the_order_of_the_message_each_once() -> None:
    positions = [*ordered("C", "A", "C", "B", "A"), SupplyPosition(id="P9", type=PositionType.DELETION)]
    assert [order.number for order in orders_to_send(SupplyReader(written(positions)))] == ["C", "A", "B"]


def test_a_deletion_has_no_data() -> None:
    content = written([SupplyPosition(id="P1", version="2", type=PositionType.DELETION)])
    assert b'<pozycja id-poz="P1" nr-wersji="2" typ="U"/>' in content.getvalue()
    assert [one.supply for one in SupplyReader(content)] == [None]


def test_what_is_malformed_is_read_as_it_stands() -> None:
    first, second = changed('ilosc="60"', 'ilosc="sześćdziesiąt"')
    assert first.supply.device.quantity == "sześćdziesiąt"
    assert second.supply.device.quantity == "60"


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ('ilosc="60"', 'ilosc="60" kolor="1"', "wyrob/@kolor"),
        ("<wyrob ", "<inny/><wyrob ", "dane-pr-zposp/inny"),
        ("<wyrob ", "<wyrob/><wyrob ", "wyrob[2]"),
        ("<nfz:rozliczenie ", '<nfz:rozliczenie x="1" ', "nfz:rozliczenie/@x"),
        ("<wyrob ", "tekst<wyrob ", "dane-pr-zposp/text()"),
        ("<swiadczeniodawca ", '<swiadczeniodawca y="1" ', "swiadczeniodawca/@y"),
    ],
)
def test_what_a_position_does_not_know_is_told(before: str, after: str, place: str) -> None:
    reader = changed(before, after)
    assert len(list(reader)) == 2
    assert {name: found.times for name, found in reader.unread.items()} == {place: 1}


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('typ="ZPOSP"', 'typ="SWIAD"', "kind"),
        ("<swiadczeniodawca ", "<inny ", "not-well-formed"),
        ("</komunikat>", "", "cut-off"),
        ('nr-gen="1"', "", "attribute-missing"),
    ],
)
def test_what_is_no_report_is_refused(before: str, after: str, code: str) -> None:
    with pytest.raises(MessageRefused) as raised:
        list(changed(before, after))
    assert raised.value.code == code


def test_a_second_provider_is_refused() -> None:
    text = written(ordered("A")).getvalue().decode()
    begin = text.index(" <swiadczeniodawca")
    provider = text[begin : text.index("</komunikat>")]
    with pytest.raises(MessageRefused, match="swiadczeniodawca"):
        list(SupplyReader(io.BytesIO(text.replace(provider, provider * 2).encode())))


def test_a_reply_says_what_became_of_each_position() -> None:
    target = io.BytesIO()
    result = SupplyResult(id="P1", version="1", row=1, line=4, order="A", accepted=True)
    write_p_zposp(
        receipt=Receipt(number="1", received_at=AT, sha256="0" * 64, report_generation=1),
        summary=ReplySummary(accepted=1, rejected=0, accepted_value=6300, rejected_value=0),
        results=[result],
        header=new_header(kind="P_ZPOSP", receiver="059902", sender="05", generation=1, generated_at=AT),
        target=target,
    )
    assert list(SupplyReplyReader(target)) == [result]
    for before, after, code in (
        ('stan="P"', 'stan="?"', "attribute-wrong"),
        ("<pozycja ", '<pozycja x="1" ', "attribute-unknown"),
        ("<podsumowanie ", "<inne/><podsumowanie ", "element-unknown"),
    ):
        text = target.getvalue().decode().replace(before, after, 1)
        with pytest.raises(MessageRefused) as raised:
            list(SupplyReplyReader(io.BytesIO(text.encode())))
        assert raised.value.code == code


@pytest.mark.slow
def test_a_report_of_any_length_is_written_and_read_in_the_same_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.zpx"
    peaks = []
    for count in (1_000, 4_000):
        tracemalloc.start()
        positions = (SupplyPosition(id=f"P{number}", supply=SUPPLY) for number in range(count))
        write_zposp(positions, header=HEADER, target=path, zipped=True)
        assert sum(1 for _ in SupplyReader(path)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2**20
