"""R20: coefficients that the contract sets for a whole scope act on the units of everything in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rozlicz.kernel.refusals import Refusal
from rozlicz.messages.contracts import Coefficient, CoefficientUse
from rozlicz.settlement.reductions import Reduction
from rozlicz.settlement.scope_coefficients import ScopePosition, apply_scope_coefficients
from tests.settlement.ledger import JAN, NEUROLOGY, UNIT, Ledger, contract_of, new_amount, plan_of

APR = JAN.plus(3)


def coefficient(code: str, value: int, use=CoefficientUse.MULTIPLY) -> Coefficient:
    """Valid in the first quarter."""
    return Coefficient(
        code=code, name=code, use=use, value=value, valid_from=date(2026, 1, 1), valid_to=date(2026, 3, 31)
    )


def scope(*coefficients: Coefficient):
    return replace(plan_of(10_000 * UNIT, price=160), coefficients=coefficients)


def visits(count: int, month=JAN) -> list[ScopePosition]:
    return [ScopePosition((f"{month}-{n:03d}", 1), month.number, 44 * UNIT) for n in range(count)]


def test_koef_09_by_the_contract():
    """KOEF-09: 200 × 44 × 1.60 × 0.75 = 10,560.00; April is outside the coefficient's days."""
    terms = scope(coefficient("P75", 7_500))
    (found,) = apply_scope_coefficients([*visits(200), *visits(3, APR)], terms)
    assert isinstance(found, Reduction)
    assert len(found.units) == 200
    ledger = Ledger(contract_of(terms))
    ledger.perform(JAN, *found.units.values())
    settlement = ledger.settled(JAN, {NEUROLOGY: [found.step]})
    assert new_amount(settlement) == 1_056_000
    assert settlement.explanations[NEUROLOGY].steps[0].figure("factor") == 7_500


def test_several_are_joined_by_the_one_formula():
    """(1.2 + 1.3 − 1) × 0.75 = 1.125."""
    use = CoefficientUse.SUM
    terms = scope(coefficient("P75", 7_500), coefficient("A", 12_000, use), coefficient("B", 13_000, use))
    (found,) = apply_scope_coefficients(visits(1), terms)
    assert isinstance(found, Reduction)
    assert list(found.units.values()) == [49 * UNIT + UNIT // 2]


def test_a_scope_without_coefficients_is_left_alone():
    assert apply_scope_coefficients(visits(2), scope()) == ()


def test_coefficients_that_exclude_each_other_are_refused_with_a_sentence():
    terms = scope(coefficient("Q01", 10_200), coefficient("Q02", 10_100))
    (found,) = apply_scope_coefficients(visits(1), terms)
    assert isinstance(found, Refusal)
    assert "Q01 Q02" in found.text.pl
    assert "styczeń 2026" in found.text.pl
