"""A reduction lowers the units of accepted positions before the books are opened, never a price, line or amount.

So the price of a line stays the contract's, the plan is used up by what is really paid, what waits is worth what it
will be paid with, and sums stay exact: the units of each position are rounded once, to four places, like a
multiplicity (policy: no source says where a reduction acts). A reduction is calculated anew from all accepted
positions at each calculation. Where it changes, the units of billed positions change with it, and the usual
corrections follow.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import UNIT_SCALE, Units, count_text, round_half_up, units_text
from rozlicz.kernel.texts import Text
from rozlicz.settlement.books import Key
from rozlicz.settlement.explanation import Step


class Share(NamedTuple):
    """What is kept of a position of `units` (×10,000) that holds `pieces` alike, of which `full` are kept in full."""

    units: Units
    pieces: int = 1
    full: int = 0

    def kept(self, factor: Units) -> Units:
        """The units that are left (×10,000) when each other piece keeps `factor` (×10,000), rounded half-up."""
        weights = self.full * UNIT_SCALE + (self.pieces - self.full) * factor
        return round_half_up(self.units * weights, scale=self.pieces * UNIT_SCALE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """`units`: the reduced units (×10,000) of every position that a reduction looked at. `step`: why."""

    units: Mapping[Key, Units]
    step: Step


def reduction(
    *,
    rule: str,
    title: Text,
    basis: Basis,
    factor: Units,
    shares: Mapping[Key, Share],
    inputs: Iterable[tuple[Text, Text]] = (),
    figures: Iterable[tuple[str, int]] = (),
) -> Reduction:
    """The reduction of these positions by one factor (×10,000), with its step.

    Figures: `factor`; for each kind of share n `positions.n` (a count), `before.units.n`, `pieces.n`, `full.n`,
    `after.units.n` of one position.
    """
    units = {key: share.kept(factor) for key, share in shares.items()}
    before, after = sum(share.units for share in shares.values()), sum(units.values())
    kinds = sorted(Counter(shares.values()).items())
    return Reduction(
        units=units,
        step=Step(
            rule=rule,
            demand="R20",
            title=title,
            inputs=(*inputs, *(_input(share, count, factor) for share, count in kinds)),
            figures=(("factor", factor), *figures, *_figures(kinds, factor)),
            basis=basis,
            outcome=Text(pl="Jednostki: {before} → {after}", en="Units: {before} → {after}").filled(
                before=units_text(before), after=units_text(after)
            ),
        ),
    )


def _input(share: Share, count: int, factor: Units) -> tuple[Text, Text]:
    label = Text(
        pl="Pozycje: {count}, jednostki każdej: {units}, w tym części w pełni płatne: {full} z {pieces}",
        en="Positions: {count}, units of each: {units}, pieces of it paid in full: {full} of {pieces}",
    )
    return label.filled(
        count=count_text(count), units=units_text(share.units), full=share.full, pieces=share.pieces
    ), units_text(share.kept(factor))


def _figures(kinds: Iterable[tuple[Share, int]], factor: Units) -> Iterator[tuple[str, int]]:
    for number, (share, count) in enumerate(kinds, 1):
        yield f"positions.{number}", count
        yield f"before.units.{number}", share.units
        yield f"pieces.{number}", share.pieces
        yield f"full.{number}", share.full
        yield f"after.units.{number}", share.kept(factor)
