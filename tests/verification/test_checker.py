"""The checker as a whole: any text, any size of batches, and what the result always is."""

from __future__ import annotations

import json
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from rozlicz.kernel.identifiers import birth_date_of_pesel, is_pesel
from rozlicz.messages.swiad.columns import RAW_COLUMNS
from rozlicz.verification.checker import TYPED_COLUMNS, Checked
from rozlicz.verification.findings import FINDINGS, sentence
from rozlicz.verification.masking import masked, masked_column
from rozlicz.verification.seen import Seen
from rozlicz.verification.typed import completed_years, typed
from tests.verification.reports import Row, check, checker, codes, deletion, foreigner, report, visit
from tests.world import SPECIALIST_VISIT

TEXT_COLUMNS = [name for name, kind in RAW_COLUMNS.items() if kind == pl.String]
GARBAGE = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.text(alphabet="0123456789.-=e+ ", max_size=30),
    st.sampled_from(
        ["9" * 30, "-1", "1e400", "NaN", "inf", "0000-00-00", "2999-12-31", "{value}", '"', "\\", "٣", "|"]
    ),
)


def days_of_october(count: int) -> list[Row]:
    """Correct visits, each on its own day and hour of service, none like another."""
    return [
        visit(service_id=f"V{n}", date_from=f"2026-10-{n % 28 + 1:02d}", date_to=f"2026-10-{n % 28 + 1:02d}")
        for n in range(count)
    ]


@st.composite
def small_reports(draw: st.DrawFn) -> list[Row]:
    """Rows of which many are like one another: the same services, positions, patients and days again."""
    rows = []
    for _ in range(draw(st.integers(1, 24))):
        day = draw(st.sampled_from(["2026-10-05", "2026-10-06", "2026-13-01"]))
        changes = {
            "service_id": draw(st.sampled_from(["A", "B", "C", "D", ""])),
            "service_version": draw(st.sampled_from(["1", "2"])),
            "position": draw(st.sampled_from(["1", "2", "x"])),
            "product": draw(st.sampled_from([visit()["product"], SPECIALIST_VISIT])),
            "date_from": day,
            "date_to": day,
            "multiplicity": draw(st.sampled_from(["0", "1", "2"])),
        }
        kind = draw(st.sampled_from([visit, visit, foreigner]))
        rows.append(deletion(changes["service_id"]) if draw(st.integers(0, 9)) == 0 else kind(**changes))
    return rows


@pytest.mark.slow
@given(rows=small_reports(), cuts=st.lists(st.integers(0, 24), max_size=6))
def test_the_size_of_batches_makes_no_difference(rows: list[Row], cuts: list[int]) -> None:
    frame = report(*rows)
    whole = check(frame)
    in_parts = checker()
    edges = sorted({0, frame.height, *(cut for cut in cuts if cut < frame.height)})
    parts = [in_parts.check(frame[start:end]) for start, end in pairwise(edges)]
    assert_frame_equal(pl.concat([part.positions for part in parts]), whole.positions)
    assert_frame_equal(pl.concat([part.findings for part in parts]), whole.findings)


@pytest.mark.slow
@settings(max_examples=200)
@given(touched=st.integers(0, 4), garbage=st.dictionaries(st.sampled_from(TEXT_COLUMNS), GARBAGE, min_size=1))
def test_no_text_makes_a_rule_fail_and_only_touched_rows_have_findings(touched: int, garbage: Row) -> None:
    rows = days_of_october(5)
    rows[touched] |= garbage
    checked = check(report(*rows))
    assert set(checked.findings["row"]) <= {touched + 1}
    for code, values in checked.findings.select("code", "parameters").iter_rows():
        text = sentence(code, values)
        assert text.pl
        assert text.en


@pytest.mark.slow
@given(rows=st.lists(st.fixed_dictionaries(dict.fromkeys(TEXT_COLUMNS, GARBAGE)), max_size=5))
def test_a_report_of_nothing_but_garbage_is_told_row_by_row(rows: list[Row]) -> None:
    frame = pl.DataFrame(
        [row | {"row": n, "line": n, "deleted": None} for n, row in enumerate(rows, 1)], schema=RAW_COLUMNS
    )
    checked = check(frame)
    assert_result_is_well_formed(checked, frame)
    assert set(checked.findings["row"]) == set(frame["row"])


@pytest.mark.slow
@given(rows=small_reports())
def test_the_result_is_always_well_formed(rows: list[Row]) -> None:
    frame = report(*rows)
    assert_result_is_well_formed(check(frame), frame)


