"""A provider of prevention programmes, and the examinations it approves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from rozlicz.kernel.money import UNIT_SCALE
from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract, PlanMonth, Scope, SettledBy, UnitProduct
from rozlicz.messages.persons import Person, PersonIdType
from rozlicz.messages.prevention import (
    Approval,
    ExaminationPerformer,
    ExaminationState,
    PerformerIdType,
    PreventiveExamination,
    Stage,
)
from rozlicz.settlement.ledger import Template
from rozlicz.settlement.prevention.due import ExaminationsSettled, settle_examinations
from tests import world

CERVICAL, BREAST, CARDIO = "10.7000.156.02", "10.7940.158.02", "01.0010.107.11"
PROGRAMME = {CERVICAL: ("RSM", Stage.DIAGNOSTIC), BREAST: ("RP", Stage.BASIC), CARDIO: ("CHUK", None)}
PRICE = {CERVICAL: 3_900, BREAST: 9_200, CARDIO: 11_000}
MAMMOGRAPHY = "5.10.00.0000043"
OCT, NOV = Month(world.YEAR, 10), Month(world.YEAR, 11)
AFTER = date(world.YEAR, 12, 1)


def scope(code: str, *, unlimited: bool = True, plan: int = 0) -> Scope:
    """A scope settled in SIMP with `plan` examinations a month where it is limited."""
    product = UnitProduct(
        code=MAMMOGRAPHY,
        name="Mammografia skryningowa",
        weight=UNIT_SCALE,
        valid_from=date(world.YEAR, 1, 1),
        valid_to=date(world.YEAR, 12, 31),
    )
    months = (Month(world.YEAR, m) for m in range(1, 13))
    return replace(
        world.scope(code),
        name=f"profilaktyka {code}",
        settled_by=SettledBy.PREVENTION_SYSTEM,
        unit_name="badanie",
        products=(product,) if code == BREAST else (),
        unlimited=unlimited,
        plan=tuple(PlanMonth(month=m, units=plan * UNIT_SCALE, price=PRICE.get(code, 1_000)) for m in months),
    )


def contract(*codes: str, **terms) -> Contract:
    """A contract with the three programmes, or with those named."""
    return world.contract(scopes=tuple(scope(code, **terms) for code in codes or PROGRAMME))


def examination(
    number: str = "P1",
    code: str = BREAST,
    *,
    performed: date = date(2026, 10, 6),
    met: date | None = date(2026, 10, 13),
    approved: date | None = date(2026, 10, 13),
    withdrawn: bool = False,
    pesel: str = "63052106445",
    version: int = 1,
    **more,
) -> PreventiveExamination:
    """An examination; `met` is the day of the result or of the second visit."""
    programme, stage = PROGRAMME.get(code, ("BP", None))
    state = ExaminationState.APPROVED if approved else ExaminationState.DRAFT
    approval = approved and Approval(
        approved_at=datetime(approved.year, approved.month, approved.day, 9, 30),
        approved_by="5400001",
        place="0599-M1",
    )
    values = {
        "id": number,
        "version": version,
        "contract": world.contract().code,
        "scope": code,
        "distinguisher": 1,
        "product": MAMMOGRAPHY if code == BREAST else "",
        "programme": programme,
        "stage": stage,
        "patient": Person(id_type=PersonIdType.PESEL, id=pesel),
        "performed_on": performed,
        "performer": ExaminationPerformer(id_type=PerformerIdType.LICENCE_NUMBER, id="5400001"),
        "cell": world.CELL,
        "state": ExaminationState.WITHDRAWN if withdrawn else state,
        "approval": None if withdrawn else approval or None,
        "number": f"S05/{number}",
        ("second_visit_on" if code == CARDIO else "result_on"): met,
    }
    return PreventiveExamination(**(values | more))


def settle(*examinations: PreventiveExamination, month: Month = OCT, **more) -> ExaminationsSettled:
    """Settle October 2026 on 1 December, unless said."""
    return settle_examinations(
        **{"contract": contract(), "month": month, "on": AFTER, "examinations": examinations} | more
    )


def issued(settled: ExaminationsSettled, templates: list[Template] | None = None) -> list[Template]:
    """The templates before, and those of this settlement with the next numbers."""
    before = list(templates or [])
    return [*before, *(Template(n, d) for n, d in enumerate(settled.settlement.drafts, len(before) + 1))]
