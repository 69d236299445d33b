"""Why something of a month is not settled by lump sum: the sentences. The codes are this house's own."""

from __future__ import annotations

from rozlicz.kernel.refusals import Reason, Severity, reason
from rozlicz.kernel.texts import Text
from rozlicz.settlement.bases import POLICY
from rozlicz.settlement.lump_sums.network_parameters import NETWORK_REGULATION
from rozlicz.settlement.lump_sums.parameters import REAL_COSTS, TERMS_OF_LUMP_SUMS

_SCOPE = Text(pl="zakres", en="scope")
_DAY = Text(pl="dzień", en="day")
_NUMBER = Text(pl="liczba", en="number")

NOT_IN_CONTRACT = reason(
    "L-1",
    Text(pl="okres sprawozdawczy", en="reporting period"),
    Text(
        pl="Umowa {contract} nie obejmuje okresu {found}: żaden jego dzień nie jest w umowie i jej okresie "
        "rozliczeniowym. Ryczałt się nie należy.",
        en="Contract {contract} does not cover {found}: none of its days lies in the contract and its "
        "settlement period. No lump sum is due.",
    ),
    basis=TERMS_OF_LUMP_SUMS,
    remedy=Text(
        pl="Wybierz inny okres albo sprawdź w oddziale, czy umowa lub aneks go obejmuje.",
        en="Choose another period, or ask the branch whether the contract or an annex covers it.",
    ),
)

NO_RATE = reason(
    "L-2",
    Text(pl="stawka ryczałtu", en="rate of the lump sum"),
    Text(
        pl="Zakres {scope}: umowa nie ma stawki za {measure} na dni {found}{variant}. Te dni nie są rozliczone.",
        en="Scope {scope}: the contract has no rate per {measure} for {found}{variant}. These days are not settled.",
    ),
    basis=TERMS_OF_LUMP_SUMS,
    remedy=Text(
        pl="Pobierz plik umowy z ostatnim aneksem; jeśli stawki nie ma, zwróć się do oddziału o aneks.",
        en="Get the contract file of the newest annex; if the rate is missing, ask the branch for an annex.",
    ),
)

NO_RATE_AT_ALL = reason(
    "L-3",
    Text(pl="stawka ryczałtu", en="rate of the lump sum"),
    Text(
        pl="Zakres {scope} rozlicza się ryczałtem, a umowa nie ma w nim żadnej stawki za dobę, miesiąc, dyżur "
        "ani poradę.",
        en="Scope {scope} is settled by lump sum, and the contract has no rate per day, month, duty or visit in it.",
    ),
    basis=TERMS_OF_LUMP_SUMS,
    remedy=Text(
        pl="Pobierz plik umowy z ostatnim aneksem; jeśli stawki nie ma, zwróć się do oddziału o aneks.",
        en="Get the contract file of the newest annex; if the rate is missing, ask the branch for an annex.",
    ),
)

OUTSIDE = reason(
    "L-4",
    _DAY,
    Text(
        pl="Zakres {scope}: {what} z dnia {found} nie należy do rozliczanych dni ({expected}). Nie jest rozliczone.",
        en="Scope {scope}: {what} of {found} is on none of the days that are settled ({expected}). It is not "
        "settled.",
    ),
    basis=TERMS_OF_LUMP_SUMS,
    remedy=Text(
        pl="Popraw datę albo rozlicz je w okresie i umowie, do których należy.",
        en="Correct the date, or settle it in the period and contract it belongs to.",
    ),
)

TOO_MANY_DUTIES_OF_A_DAY = reason(
    "L-5",
    Text(pl="dyżury", en="duties"),
    Text(
        pl="Zakres {scope}, komórka {cell}, {day}: dyżurów po 12 godzin jest {found}, a doba mieści {expected}. "
        "Nadwyżka nie jest rozliczona.",
        en="Scope {scope}, cell {cell}, {day}: there are {found} duties of 12 hours, and a day has room for "
        "{expected}. What is above is not settled.",
    ),
    basis=POLICY,
    remedy=Text(pl="Sprawdź harmonogram dyżurów tego dnia.", en="Check the schedule of duties of that day."),
)

DUTIES_ABOVE_PLAN = reason(
    "L-6",
    Text(pl="dyżury", en="duties"),
    Text(
        pl="Zakres {scope}: dyżurów jest {found}, a plan miesiąca ma {expected}. Rozliczono najwcześniejsze w "
        "planie.",
        en="Scope {scope}: there are {found} duties, and the month's plan has {expected}. The earliest ones "
        "within the plan are settled.",
    ),
    basis=POLICY,
    remedy=Text(
        pl="Popraw liczbę dyżurów albo wystąp o aneks zwiększający plan.",
        en="Correct the number of duties, or ask for an annex that raises the plan.",
    ),
    severity=Severity.WARNING,
)

NOT_POSITIVE = reason(
    "L-7",
    _NUMBER,
    Text(
        pl="Zakres {scope}: {what} to {found}, a musi być większe od zera.",
        en="Scope {scope}: {what} is {found}, and must be above zero.",
    ),
    basis=TERMS_OF_LUMP_SUMS,
    remedy=Text(pl="Podaj właściwą liczbę.", en="Give the right number."),
)

NO_SUCH_SCOPE = reason(
    "L-8",
    _SCOPE,
    Text(
        pl="Zakresu {found} umowa {contract} nie rozlicza ryczałtem. Podanych dla niego danych nie rozliczono.",
        en="Contract {contract} does not settle scope {found} by lump sum. What was given for it is not settled.",
    ),
    basis=TERMS_OF_LUMP_SUMS,
    remedy=Text(pl="Podaj zakres z umowy.", en="Name a scope of the contract."),
)

