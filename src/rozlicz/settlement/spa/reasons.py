"""Why a report, a stay or days of it are not settled, and what a spa should look at: codes `UZ-…`, our own."""

from __future__ import annotations

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.refusals import Reason, Severity, reason
from rozlicz.kernel.texts import Text
from rozlicz.settlement.spa.bases import SPA_POLICY, SPA_TERMS

_REPORT = Text(pl="raport", en="report")
_DATES = Text(pl="dni pobytu", en="days of the stay")
_LEAVE = Text(pl="nieobecność", en="absence")


def _warning(code: str, field: Text, text: Text, remedy: Text, basis: Basis = SPA_TERMS) -> Reason:
    return reason(code, field, text, basis=basis, remedy=remedy, severity=Severity.WARNING)


_SIGNED_CONTRACT = Basis(
    Text(
        pl="Łódzki OW NFZ: rozlicza się świadczenia wykonane w ramach podpisanej umowy, 3.09.2020",
        en="Łódź branch of the Fund: services under a signed contract are settled, 3 Sep 2020",
    )
)

NOT_IN_CONTRACT = reason(
    "UZ-101",
    Text(pl="zakres", en="scope"),
    Text(
        pl="Umowa {contract} nie ma zakresu {found} rozliczanego pobytami w uzdrowisku.",
        en="Contract {contract} has no scope {found} settled by spa stays.",
    ),
    basis=_SIGNED_CONTRACT,
    remedy=Text(
        pl="Podaj umowę, zakres i wyróżnik z pliku umowy.",
        en="Give contract, scope and distinguishing number as in the contract file.",
    ),
)
ROUND_IMPOSSIBLE = reason(
    "UZ-102",
    _REPORT,
    Text(
        pl="Turnus {number} kończy się {found}, przed rozpoczęciem {expected}.",
        en="Round {number} ends on {found}, before it begins on {expected}.",
    ),
    basis=SPA_TERMS,
    remedy=Text(pl="Popraw dni turnusu.", en="Correct the days of the round."),
)
ROUND_TOO_LONG = reason(
    "UZ-103",
    _REPORT,
    Text(
        pl="Turnus {number} trwa {found} dni, więcej niż {expected}.",
        en="Round {number} lasts {found} days, more than {expected}.",
    ),
    basis=SPA_POLICY,
    remedy=Text(pl="Popraw dni turnusu.", en="Correct the days of the round."),
)
OUTSIDE_CONTRACT = reason(
    "UZ-104",
    _REPORT,
    Text(
        pl="Okres raportu ({found}) jest poza okresem obowiązywania umowy ({expected}).",
        en="The period of the report ({found}) is outside the time of the contract ({expected}).",
    ),
    basis=_SIGNED_CONTRACT,
    remedy=Text(
        pl="Podaj umowę, w ramach której wykonano świadczenia.",
        en="Give the contract under which the services were performed.",
    ),
)
TREATMENT_DIFFERS = reason(
    "UZ-105",
    _REPORT,
    Text(
        pl="Rodzaj leczenia {found} nie ma takiego okresu: ambulatoryjne rozlicza się miesiącem, inne turnusem.",
        en="Treatment {found} has no such period: outpatient treatment is settled by month, other by round.",
    ),
    basis=SPA_TERMS,
    remedy=Text(pl="Popraw rodzaj leczenia albo okres.", en="Correct the treatment or the period."),
)

