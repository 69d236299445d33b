"""Where the rules of prevention programmes stand."""

from __future__ import annotations

from datetime import date

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text

SINCE = date(1900, 1, 1)
"""A ruling whose source names no first day holds for every day the house can name."""

SIMP_TERMS = Basis(
    Text(
        pl="Łódzki OW NFZ, Warunki rozliczania świadczeń – System Informatycznego Monitorowania Profilaktyki (SIMP), "
        "3.09.2020",
        en="Łódź branch of the Fund, Terms of settlement – the monitoring system of prevention (SIMP), 3 Sep 2020",
    )
)

PROGRAMMES_OF_2014 = Basis(
    Text(
        pl="rozporządzenie MZ z 6.11.2013 (programy zdrowotne); zarządzenia Prezesa NFZ 84/2014/DSOZ (profilaktyka), "
        "79/2014/DSOZ (ambulatoryjne), 69/2013/DSOZ (POZ)",
        en="regulation of the Minister of Health of 6 Nov 2013 (health programmes); orders of the Fund's President "
        "84/2014/DSOZ (prevention), 79/2014/DSOZ (outpatient), 69/2013/DSOZ (primary care)",
    )
)

CONTRACT_PLAN = Basis(
    Text(
        pl="Łódzki OW NFZ: rozlicza się świadczenia wykonane w ramach podpisanej umowy, 3.09.2020",
        en="Łódź branch of the Fund: services under a signed contract are settled, 3 Sep 2020",
    )
)

SIMP_POLICY = Basis(
    Text(
        pl="zasada przyjęta przez oddział; warunki rozliczania w SIMP (3.09.2020) nie rozstrzygają",
        en="policy of the branch; the terms of settlement in SIMP (3 Sep 2020) leave it open",
    ),
    confirmed=False,
)