NOT_FOR_REAL_COSTS = reason(
    "L-9",
    _SCOPE,
    Text(
        pl="Świadczenie {service}: {found} nie jest w umowie {contract} zakresem „– UE”. Świadczenia udzielone "
        "w ramach ryczałtu osobom z UE i EFTA rozlicza się w takich zakresach, po rzeczywistym koszcie.",
        en="Service {service}: {found} is no scope “– UE” of contract {contract}. Services inside a lump sum "
        "to EU and EFTA persons are settled in such scopes, at their real cost.",
    ),
    basis=REAL_COSTS,
    remedy=Text(
        pl="Wykaż świadczenie w zakresie „– UE”; jeśli umowa go nie ma, zwróć się do oddziału o aneks.",
        en="Report the service in a scope “– UE”; if the contract has none, ask the branch for an annex.",
    ),
)

NO_BILL_OF_ITS_OWN = reason(
    "L-10",
    Text(pl="dokument uprawniający", en="entitlement document"),
    Text(
        pl="Świadczenie {service}: osoba jest w rachunku ogólnym ({found}), a jej leczenie pokrywa ryczałt. "
        "Rzeczywistego kosztu nie rozlicza się osobno.",
        en="Service {service}: the person stands on the general bill ({found}), and the lump sum pays for the "
        "treatment. The real cost is not settled apart.",
    ),
    basis=REAL_COSTS,
    remedy=Text(
        pl="Usuń świadczenie z zakresu „– UE” albo popraw rodzaj dokumentu i państwo.",
        en="Remove the service from the scope “– UE”, or correct the kind of document and the state.",
    ),
)

TWICE = reason(
    "L-11",
    Text(pl="świadczenie", en="service"),
    Text(
        pl="Świadczenie {service} podano więcej niż raz. Rozliczono je raz, jak podano najpierw.",
        en="Service {service} is given more than once. It is settled once, as it was given first.",
    ),
    basis=REAL_COSTS,
    remedy=Text(pl="Usuń powtórzenie.", en="Remove the repetition."),
)

NETWORK_NUMBER = reason(
    "L-12",
    _NUMBER,
    Text(
        pl="Ryczałt systemu zabezpieczenia: {what} musi być większe od zera, a jest {found}.",
        en="Lump sum of the hospital network: {what} must be above zero, and is {found}.",
    ),
    basis=NETWORK_REGULATION,
    remedy=Text(
        pl="Podaj ryczałt i liczbę jednostek z umowy okresu obliczeniowego.",
        en="Give the lump sum and the number of units of the contract of that period.",
    ),
)

GRANTED_TOO_MUCH = reason(
    "L-13",
    Text(pl="kwota przyznana", en="amount granted"),
    Text(
        pl="Ponad ryczałt przyznano {found}, a wykonanie pozwala najwyżej na {expected}.",
        en="{found} is granted above the lump sum, and execution allows {expected} at most.",
    ),
    basis=NETWORK_REGULATION,
    remedy=Text(pl="Przyznaj od zera do {expected}.", en="Grant between zero and {expected}."),
)

NO_REAL_COSTS = reason(
    "L-14",
    _SCOPE,
    Text(
        pl="Zakres {found} umowy {contract} nie należy do ryczałtów, dla których wykazuje się koszt rzeczywisty "
        "osób z UE i EFTA w zakresie „– UE”.",
        en="Scope {found} of contract {contract} is none of the lump sums for which the real cost of EU and EFTA "
        "persons is shown in a scope “– UE”.",
    ),
    basis=REAL_COSTS,
    remedy=Text(
        pl="Sprawdź zakres: to oddział ratunkowy, izba przyjęć, doraźna pomoc stomatologiczna oraz nocna i "
        "świąteczna opieka.",
        en="Check the scope: they are emergency ward, admission room, emergency dental care, night and holiday care.",
    ),
)

NO_REAL_COST_SCOPE = reason(
    "L-15",
    _SCOPE,
    Text(
        pl="Umowa {contract} nie ma zakresu „{expected}” dla kosztu rzeczywistego świadczeń z zakresu {found}.",
        en="Contract {contract} has no scope “{expected}” for the real cost of services of scope {found}.",
    ),
    basis=REAL_COSTS,
    remedy=Text(
        pl="Zwróć się do oddziału o aneks z tym zakresem.", en="Ask the branch for an annex with that scope."
    ),
)

SEVERAL_REAL_COST_SCOPES = reason(
    "L-16",
    _SCOPE,
    Text(
        pl="Umowa {contract} ma kilka zakresów „– UE” dla zakresu {found}: {expected}. Nie wiadomo, który wybrać.",
        en="Contract {contract} has several scopes “– UE” for scope {found}: {expected}. Which to take is not known.",
    ),
    basis=REAL_COSTS,
    remedy=Text(
        pl="Podaj liczbę ludności obszaru nocnej i świątecznej opieki albo wykaż świadczenie w zakresie „– UE”.",
        en="Tell the population of the area of night and holiday care, or report the service in its scope “– UE”.",
    ),
)

REASONS: tuple[Reason, ...] = (
    NOT_IN_CONTRACT,
    NO_RATE,
    NO_RATE_AT_ALL,
    OUTSIDE,
    TOO_MANY_DUTIES_OF_A_DAY,
    DUTIES_ABOVE_PLAN,
    NOT_POSITIVE,
    NO_SUCH_SCOPE,
    NOT_FOR_REAL_COSTS,
    NO_BILL_OF_ITS_OWN,
    TWICE,
    NETWORK_NUMBER,
    GRANTED_TOO_MUCH,
    NO_REAL_COSTS,
    NO_REAL_COST_SCOPE,
    SEVERAL_REAL_COST_SCOPES,
)
"""The catalogue."""
