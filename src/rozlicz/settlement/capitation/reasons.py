"""Why a scope is not settled by capitation in a month; the codes are this house's own."""

from __future__ import annotations

from rozlicz.kernel.refusals import reason
from rozlicz.kernel.texts import Text
from rozlicz.settlement.capitation.parameters import TERMS_OF_CAPITATION

_NUMBERS = Text(pl="Liczby Funduszu", en="Numbers of the Fund")
_RATE = Text(pl="Stawka", en="Rate")
_SCOPE = Text(pl="Zakres", en="Scope")

NO_COUNT = reason(
    "D-101",
    _NUMBERS,
    Text(
        pl="Umowa {contract}, {month}: Fundusz nie przekazał jeszcze liczby osób, więc nie ma podstawy rachunku.",
        en="Contract {contract}, {month}: the Fund has not returned the number of persons yet, so there is no basis "
        "for a bill.",
    ),
    basis=TERMS_OF_CAPITATION,
    remedy=Text(
        pl="Przekaż listy (do 7. dnia miesiąca) i poczekaj na liczby; oddział przekazuje je do końca miesiąca.",
        en="Send the lists (by the 7th of the month) and wait for the numbers; the branch returns them by its end.",
    ),
)
NOT_IN_CONTRACT = reason(
    "D-102",
    _SCOPE,
    Text(
        pl="Policzono osoby w zakresie {scope}, wyróżnik {distinguisher}, którego umowa nie rozlicza z deklaracji.",
        en="Persons are counted in scope {scope}, distinguishing number {distinguisher}, which the contract does not "
        "settle by declarations.",
    ),
    basis=TERMS_OF_CAPITATION,
    remedy=Text(
        pl="Sprawdź w oddziale, w którym zakresie umowy mają być liczone.",
        en="Ask the branch in which scope of the contract they are to be counted.",
    ),
)
UNKNOWN_GROUP = reason(
    "D-103",
    _NUMBERS,
    Text(
        pl="Zakres {scope}, wyróżnik {distinguisher}: w dniu {day} nie ma grupy {found}, w której policzono osoby.",
        en="Scope {scope}, distinguishing number {distinguisher}: on {day} there is no group {found}, in which "
        "persons are counted.",
    ),
    basis=TERMS_OF_CAPITATION,
    remedy=Text(
        pl="Poproś oddział o liczby według grup umowy albo o aneks z tą grupą.",
        en="Ask the branch for numbers by the groups of the contract, or for an annex with that group.",
    ),
)
OTHER_COEFFICIENT = reason(
    "D-104",
    _NUMBERS,
    Text(
        pl="Zakres {scope}, wyróżnik {distinguisher}, grupa {group}: liczby podają współczynnik {found}, a w dniu "
        "{day} obowiązuje {expected}.",
        en="Scope {scope}, distinguishing number {distinguisher}, group {group}: the numbers tell the coefficient "
        "{found}, and on {day} {expected} holds.",
    ),
    basis=TERMS_OF_CAPITATION,
    remedy=Text(
        pl="Wyjaśnij z oddziałem, który współczynnik obowiązuje; zakres zostanie rozliczony po poprawieniu liczb "
        "albo umowy.",
        en="Clear up with the branch which coefficient holds; the scope is settled when numbers or contract are "
        "corrected.",
    ),
)
NO_OTHER_COUNT = reason(
    "D-105",
    _NUMBERS,
    Text(
        pl="Zakres {scope}, wyróżnik {distinguisher}: brakuje liczb umowy {found}, z której deklaracji "
        "się go rozlicza.",
        en="Scope {scope}, distinguishing number {distinguisher}: the numbers of contract {found}, by whose "
        "declarations it is settled, are missing.",
    ),
    basis=TERMS_OF_CAPITATION,
    remedy=Text(
        pl="Poczekaj na liczby tamtej umowy i policz miesiąc ponownie.",
        en="Wait for the numbers of that contract and calculate the month again.",
    ),
)
NO_RATE = reason(
    "D-106",
    _RATE,
    Text(
        pl="Zakres {scope}, wyróżnik {distinguisher}: umowa nie ma w dniu {day} stawki: {expected}.",
        en="Scope {scope}, distinguishing number {distinguisher}: on {day} the contract has no rate: {expected}.",
    ),
    basis=TERMS_OF_CAPITATION,
    remedy=Text(
        pl="Poproś oddział o aneks ze stawką na ten miesiąc.",
        en="Ask the branch for an annex with the rate of that month.",
    ),
)
