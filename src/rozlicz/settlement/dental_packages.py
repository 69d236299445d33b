"""Dental packages of one visit: the highest in full, each further one at 0.8, since 1 April 2023 (R20).

The factor does not touch single services, which are no packages. It acts on the units of a position (`reductions`).
The highest is the package with most units, other coefficients (such as that for children) included; of equal ones it
makes no difference to the sum, and the first by service and position stays in full (policy).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import UNIT_SCALE, Units, units_text
from rozlicz.kernel.texts import Text
from rozlicz.settlement.books import Key
from rozlicz.settlement.reductions import Reduction, Share, reduction

_SINGLE_SERVICES = Basis(
    Text(
        pl="rozliczanie świadczeń stomatologicznych przed 1.04.2023: bez pakietów",
        en="settlement of dental services before 1 Apr 2023: no packages",
    ),
    confirmed=False,
)
_PACKAGES = Basis(
    Text(
        pl="pakiety stomatologiczne od 1.04.2023 (NFZ, webinarium dla świadczeniodawców; infodent24.pl 122486)",
        en="dental packages since 1 Apr 2023 (the Fund's webinar for providers; infodent24.pl 122486)",
    )
)

FURTHER_PACKAGE: Parameter[Units] = Parameter(
    name="further_dental_package",
    meaning=Text(
        pl="Współczynnik każdego kolejnego pakietu stomatologicznego podczas wizyty",
        en="Coefficient of each further dental package of a visit",
    ),
    rulings=(
        Ruling(value=UNIT_SCALE, since=date(2004, 1, 1), basis=_SINGLE_SERVICES),
        Ruling(value=8_000, since=date(2023, 4, 1), basis=_PACKAGES),
    ),
)


class DentalPosition(NamedTuple):
    """An accepted position of a dental visit.

    `visit` is whatever names the visit (the provider's id of the service, or the patient and the day). `units`
    (×10,000) before this reduction; `pieces`: how many packages the one position reports, its actual multiplicity.
    """

    key: Key
    visit: str
    day: date
    product: str
    units: Units
    pieces: int = 1


def reduce_packages(
    positions: Iterable[DentalPosition], *, packages: Collection[str], branch: str | None = None
) -> tuple[Reduction, ...]:
    """Reduce the further packages of each visit; one reduction for each factor that was in force on a day of them.

    `packages` are the product codes that are packages; positions of other products are not looked at. One
    reported for statistics only (krotność 0) has no units, so it is never the highest. Raises ValueError for fewer
    than one piece.
    """
    visits: defaultdict[str, list[DentalPosition]] = defaultdict(list)
    for position in positions:
        if position.pieces < 1:
            raise ValueError(f"{position.key} holds {position.pieces} packages")
        if position.product in packages:
            visits[position.visit].append(position)
    shares: defaultdict[Ruling[Units], dict[Key, Share]] = defaultdict(dict)
    for visit in visits.values():
        highest = min(visit, key=lambda position: (-Fraction(position.units, position.pieces), position.key))
        ruling = FURTHER_PACKAGE.on(max(position.day for position in visit), branch)
        for position in visit:
            shares[ruling][position.key] = Share(position.units, position.pieces, int(position is highest))
    return tuple(_reduction(ruling, shares[ruling]) for ruling in sorted(shares, key=lambda one: one.since))


def _reduction(ruling: Ruling[Units], shares: dict[Key, Share]) -> Reduction:
    return reduction(
        rule="units.dental-packages",
        title=Text(
            pl="Pakiety stomatologiczne podczas wizyty: najwyższy w całości, kolejne obniżone",
            en="Dental packages of a visit: the highest in full, further ones reduced",
        ),
        basis=ruling.basis,
        factor=ruling.value,
        shares=shares,
        inputs=((FURTHER_PACKAGE.meaning, units_text(ruling.value)),),
    )
