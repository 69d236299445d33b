"""Why an examination is not billed, or not yet: codes `PR-…`, our own."""

from __future__ import annotations

from rozlicz.kernel.refusals import Severity, reason
from rozlicz.kernel.texts import Text
from rozlicz.settlement.prevention.bases import CONTRACT_PLAN, PROGRAMMES_OF_2014, SIMP_POLICY, SIMP_TERMS

_EXAMINATION = Text(pl="badanie", en="examination")
_SCOPE = Text(pl="zakres", en="scope")
_APPROVAL = Text(pl="zatwierdzenie", en="approval")
_RESULT = Text(pl="wynik", en="result")
_VISIT = Text(pl="druga wizyta", en="second visit")

MONTH_NOT_OVER = reason(
    "PR-101",
    Text(pl="miesiąc rachunku", en="month of the bill"),
    Text(
        pl="Rachunek za {found} powstaje po zakończeniu miesiąca, najwcześniej {expected}.",
        en="The bill for {found} is made after the end of the month, on {expected} at the earliest.",
    ),
    basis=SIMP_TERMS,
    remedy=Text(pl="Poczekaj do tego dnia.", en="Wait until that day."),
)
NOT_IN_CONTRACT = reason(
    "PR-201",
    _SCOPE,
    Text(
        pl="Badanie {examination}: umowa {contract} nie obejmuje {found}.",
        en="Examination {examination}: contract {contract} does not hold {found}.",
    ),
    basis=CONTRACT_PLAN,
    remedy=Text(
        pl="Podaj umowę, zakres i wyróżnik z pliku umowy.",
        en="Give contract, scope and distinguishing number as in the contract file.",
    ),
)
NO_PROGRAMME = reason(
    "PR-202",
    _SCOPE,
    Text(
        pl="Badanie {examination}: {found} nie jest zakresem ani produktem programu {expected}.",
        en="Examination {examination}: {found} is no scope or product of programme {expected}.",
    ),
    basis=PROGRAMMES_OF_2014,
    remedy=Text(pl="Popraw zakres, program albo etap.", en="Correct scope, programme or stage."),
)
NOT_IN_SIMP = reason(
    "PR-203",
    _SCOPE,
    Text(
        pl="Badanie {examination}: program {found} sprawozdaje się komunikatem SWIAD, nie w SIMP.",
        en="Examination {examination}: programme {found} is reported by the message SWIAD, not in SIMP.",
    ),
    basis=SIMP_TERMS,
    remedy=Text(
        pl="Wykaż świadczenie w raporcie świadczeń ambulatoryjnych i szpitalnych.",
        en="Report the service in the report of outpatient and hospital services.",
    ),
)
HAS_ERRORS = reason(
    "PR-204",
    _EXAMINATION,
    Text(
        pl="Badanie {examination} ma nieusunięte błędy: {found}.",
        en="Examination {examination} has errors that are not removed: {found}.",
    ),
    basis=SIMP_TERMS,
    remedy=Text(pl="Usuń błędy i wyślij wyższą wersję.", en="Remove the errors and send a higher version."),
)
BILLED_TWICE = reason(
    "PR-205",
    _EXAMINATION,
    Text(
        pl="Badanie {examination} jest tym samym co {found}: ta sama osoba, program, etap i dzień.",
        en="Examination {examination} is the same as {found}: the same person, programme, stage and day.",
    ),
    basis=SIMP_POLICY,
    remedy=Text(pl="Wycofaj jedno z nich.", en="Withdraw one of them."),
)
NO_COORDINATION = reason(
    "PR-206",
    Text(pl="dokument uprawniający", en="entitlement document"),
    Text(pl="Badanie {examination}: {told}", en="Examination {examination}: {told}"),
    basis=SIMP_TERMS,
    remedy=Text(pl="{way}", en="{way}"),
)
IMPOSSIBLE_DAYS = reason(
    "PR-207",
    _EXAMINATION,
    Text(
        pl="Badanie {examination}: {found} jest przed wykonaniem badania ({expected}).",
        en="Examination {examination}: {found} is before the examination was done ({expected}).",
    ),
    basis=SIMP_TERMS,
    remedy=Text(pl="Popraw dni i zatwierdź badanie.", en="Correct the days and approve the examination."),
)

NOT_APPROVED = reason(
    "PR-301",
    _APPROVAL,
    Text(
        pl="Badanie {examination} nie jest jeszcze zatwierdzone.",
        en="Examination {examination} is not approved yet.",
    ),
    basis=SIMP_TERMS,
    remedy=Text(
        pl="Zatwierdź je; wejdzie do rachunku za miesiąc zatwierdzenia.",
        en="Approve it; it will be in the bill of the month of approval.",
    ),
    severity=Severity.WARNING,
)
PAPER_RESULT_MISSING = reason(
    "PR-302",
    _RESULT,
    Text(
        pl="Badanie {examination}: brak daty wyniku w wersji papierowej.",
        en="Examination {examination}: the day on which the paper result arrived is missing.",
    ),
    basis=SIMP_TERMS,
    remedy=Text(
        pl="Wpisz datę wyniku i zatwierdź badanie po jego otrzymaniu.",
        en="Enter the day of the result, and approve the examination after it has arrived.",
    ),
    severity=Severity.WARNING,
)
RESULT_MISSING = reason(
    "PR-303",
    _RESULT,
    Text(
        pl="Badanie {examination}: brak daty wyniku.",
        en="Examination {examination}: the day of the result is missing.",
    ),
    basis=SIMP_TERMS,
    remedy=Text(
        pl="Wpisz datę wyniku i zatwierdź badanie po jego otrzymaniu.",
        en="Enter the day of the result, and approve the examination after it has come.",
    ),
    severity=Severity.WARNING,
)
SECOND_VISIT_MISSING = reason(
    "PR-304",
    _VISIT,
    Text(
        pl="Badanie {examination}: druga wizyta nie jest zakończona.",
        en="Examination {examination}: the second visit has not ended.",
    ),
    basis=SIMP_TERMS,
    remedy=Text(pl="Zakończ drugą wizytę i zatwierdź ją.", en="End the second visit and approve it."),
    severity=Severity.WARNING,
)
APPROVED_TOO_EARLY = reason(
    "PR-305",
    _APPROVAL,
    Text(
        pl="Badanie {examination} zatwierdzono {found}, a powinno być zatwierdzone po {expected}.",
        en="Examination {examination} was approved on {found}, but should be approved after {expected}.",
    ),
    basis=SIMP_TERMS,
    remedy=Text(
        pl="Zatwierdź je ponownie; wejdzie do rachunku za miesiąc tego zatwierdzenia.",
        en="Approve it again; it will be in the bill of the month of that approval.",
    ),
    severity=Severity.WARNING,
)
