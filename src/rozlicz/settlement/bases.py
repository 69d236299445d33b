"""Where the rules of settlement by unit price stand."""

from __future__ import annotations

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text

TERMS_OF_SETTLEMENT = Basis(
    Text(
        pl="Łódzki OW NFZ, Warunki rozliczania świadczeń – cena jednostkowa jednostki rozliczeniowej, 3.09.2020 "
        "(za ogólnymi warunkami umów)",
        en="Łódź branch, Terms of settlement – unit price of a unit of service, 3 Sep 2020 "
        "(after the general terms of contracts)",
    )
)

CORRECTING_TEMPLATES = Basis(
    Text(
        pl="zarządzenie Prezesa NFZ 70/2013/DI; R_UMX 2.8, id-szablonu-kor (komunikat NFZ z 22.07.2021)",
        en="order 70/2013/DI of the Fund's President; R_UMX 2.8, id-szablonu-kor (notice of 22 Jul 2021)",
    )
)

POLICY = Basis(
    Text(
        pl="zasada przyjęta przez oddział; warunki rozliczania (Łódzki OW NFZ, 3.09.2020) nie rozstrzygają",
        en="policy of the branch; the terms of settlement (Łódź branch, 3 Sep 2020) leave it open",
    ),
    confirmed=False,
)

FORECAST = Basis(
    Text(
        pl="prognoza Rozlicza: przyszłe wykonanie jest założeniem, liczone według warunków rozliczania",
        en="a forecast of Rozlicz: performance to come is assumed, and settled by the terms of settlement",
    ),
    confirmed=False,
)

COMPARISON = Basis(
    Text(
        pl="porównanie Rozlicza: obie strony liczone według warunków rozliczania, nic nie jest wystawiane",
        en="a comparison of Rozlicz: both sides follow the terms of settlement, nothing is issued",
    ),
    confirmed=False,
)
