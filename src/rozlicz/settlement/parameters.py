"""The choices the sources leave open in settling by unit price, as dated parameters of a branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import POLICY

BoundaryPosition = Literal["split", "whole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How one calculation chooses.

    `carry_over`: positions of earlier months that found no room may be paid from later slack, inside the
    settlement period. `boundary_position`: the position that crosses the cap is split (to 0.0001 unit) or
    waits as a whole while later ones are tried.
    """

    carry_over: bool = True
    boundary_position: BoundaryPosition = "split"


_SINCE = date(2004, 1, 1)

CARRY_OVER: Parameter[bool] = Parameter(
    name="carry_over",
    meaning=Text(
        pl="Świadczenia ponad plan z wcześniejszych miesięcy płatne z późniejszych niewykonań",
        en="Services above the plan of earlier months payable from later slack",
    ),
    rulings=(Ruling(value=True, since=_SINCE, basis=POLICY),),
)

BOUNDARY_POSITION: Parameter[BoundaryPosition] = Parameter(
    name="boundary_position",
    meaning=Text(
        pl="Pozycja przekraczająca limit: dzielona (split) czy w całości czekająca (whole)",
        en="The position that crosses the cap: split, or waiting as a whole",
    ),
    rulings=(Ruling(value="split", since=_SINCE, basis=POLICY),),
)


def policy_for(*, month: Month, branch: str) -> Policy:
    """The policy a branch had in force on the first day of the month that is calculated."""
    day = month.first_day
    return Policy(
        carry_over=CARRY_OVER.on(day, branch).value,
        boundary_position=BOUNDARY_POSITION.on(day, branch).value,
    )
