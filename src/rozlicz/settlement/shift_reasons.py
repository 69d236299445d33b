"""Numbers of the law for shifts between scopes, and the reasons for which a request is refused: codes `SH-…`."""

from __future__ import annotations

from datetime import date

from rozlicz.kernel.legal import Basis, Parameter, Ruling
from rozlicz.kernel.money import Units
from rozlicz.kernel.refusals import reason
from rozlicz.kernel.texts import Text

_SINCE = date(2004, 1, 1)

SHIFTS = Basis(
    Text(
        pl="Łódzki OW NFZ, Przesunięcia środków, 29.01.2020 (§ 20 i § 21 ogólnych warunków umów z 2008 r.)",
        en="Łódź branch of the Fund, Shifts of means, 29 Jan 2020 (§ 20 and § 21 of the general terms of 2008)",
    )
)
_OUR_READING = Basis(
    Text(
        pl="zasada przyjęta przez oddział; strona o przesunięciach (29.01.2020) nie rozstrzyga",
        en="policy of the branch; the page on shifts (29 Jan 2020) leaves it open",
    ),
    confirmed=False,
)

SHIFT_LIMIT: Parameter[Units] = Parameter(
    name="shift_limit",
    meaning=Text(
        pl="O jaką część kwoty z pierwszego dnia okresu rozliczeniowego można obniżyć zakres",
        en="By what part of its amount on the first day of the settlement period a scope may be lowered",
    ),
    rulings=(Ruling(value=2_000, since=_SINCE, basis=SHIFTS),),
)
LAST_QUARTER_DAY: Parameter[int] = Parameter(
    name="shift_last_quarter_day",
    meaning=Text(
        pl="Dzień grudnia, do którego składa się wniosek za ostatni kwartał",
        en="Day of December by which a request for the last quarter is due",
    ),
    rulings=(Ruling(value=15, since=_SINCE, basis=SHIFTS),),
)
SHIFTS_BETWEEN_KINDS: Parameter[frozenset[str]] = Parameter(
    name="shifts_between_kinds",
    meaning=Text(
        pl="Rodzaje świadczeń, między którymi wolno przesuwać (reszta listy nie była widoczna)",
        en="Kinds of services between which means may be shifted (the rest of the list was not seen)",
    ),
    rulings=(Ruling(value=frozenset({"AOS", "SZP"}), since=_SINCE, basis=SHIFTS),),
)

_CHANGES = Text(pl="zmiany planu", en="changes of the plan")
_SCOPE = Text(pl="zakres i wyróżnik", en="scope and distinguishing number")
_MONTH = Text(pl="miesiąc", en="month")
_AMOUNT = Text(pl="kwota zmiany", en="amount of the change")
_FILED = Text(pl="dzień złożenia wniosku", en="day of the request")
_CONTRACT = Text(pl="umowa", en="contract")

