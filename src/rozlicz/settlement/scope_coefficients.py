"""Coefficients that a contract sets for everything in a scope, such as 0.75 for a quarter of few first visits (R20).

They stand in the scope of the contract (UMX), beside those that a provider reports position by position; the branch
enters what it decided there, by an annex. They act like a reduction: on the units of every accepted position of the
scope, by those valid on the first day of its reporting month, joined by the formula of `verification.coefficients`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from rozlicz.kernel.money import UNIT_SCALE, Units, units_text
from rozlicz.kernel.months import Month
from rozlicz.kernel.refusals import Refusal, reason
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.contracts import Coefficient, Scope
from rozlicz.settlement.books import Key
from rozlicz.settlement.reductions import Reduction, Share, reduction
from rozlicz.verification.bases import COEFFICIENT_NOTICE
from rozlicz.verification.coefficients import PAIR_MATRIX, Used, combined


class ScopePosition(NamedTuple):
    """An accepted position of the scope; `month` is its reporting month (yyyymm), `units` (×10,000)."""

    key: Key
    month: int
    units: Units


def apply_scope_coefficients(
    positions: Iterable[ScopePosition], scope: Scope, *, branch: str | None = None
) -> tuple[Reduction | Refusal, ...]:
    """One reduction for each month in which the scope has coefficients; a refusal where they exclude each other.

    Positions of other months are not looked at, and neither is anything in a scope without coefficients.
    """
    by_month: defaultdict[int, list[ScopePosition]] = defaultdict(list)
    for position in positions:
        by_month[position.month].append(position)
    found: list[Reduction | Refusal] = []
    for number, listed in sorted(by_month.items()):
        month = Month.from_number(number)
        factor = scope_factor(scope, month, branch=branch)
        if isinstance(factor, Refusal):
            found.append(factor)
        elif valid := coefficients_in(scope, month):
            found.append(_applied(month, valid, factor, listed))
    return tuple(found)


def coefficients_in(scope: Scope, month: Month) -> list[Coefficient]:
    """The coefficients of the scope that are valid on the first day of a month."""
    return [one for one in scope.coefficients if one.valid_from <= month.first_day <= one.valid_to]


def scope_factor(scope: Scope, month: Month, *, branch: str | None = None) -> Units | Refusal:
    """All of them joined, ×10,000; 1 where there is none, a refusal where they exclude each other."""
    valid = coefficients_in(scope, month)
    if not valid:
        return UNIT_SCALE
    used = [Used(one.use, Decimal(one.value).scaleb(-4), one.code) for one in valid]
    factor = combined(used, PAIR_MATRIX.on(month.first_day, branch).value)
    if factor is None:
        return _COLLISION.because(
            field="coefficients", found=" ".join(one.code for one in valid), month=month.name
        )
    return int(factor * UNIT_SCALE)


def _applied(
    month: Month, valid: list[Coefficient], factor: Units, positions: list[ScopePosition]
) -> Reduction:
    return reduction(
        rule="units.scope",
        title=Text(
            pl="Współczynniki całego zakresu według umowy ({month})",
            en="Coefficients of the whole scope by the contract ({month})",
        ).filled(month=month.name),
        basis=COEFFICIENT_NOTICE,
        factor=factor,
        shares={position.key: Share(position.units) for position in positions},
        inputs=((same(f"{one.code} {one.name}"), units_text(one.value)) for one in valid),
        figures=((f"coefficient.{number}", one.value) for number, one in enumerate(valid, 1)),
    )


_COLLISION = reason(
    "U-2",
    Text(pl="współczynniki zakresu", en="coefficients of the scope"),
    Text(
        pl="Współczynników {found}, które umowa podaje dla zakresu, nie wolno łączyć ({month}).",
        en="The coefficients {found}, which the contract sets for the scope, may not be joined ({month}).",
    ),
    basis=COEFFICIENT_NOTICE,
    remedy=Text(
        pl="Oddział poprawia umowę aneksem; do tego czasu zakres nie jest rozliczany.",
        en="The branch corrects the contract by an annex; until then the scope is not settled.",
    ),
)
