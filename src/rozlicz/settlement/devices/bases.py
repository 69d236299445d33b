"""Where the rules of supply of medical devices stand."""

from __future__ import annotations

from datetime import date

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text

SINCE = date(1900, 1, 1)
"""A ruling whose source names no first day holds for every day the house can name."""

SUPPLY_TERMS = Basis(
    Text(
        pl="Łódzki OW NFZ, Warunki rozliczania świadczeń – zaopatrzenie w przedmioty ortopedyczne i środki "
        "pomocnicze, 3.09.2020 (zarządzenie Prezesa NFZ nr 58/2009/DSOZ)",
        en="Łódź branch of the Fund, Terms of settlement – orthopaedic supply and aids, 3 Sep 2020 "
        "(order 58/2009/DSOZ of the President of the Fund)",
    )
)

FINANCING = Basis(
    Text(
        pl="rozporządzenie MZ w sprawie wykazu wyrobów medycznych wydawanych na zlecenie: limit finansowania i "
        "udział własny, za komunikatem nfz-szczecin.pl",
        en="regulation of the Minister of Health on medical devices issued on order: limit of financing and own "
        "share, after a notice of nfz-szczecin.pl",
    )
)

ORDERS = Basis(
    Text(
        pl="zasady realizacji zleceń: miesięczne zaopatrzenie w częściach, bez miesięcy minionych (nfz-kielce.pl, "
        "nfz-warszawa.pl)",
        en="rules of realising orders: monthly supply in parts, none for past months (nfz-kielce.pl, "
        "nfz-warszawa.pl)",
    )
)

YEAR_END = Basis(
    Text(
        pl="zlecenia na miesiące z przełomu roku rozlicza się tylko za miesiące danego roku (nfz-gdansk.pl 3081)",
        en="orders for months across the year's end are settled for the months of the year only (nfz-gdansk.pl 3081)",
    )
)

DISABILITY = Basis(
    Text(
        pl="znaczny stopień niepełnosprawności: ilość ustala osoba, która wystawia zlecenie "
        "(art. 47 ust. 1a ustawy o świadczeniach, za sklepmedyczny-olsztyn.pl)",
        en="severe disability: who issues the order sets the quantity "
        "(art. 47(1a) of the act on publicly funded health care, after sklepmedyczny-olsztyn.pl)",
    )
)

SUPPLY_POLICY = Basis(
    Text(
        pl="zasada przyjęta przez oddział; warunki rozliczania zaopatrzenia (3.09.2020) nie rozstrzygają",
        en="policy of the branch; the terms of settlement of supply (3 Sep 2020) leave it open",
    ),
    confirmed=False,
)