NUMBER_TWICE = reason(
    "UZ-201",
    Text(pl="numer pobytu", en="number of the stay"),
    Text(
        pl="Pobyt {stay} jest w raporcie drugi raz; rozliczono pierwszy.",
        en="Stay {stay} is in the report a second time; the first is settled.",
    ),
    basis=SPA_POLICY,
    remedy=Text(pl="Nadaj pobytom różne numery.", en="Give stays different numbers."),
)
PATIENT_TWICE = reason(
    "UZ-202",
    _DATES,
    Text(
        pl="Pobyt {stay} jest w tych samych dniach co pobyt {other} tej samej osoby ({found}).",
        en="Stay {stay} is on the same days as stay {other} of the same person ({found}).",
    ),
    basis=SPA_POLICY,
    remedy=Text(
        pl="Usuń jeden z pobytów albo popraw ich dni: za jeden dzień płaci się raz.",
        en="Delete one of the stays or correct their days: a day is paid once.",
    ),
)
REFERRAL_NOT_CONFIRMED = reason(
    "UZ-203",
    Text(pl="skierowanie", en="referral"),
    Text(
        pl="Skierowania {found} pobytu {stay} nie potwierdził oddział {expected}.",
        en="Referral {found} of stay {stay} is not confirmed by branch {expected}.",
    ),
    basis=SPA_TERMS,
    remedy=Text(
        pl="Sprawdź numer skierowania i oddział, który je potwierdził; rozlicza się po potwierdzeniu.",
        en="Check the referral's number and the branch that confirmed it; a stay is settled once it is confirmed.",
    ),
)
DISCHARGED_BEFORE_ARRIVAL = reason(
    "UZ-204",
    _DATES,
    Text(
        pl="Pobyt {stay}: wypis {found} jest przed przyjęciem {expected}.",
        en="Stay {stay}: the discharge on {found} is before the arrival on {expected}.",
    ),
    basis=SPA_TERMS,
    remedy=Text(pl="Popraw dzień przyjęcia albo wypisu.", en="Correct the day of arrival or of discharge."),
)
OUTSIDE_ROUND = reason(
    "UZ-205",
    _DATES,
    Text(
        pl="Pobyt {stay} ({found}) nie ma dnia w turnusie {expected}.",
        en="Stay {stay} ({found}) has no day in the round {expected}.",
    ),
    basis=SPA_TERMS,
    remedy=Text(
        pl="Wykaż pobyt w raporcie jego turnusu.",
        en="Report the stay in the report of its round.",
    ),
)
ENDED_IN_OTHER_MONTH = reason(
    "UZ-206",
    _DATES,
    Text(
        pl="Leczenie {stay} zakończono {found}, a raport jest za {expected}.",
        en="Treatment {stay} ended on {found}, but the report is for {expected}.",
    ),
    basis=SPA_TERMS,
    remedy=Text(
        pl="Wykaż leczenie w raporcie miesiąca, w którym się zakończyło.",
        en="Report the treatment in the month in which it ended.",
    ),
)
LEAVE_IMPOSSIBLE = reason(
    "UZ-207",
    _LEAVE,
    Text(
        pl="Pobyt {stay}: nieobecność kończy się {found}, nie później niż się zaczyna ({expected}).",
        en="Stay {stay}: an absence ends at {found}, not later than it begins ({expected}).",
    ),
    basis=SPA_TERMS,
    remedy=Text(pl="Popraw godziny nieobecności.", en="Correct the times of the absence."),
)
PRODUCT_NOT_IN_CONTRACT = reason(
    "UZ-208",
    Text(pl="produkt", en="product"),
    Text(
        pl="Pobyt {stay}: produktu {found} nie ma w zakresie umowy w dniu przyjęcia.",
        en="Stay {stay}: product {found} is not in the scope of the contract on the day of arrival.",
    ),
    basis=_SIGNED_CONTRACT,
    remedy=Text(pl="Podaj produkt z umowy.", en="Give a product of the contract."),
)
NO_COORDINATION = reason(
    "UZ-209",
    Text(pl="dokument uprawniający", en="entitlement document"),
    Text(pl="Pobyt {stay}: {why}", en="Stay {stay}: {why}"),
    basis=SPA_TERMS,
    remedy=Text(pl="{way}", en="{way}"),
)
NO_RATE = reason(
    "UZ-210",
    _DATES,
    Text(
        pl="Pobyt {stay}: umowa nie ma stawki osobodnia na dni {found}.",
        en="Stay {stay}: the contract has no rate of a person-day on {found}.",
    ),
    basis=_SIGNED_CONTRACT,
    remedy=Text(
        pl="Sprawdź, w ramach której umowy wykonano te dni; reszta pobytu jest rozliczona.",
        en="Check under which contract these days were performed; the rest of the stay is settled.",
    ),
)

