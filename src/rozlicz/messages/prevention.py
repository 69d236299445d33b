"""Examinations of prevention programmes that are settled in SIMP (R29, R30), and the monthly bill of them (R8, R35).

Programmes, scopes and results are codes: which exist when is for their dated dictionaries to say. Nothing here is
checked against the conditions of a bill (R34): that an approved examination has no result is a finding on it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rozlicz.kernel.money import UNIT_SCALE, exact_value, round_half_up
from rozlicz.messages.bills import Bill
from rozlicz.messages.persons import EntitlementDocument, Person
from rozlicz.messages.replies import ReplyFinding


class Stage(StrEnum):
    """The stage of a programme (R29); programmes of one stage name none. The words are this house's own."""

    BASIC = "podstawowy"
    DIAGNOSTIC = "diagnostyczny"
    EXTENDED = "poglebiony"


class ExaminationState(StrEnum):
    """Where an examination stands. Only approved ones are billed (R34, R35). The words are this house's own."""

    DRAFT = "robocze"
    APPROVED = "zatwierdzone"
    WITHDRAWN = "wycofane"


class PerformerIdType(StrEnum):
    """What identifies who performed an examination: `personel-real@typ` of SWIAD (notice 8344)."""

    LICENCE_NUMBER = "1"
    PESEL = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationPerformer:
    """Who performed an examination, by number of licence or PESEL."""

    id_type: PerformerIdType
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """When an examination was approved (Polish time), by whom, and at which place of the provider."""

    approved_at: datetime
    approved_by: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardAnswer:
    """One answer on the examination card (questionnaire, R33): the codes of question and answer, or free text."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreventiveExamination:
    """One examination. Identifier (up to 20 characters) and version, from 1, are given by the provider's program.

    A higher version replaces a lower one; one that is withdrawn says so in its last version. `number` is the one it
    has in SIMP, given by the payer, empty before. `contract` is the technical code, `product` empty where the scope
    alone is billed. `programme` is a code of the dictionary of programmes. `cell` is the technical code of the cell.
    `result_on` is the day the result came to the provider (cervical cancer: on paper), `result` its code, which is
    the effect code where the programme has such. `second_visit_on` is the day on which the second visit ended
    (cardiovascular). `follows` is the number in SIMP of the examination of an earlier stage that led to this one.
    An approved examination has its `approval`, another one has none: anything else raises ValueError. `findings` are
    the payer's: what keeps the examination out of the bill.
    """

    id: str
    version: int
    contract: str
    scope: str
    distinguisher: int
    programme: str
    patient: Person
    performed_on: date
    performer: ExaminationPerformer
    cell: str
    state: ExaminationState
    product: str = ""
    stage: Stage | None = None
    entitlement: EntitlementDocument | None = None
    result_on: date | None = None
    result: str = ""
    second_visit_on: date | None = None
    follows: str = ""
    approval: Approval | None = None
    answers: tuple[CardAnswer, ...] = ()
    number: str = ""
    findings: tuple[ReplyFinding, ...] = ()

    def __post_init__(self) -> None:
        if (self.state is ExaminationState.APPROVED) != (self.approval is not None):
            raise ValueError(f"the approval of {self.id} does not fit its state {self.state}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledExamination:
    """An examination in a bill: the line that counts it, its identifier and version, its number in SIMP."""

    line: int
    id: str
    version: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PreventionBill:
    """The bill of all approved examinations of a month (R35); its printout is the invoice or account (R8).

    `bill.template` is the number under which SIMP calculated it. Each line counts the examinations that name it.
    """

    bill: Bill
    examinations: tuple[BilledExamination, ...]

    @property
    def adds_up(self) -> bool:
        """Whether every line counts its examinations, and every amount follows from numbers and prices.

        In a correction the numbers are negative, and the examinations are those that are taken back.
        """
        counted = Counter(one.line for one in self.examinations)
        lines = self.bill.lines
        return (
            {line.number: abs(line.units) for line in lines}
            == {line.number: counted[line.number] * UNIT_SCALE for line in lines}
            and counted.keys() <= {line.number for line in lines}
            and all(
                line.amount == round_half_up(exact_value(units=line.units, price=line.price))
                for line in lines
            )
            and self.bill.amount == sum(line.amount for line in lines)
        )