def assert_result_is_well_formed(checked: Checked, frame: pl.DataFrame) -> None:
    """Rows and their order kept, columns as promised, accepted just where no error was found."""
    assert checked.positions.schema == pl.Schema({**RAW_COLUMNS, **TYPED_COLUMNS})
    assert checked.findings.schema == pl.Schema(FINDINGS)
    assert checked.positions["row"].to_list() == frame["row"].to_list()
    errors = set(checked.findings.filter(pl.col("severity") == "error")["row"])
    rejected = set(checked.positions.filter(~pl.col("accepted"))["row"])
    assert rejected == errors
    assert not checked.findings.select("row", "code").is_duplicated().any()
    assert checked.findings["row"].is_sorted()
    for text in checked.findings["parameters"]:
        assert all(isinstance(value, str) for value in json.loads(text).values())
    at_stake = checked.findings.join(checked.positions.select("row", position_value="value"), on="row")
    assert at_stake["value"].equals(at_stake["position_value"])


def test_an_empty_batch_gives_an_empty_result() -> None:
    frame = pl.DataFrame(schema=RAW_COLUMNS)
    assert_result_is_well_formed(check(frame), frame)


def test_all_faults_of_a_record_are_told_at_once_with_what_is_at_stake() -> None:
    checked = check(report(visit(diagnosis="?", staff_id="?", entitlement_basis=None, service_code=None)))
    assert codes(checked) == {1: {"59906001", "59906005", "50314075", "50601037"}}
    assert checked.findings["value"].to_list() == [1000] * 4


def test_a_fault_of_the_service_flags_each_of_its_positions() -> None:
    rows = [visit(service_id="A", position=n, diagnosis="?") for n in ("1", "2", "3")]
    assert codes(check(report(*rows))) == {n: {"59906001"} for n in (1, 2, 3)}


def test_one_wrong_position_does_not_reject_its_neighbours() -> None:
    rows = [visit(service_id="A", position="1"), visit(service_id="A", position="2", product="?")]
    assert check(report(*rows)).positions["accepted"].to_list() == [True, False]


def test_statistics_are_accepted_and_worth_nothing() -> None:
    checked = check(report(visit(multiplicity="0", actual_multiplicity="3")))
    assert checked.positions.select("accepted", "units", "value").rows() == [(True, 0, 0)]
    assert checked.positions["duplicate_key"].to_list() == [None]


def test_an_accepted_position_carries_what_settlement_needs() -> None:
    (row,) = check(
        report(visit(service_id="A", multiplicity="2", actual_multiplicity="2"))
    ).positions.to_dicts()
    expected = {
        "service_version_number": 1,
        "position_number": 1,
        "month_number": 202610,
        "distinguisher_number": 1,
        "units": 20_000,
        "price": 1000,
        "value": 2000,
        "duplicate_key": "P|44051499774|02.1220.001.02|5.30.00.0000011|2026-10-05|2026-10-05",
        "accepted": True,
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.slow
@given(st.one_of(st.from_regex(r"[0-9]{11}", fullmatch=True), st.text(max_size=12)))
def test_pesel_columns_agree_with_the_kernel(text: str) -> None:
    frame = typed(report(visit(patient_id=text)))
    right = frame.select(pl.col("pesel_check_digit_right") & pl.col("pesel_birth_day").is_not_null()).item()
    assert bool(right) == (is_pesel(text) and text.isascii())
    if right:
        assert frame["birth_day"].item() == birth_date_of_pesel(text)


@given(st.dates(), st.dates())
def test_age_is_completed_years(born: object, on: object) -> None:
    frame = pl.DataFrame({"born": [born], "on": [on]}, schema={"born": pl.Date, "on": pl.Date})
    age = frame.select(completed_years("born", "on")).item()
    birth, today = frame.row(0)
    before_birthday = (today.month, today.day) < (birth.month, birth.day)
    leap = (birth.month, birth.day) == (2, 29) and (today.month, today.day) == (2, 28) and today.year % 4 != 0
    century = (
        (birth.month, birth.day) == (2, 29) and (today.month, today.day) == (2, 28) and today.year % 100 == 0
    )
    common = leap or (century and today.year % 400 != 0)
    assert age == today.year - birth.year - (before_birthday and not common)


@given(st.text())
def test_masking_is_the_same_in_a_column(text: str) -> None:
    shown = pl.DataFrame({"text": [text]}, schema={"text": pl.String}).select(masked_column("text")).item()
    assert shown == masked(text)
    assert len(text) < 8 or text not in shown


@pytest.mark.parametrize(
    ("text", "shown"), [("44051499774", "•••••••9774"), ("1234567", "•••••••"), ("", "")]
)
def test_masking_shows_at_most_four_characters(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.slow
@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 12)), max_size=8), max_size=12))
def test_seen_gives_the_first_occurrence_like_a_dictionary(batches: list[list[int | None]]) -> None:
    seen = Seen({"line": pl.UInt32()})
    first: dict[int, int] = {}
    line = 0
    for batch in batches:
        lines = list(range(line, line + len(batch)))
        line += len(batch)
        frame = pl.DataFrame({"hash": batch, "line": lines}, schema={"hash": pl.UInt64, "line": pl.UInt32})
        expected = []
        for key, here in zip(batch, lines, strict=True):
            known = key in first
            expected.append(first[key] if known else None)
            if key is not None and not known:
                first[key] = here
        assert seen.first_of(frame)["line"].to_list() == expected
