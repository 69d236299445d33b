"""The dictionary of prevention programmes: scopes and products, where each is reported, when it may be billed.

Programmes are carried out in three kinds of services: prevention programmes and primary care have scopes of their
own, outpatient care unit products (R29). Cervical cancer, breast cancer and cardiovascular diseases are reported in
SIMP (R30), the others in the open XML message, three of them with codes of effects (R31).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.texts import Text
from rozlicz.messages.prevention import Stage
from rozlicz.settlement.prevention.bases import PROGRAMMES_OF_2014, SIMP_TERMS, SINCE


class ReportedIn(StrEnum):
    """The system in which a programme is reported, and so settled."""

    SIMP = "SIMP"
    SWIAD = "SWIAD"


class Condition(StrEnum):
    """What lets an examination into the bill beside its approval (R34)."""

    PAPER_RESULT = "paper-result"
    RESULT = "result"
    SECOND_VISIT = "second-visit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeEntry:
    """One line of the dictionary: `code` is a scope, or a unit product of outpatient care (`is_product`).

    `programme` is the code examinations name; the Fund's own codes are not public, these are ours. `condition` is
    None where nothing is settled in SIMP. `effect_codes`: the report tells the effect by a code.
    """

    code: str
    programme: str
    name: Text
    reported_in: ReportedIn
    stage: Stage | None = None
    condition: Condition | None = None
    is_product: bool = False
    effect_codes: bool = False


ALIASES: dict[str, str] = {
    "5.05.0000061": "5.05.00.0000061",
    "5.05.0000062": "5.05.00.0000062",
}
"""Codes as the Łódź document prints them, and as they are."""


def canonical(code: str) -> str:
    """The code of a scope or product, an alias resolved."""
    return ALIASES.get(code, code)


_CERVICAL = Text(pl="profilaktyka raka szyjki macicy", en="cervical cancer prevention")
_BREAST = Text(pl="profilaktyka raka piersi", en="breast cancer prevention")
_GLAUCOMA = Text(pl="badanie przesiewowe w kierunku jaskry", en="glaucoma screening")


def _cervical(code: str, stage: Stage, *, is_product: bool = False) -> ProgrammeEntry:
    return ProgrammeEntry(
        code=code,
        programme="RSM",
        name=_CERVICAL,
        reported_in=ReportedIn.SIMP,
        stage=stage,
        condition=Condition.PAPER_RESULT,
        is_product=is_product,
    )


def _breast(code: str, stage: Stage) -> ProgrammeEntry:
    return ProgrammeEntry(
        code=code,
        programme="RP",
        name=_BREAST,
        reported_in=ReportedIn.SIMP,
        stage=stage,
        condition=Condition.RESULT,
    )


def _in_swiad(
    code: str, programme: str, name: Text, *, stage: Stage | None = None, effect_codes: bool = False
) -> ProgrammeEntry:
    return ProgrammeEntry(
        code=code,
        programme=programme,
        name=name,
        reported_in=ReportedIn.SWIAD,
        stage=stage,
        is_product=programme == "JSK",
        effect_codes=effect_codes,
    )


PROGRAMMES: Parameter[tuple[ProgrammeEntry, ...]] = Parameter(
    name="prevention_programmes",
    meaning=Text(
        pl="Programy profilaktyczne: kody zakresów i produktów, system sprawozdawczy, warunek rachunku",
        en="Prevention programmes: codes of scopes and products, system of reporting, condition of a bill",
    ),
    rulings=(
        Ruling(
            value=(
                _cervical("10.7000.156.02", Stage.DIAGNOSTIC),
                _cervical("10.0000.156.02", Stage.EXTENDED),
                _cervical("5.05.00.0000060", Stage.BASIC, is_product=True),
                _cervical("01.0034.101.01", Stage.BASIC),
                _breast("10.7940.158.02", Stage.BASIC),
                _breast("10.7940.159.02", Stage.BASIC),
                _breast("10.0000.157.02", Stage.EXTENDED),
                ProgrammeEntry(
                    code="01.0010.107.11",
                    programme="CHUK",
                    name=Text(pl="profilaktyka chorób układu krążenia", en="cardiovascular prevention"),
                    reported_in=ReportedIn.SIMP,
                    condition=Condition.SECOND_VISIT,
                ),
                _in_swiad(
                    "10.4450.159.02",
                    "BP",
                    Text(pl="badania prenatalne", en="prenatal examinations"),
                    effect_codes=True,
                ),
                _in_swiad(
                    "10.0010.162.02",
                    "POCHP",
                    Text(pl="profilaktyka chorób odtytoniowych (w tym POChP)", en="tobacco-related diseases"),
                    stage=Stage.BASIC,
                    effect_codes=True,
                ),
                _in_swiad(
                    "01.0032.175.11",
                    "GRUZ",
                    Text(pl="profilaktyka gruźlicy", en="tuberculosis prevention"),
                    effect_codes=True,
                ),
                _in_swiad("5.05.00.0000061", "JSK", _GLAUCOMA),
                _in_swiad("5.05.00.0000062", "JSK", _GLAUCOMA),
            ),
            since=SINCE,
            basis=PROGRAMMES_OF_2014,
        ),
    ),
)
"""The state of the documents. A later list (the cervical programme changed in March 2025, Dz.U. 2025 item 298) is a
ruling of its own: its codes were not seen."""

RESULT_DAY_IS_ENOUGH: Parameter[bool] = Parameter(
    name="prevention_approved_on_day_of_result",
    meaning=Text(
        pl="Badanie zatwierdzone w dniu wyniku lub drugiej wizyty jest zatwierdzone po nich",
        en="An examination approved on the day of the result or second visit is approved after it",
    ),
    rulings=(Ruling(value=True, since=SINCE, basis=SIMP_TERMS),),
)


def entry_of(*, scope: str, product: str = "", on: date, branch: str | None = None) -> ProgrammeEntry | None:
    """The line for a scope, or for a product where a product is the programme; None: no prevention programme."""
    entries = {one.code: one for one in PROGRAMMES.on(on, branch).value}
    by_product = entries.get(canonical(product))
    if by_product is not None and by_product.is_product:
        return by_product
    return entries.get(canonical(scope))


def reported_in(*, scope: str, product: str = "", on: date, branch: str | None = None) -> ReportedIn | None:
    """Where a scope, or a product in it, is reported and settled (R30, R31); None for no prevention programme."""
    entry = entry_of(scope=scope, product=product, on=on, branch=branch)
    return None if entry is None else entry.reported_in
