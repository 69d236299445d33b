"""The payer: sixteen branches of the National Health Fund, and the data a bill must show for each.

Only the branches whose documents were seen carry an address and a finance department (R12, R17 for
Łódź, P5 for Lubusz); the others carry none rather than a remembered one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.texts import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PostalAddress:
    """Street with number, postal code, town."""

    street: str
    postal_code: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceDepartment:
    """Whom a provider calls about a bill (R17)."""

    name: str
    address: PostalAddress
    telephone: str
    fax: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One branch (oddział wojewódzki): its two-digit code as messages give it, its name and seat."""

    code: str
    name: str
    seat: str
    address: PostalAddress | None = None
    finance_department: FinanceDepartment | None = None


def _branch(code: str, adjective: str, seat: str) -> Branch:
    return Branch(code=code, name=f"{adjective} Oddział Wojewódzki NFZ", seat=seat)


_LODZ_ADDRESS = PostalAddress(street="ul. Kopcińskiego 58", postal_code="90-032", town="Łódź")

BRANCHES: dict[str, Branch] = {
    branch.code: branch
    for branch in (
        _branch("01", "Dolnośląski", "Wrocław"),
        _branch("02", "Kujawsko-Pomorski", "Bydgoszcz"),
        _branch("03", "Lubelski", "Lublin"),
        _branch("04", "Lubuski", "Zielona Góra"),
        Branch(
            code="05",
            name="Łódzki Oddział Wojewódzki NFZ",
            seat="Łódź",
            address=_LODZ_ADDRESS,
            finance_department=FinanceDepartment(
                name="Wydział Ekonomiczno-Finansowy",
                address=_LODZ_ADDRESS,
                telephone="42 275-49-21",
                fax="42 275-40-53",
            ),
        ),
        _branch("06", "Małopolski", "Kraków"),
        _branch("07", "Mazowiecki", "Warszawa"),
        _branch("08", "Opolski", "Opole"),
        _branch("09", "Podkarpacki", "Rzeszów"),
        _branch("10", "Podlaski", "Białystok"),
        _branch("11", "Pomorski", "Gdańsk"),
        _branch("12", "Śląski", "Katowice"),
        _branch("13", "Świętokrzyski", "Kielce"),
        _branch("14", "Warmińsko-Mazurski", "Olsztyn"),
        _branch("15", "Wielkopolski", "Poznań"),
        _branch("16", "Zachodniopomorski", "Szczecin"),
    )
}

FUND_NAME = "Narodowy Fundusz Zdrowia"
FUND_NIP = "1070001057"
"""The buyer's tax number on every bill (R12)."""

FUND_ADDRESS: Parameter[PostalAddress] = Parameter(
    name="fund_address",
    meaning=Text(pl="Adres nabywcy na rachunku", en="The buyer's address on a bill"),
    rulings=(
        Ruling(
            value=PostalAddress(street="ul. Rakowiecka 26/30", postal_code="02-528", town="Warszawa"),
            since=date(2004, 1, 1),
            basis=Basis(Text(pl="Łódzki OW NFZ, Dane do faktury, 3.09.2020", en="Łódź branch, 3 Sep 2020")),
        ),
        Ruling(
            value=PostalAddress(street="ul. Grójecka 186", postal_code="02-390", town="Warszawa"),
            since=date(2021, 1, 1),
            basis=Basis(
                Text(
                    pl="adres z regulaminu interfejsu umów NFZ; dzień zmiany przyjęty, do potwierdzenia",
                    en="address in the terms of the Fund's contract interface; day of change assumed",
                ),
                confirmed=False,
            ),
        ),
    ),
)


def branch_of(code: str) -> Branch:
    """The branch with that two-digit code. Raises KeyError."""
    return BRANCHES[code]
