"""Lists of preventive examinations, both ways: what a provider sends of a month (SIMP), what is approved (P_SIMP).

The Fund settles prevention programmes in a system of its own (SIMP) whose formats are not publicly known: the
messages, their types and every name below are ours, those seen in other messages used with their meaning there.
A list is written and read as a stream. It may hold a part of the month; what was sent before is replaced by version.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.months import Month
from rozlicz.messages.header import Header
from rozlicz.messages.prevention import (
    Approval,
    CardAnswer,
    ExaminationPerformer,
    ExaminationState,
    PerformerIdType,
    PreventiveExamination,
    Stage,
)
from rozlicz.messages.replies import Receipt
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.limits import REPORT_LIMITS, Limits
from rozlicz.messages.wire.person_wire import (
    ENTITLEMENT,
    read_entitlement,
    read_person,
    write_entitlement,
    write_person,
)
from rozlicz.messages.wire.reader import ItemReader
from rozlicz.messages.wire.reply_wire import (
    read_findings,
    read_optional_receipt,
    write_findings,
    write_receipt,
)
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.value_texts import A_NUMBER_FROM_ONE, number_from_one
from rozlicz.messages.wire.xml_writer import XmlWriter, iso_text, written_to

KIND = "SIMP"
APPROVED_KIND = "P_SIMP"

_LIST = "zestawienie"
_MONTH = "okres"

_EXAMINATIONS = "badania"
_EXAMINATION = "badanie"
_ID = "id-bad"  # seen in SWIAD-WYKBAD
_VERSION = "nr-wersji"
_NUMBER = "nr-simp"
_CONTRACT = "kod-umowy"  # seen in UMX
_SCOPE = "kod-zakresu"  # seen in SWIAD-WYKBAD
_DISTINGUISHER = "wyroznik"  # seen in SWIAD-WYKBAD
_PRODUCT = "kod-produktu"
_PROGRAMME = "program"
_STAGE = "etap"
_PERFORMED_ON = "data-wyk-badania"  # seen in SWIAD-WYKBAD
_CELL = "id-tech-kom-org"  # seen in SWIAD
_RESULT_ON = "data-wyniku"
_RESULT = "kod-wyniku"
_SECOND_VISIT_ON = "data-wizyty-2"
_FOLLOWS = "nr-simp-poprz"
_STATE = "stan-badania"

_PATIENT = "pacjent"  # seen in ZPOSP
_PERFORMER = "personel-real"  # seen in SWIAD
_PERFORMER_TYPE = "typ"
_PERFORMER_ID = "wartosc"

_APPROVAL = "zatwierdzenie"
_APPROVED_AT = "czas"
_APPROVED_BY = "osoba"
_PLACE = "miejsce"

_ANSWER = "ankieta"
_QUESTION_CODE = "pytanie"
_ANSWER_TEXT = "odpowiedz"


def write_simp(
    examinations: Iterable[PreventiveExamination],
    *,
    month: Month,
    header: Header,
    target: Path | BinaryIO,
    receipt: Receipt | None = None,
    zipped: bool = False,
) -> None:
    """Write a list of a month; the header's kind says which. Examinations are taken one by one.

    Only what the payer sends (P_SIMP) may carry a receipt, of the list it answers: else ValueError.
    """
    if header.kind not in (KIND, APPROVED_KIND):
        raise ValueError(f"a list of examinations cannot have the header of {header.kind}")
    if receipt is not None and header.kind != APPROVED_KIND:
        raise ValueError("only the payer's list carries a receipt")
    with written_to(target, zipped=zipped, member_name="badania.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=header.kind, namespace=FUND)):
            if receipt is not None:
                write_receipt(writer, receipt)
            writer.empty(_LIST, {_MONTH: str(month)})
            with writer.element(_EXAMINATIONS, {}):
                for examination in examinations:
                    _write_examination(writer, examination)


class ExaminationListReader(ItemReader[PreventiveExamination]):
    """A list being read: `header`, `month`, `receipt` at once, then the examinations in the order of the list.

    `receipt` is None where the list carries none.
    """

    month: Month
    receipt: Receipt | None

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(
            source, kind=(KIND, APPROVED_KIND), items=_EXAMINATIONS, item=_EXAMINATION, limits=limits
        )

    def read_head(self, root: Element) -> None:
        """Take receipt and month."""
        self.receipt = read_optional_receipt(root) if self.header.kind == APPROVED_KIND else None
        self.month = root.one(_LIST).month(_MONTH)

    def read_item(self, element: Element) -> PreventiveExamination:
        """An examination."""
        state = element.choice(_STATE, ExaminationState)
        entitlement = element.maybe(ENTITLEMENT)
        performer = element.one(_PERFORMER)
        return PreventiveExamination(
            id=element.text(_ID),
            version=element.take(_VERSION, number_from_one, A_NUMBER_FROM_ONE),
            number=element.optional(_NUMBER),
            contract=element.text(_CONTRACT),
            scope=element.text(_SCOPE),
            distinguisher=element.number(_DISTINGUISHER),
            product=element.optional(_PRODUCT),
            programme=element.text(_PROGRAMME),
            stage=element.optional_choice(_STAGE, Stage),
            patient=read_person(element.one(_PATIENT)),
            entitlement=None if entitlement is None else read_entitlement(entitlement),
            performed_on=element.day(_PERFORMED_ON),
            performer=ExaminationPerformer(
                id_type=performer.choice(_PERFORMER_TYPE, PerformerIdType), id=performer.text(_PERFORMER_ID)
            ),
            cell=element.text(_CELL),
            result_on=element.optional_day(_RESULT_ON),
            result=element.optional(_RESULT),
            second_visit_on=element.optional_day(_SECOND_VISIT_ON),
            follows=element.optional(_FOLLOWS),
            state=state,
            approval=_approval(element.one(_APPROVAL)) if state is ExaminationState.APPROVED else None,
            answers=tuple(map(_answer, element.many(_ANSWER))),
            findings=read_findings(element) if self.header.kind == APPROVED_KIND else (),
        )


def _approval(element: Element) -> Approval:
    return Approval(
        approved_at=element.moment(_APPROVED_AT),
        approved_by=element.text(_APPROVED_BY),
        place=element.text(_PLACE),
    )


def _answer(element: Element) -> CardAnswer:
    return CardAnswer(question=element.text(_QUESTION_CODE), answer=element.text(_ANSWER_TEXT))


def _write_examination(writer: XmlWriter, examination: PreventiveExamination) -> None:
    performer, approval = examination.performer, examination.approval
    with writer.element(_EXAMINATION, _attributes(examination)):
        write_person(writer, _PATIENT, examination.patient)
        if examination.entitlement is not None:
            write_entitlement(writer, examination.entitlement)
        writer.empty(_PERFORMER, {_PERFORMER_TYPE: performer.id_type.value, _PERFORMER_ID: performer.id})
        if approval is not None:
            writer.empty(
                _APPROVAL,
                {
                    _APPROVED_AT: approval.approved_at.isoformat(),
                    _APPROVED_BY: approval.approved_by,
                    _PLACE: approval.place,
                },
            )
        for answer in examination.answers:
            writer.empty(_ANSWER, {_QUESTION_CODE: answer.question, _ANSWER_TEXT: answer.answer})
        write_findings(writer, examination.findings)


def _attributes(examination: PreventiveExamination) -> dict[str, str | None]:
    return {
        _ID: examination.id,
        _VERSION: str(examination.version),
        _NUMBER: examination.number or None,
        _CONTRACT: examination.contract,
        _SCOPE: examination.scope,
        _DISTINGUISHER: str(examination.distinguisher),
        _PRODUCT: examination.product or None,
        _PROGRAMME: examination.programme,
        _STAGE: examination.stage and examination.stage.value,
        _PERFORMED_ON: examination.performed_on.isoformat(),
        _CELL: examination.cell,
        _RESULT_ON: iso_text(examination.result_on),
        _RESULT: examination.result or None,
        _SECOND_VISIT_ON: iso_text(examination.second_visit_on),
        _FOLLOWS: examination.follows or None,
        _STATE: examination.state.value,
    }
