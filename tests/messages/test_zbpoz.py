"""Aggregated services of primary care come back as they were written, and say where they are wrong."""

import io
from datetime import datetime

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.aggregates import AggregateCount, AggregateReport, AggregateSet, EntitledAs, Setting
from rozlicz.messages.declarations import Category
from rozlicz.messages.header import new_header
from rozlicz.messages.zbpoz import read_zbpoz, write_zbpoz
from tests.messages.faults import assert_fault_is_named

SET = AggregateSet(
    item="1",
    name="porady",
    category=Category.PHYSICIAN,
    scope="01.0010.094.01",
    distinguisher=1,
    setting=Setting.HOME,
    counts=(
        AggregateCount(entitled_as=EntitledAs.ON_LIST, services=7, max_age=6),
        AggregateCount(entitled_as=EntitledAs.COORDINATED, services=2, persons=1),
    ),
)


def zbpoz() -> str:
    target = io.BytesIO()
    header = new_header(
        kind="ZBPOZ", receiver="05", sender="059901", generation=1, generated_at=datetime(2026, 11, 4)
    )
    report = AggregateReport(contract="05/1", month=Month(2026, 10), version=1, sets=(SET,))
    write_zbpoz(report, header=header, target=target)
    return target.getvalue().decode()


def test_a_set_knows_its_sum() -> None:
    assert SET.services == 9


ROW = "/komunikat/swiadczeniodawca/umowa/zestaw"
CASES = [
    ('typ="ZBPOZ"', 'typ="DEKL"', "kind", "/komunikat", "DEKL"),
    ("<komunikat ", '<komunikat nowe="1" ', "attribute-unknown", "/komunikat", "nowe"),
    ('typ-id="X"', 'typ-id="X" nowe="1"', "attribute-unknown", "/komunikat/swiadczeniodawca", "nowe"),
    ('nr-wersji="1"', 'nr-wersji="0"', "attribute-wrong", "/komunikat/swiadczeniodawca/umowa", "nr-wersji"),
    ('miejsce="D"', 'miejsce="X"', "attribute-wrong", ROW, "P, D, T"),
    ('kategoria="L"', "", "attribute-missing", ROW, "kategoria"),
    ('liczba-swiad="7"', 'liczba-swiad="siedem"', "attribute-wrong", f"{ROW}/liczba", "siedem"),
    ('uprawnienie="U"', 'uprawnienie="X"', "attribute-wrong", f"{ROW}/liczba[2]", "L, S, U, I"),
]


@pytest.mark.parametrize(("before", "after", "code", "path", "named"), CASES)
def test_a_report_with_a_fault_is_refused(before, after, code, path, named) -> None:
    assert_fault_is_named(read_zbpoz, zbpoz(), before, after, code=code, path=path, named=named)
