"""Why a service fits no bill, and a bill no list of the branch, under coordination: the sentences.

The codes are this house's own.
"""

from __future__ import annotations

from rozlicz.kernel.legal import Basis
from rozlicz.kernel.refusals import Reason, reason
from rozlicz.kernel.texts import Text

REGULATIONS = Basis(
    Text(
        pl="rozporządzenia (WE) 883/2004 i 987/2009; wcześniej (EWG) 1408/71 i 574/72",
        en="regulations (EC) 883/2004 and 987/2009; before them (EEC) 1408/71 and 574/72",
    )
)
VALIDITY = Basis(
    Text(
        pl="Łódzki OW NFZ, Rozliczanie świadczeń, 3.09.2020: decyzja albo dokument ważny w czasie świadczenia",
        en="Łódź branch, Settlement of services, 3 Sep 2020: a decision or document valid during the service",
    )
)
CLAIMS = Basis(
    Text(
        pl="art. 62–64 rozporządzenia (WE) 987/2009: koszt rzeczywisty E-125 PL, należność ryczałtowa E-127 PL",
        en="art. 62–64 of regulation (EC) 987/2009: actual cost on E-125 PL, lump sum on E-127 PL",
    )
)

_STATE = Text(pl="państwo instytucji właściwej", en="state of the competent institution")
_DOCUMENT = Text(pl="dokument uprawniający", en="entitlement document")
_BILL = Text(pl="rachunek", en="bill")

NO_COORDINATION = reason(
    "C-1",
    _STATE,
    Text(
        pl="{country} nie stosowało przepisów o koordynacji (miesiąc sprawozdawczy: {month}).",
        en="{country} was not under coordination in {month}.",
    ),
    basis=REGULATIONS,
    remedy=Text(
        pl="Sprawdź państwo instytucji właściwej na dokumencie. Świadczenia nie rozlicza się na tej podstawie.",
        en="Check the state of the competent institution on the document. The service is not settled on this basis.",
    ),
)

NO_DOCUMENT = reason(
    "C-2",
    _DOCUMENT,
    Text(
        pl="Osoba ubezpieczona w {country}, a dokument {found} nie potwierdza prawa do świadczeń na podstawie "
        "przepisów o koordynacji.",
        en="The person is insured in {country}, and document {found} confirms no right under coordination.",
    ),
    basis=REGULATIONS,
    remedy=Text(
        pl="Podaj dokument: EKUZ, certyfikat zastępczy, S1, S2 (E-112) albo formularz serii E-100.",
        en="Give the document: EKUZ, its substitute certificate, S1, S2 (E-112) or a form of the E-100 series.",
    ),
)

S1_TOO_EARLY = reason(
    "C-3",
    _DOCUMENT,
    Text(
        pl="{country} nie wystawiało jeszcze dokumentu S1 (miesiąc sprawozdawczy: {month}).",
        en="{country} did not issue document S1 yet in {month}.",
    ),
    basis=REGULATIONS,
    remedy=Text(
        pl="Sprawdź rodzaj dokumentu: w tym miesiącu obowiązywały formularze E-106, E-109, E-120 i E-121.",
        en="Check the kind of document: in that month the forms were E-106, E-109, E-120 and E-121.",
    ),
)

NOT_VALID = reason(
    "C-4",
    Text(pl="ważność dokumentu", en="validity of the document"),
    Text(
        pl="Dokument {document} jest ważny: {found}. Świadczenie trwało: {expected}. Dokument musi obejmować "
        "każdy jego dzień.",
        en="Document {document} is valid: {found}. The service lasted: {expected}. The document must cover each "
        "of its days.",
    ),
    basis=VALIDITY,
    remedy=Text(
        pl="Podaj dokument ważny od pierwszego do ostatniego dnia świadczenia albo popraw daty; decyzja wójta, "
        "burmistrza lub prezydenta ma obie.",
        en="Give a document valid from the first to the last day of the service, or correct the dates; a mayor's "
        "decision has both.",
    ),
)

UNKNOWN_BILL = reason(
    "C-5",
    _BILL,
    Text(
        pl="Świadczenie osoby z {country} wskazuje rachunek {found} świadczeniodawcy {provider}, którego nie ma "
        "wśród przyjętych.",
        en="A service to a person of {country} names bill {found} of provider {provider}, which is not among the "
        "accepted ones.",
    ),
    basis=CLAIMS,
    remedy=Text(
        pl="Umieść je w zestawieniu po przyjęciu rachunku.", en="List it when the bill has been accepted."
    ),
)

WRONG_BILL = reason(
    "C-6",
    _BILL,
    Text(
        pl="Świadczenie z dokumentem {document} ({country}) stoi na rachunku {bill}: {found}, a należy do: "
        "{expected}.",
        en="A service on document {document} ({country}) stands on bill {bill}: {found}; it belongs on: {expected}.",
    ),
    basis=CLAIMS,
    remedy=Text(
        pl="Skoryguj rachunek i wystaw właściwy; do tego czasu świadczenia nie ma w zestawieniu.",
        en="Correct the bill and issue the right one; until then the service is on no list.",
    ),
)

SUM_DIFFERS = reason(
    "C-7",
    Text(pl="kwota rachunku", en="amount of the bill"),
    Text(
        pl="Rachunek {bill} świadczeniodawcy {provider} opiewa na {expected}, a świadczenia osób do zestawienia "
        "dają {found}. Rachunku nie ma w zestawieniu.",
        en="Bill {bill} of provider {provider} is for {expected}, and the services of persons to be listed make "
        "{found}. The bill is on no list.",
    ),
    basis=CLAIMS,
    remedy=Text(
        pl="Podaj wszystkie świadczenia rachunku, każde raz, z kwotą z rachunku.",
        en="Give all services of the bill, each once, with its amount on the bill.",
    ),
)

REASONS: tuple[Reason, ...] = (
    NO_COORDINATION,
    NO_DOCUMENT,
    S1_TOO_EARLY,
    NOT_VALID,
    UNKNOWN_BILL,
    WRONG_BILL,
    SUM_DIFFERS,
)
"""The catalogue."""
