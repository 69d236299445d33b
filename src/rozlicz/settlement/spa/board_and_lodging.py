"""Board and lodging of exempt persons in a spa sanatorium, which the Fund pays in their place (R42–R44).

For each billed person-day, at the daily rate of a double room without full bathroom in the season of that day. It
ends with the day before the birthday, and with the last day of the document that proves the ground.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from rozlicz.kernel.ages import completed_years
from rozlicz.kernel.legal import Parameter
from rozlicz.kernel.refusals import Reason, Refusal, Severity, reason
from rozlicz.kernel.texts import Text
from rozlicz.messages.spa_stays import Exemption, ExemptionProof, SpaExemption, SpaTreatment
from rozlicz.settlement.spa.bases import BENEFITS_ACT_33_4, SPA_TERMS
from rozlicz.settlement.spa.days_shown import days_text
from rozlicz.settlement.spa.lodging_rates import EXEMPT_ROOM, DayRate, DaysAtRate, grouped, rate_of
from rozlicz.settlement.spa.parameters import CHILD_AGE, EDUCATION_AGE, IN_SANATORIUM

PROOF_OF: dict[SpaExemption, ExemptionProof] = {
    SpaExemption.IN_EDUCATION: ExemptionProof.EDUCATION_DOCUMENT,
    SpaExemption.SEVERE_DISABILITY: ExemptionProof.DISABILITY_CERTIFICATE,
    SpaExemption.ASBESTOS: ExemptionProof.ASBESTOS_DOCUMENT,
}
"""The document each ground needs beside the statement (R44, R49). A child's age needs none."""

_AGE_OF: dict[SpaExemption, Parameter[int]] = {
    SpaExemption.CHILD: CHILD_AGE,
    SpaExemption.IN_EDUCATION: EDUCATION_AGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardAndLodging:
    """What the Fund pays for one stay: days by rate, and why not for others."""

    parts: tuple[DaysAtRate, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def days(self) -> int:
        """How many days are paid."""
        return sum(part.days for part in self.parts)

    @property
    def amount(self) -> int:
        """Σ days × rate, in grosze."""
        return sum(part.amount for part in self.parts)


def board_and_lodging(
    *,
    stay: str,
    field: str = "exemption",
    treatment: SpaTreatment,
    days: Sequence[date],
    exemption: Exemption,
    born_on: date | None,
    branch: str | None = None,
) -> BoardAndLodging:
    """What the Fund pays for the billed person-days of an exempt person; `days` are theirs, each once.

    `stay` is the stay's number and `field` the place in the report, for refusals. `born_on` matters where the ground
    ends with an age.
    """
    if not days:
        return BoardAndLodging()
    because = partial(_because, stay=stay, field=field)
    if treatment not in IN_SANATORIUM.on(days[0], branch).value:
        return BoardAndLodging(refusals=(because(NOT_IN_SANATORIUM, treatment.value),))
    if exemption.ground in _AGE_OF and born_on is None:
        return BoardAndLodging(refusals=(because(AGE_UNKNOWN, ""),))
    checks: tuple[tuple[Reason, Callable[[date], bool]], ...] = (
        (TOO_OLD, lambda day: _young_enough(exemption.ground, born_on, day, branch)),
        (NO_PROOF, lambda day: _proven(exemption, day)),
        (RATE_UNKNOWN, lambda day: _rate(day, branch) is not None),
    )
    left, refusals = list(days), []
    for why, holds in checks:
        failing = [day for day in left if not holds(day)]
        if failing:
            refusals.append(because(why, days_text(failing)))
            left = [day for day in left if holds(day)]
    return BoardAndLodging(parts=grouped(_rates(left, branch)), refusals=tuple(refusals))


def _young_enough(ground: SpaExemption, born_on: date | None, day: date, branch: str | None) -> bool:
    age = _AGE_OF.get(ground)
    if age is None or born_on is None:
        return True
    return completed_years(born_on, day) < age.on(day, branch).value


def _proven(exemption: Exemption, day: date) -> bool:
    needed = PROOF_OF.get(exemption.ground)
    return needed is None or any(
        proof.kind is needed and (proof.valid_to is None or day <= proof.valid_to)
        for proof in exemption.proofs
    )


def _rate(day: date, branch: str | None) -> DayRate | None:
    return rate_of(day, EXEMPT_ROOM.on(day, branch).value, branch=branch)


def _rates(days: Iterable[date], branch: str | None) -> Iterator[DayRate]:
    return (rate for day in days if (rate := _rate(day, branch)) is not None)


def _because(why: Reason, found: Text | str, *, stay: str, field: str) -> Refusal:
    return why.because(field=field, found=found, stay=stay)


_EXEMPTION = Text(pl="zwolnienie z odpłatności", en="exemption from payment")

NOT_IN_SANATORIUM = reason(
    "UZ-401",
    _EXEMPTION,
    Text(
        pl="Pobyt {stay}: wyżywienie i zakwaterowanie finansuje się tylko w sanatorium, a leczenie jest {found}.",
        en="Stay {stay}: board and lodging are paid in a sanatorium only, but the treatment is {found}.",
    ),
    basis=BENEFITS_ACT_33_4,
    remedy=Text(
        pl="Nic nie trzeba robić: w szpitalu uzdrowiskowym pacjent nie płaci.",
        en="Nothing has to be done: in a spa hospital the patient pays nothing.",
    ),
    severity=Severity.WARNING,
)
AGE_UNKNOWN = reason(
    "UZ-402",
    _EXEMPTION,
    Text(
        pl="Pobyt {stay}: nie wiadomo, kiedy urodziła się osoba zwolniona z powodu wieku.",
        en="Stay {stay}: the day of birth of the person exempt by age is not known.",
    ),
    basis=BENEFITS_ACT_33_4,
    remedy=Text(
        pl="Podaj dzień urodzenia albo poprawny numer PESEL.",
        en="Give the day of birth or a right PESEL number.",
    ),
)
TOO_OLD = reason(
    "UZ-403",
    _EXEMPTION,
    Text(
        pl="Pobyt {stay}: w dniach {found} osoba ma już wiek, z którym kończy się zwolnienie.",
        en="Stay {stay}: on {found} the person has reached the age with which the exemption ends.",
    ),
    basis=BENEFITS_ACT_33_4,
    remedy=Text(
        pl="Podaj inną podstawę zwolnienia, jeśli jest; za te dni płaci pacjent.",
        en="Give another ground of exemption if there is one; the patient pays for these days.",
    ),
)
NO_PROOF = reason(
    "UZ-404",
    _EXEMPTION,
    Text(
        pl="Pobyt {stay}: na dni {found} oświadczenie nie wymienia ważnego dokumentu, który potwierdza zwolnienie.",
        en="Stay {stay}: for {found} the statement names no valid document that proves the exemption.",
    ),
    basis=SPA_TERMS,
    remedy=Text(
        pl="Wymień w oświadczeniu orzeczenie, dokument o azbeście albo o nauce i dołącz go do rachunku.",
        en="Name the certificate, asbestos document or that of education in the statement; attach it to the bill.",
    ),
)
RATE_UNKNOWN = reason(
    "UZ-405",
    _EXEMPTION,
    Text(
        pl="Pobyt {stay}: nie jest znana stawka dzienna na dni {found}.",
        en="Stay {stay}: the daily rate on {found} is not known.",
    ),
    basis=BENEFITS_ACT_33_4,
    remedy=Text(
        pl="Oddział ustala stawkę w parametrze spa_lodging_rates.",
        en="The branch rules the rate in the parameter spa_lodging_rates.",
    ),
)
