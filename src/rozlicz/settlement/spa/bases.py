"""Where the rules of spa treatment stand."""

from __future__ import annotations

from datetime import date

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.texts import Text

SINCE = date(1900, 1, 1)
"""A ruling whose source names no first day holds for every month the house can name."""

SPA_TERMS = Basis(
    Text(
        pl="Łódzki OW NFZ, Warunki rozliczania świadczeń – lecznictwo uzdrowiskowe, 3.09.2020 "
        "(za zarządzeniem Prezesa NFZ nr 61/2009/DSOZ)",
        en="Łódź branch of the Fund, Terms of settlement – spa treatment, 3 Sep 2020 "
        "(after order 61/2009/DSOZ of the President of the Fund)",
    )
)

BENEFITS_ACT_33_4 = Basis(
    Text(
        pl="art. 33 ust. 4 ustawy o świadczeniach opieki zdrowotnej finansowanych ze środków publicznych",
        en="art. 33(4) of the act on publicly funded health care",
    )
)

SPA_POLICY = Basis(
    Text(
        pl="zasada przyjęta przez oddział; warunki rozliczania uzdrowisk (3.09.2020) nie rozstrzygają",
        en="policy of the branch; the terms of settlement of spa treatment (3 Sep 2020) leave it open",
    ),
    confirmed=False,
)
