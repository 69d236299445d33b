"""Devices as the law finances them: limit, share, quantity and period of use, each with its dates.

What is here are absorbents, the only ones whose limits were seen for more than one year, and the hearing system of a
public calculation. Limits and shares are the sources'; codes and groups are our own, so all of it is unconfirmed: a
branch rules its own list, and a device without a ruling is not settled but named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import UNIT_SCALE, Price, Units
from rozlicz.kernel.texts import Text
from rozlicz.messages.supply import OrderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceTerms:
    """How one device, or its repair, is financed.

    `limit` in grosze for one piece. `share` and `share_under_18` are the payer's (70 % = 7,000), the second None
    where age makes no difference. `group` names devices that take each other's place: quantity and period of use are
    theirs together. `months_of_use`: one supply in so many months; 0 for no period. `monthly`: needed month by month;
    then the period of use is a month, and several supplies share its pieces. `pieces` (×10,000) are paid for in a
    period, None for as many as ordered.
    """

    group: str
    limit: Price
    share: Units
    share_under_18: Units | None = None
    months_of_use: int = 0
    monthly: bool = False
    pieces: Units | None = None


class DeviceKey(NamedTuple):
    """What a ruling is about: the code in the list of devices, and whether it is supplied or repaired."""

    code: str
    kind: OrderKind = OrderKind.SUPPLY


Catalogue = Mapping[DeviceKey, Parameter[DeviceTerms]]
"""The list of devices; a branch adds its own, or rules another limit."""

_IN_2023 = Basis(
    Text(
        pl="limity i udziały 2023 według hartmann.info, doz.pl, medorto.pl, oddychasz.pl; kody własne",
        en="limits and shares of 2023 after hartmann.info, doz.pl, medorto.pl, oddychasz.pl; the codes are our own",
    ),
    confirmed=False,
)
_IN_2024 = Basis(
    Text(
        pl="limity i udziały od 1.01.2024 według hartmann.info, doz.pl, medorto.pl, oddychasz.pl; kody własne",
        en="limits and shares since 1 Jan 2024 after hartmann.info, doz.pl, medorto.pl, oddychasz.pl; the codes are "
        "our own",
    ),
    confirmed=False,
)
_HEARING = Basis(
    Text(
        pl="limit 5500 zł i udział 50 % według urzadzdrowia.pl/157; kod i okres użytkowania własne",
        en="limit of PLN 5,500 and share of 50 % after urzadzdrowia.pl/157; code and period of use are our own",
    ),
    confirmed=False,
)


def _absorbent(code: str, limit: int, meaning: Text) -> Parameter[DeviceTerms]:
    """90 pieces a month of all absorbents together; 70 % in 2023, since 2024 80 %, under 18 years of age 90 %."""

    def terms(share: int, under_18: int | None) -> DeviceTerms:
        return DeviceTerms(
            group="P.100",
            limit=limit,
            share=share,
            share_under_18=under_18,
            months_of_use=1,
            monthly=True,
            pieces=90 * UNIT_SCALE,
        )

    return Parameter(
        name=f"device_{code}",
        meaning=meaning,
        rulings=(
            Ruling(value=terms(7_000, None), since=date(2023, 1, 1), basis=_IN_2023),
            Ruling(value=terms(8_000, 9_000), since=date(2024, 1, 1), basis=_IN_2024),
        ),
    )


DEVICES: Catalogue = {
    DeviceKey("P.100.01"): _absorbent(
        "P.100.01", 100, Text(pl="Podkłady i wkłady anatomiczne", en="Pads and anatomical inserts")
    ),
    DeviceKey("P.100.02"): _absorbent(
        "P.100.02", 230, Text(pl="Majtki chłonne większej chłonności", en="Pants of high absorbency")
    ),
    DeviceKey("P.100.03"): _absorbent(
        "P.100.03", 170, Text(pl="Pieluchomajtki, pieluchy, majtki chłonne", en="Nappy pants, nappies, pants")
    ),
    DeviceKey("FM"): Parameter(
        name="device_FM",
        meaning=Text(pl="System wspomagający słyszenie (FM)", en="FM hearing system"),
        rulings=(
            Ruling(
                value=DeviceTerms(
                    group="FM", limit=550_000, share=5_000, months_of_use=60, pieces=UNIT_SCALE
                ),
                since=date(2017, 1, 1),
                basis=_HEARING,
            ),
        ),
    ),
}
"""What is known without a branch's own list."""


def ruling_of(
    key: DeviceKey, *, on: date, branch: str | None = None, catalogue: Catalogue = DEVICES
) -> Ruling[DeviceTerms] | None:
    """How a device was financed on a day; None where the list has nothing for it, or nothing yet."""
    parameter = catalogue.get(key)
    if parameter is None or not any(r.since <= on and r.branch in (None, branch) for r in parameter.rulings):
        return None
    return parameter.on(on, branch)
