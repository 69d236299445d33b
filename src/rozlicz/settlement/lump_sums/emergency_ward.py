"""The day rate of an emergency ward: base + structure part + function part (LUMP-08).

The structure part is the base times the shares of the conditions met beyond the required ones, as a questionnaire of
the Fund asks for them; the function part pays for the patients by their state, and its formula is the order's: it is
given here as an amount (the formula was not seen).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.money import Price, Units, amount_text, units_text
from rozlicz.kernel.texts import Text
from rozlicz.messages.rates import WardRate
from rozlicz.settlement.explanation import Step
from rozlicz.settlement.method import method_step

WARD_ORDERS = Basis(
    Text(
        pl="zarządzenie Prezesa NFZ 8/2024/DSM (wcześniej 78/2015/DSM): stawka szpitalnego oddziału ratunkowego",
        en="order 8/2024/DSM of the Fund's President (before it 78/2015/DSM): rate of an emergency ward",
    )
)


class WardCondition(NamedTuple):
    """A line of the questionnaire: what it asks, the share of the base it is worth (×10,000), whether it is met."""

    name: str
    share: Units
    met: bool


def ward_rate(*, base: Price, conditions: Iterable[WardCondition], function_part: Price) -> WardRate:
    """The rate out of the questionnaire; `base` and `function_part` in grosze a day."""
    return WardRate(
        base=base,
        structure_share=sum(condition.share for condition in conditions if condition.met),
        function_part=function_part,
    )


def ward_step(ward: WardRate) -> Step:
    """The parts of a day. Figures: `base`, `share` (×10,000), `structure`, `function`, `rate`, in grosze."""
    structure = ward.amount - ward.base - ward.function_part
    return method_step(
        "lump-sum.ward",
        Text(pl="Doba szpitalnego oddziału ratunkowego", en="A day of the emergency ward"),
        Text(
            pl="{base} + {structure} + {function} = {rate}", en="{base} + {structure} + {function} = {rate}"
        ).filled(
            base=amount_text(ward.base),
            structure=amount_text(structure),
            function=amount_text(ward.function_part),
            rate=amount_text(ward.amount),
        ),
        demand="R28",
        basis=WARD_ORDERS,
        inputs=(
            (Text(pl="Stawka bazowa", en="Base rate"), amount_text(ward.base)),
            (
                Text(pl="Ocena struktury: udział w stawce bazowej", en="Structure: share of the base rate"),
                units_text(ward.structure_share),
            ),
            (Text(pl="Część funkcjonalna", en="Function part"), amount_text(ward.function_part)),
        ),
        figures=(
            ("base", ward.base),
            ("share", ward.structure_share),
            ("structure", structure),
            ("function", ward.function_part),
            ("rate", ward.amount),
        ),
    )
