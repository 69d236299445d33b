"""Reads reports of declarations (DEKL 5;1.7) one declaration at a time, with memory that stays flat.

Contract, month, category and version must be right, since without them nobody knows what a list replaces. Whatever is
wrong with one declaration is told with it and stops nothing.
"""

from __future__ import annotations

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import same
from rozlicz.messages.declarations import DeclarationList, ReportedDeclaration
from rozlicz.messages.dekl import names
from rozlicz.messages.dekl.parts import (
    CERTIFICATE_PATH,
    CONTRACT_PATH,
    LIST_PATH,
    OTHER_ID_PATH,
    PATIENT_ID_PATH,
    PATIENT_PATH,
    RECORD_PATH,
    DeclarationParts,
)
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.fields import Fields
from rozlicz.messages.wire.limits import REPORT_LIMITS, Limits
from rozlicz.messages.wire.person_wire import ENTITLEMENT
from rozlicz.messages.wire.places import Place
from rozlicz.messages.wire.records import RecordReader
from rozlicz.messages.wire.stream import Attributes, framework, fund
from rozlicz.messages.wire.value_texts import A_MONTH, A_NUMBER_FROM_ONE, number_from_one


class DeclarationReader(RecordReader[ReportedDeclaration]):
    """A report of declarations being read: `header`, `contract` and `month` at once, then every declaration.

    Raises MessageRefused when the file is no such report: while it is opened or at any later step. `lists` holds
    the lists begun so far, all of them after the last declaration, also those that are empty. `unread` tells what
    the file holds and a declaration does not.
    """

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, limits=limits)
        self.contract = ""
        self._lists: list[DeclarationList] = []
        self._certificates: list[Fields] = []
        try:
            self.header = self.open_report(kind=names.KIND)
            while not self.contract and self._walker.step():
                pass
            if not self.contract:
                raise self._walker.refusal("element-missing", name=names.CONTRACT)
        except BaseException:
            self.close()
            raise

    @property
    def lists(self) -> tuple[DeclarationList, ...]:
        """The lists that were begun so far."""
        return tuple(self._lists)

    def add_places(self, provider: Place) -> None:
        """The contract, its lists, and what stands in a declaration."""
        contract = provider.holds(framework(names.CONTRACT), self._take_contract)
        of_list = contract.holds(framework(names.LIST), self._take_list)
        record = of_list.holds(framework(names.DECLARATION), self.record(names.DECLARATION, RECORD_PATH))
        patient = record.holds(framework(names.PATIENT), self.part(names.PATIENT, PATIENT_PATH))
        patient_id = patient.holds(framework(names.PATIENT_ID), self.part(names.PATIENT_ID, PATIENT_ID_PATH))
        patient_id.holds(fund(names.OTHER_ID), self.part(names.OTHER_ID, OTHER_ID_PATH))
        for name in (names.PROFESSIONAL, names.CELL, names.RESIDENCE, names.SCHOOL):
            record.holds(framework(name), self.part(name, f"{RECORD_PATH}/{name}"))
        record.holds(framework(ENTITLEMENT), self._take_certificate)

    def finish(self) -> None:
        """A report without any list says nothing."""
        if not self._lists:
            raise self._walker.refusal("element-missing", name=names.LIST)

    def _take_contract(self, attributes: Attributes) -> None:
        if self.contract:
            raise self._walker.refusal("element-repeated", name=names.CONTRACT)
        fields = self.fields(attributes, CONTRACT_PATH)
        contract = fields.text(names.CONTRACT_CODE)
        month = fields.take(names.MONTH, Month.parse, A_MONTH)
        self._refuse_faults()
        self.contract, self.month = contract, month
        self._notes.note(names.CONTRACT, fields.left)

    def _take_list(self, attributes: Attributes) -> None:
        self.close_record()
        fields = self.fields(attributes, LIST_PATH)
        expected = same(", ".join(names.CATEGORIES))
        category = fields.take(names.CATEGORY, names.CATEGORIES.__getitem__, expected)
        version = fields.take(names.VERSION, number_from_one, A_NUMBER_FROM_ONE)
        self._refuse_faults()
        if any(known.category is category for known in self._lists):
            raise self._walker.refusal("record-repeated", name=names.LIST, key=category.value)
        self._notes.note(names.LIST, fields.left)
        self._lists.append(
            DeclarationList(contract=self.contract, month=self.month, category=category, version=version)
        )

    def _take_certificate(self, attributes: Attributes) -> None:
        self._certificates.append(self.fields(attributes, CERTIFICATE_PATH))

    def _note_left(self, element: str, fields: Fields) -> None:
        self._notes.note(element, fields.left, line=fields.line)

    def _refuse_faults(self) -> None:
        """Without contract, month, category and version nothing that follows has a place."""
        if self.faults:
            raise self.faults[0].as_refusal()

    def build(self) -> ReportedDeclaration:
        """The declaration that was gathered, or its faults."""
        of, own = self._lists[-1], self.parts[names.DECLARATION]
        line, written_id = own.line, own.left.get(names.DECLARATION_ID, "")
        parts = DeclarationParts(self.parts, self._certificates, of.category, note=self._note_left)
        declaration = parts.declaration()
        if self._certificates:
            self._certificates = []
        return ReportedDeclaration(
            of=of,
            line=line,
            id=written_id,
            declaration=None if self.faults else declaration,
            faults=tuple(self.faults),
        )
