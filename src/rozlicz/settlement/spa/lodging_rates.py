"""What board and lodging in a spa sanatorium cost a day, by the standard of the room and the season.

A patient pays these rates (partial payment); for an exempt person the Fund pays the rate of a double room without
full bathroom, whatever the room (R43). The first season lasts from 1 October to 30 April, the second from 1 May to
30 September.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import Price
from rozlicz.kernel.texts import Text
from rozlicz.messages.spa_stays import RoomKind
from rozlicz.settlement.spa.bases import SINCE, SPA_TERMS


class Season(IntEnum):
    """A season of payment; its number is that of the regulation."""

    FIRST = 1
    SECOND = 2

    @property
    def text(self) -> Text:
        """`sezon I`, `season I`."""
        roman = "I" * self.value
        return Text(pl=f"sezon {roman}", en=f"season {roman}")


class SeasonRates(NamedTuple):
    """The rates of a standard in the first and in the second season, in grosze a day."""

    first: Price
    second: Price


RateTable = Mapping[RoomKind, SeasonRates]


class SecondSeason(NamedTuple):
    """The first and the last day of the second season, each a month and a day; the rest of a year is the first."""

    begins: tuple[int, int]
    ends: tuple[int, int]


_ROOMS_IN_ORDER = (
    RoomKind.SINGLE_FULL_BATHROOM,
    RoomKind.SINGLE_STUDIO,
    RoomKind.SINGLE_PLAIN,
    RoomKind.DOUBLE_FULL_BATHROOM,
    RoomKind.DOUBLE_STUDIO,
    RoomKind.DOUBLE_PLAIN,
    RoomKind.SHARED_FULL_BATHROOM,
    RoomKind.SHARED_STUDIO,
    RoomKind.SHARED_PLAIN,
)


def _table(*rates: tuple[int, int]) -> RateTable:
    """The rates of all nine standards, in their order in the regulation."""
    return {room: SeasonRates(*pair) for room, pair in zip(_ROOMS_IN_ORDER, rates, strict=True)}


_BEFORE_2021 = Basis(
    Text(
        pl="rozporządzenie MZ z 23.07.2013 w brzmieniu sprzed 1.05.2021, za cennikiem sanatorium Energetyk w Krynicy "
        "(bez roku, trzy standardy)",
        en="regulation of the Minister of Health of 23 Jul 2013 as it stood before 1 May 2021, after the price "
        "list of the sanatorium Energetyk in Krynica (no year, three standards)",
    ),
    confirmed=False,
)
_SINCE_2021 = Basis(
    Text(
        pl="rozporządzenie MZ z 11.03.2021 (Dz.U. 2021 poz. 480)",
        en="regulation of the Minister of Health of 11 Mar 2021 (Dz.U. 2021 item 480)",
    )
)
_SINCE_2022 = Basis(
    Text(
        pl="rozporządzenie MZ z 4.04.2022 (Dz.U. 2022 poz. 805), stawki za gospodarka.dziennik.pl 9624846",
        en="regulation of the Minister of Health of 4 Apr 2022 (Dz.U. 2022 item 805), rates after "
        "gospodarka.dziennik.pl 9624846",
    )
)

LODGING_RATES: Parameter[RateTable] = Parameter(
    name="spa_lodging_rates",
    meaning=Text(
        pl="Odpłatność za wyżywienie i zakwaterowanie w sanatorium za dzień, według pokoju i sezonu",
        en="Payment for board and lodging in a sanatorium a day, by room and season",
    ),
    rulings=(
        Ruling(
            value={
                RoomKind.SINGLE_FULL_BATHROOM: SeasonRates(2_880, 3_610),
                RoomKind.DOUBLE_FULL_BATHROOM: SeasonRates(1_730, 2_410),
                RoomKind.DOUBLE_STUDIO: SeasonRates(1_460, 2_200),
            },
            since=SINCE,
            basis=_BEFORE_2021,
        ),
        Ruling(
            value=_table(
                (3_100, 3_890),
                (2_480, 3_560),
                (2_370, 3_160),
                (1_860, 2_600),
                (1_570, 2_370),
                (1_350, 1_860),
                (1_190, 1_410),
                (1_130, 1_290),
                (1_010, 1_130),
            ),
            since=date(2021, 5, 1),
            basis=_SINCE_2021,
        ),
        Ruling(
            value=_table(
                (3_260, 4_090),
                (2_610, 3_740),
                (2_490, 3_320),
                (1_950, 2_730),
                (1_650, 2_490),
                (1_420, 1_950),
                (1_250, 1_480),
                (1_190, 1_360),
                (1_060, 1_190),
            ),
            since=date(2022, 5, 1),
            basis=_SINCE_2022,
        ),
    ),
)
"""The table before May 2021 has no rate for a double room without full bathroom: a branch that needs it rules it."""

SECOND_SEASON: Parameter[SecondSeason] = Parameter(
    name="spa_second_season",
    meaning=Text(
        pl="Drugi sezon rozliczeniowy (reszta roku to pierwszy)",
        en="The second season (the rest of a year is the first)",
    ),
    rulings=(Ruling(value=SecondSeason((5, 1), (9, 30)), since=SINCE, basis=_SINCE_2021),),
)
EXEMPT_ROOM: Parameter[RoomKind] = Parameter(
    name="spa_exempt_room",
    meaning=Text(
        pl="Pokój, według którego Fundusz płaci za osoby zwolnione z odpłatności",
        en="The room by whose rate the Fund pays for exempt persons",
    ),
    rulings=(Ruling(value=RoomKind.DOUBLE_PLAIN, since=SINCE, basis=SPA_TERMS),),
)


class DayRate(NamedTuple):
    """The rate of one day, in grosze, and where it stands."""

    season: Season
    room: RoomKind
    amount: Price
    basis: Basis


def season_of(day: date, *, branch: str | None = None) -> Season:
    """The season of a day."""
    begins, ends = SECOND_SEASON.on(day, branch).value
    return Season.SECOND if begins <= (day.month, day.day) <= ends else Season.FIRST


def rate_of(day: date, room: RoomKind, *, branch: str | None = None) -> DayRate | None:
    """What a day in a room costs; None where the table of that day has no rate for the room."""
    ruling = LODGING_RATES.on(day, branch)
    rates = ruling.value.get(room)
    if rates is None:
        return None
    season = season_of(day, branch=branch)
    return DayRate(season, room, rates[season - 1], ruling.basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAtRate:
    """So many days of the same room, season and table."""

    days: int
    rate: DayRate

    @property
    def amount(self) -> int:
        """Days × rate, in grosze."""
        return self.days * self.rate.amount


def grouped(rates: Iterable[DayRate]) -> tuple[DaysAtRate, ...]:
    """Days of equal rates together, in the order in which they come first."""
    counted: dict[DayRate, int] = {}
    for rate in rates:
        counted[rate] = counted.get(rate, 0) + 1
    return tuple(DaysAtRate(days=days, rate=rate) for rate, days in counted.items())