TOTAL_CHANGED = reason(
    "SH-1",
    _CHANGES,
    Text(
        pl="Podwyższenia ({raised}) i obniżenia ({lowered}) są różne, a przesunięcie nie zmienia kwoty zobowiązania.",
        en="Raises ({raised}) and lowerings ({lowered}) are not equal, but a shift leaves the commitment as it is.",
    ),
    basis=SHIFTS,
    remedy=Text(
        pl="Podwyższ zakresy dokładnie o tyle, o ile inne są obniżane.",
        en="Raise scopes by exactly as much as others are lowered.",
    ),
)
NOTHING_SHIFTED = reason(
    "SH-2",
    _CHANGES,
    Text(
        pl="Wniosek niczego nie przesuwa między zakresami.", en="The request shifts nothing between scopes."
    ),
    basis=SHIFTS,
    remedy=Text(
        pl="Podaj zakresy, które mają być podwyższone, i te, które mają być obniżone.",
        en="Name the scopes that are to be raised, and those that are to be lowered.",
    ),
)
LOWERED_TOO_MUCH = reason(
    "SH-3",
    _AMOUNT,
    Text(
        pl="Zakres {scope} byłby obniżony o {found}, a wolno najwyżej o {expected} ({share} z {start}).",
        en="Scope {scope} would be lowered by {found}, and {expected} is the most ({share} of {start}).",
    ),
    basis=SHIFTS,
    remedy=Text(
        pl="Obniż zakres najwyżej o {expected}, licząc wcześniejsze przesunięcia tego okresu rozliczeniowego.",
        en="Lower the scope by {expected} at most, earlier shifts of this settlement period included.",
    ),
)
FILED_TOO_LATE = reason(
    "SH-4",
    _FILED,
    Text(
        pl="Wniosek za {quarter} złożono {found}; termin minął {expected}.",
        en="The request for the {quarter} was filed on {found}; the last day was {expected}.",
    ),
    basis=SHIFTS,
    remedy=Text(
        pl="Po terminie planu ostatniego kwartału nie zmienia się przesunięciem; zwróć się do oddziału o aneks.",
        en="After that day a shift changes the last quarter no more; ask the branch for an annex.",
    ),
)
FILED_TOO_EARLY = reason(
    "SH-5",
    _FILED,
    Text(
        pl="Wniosek za {quarter} złożono {found}, a kwartał kończy się {expected}.",
        en="The request for the {quarter} was filed on {found}, and the quarter ends on {expected}.",
    ),
    basis=SHIFTS,
    remedy=Text(
        pl="Przesunięcia są po zakończeniu kwartału; złóż wniosek od następnego dnia.",
        en="Shifts follow the end of a quarter; file the request from the next day on.",
    ),
)
KINDS_DIFFER = reason(
    "SH-6",
    _CONTRACT,
    Text(
        pl="Środki nie mogą być przesuwane między tymi rodzajami świadczeń: {found}.",
        en="Means may not be shifted between these kinds of services: {found}.",
    ),
    basis=SHIFTS,
    remedy=Text(pl="Przesuń w ramach jednego rodzaju świadczeń.", en="Shift inside one kind of services."),
)
ONLY_DRUGS = reason(
    "SH-7",
    _CONTRACT,
    Text(
        pl="Umowa {found} obejmuje tylko leki; przesunięcia jej nie dotyczą.",
        en="Contract {found} is for drugs only; shifts are not for it.",
    ),
    basis=SHIFTS,
    remedy=Text(pl="Usuń tę umowę z wniosku.", en="Take this contract out of the request."),
)
NOT_IN_CONTRACT = reason(
    "SH-8",
    _SCOPE,
    Text(
        pl="Umowa {contract} nie ma planu zakresu {scope} ({month}).",
        en="Contract {contract} has no plan of scope {scope} in {month}.",
    ),
    basis=SHIFTS,
    remedy=Text(
        pl="Wskaż umowę, zakres, wyróżnik i miesiąc, które są w planie.",
        en="Name a contract, scope, distinguishing number and month that are in the plan.",
    ),
)
NOT_IN_QUARTER = reason(
    "SH-9",
    _MONTH,
    Text(
        pl="Zmiana dotyczy innego miesiąca ({found}) niż kwartał wniosku ({quarter}).",
        en="The change is in {found}, which is not in the {quarter} of the request.",
    ),
    basis=SHIFTS,
    remedy=Text(pl="Wskaż miesiąc tego kwartału.", en="Name a month of that quarter."),
)
PERIODS_DIFFER = reason(
    "SH-10",
    _MONTH,
    Text(
        pl="Zmiany są w różnych okresach rozliczeniowych ({found}), a nic nie przechodzi z jednego do drugiego.",
        en="The changes are in several settlement periods ({found}), and nothing passes from one to another.",
    ),
    basis=_OUR_READING,
    remedy=Text(
        pl="Złóż osobny wniosek dla każdego okresu rozliczeniowego.",
        en="File a request for each settlement period.",
    ),
)
MORE_THAN_PLANNED = reason(
    "SH-11",
    _AMOUNT,
    Text(
        pl="Zakres {scope}, {month}: zaplanowano {expected}, a obniżenie to {found}.",
        en="Scope {scope}, {month}: {expected} is planned, and the lowering is {found}.",
    ),
    basis=SHIFTS,
    remedy=Text(
        pl="Obniż ten miesiąc najwyżej o {expected}, resztę w innym miesiącu kwartału.",
        en="Lower this month by {expected} at most, the rest in another month of the quarter.",
    ),
)
NO_SUCH_UNITS = reason(
    "SH-12",
    _AMOUNT,
    Text(
        pl="Zakres {scope}, {month}: kwoty {found} nie da się zapisać w jednostkach po {price}.",
        en="Scope {scope}, {month}: no number of units at {price} makes the change {found}.",
    ),
    basis=_OUR_READING,
    remedy=Text(
        pl="Najbliższa możliwa zmiana to {expected}.", en="The nearest possible change is {expected}."
    ),
)
BELOW_BILLED = reason(
    "SH-13",
    _AMOUNT,
    Text(
        pl="Po przesunięciu plan byłby niższy niż wystawione szablony. {sentence}",
        en="After the shift the plan would be below the issued templates. {sentence}",
    ),
    basis=_OUR_READING,
    remedy=Text(
        pl="Przesuń mniej albo w innym miesiącu kwartału. {way_out}",
        en="Shift less, or in another month of the quarter. {way_out}",
    ),
)
