"""Multiplicity and correction coefficients, by the Fund's formulas and the worked examples (KOEF)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.money import round_half_up
from rozlicz.messages.contracts import Coefficient, CoefficientUse, Contract
from rozlicz.verification.coefficients import PAIR_MATRIX, Used, combined, multiplicity
from rozlicz.verification.findings import sentence
from tests.verification.cases import Case, assert_holds, case, right, wrong
from tests.verification.reports import check, parameters, report, visit
from tests.world import contract, scope

S = CoefficientUse.SUM
M = CoefficientUse.MULTIPLY
N = CoefficientUse.NOT_APPLICABLE
GIVEN = CoefficientUse.INDIVIDUAL


def coefficient(code: str, use: CoefficientUse, value: int, since: date = date(2026, 1, 1)) -> Coefficient:
    return Coefficient(
        code=code, name=code, use=use, value=value, valid_from=since, valid_to=date(2026, 12, 31)
    )


DAY = date(2026, 10, 5)
DICTIONARY = (
    coefficient("A12", S, 12_000),
    coefficient("A13", S, 13_000),
    coefficient("A119", S, 11_900),
    coefficient("Q01", M, 12_000),
    coefficient("M15", M, 15_000),
    coefficient("Q02", M, 11_000),
    coefficient("N01", N, 11_000),
    coefficient("UE", GIVEN, 10_000),
    coefficient("LATE", M, 20_000, since=date(2026, 10, 6)),
    replace(coefficient("OLD", M, 11_000), valid_to=date(2026, 10, 4)),
    coefficient("OLD", M, 12_000, since=date(2026, 10, 5)),
)
TERMS = replace(contract(), coefficients=DICTIONARY)


def times(actual: str, settled: str, coefficients: str | None = None) -> dict[str, object]:
    """A position with this actual multiplicity, the one to settle, and the coefficients between them."""
    return visit(actual_multiplicity=actual, multiplicity=settled, coefficients=coefficients)


def priced(weight: int, price: int) -> Contract:
    """A contract whose product has this weight and price, and no limit of multiplicity."""
    neurology = scope(price=price)
    products = tuple(replace(p, weight=weight, max_multiplicity=None) for p in neurology.products)
    return replace(TERMS, scopes=(replace(neurology, products=products),))


CASES = [
    case(
        "59905001",
        "form of the multiplicity",
        *(
            wrong(times("1", text))
            for text in ("", "1,2", "1.23456", "1e3", "-1", "10000", " 1", "٣", "1.", ".5")
        ),
        right(times("1", "1.0000")),
        right(times("0001", "1")),
    ),
    case(
        "59905002",
        "form of the actual multiplicity",
        wrong(times("x", "1")),
        wrong(visit(actual_multiplicity=None)),
        right(times("1", "1")),
    ),
    case(
        "50503014",
        "limit of 100 for one position",
        wrong(times("100.0001", "100.0001")),
        right(times("100", "100")),
        right(times("100", "120", "Q01=1.2")),  # the limit is for what was done
        right(times("101", "0")),  # statistics only
        contracts=(TERMS,),
    ),
    case(
        "59905003",
        "form of coefficients",
        wrong(times("1", "1.2", "Q01")),
        wrong(times("1", "1.2", "Q01=1,2")),
        wrong(times("1", "1.2", "Q01=1.2 Q01=1.2")),
        wrong(times("1", "1.2", "Q01=1.2  M15=1.5")),
        wrong(times("1", "1.2", "=1.2")),
        wrong(times("1", "1.2", "UE=100")),
        wrong(times("1", "1.2", " ".join(f"UE{n}=1" for n in range(9)))),
        right(times("1", "1", "")),
        contracts=(TERMS,),
    ),
    case(
        "59905004",
        "a coefficient that is not in the dictionary on the day",
        wrong(times("1", "1.2", "X99=1.2")),
        wrong(times("1", "2", "LATE=2")),
        right(times("1", "2", "LATE=2") | {"date_from": "2026-10-06", "date_to": "2026-10-06"}),
        contracts=(TERMS,),
    ),
    case(
        "59905005",
        "a coefficient with another value than the dictionary's on the day",
        wrong(times("1", "1.3", "Q01=1.3")),
        right(times("1", "1.2", "Q01=1.2000")),
        right(times("1", "1.2", "OLD=1.2")),
        wrong(times("1", "1.1", "OLD=1.1")),
        right(times("1", "1.1", "OLD=1.1") | {"date_from": "2026-10-04", "date_to": "2026-10-04"}),
        contracts=(TERMS,),
    ),
    case(
        "59905006",
        "KOEF-10 a combination marked N",
        wrong(times("1", "1.32", "Q01=1.2 N01=1.1")),
        wrong(times("1", "1.32", "N01=1.1 Q01=1.2")),
        wrong(times("1", "1.32", "Q01=1.2 Q02=1.1")),  # two levels of accreditation: N in the matrix of pairs
        right(times("1", "1.1", "N01=1.1")),
        contracts=(TERMS,),
    ),
    case(
        "59905007",
        "KOEF-04 no coefficient: the actual multiplicity",
        wrong(times("3", "3.0001")),
        wrong(times("3", "2")),
        right(times("3", "3")),
        right(times("3", "0")),
        contracts=(TERMS,),
    ),
    case(
        "59905007",
        "KOEF-05 one coefficient: rounded to four places",
        wrong(times("1", "1.2345", "UE=1.2345678")),
        right(times("1", "1.2346", "UE=1.2345678")),
        contracts=(TERMS,),
    ),
    case(
        "59905007",
        "KOEF-01 sums: 1.2 + 1.3 − 1",
        wrong(times("1", "1.56", "A12=1.2 A13=1.3")),
        right(times("1", "1.5", "A12=1.2 A13=1.3")),
        right(times("2", "3", "A13=1.3 A12=1.2")),
        contracts=(TERMS,),
    ),
    case(
        "59905007",
        "sums first, then products",
        wrong(times("1", "1.7", "A12=1.2 A13=1.3 Q01=1.2")),
        right(times("1", "1.8", "A12=1.2 A13=1.3 Q01=1.2")),
        right(times("1", "1.8", "Q01=1.2 A12=1.2 A13=1.3")),
        right(times("1", "2.7", "Q01=1.2 A12=1.2 A13=1.3 M15=1.5")),
        contracts=(TERMS,),
    ),
    case(
        "59905008",
        "worth over 100 million zł",
        wrong(times("9999.9999", "9999.9999")),
        right(times("1", "1")),
        contracts=(priced(weight=10_000, price=1_000_100),),
    ),
    case(
        "59905008",
        "worth exactly 100 million zł",
        right(times("1000", "1000")),
        wrong(times("1000.0001", "1000.0001")),
        contracts=(priced(weight=10_000, price=10_000_000),),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_rules_about_multiplicity(case: Case) -> None:
    assert_holds(case)


@pytest.mark.parametrize(
    ("used", "expected"),
    [
        pytest.param([(S, "1.2"), (S, "1.3")], "1.5", id="KOEF-01"),
        pytest.param([(S, "1.2"), (S, "1.19")], "1.39", id="formats-6.2"),
        pytest.param([(GIVEN, "1.2345678")], "1.2345678", id="one-is-not-rounded-itself"),
        pytest.param([(M, "1.2"), (M, "1.5")], "1.8", id="products"),
        pytest.param([(M, "1.11111"), (M, "1.1")], "1.2222", id="combined-is-rounded"),
        pytest.param([(S, "0.3"), (S, "0.2")], "0", id="never-negative"),
        pytest.param([(S, "1.2"), (N, "1.1")], None, id="KOEF-10"),
    ],
)
def test_combined_coefficient(used: list[tuple[CoefficientUse, str]], expected: str | None) -> None:
    found = combined([Used(use, Decimal(value)) for use, value in used])
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("weight", "settled", "units"),
    [
        pytest.param(300_000, "1.2", 360_000, id="KOEF-06"),
        pytest.param(440_000, "0.75", 330_000, id="KOEF-09"),
        pytest.param(71_400, "0.0001", 7, id="half-up-below"),
        pytest.param(75_000, "0.0001", 8, id="half-up-at-half"),
        pytest.param(71_400, "0", 0, id="statistics-only"),
    ],
)
def test_units_are_weight_times_multiplicity(weight: int, settled: str, units: int) -> None:
    checked = check(report(times("1", settled)), priced(weight=weight, price=160))
    assert checked.positions["units"].to_list() == [units]
    assert checked.positions["value"].to_list() == [round_half_up(units * 160)]


def test_koef_09_a_quarter_less_for_two_hundred_visits() -> None:
    """KOEF-09: 200 visits × 44 points × 1.60 × 0.75 = 10,560.00."""
    terms = replace(priced(440_000, 160), coefficients=(coefficient("AOS75", M, 7_500),))
    row = visit(actual_multiplicity="1", multiplicity="0.75", coefficients="AOS75=0.75")
    checked = check(report(*[row] * 200), terms)
    assert checked.positions["accepted"].all()
    assert checked.positions["value"].sum() == 1_056_000


def test_the_sentence_says_the_right_multiplicity() -> None:
    checked = check(report(times("2", "2.5", "A12=1.2 A13=1.3")), TERMS)
    (values,) = parameters(checked, "59905007")
    assert "prawidłowa: 3." in sentence("59905007", values).pl
    assert "2,5" in sentence("59905007", values).pl
    assert "2.5" in sentence("59905007", values).en


COEFFICIENTS = st.sampled_from([c for c in DICTIONARY if c.code not in {"LATE", "OLD"}])


@pytest.mark.slow
@given(
    actual=st.integers(0, 1_000_000),
    used=st.lists(COEFFICIENTS, max_size=4, unique_by=lambda c: c.code),
    settled=st.one_of(st.none(), st.integers(1, 2_000_000)),
)
def test_columns_agree_with_the_formula(actual: int, used: list[Coefficient], settled: int | None) -> None:
    """KOEF: what the columns accept is exactly what the formula, written with decimals, gives."""
    exact = Decimal(actual).scaleb(-4)
    expected = multiplicity(
        exact, [Used(c.use, Decimal(c.value).scaleb(-4), c.code) for c in used], PAIR_MATRIX.on(DAY).value
    )
    told = expected if settled is None or expected is None else Decimal(settled).scaleb(-4)
    told = Decimal(1) if told is None else told
    text = " ".join(f"{c.code}={Decimal(c.value).scaleb(-4)}" for c in used)
    row = times(f"{exact:.4f}", f"{told:.4f}", text)
    found = set(check(report(row), TERMS).findings["code"]) - {"50503014", "59905001", "59905002"}
    assert found == (
        {"59905006"} if expected is None else {"59905007"} if told not in {expected, Decimal(0)} else set()
    )


def test_many_distinct_coefficient_texts_are_each_read() -> None:
    rows = [times("1", f"1.{n:04d}", f"UE=1.{n:04d}") for n in range(300)]
    assert check(report(*rows), TERMS).positions.select(pl.col("accepted").all()).item()
