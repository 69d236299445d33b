"""How many units a reported position is worth: weight × multiplicity with its correction coefficients (R20).

units = round₄(weight × multiplicity); multiplicity = round₄(actual × combined coefficient); the combined one by
`verification.coefficients`: first sums, K = ΣW − (n − 1), then products (nfz.gov.pl notices 8203, 8383). A
position reported for statistics only (multiplicity 0) is worth nothing, whatever was done. Verification compares the
reported multiplicity with the same formula over whole reports; this is one position, explained.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rozlicz.kernel.money import UNIT_SCALE, Units, round_half_up, units_text
from rozlicz.kernel.refusals import Reason, Refusal, reason
from rozlicz.kernel.texts import Text, same
from rozlicz.settlement.explanation import Explanation, Step
from rozlicz.verification.bases import COEFFICIENT_NOTICE, MULTIPLICITY_NOTICE
from rozlicz.verification.coefficients import PAIR_MATRIX, Used, combined, multiplicity, summed, sums

_SCALE = 10**8
"""Coefficients as figures are ×10⁸: a single one may have eight places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedUnits:
    """`multiplicity` and `units` that are settled (×10,000), and why."""

    multiplicity: Units
    units: Units
    explanation: Explanation


def counted_units(
    *,
    weight: Units,
    actual: Units,
    used: Sequence[Used],
    day: date,
    statistics_only: bool = False,
    branch: str | None = None,
) -> CountedUnits | Refusal:
    """The units of one position; a refusal when its coefficients exclude each other (KOEF-10: no amount).

    `weight` of the product and `actual` multiplicity ×10,000, neither negative; `day` on which the service ended.
    """
    matrix = PAIR_MATRIX.on(day, branch).value
    exact = multiplicity(Decimal(actual).scaleb(-4), used, matrix)
    if exact is None:
        return _COLLISION.because(
            field="coefficients", found=" ".join(one.code or str(one.value) for one in used), day=day
        )
    settled = 0 if statistics_only else int(exact * UNIT_SCALE)
    units = round_half_up(weight * settled)
    groups = [used] if len(used) == 1 else sums(used, matrix) or ()
    factor = int((combined(used, matrix) or Decimal(1)) * _SCALE) if used else _SCALE
    return CountedUnits(
        multiplicity=settled,
        units=units,
        explanation=Explanation(
            title=Text(pl="Ile jednostek warta jest pozycja?", en="How many units is the position worth?"),
            steps=(
                *(_sum(number, group) for number, group in enumerate(groups, 1)),
                _multiplicity(actual, settled, factor, statistics_only=statistics_only),
                _units(weight, settled, units),
            ),
        ),
    )


def _sum(number: int, group: Sequence[Used]) -> Step:
    """One group of coefficients: its sum K, or the one coefficient."""
    value = group[0].value if len(group) == 1 else summed(group)
    several = Text(
        pl="Suma współczynników mniej liczba dodawanych bez jednego: {value}",
        en="The sum of the coefficients less their number but one: {value}",
    )
    return Step(
        rule="units.coefficients",
        demand="R20",
        title=Text(
            pl="Współczynniki korygujące, grupa {number}", en="Correction coefficients, group {number}"
        ).filled(number=number),
        inputs=tuple((same(one.code or "—"), _number(one.value)) for one in group),
        figures=tuple(_group_figures(number, group, value)),
        basis=COEFFICIENT_NOTICE,
        outcome=(several if len(group) > 1 else same("{value}")).filled(value=_number(value)),
    )


def _group_figures(number: int, group: Sequence[Used], value: Decimal) -> Iterator[tuple[str, int]]:
    for place, one in enumerate(group, 1):
        yield f"coefficient.{number}.{place}", int(one.value * _SCALE)
    yield f"sum.{number}", int(value * _SCALE)


def _multiplicity(actual: Units, settled: Units, factor: int, *, statistics_only: bool) -> Step:
    outcome = Text(pl="Krotność do rozliczenia: {settled}", en="Multiplicity that is settled: {settled}")
    if statistics_only:
        outcome = Text(pl="Tylko statystycznie: krotność 0", en="For statistics only: multiplicity 0")
    return Step(
        rule="units.multiplicity",
        demand="R20",
        title=Text(
            pl="Krotność: faktyczna razy współczynnik, do czterech miejsc",
            en="Multiplicity: the actual one times the coefficient, to four places",
        ),
        inputs=(
            (Text(pl="Krotność faktyczna", en="Actual multiplicity"), units_text(actual)),
            (
                Text(pl="Współczynnik łączny", en="Combined coefficient"),
                _number(Decimal(factor) / _SCALE),
            ),
        ),
        figures=(
            ("actual.units", actual),
            ("factor", factor),
            ("statistics", int(statistics_only)),
            ("multiplicity.units", settled),
        ),
        basis=MULTIPLICITY_NOTICE,
        outcome=outcome.filled(settled=units_text(settled)),
    )


def _units(weight: Units, settled: Units, units: Units) -> Step:
    return Step(
        rule="units.units",
        demand="R20",
        title=Text(pl="Jednostki: waga razy krotność", en="Units: weight times multiplicity"),
        inputs=(
            (Text(pl="Waga produktu", en="Weight of the product"), units_text(weight)),
            (Text(pl="Krotność", en="Multiplicity"), units_text(settled)),
        ),
        figures=(("weight.units", weight), ("multiplicity.units", settled), ("units", units)),
        basis=MULTIPLICITY_NOTICE,
        outcome=Text(pl="Jednostki: {units}", en="Units: {units}").filled(units=units_text(units)),
    )


def _number(value: Decimal) -> Text:
    """A coefficient as people read it, with all its places."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return Text(pl=plain.replace(".", ","), en=plain)


_COLLISION: Reason = reason(
    "U-1",
    Text(pl="współczynniki korygujące", en="correction coefficients"),
    Text(
        pl="Współczynników {found} nie wolno łączyć w jednej pozycji ({day}).",
        en="The coefficients {found} may not be joined in one position ({day}).",
    ),
    basis=COEFFICIENT_NOTICE,
    remedy=Text(
        pl="Zostaw w pozycji te współczynniki, które się należą, i wylicz krotność ponownie.",
        en="Leave the coefficients that are due in the position, and calculate the multiplicity again.",
    ),
)
