"""Makes a declaration of the elements that a report of declarations (DEKL) has for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rozlicz.kernel.texts import same
from rozlicz.messages.declarations import Category, Declaration, Residence
from rozlicz.messages.dekl import names
from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType, Sex
from rozlicz.messages.wire import person_wire
from rozlicz.messages.wire.fields import Fields
from rozlicz.messages.wire.root import PROVIDER, ROOT
from rozlicz.messages.wire.stream import fund
from rozlicz.messages.wire.value_texts import A_NUMBER_FROM_ONE, number_from_one

CONTRACT_PATH = f"/{ROOT}/{PROVIDER}/{names.CONTRACT}"
LIST_PATH = f"{CONTRACT_PATH}/{names.LIST}"

RECORD_PATH = f"{LIST_PATH}/{names.DECLARATION}"
PATIENT_PATH = f"{RECORD_PATH}/{names.PATIENT}"
PATIENT_ID_PATH = f"{PATIENT_PATH}/{names.PATIENT_ID}"
OTHER_ID_PATH = f"{PATIENT_ID_PATH}/nfz:{names.OTHER_ID}"
CERTIFICATE_PATH = f"{RECORD_PATH}/{person_wire.ENTITLEMENT}"

_UKRAINE = "UA"
_CELL_CODE = fund(names.CELL_CODE)
_PLACE = fund(names.PLACE)
_ONE_OF_SEXES = same(", ".join(names.SEXES))
_ONE_OF_DOCUMENTS = same(", ".join(names.DOCUMENTS))
_ONE_OF_FACILITIES = same(", ".join(names.FACILITIES))
_THE_LICENCE = same(names.LICENCE)
_LICENCES = {names.LICENCE: names.LICENCE}


class DeclarationParts:
    """The elements of one declaration; what `declaration` makes of them holds only when they have no faults."""

    __slots__ = ("_category", "_certificates", "_note", "_parts")

    def __init__(
        self,
        parts: Mapping[str, Fields],
        certificates: Sequence[Fields],
        category: Category,
        *,
        note: Callable[[str, Fields], None],
    ) -> None:
        self._parts = parts
        self._certificates = certificates
        self._category = category
        self._note = note

    def declaration(self) -> Declaration:
        """The declaration; attributes that it has no use for are noted."""
        own = self._part(names.DECLARATION)
        place, cell = self._place()
        person, country, school_nip = self._person()
        declaration = Declaration(
            id=own.text(names.DECLARATION_ID),
            made_on=own.day(names.MADE_ON),
            ends_on=own.optional_day(names.ENDS_ON),
            choice=own.take(names.CHOICE, number_from_one, A_NUMBER_FROM_ONE)
            if names.CHOICE in own.left
            else 1,
            fee_paid=own.flag(names.FEE_PAID),
            voluntary_insurance=own.optional(names.VOLUNTARY_INSURANCE),
            person=person,
            document_country=country,
            school_nip=school_nip,
            school_regon=self._school() if names.SCHOOL in self._parts else "",
            professional=self._professional(),
            place=place,
            cell=cell,
            residence=self._residence() if names.RESIDENCE in self._parts else None,
            certificates=tuple(map(self._certificate, self._certificates)) if self._certificates else (),
        )
        self._leave(names.DECLARATION, own)
        return declaration

    def _part(self, element: str) -> Fields:
        """A part that must be there. When it is missing that is the one fault, and nothing of it another."""
        part = self._parts.get(element)
        if part is not None:
            return part
        self._parts[names.DECLARATION].fault("element-missing", name=element)
        return Fields({}, line=0, path="", faults=[])

    def _leave(self, element: str, fields: Fields) -> None:
        if fields.left:
            self._note(element, fields)

    def _person(self) -> tuple[Person, str, str]:
        """The person, the country of its document and the NIP of its school."""
        patient = self._part(names.PATIENT)
        sex: Sex | None = None
        if person_wire.SEX in patient.left:
            sex = patient.take(person_wire.SEX, names.SEXES.__getitem__, _ONE_OF_SEXES)
        id_type, number, country, school_nip = self._identifier()
        has_pesel = id_type is PersonIdType.PESEL
        person = Person(
            id_type=id_type,
            id=number,
            sex=sex,
            born_on=patient.optional_day(person_wire.BORN_ON)
            if has_pesel
            else patient.day(person_wire.BORN_ON),
            surname=patient.optional(person_wire.SURNAME),
            first_name=patient.optional(person_wire.FIRST_NAME),
        )
        self._leave(names.PATIENT, patient)
        return person, country, school_nip

    def _identifier(self) -> tuple[PersonIdType, str, str, str]:
        """What identifies the person: exactly one of the three (`1z` in the Fund's table)."""
        fields = self._part(names.PATIENT_ID)
        pesel, parent_pesel = fields.optional(names.PESEL), fields.optional(names.PARENT_PESEL)
        has_other = names.OTHER_ID in self._parts
        given = bool(pesel) + bool(parent_pesel) + has_other
        if given != 1 and names.PATIENT_ID in self._parts:
            fields.fault("person-alternatives", count=given)
        self._leave(names.PATIENT_ID, fields)
        if has_other:
            return self._other_document()
        if parent_pesel and not pesel:
            return PersonIdType.INFANT, parent_pesel, "", ""
        return PersonIdType.PESEL, pesel, "", ""

    def _other_document(self) -> tuple[PersonIdType, str, str, str]:
        fields = self._part(names.OTHER_ID)
        id_type = fields.take(names.DOCUMENT_KIND, names.DOCUMENTS.__getitem__, _ONE_OF_DOCUMENTS)
        number, country = fields.text(names.DOCUMENT_NUMBER), fields.text(names.DOCUMENT_COUNTRY)
        if id_type is PersonIdType.OTHER_DOCUMENT and not (
            self._category is Category.SCHOOL_MEDICINE and country == _UKRAINE
        ):
            fields.fault("other-document")
        school_nip = fields.optional(names.SCHOOL_NIP)
        self._leave(f"nfz:{names.OTHER_ID}", fields)
        return id_type, number, country, school_nip

    def _professional(self) -> str:
        fields = self._part(names.PROFESSIONAL)
        fields.take(names.PROFESSIONAL_TYPE, _LICENCES.__getitem__, _THE_LICENCE)
        licence = fields.text(names.PROFESSIONAL_ID)
        self._leave(names.PROFESSIONAL, fields)
        return licence

    def _place(self) -> tuple[str, str]:
        fields = self._part(names.CELL)
        place, cell = fields.text(_PLACE), fields.optional(_CELL_CODE)
        self._leave(names.CELL, fields)
        return place, cell

    def _school(self) -> str:
        fields = self._part(names.SCHOOL)
        regon = fields.text(names.REGON)
        self._leave(names.SCHOOL, fields)
        return regon

    def _residence(self) -> Residence:
        fields = self._part(names.RESIDENCE)
        residence = Residence(
            facility=fields.take(names.FACILITY, names.FACILITIES.__getitem__, _ONE_OF_FACILITIES),
            regon=fields.text(names.REGON),
            since=fields.day(names.SINCE),
            until=fields.optional_day(names.UNTIL),
        )
        self._leave(names.RESIDENCE, fields)
        return residence

    def _certificate(self, fields: Fields) -> EntitlementDocument:
        certificate = EntitlementDocument(
            kind=fields.text(person_wire.KIND),
            number=fields.text(person_wire.NUMBER),
            country=fields.text(person_wire.COUNTRY),
            valid_from=fields.optional_day(person_wire.VALID_FROM),
            valid_to=fields.optional_day(person_wire.VALID_TO),
        )
        self._leave(person_wire.ENTITLEMENT, fields)
        return certificate
