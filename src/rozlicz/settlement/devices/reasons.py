"""Why a supply is not settled, or not in full: codes `ZM-…`, our own."""

from __future__ import annotations

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.refusals import Reason, Severity, reason
from rozlicz.kernel.texts import Text
from rozlicz.settlement.devices.bases import FINANCING, ORDERS, SUPPLY_POLICY, SUPPLY_TERMS, YEAR_END

_POSITION = Text(pl="pozycja zaopatrzenia", en="position of supply")
_DATES = Text(pl="dni zlecenia i odbioru", en="days of order and receipt")
_MONTHS = Text(pl="miesiące zaopatrzenia", en="months of supply")
_DEVICE = Text(pl="wyrób medyczny", en="medical device")
_QUANTITY = Text(pl="ilość", en="quantity")


def _why(code: str, field: Text, text: Text, remedy: Text, basis: Basis = SUPPLY_TERMS) -> Reason:
    return reason(code, field, text, basis=basis, remedy=remedy)


def _warning(code: str, field: Text, text: Text, remedy: Text, basis: Basis = SUPPLY_TERMS) -> Reason:
    return reason(code, field, text, basis=basis, remedy=remedy, severity=Severity.WARNING)


INCOMPLETE = _why(
    "ZM-101",
    _POSITION,
    Text(
        pl="Pozycja {position} nie ma identyfikatora, zlecenia, wyrobu albo danych rozliczenia.",
        en="Position {position} has no identifier, order, device or data of settlement.",
    ),
    Text(
        pl="Uzupełnij pozycję i wyślij ją w wyższej wersji.",
        en="Complete the position and send it in a higher version.",
    ),
)
UNREADABLE = _why(
    "ZM-102",
    _POSITION,
    Text(
        pl="Pozycja {position}: pole {what} ma wartość „{found}”, a powinna to być {expected}.",
        en="Position {position}: field {what} holds “{found}”, but should be {expected}.",
    ),
    Text(
        pl="Popraw wartość i wyślij pozycję w wyższej wersji.",
        en="Correct the value and send the position in a higher version.",
    ),
)
NOT_IN_CONTRACT = _why(
    "ZM-201",
    Text(pl="zakres", en="scope"),
    Text(
        pl="Pozycja {position}: umowa {contract} nie obejmuje {found} rozliczanego zaopatrzeniem w tym miesiącu.",
        en="Position {position}: contract {contract} does not hold {found}, settled by supply, in this month.",
    ),
    Text(
        pl="Podaj umowę, zakres, wyróżnik i wyrób z pliku umowy.",
        en="Give contract, scope, distinguishing number and device as in the contract file.",
    ),
)
DATES_IMPOSSIBLE = _why(
    "ZM-202",
    _DATES,
    Text(
        pl="Pozycja {position}: dni wystawienia, przyjęcia i odbioru ({found}) nie następują po sobie "
        "w okresie do {expected}.",
        en="Position {position}: the days of issue, acceptance and receipt ({found}) do not follow each "
        "other up to {expected}.",
    ),
    Text(
        pl="Popraw dni albo miesiąc sprawozdawczy: rozlicza się zlecenia zrealizowane.",
        en="Correct the days or the reporting month: completed orders are settled.",
    ),
)
ORDER_EXPIRED = _why(
    "ZM-203",
    _DATES,
    Text(
        pl="Pozycja {position}: zlecenie z {found} było ważne do {expected}.",
        en="Position {position}: the order of {found} was valid until {expected}.",
    ),
    Text(pl="Potrzebne jest nowe zlecenie.", en="A new order is needed."),
    ORDERS,
)
DEVICE_UNKNOWN = _why(
    "ZM-204",
    _DEVICE,
    Text(
        pl="Pozycja {position}: nie jest znany limit wyrobu {found} (lub jego naprawy) w dniu {expected}.",
        en="Position {position}: the limit of device {found} (or of its repair) on {expected} is not known.",
    ),
    Text(
        pl="Oddział ustala limit w wykazie wyrobów.", en="The branch rules the limit in its list of devices."
    ),
    FINANCING,
)
NOT_MONTHLY = _why(
    "ZM-301",
    _MONTHS,
    Text(
        pl="Pozycja {position}: wyrobu {found} nie wydaje się miesięcznie.",
        en="Position {position}: device {found} is not supplied month by month.",
    ),
    Text(pl="Usuń miesiące zaopatrzenia.", en="Leave the months of supply out."),
    ORDERS,
)
MONTHS_WRONG = _why(
    "ZM-302",
    _MONTHS,
    Text(
        pl="Pozycja {position}: część zaopatrzenia obejmuje {found}, a może obejmować od 1 do {expected} miesięcy.",
        en="Position {position}: the part of supply holds {found}, but may hold 1 to {expected} months.",
    ),
    Text(pl="Popraw miesiące części.", en="Correct the months of the part."),
    ORDERS,
)
PAST_MONTHS = _why(
    "ZM-303",
    _MONTHS,
    Text(
        pl="Pozycja {position}: {found} minął, gdy przyjęto zlecenie ({expected}); "
        "za miesiące minione się nie realizuje.",
        en="Position {position}: {found} was past when the order was accepted ({expected}); "
        "past months are not realised.",
    ),
    Text(
        pl="Zacznij część od miesiąca przyjęcia zlecenia.",
        en="Begin the part with the month in which the order was accepted.",
    ),
    ORDERS,
)
ORDER_TOO_SHORT = _why(
    "ZM-304",
    _MONTHS,
    Text(
        pl="Pozycja {position}: zlecenie daje zaopatrzenie do {expected}, a część kończy się {found}.",
        en="Position {position}: the order gives supply until {expected}, but the part ends with {found}.",
    ),
    Text(pl="Skróć część albo zrealizuj nowe zlecenie.", en="Shorten the part, or realise a new order."),
    ORDERS,
)
OTHER_YEAR = _why(
    "ZM-305",
    _MONTHS,
    Text(
        pl="Pozycja {position}: {found} nie należy do roku {expected}, w którym jest rozliczana.",
        en="Position {position}: {found} is not in the year {expected} in which it is settled.",
    ),
    Text(
        pl="Wykaż zaopatrzenie w miesiącu sprawozdawczym jego roku.",
        en="Report the supply in a reporting month of its own year.",
    ),
    YEAR_END,
)
YEAR_CUT = _warning(
    "ZM-306",
    _MONTHS,
    Text(
        pl="Pozycja {position}: rozliczono {expected} szt. z {found}, za miesiące roku {year}.",
        en="Position {position}: {expected} pieces of {found} are settled, for the months of {year}.",
    ),
    Text(
        pl="Resztę wykaż jako osobną część w drugim roku.",
        en="Report the rest as a part of its own in the other year.",
    ),
    YEAR_END,
)
PERIOD_USED = _why(
    "ZM-401",
    _QUANTITY,
    Text(
        pl="Pozycja {position}: ten pacjent dostał już {found} w okresie użytkowania (zlecenie {other}).",
        en="Position {position}: this patient got {found} in the period of use already (order {other}).",
    ),
    Text(
        pl="W jednym okresie użytkowania płaci się za jedno zaopatrzenie; popraw dni, miesiące albo stronę ciała.",
        en="One supply is paid for in a period of use; correct days, months or side of the body.",
    ),
    FINANCING,
)
OVER_QUANTITY = _warning(
    "ZM-402",
    _QUANTITY,
    Text(
        pl="Pozycja {position}: z {found} szt. finansuje się {expected}; za resztę płaci pacjent.",
        en="Position {position}: of {found} pieces {expected} are paid for; the patient pays for the rest.",
    ),
    Text(
        pl="Wykaż uprawnienie, które znosi limit ilości, jeśli pacjent je ma.",
        en="Report the entitlement that lifts the limit of quantity, if the patient has one.",
    ),
    FINANCING,
)
AGE_UNKNOWN = _warning(
    "ZM-403",
    Text(pl="data urodzenia", en="date of birth"),
    Text(
        pl="Pozycja {position}: nie wiadomo, kiedy urodził się pacjent; przyjęto udział dla dorosłych.",
        en="Position {position}: the day of birth of the patient is not known; the share of adults is taken.",
    ),
    Text(
        pl="Podaj datę urodzenia albo poprawny numer PESEL.",
        en="Give the day of birth or a right PESEL number.",
    ),
    FINANCING,
)
NO_COORDINATION = _why(
    "ZM-404",
    Text(pl="dokument uprawniający", en="entitlement document"),
    Text(
        pl="Pozycja {position}: {why}",
        en="Position {position}: {why}",
    ),
    Text(pl="{way}", en="{way}"),
)
STATED_OTHERWISE = _warning(
    "ZM-501",
    Text(pl="kwoty pozycji", en="amounts of the position"),
    Text(
        pl="Pozycja {position}: w raporcie pole {what} to {found}, a wynika {expected}.",
        en="Position {position}: the report says {found} in field {what}, but {expected} follows.",
    ),
    Text(
        pl="Rozliczono kwotę, która wynika; popraw pozycję, jeśli cena, ilość albo limit są inne.",
        en="What follows is settled; correct the position if price, quantity or limit differ.",
    ),
    SUPPLY_POLICY,
)
