"""Where the invented providers stand: real towns of the branch's voivodeship, streets that every town has."""

from __future__ import annotations

from rozlicz.kernel.branches import PostalAddress, branch_of
from rozlicz.sample.dice import Dice

_STREETS = (
    "Lipowa Polna Ogrodowa Leśna Słoneczna Krótka Szkolna Łąkowa Kwiatowa Zielona Spacerowa Źródlana Brzozowa"
).split()

_LODZ_TOWNS = (
    ("Łódź", "91-0"),
    ("Pabianice", "95-2"),
    ("Zgierz", "95-1"),
    ("Sieradz", "98-2"),
    ("Piotrków Trybunalski", "97-3"),
    ("Kutno", "99-3"),
    ("Uniejów", "99-2"),
    ("Łask", "98-1"),
    ("Łowicz", "99-4"),
    ("Wieluń", "98-3"),
)

_SEAT_POSTAL_AREAS = {
    "01": "50-1",
    "02": "85-0",
    "03": "20-0",
    "04": "65-0",
    "06": "30-0",
    "07": "00-1",
    "08": "45-0",
    "09": "35-0",
    "10": "15-0",
    "11": "80-0",
    "12": "40-0",
    "13": "25-0",
    "14": "10-0",
    "15": "60-0",
    "16": "70-0",
}


def make_address(dice: Dice, branch: str, town: int) -> PostalAddress:
    """An address in the branch's voivodeship; `town` chooses among Łódź's towns, elsewhere it is the seat."""
    if branch == "05":
        name, area = _LODZ_TOWNS[town % len(_LODZ_TOWNS)]
    else:
        name, area = branch_of(branch).seat, _SEAT_POSTAL_AREAS[branch]
    return PostalAddress(
        street=f"ul. {dice.pick(_STREETS)} {dice.between(1, 120)}",
        postal_code=area + dice.digits(2),
        town=name,
    )