DAYS_OUTSIDE_ROUND = _warning(
    "UZ-301",
    _DATES,
    Text(
        pl="Pobyt {stay}: dni poza turnusem {expected} nie są finansowane (pobyt {found}).",
        en="Stay {stay}: days outside the round {expected} are not financed (stay {found}).",
    ),
    Text(
        pl="Sprawdź dni, jeśli to pomyłka; w innym razie nic nie trzeba robić.",
        en="Check the days if it is a mistake; else nothing has to be done.",
    ),
)
LEAVE_OUTSIDE_STAY = _warning(
    "UZ-302",
    _LEAVE,
    Text(
        pl="Pobyt {stay}: przepustka {found} wykracza poza pobyt {expected}; liczy się jej część w czasie pobytu.",
        en="Stay {stay}: the leave {found} goes beyond the stay {expected}; its part inside the stay counts.",
    ),
    Text(pl="Popraw godziny przepustki.", en="Correct the times of the leave."),
)
LEAVE_WITHOUT_END = _warning(
    "UZ-303",
    _LEAVE,
    Text(
        pl="Pobyt {stay}: przepustka od {found} nie ma końca; liczy się do końca pobytu.",
        en="Stay {stay}: the leave from {found} has no end; it counts to the end of the stay.",
    ),
    Text(
        pl="Podaj powrót albo dzień wypisu; o przerwaniu leczenia zawiadom oddział, który potwierdził skierowanie.",
        en="Give the return or the day of discharge; tell an interruption to the branch that confirmed the referral.",
    ),
    SPA_POLICY,
)
ABSENCE_WITHOUT_CONSENT = _warning(
    "UZ-304",
    _LEAVE,
    Text(
        pl="Pobyt {stay}: nieobecność od {found} bez zgody nie jest przepustką i nie obniża liczby osobodni.",
        en="Stay {stay}: the absence from {found} without consent is no leave and takes no person-day away.",
    ),
    Text(
        pl="Jeśli przerwano leczenie, zawiadom oddział, który potwierdził skierowanie; jeśli nie, podaj zgodę.",
        en="If the treatment was interrupted, notify the branch that confirmed the referral; else say who consented.",
    ),
)
TREATMENT_OUTSIDE_STAY = _warning(
    "UZ-305",
    _DATES,
    Text(
        pl="Leczenie {stay}: dni {found} nie są między przyjęciem a wypisem ({expected}) i nie liczą się.",
        en="Treatment {stay}: days {found} are not between arrival and discharge ({expected}) and do not count.",
    ),
    Text(pl="Popraw dni zabiegów.", en="Correct the days of treatment."),
)
GUARDIAN_AS_PATIENT = _warning(
    "UZ-306",
    Text(pl="opiekun", en="guardian"),
    Text(
        pl="Osoba z pobytu {stay} jest też opiekunem w pobycie {other}; pobyt opiekuna nie jest finansowany.",
        en="The person of stay {stay} is also the guardian in stay {other}; a guardian's stay is not financed.",
    ),
    Text(
        pl="Zostaw pobyt tylko, jeśli osoba leczyła się na własne skierowanie.",
        en="Keep the stay only if the person was treated on a referral of their own.",
    ),
)
ROOM_UNKNOWN = _warning(
    "UZ-307",
    Text(pl="pokój", en="room"),
    Text(
        pl="Pobyt {stay}: nie wiadomo, ile pacjent płaci za dni {found}.",
        en="Stay {stay}: what the patient pays for {found} is not known.",
    ),
    Text(
        pl="Podaj pokoje na wszystkie dni; rachunek dla Funduszu od tego nie zależy.",
        en="Tell the rooms of all days; the bill to the Fund does not depend on it.",
    ),
)
