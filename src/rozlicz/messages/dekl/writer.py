"""Writes reports of declarations (DEKL 5;1.7), declaration by declaration, in memory that does not grow."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.months import Month
from rozlicz.messages.declarations import Category, Declaration, DeclarationList, Residence
from rozlicz.messages.dekl import names
from rozlicz.messages.header import Header
from rozlicz.messages.persons import PersonIdType
from rozlicz.messages.wire import person_wire
from rozlicz.messages.wire.framework import provider_attributes
from rozlicz.messages.wire.root import PROVIDER, ROOT, root_attributes
from rozlicz.messages.wire.stream import FRAMEWORK
from rozlicz.messages.wire.xml_writer import Attributes, XmlWriter, iso_text, written_to

_DOCUMENT_LETTERS = {kind: letter for letter, kind in names.DOCUMENTS.items()}


def write_dekl(
    lists: Iterable[tuple[DeclarationList, Iterable[Declaration]]],
    *,
    contract: str,
    month: Month,
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write all lists of a contract and month; each list, and each declaration of it, is taken when its turn comes.

    Raises ValueError for a list of another contract or month, for two lists of a category, for a report without any
    list, and for a person whose kind of identifier declarations do not know.
    """
    written: set[Category] = set()
    with written_to(target, zipped=zipped, member_name="deklaracje.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=names.KIND, namespace=FRAMEWORK)):
            with writer.element(PROVIDER, provider_attributes(header)):
                with writer.element(names.CONTRACT, {names.CONTRACT_CODE: contract, names.MONTH: str(month)}):
                    for of, declarations in lists:
                        if (of.contract, of.month) != (contract, month) or of.category in written:
                            raise ValueError(f"the list {of} does not belong into this report")
                        written.add(of.category)
                        _write_list(writer, of, declarations)
        if not written:
            raise ValueError("a report of declarations has at least one list")


def _write_list(writer: XmlWriter, of: DeclarationList, declarations: Iterable[Declaration]) -> None:
    with writer.element(names.LIST, {names.CATEGORY: of.category, names.VERSION: str(of.version)}):
        for declaration in declarations:
            _write_declaration(writer, declaration)


def _write_declaration(writer: XmlWriter, declaration: Declaration) -> None:
    writer.start(
        names.DECLARATION,
        {
            names.DECLARATION_ID: declaration.id,
            names.MADE_ON: declaration.made_on.isoformat(),
            names.ENDS_ON: iso_text(declaration.ends_on),
            names.CHOICE: str(declaration.choice),
            names.FEE_PAID: "T" if declaration.fee_paid else None,
            names.VOLUNTARY_INSURANCE: declaration.voluntary_insurance or None,
        },
    )
    _write_person(writer, declaration)
    writer.empty(
        names.PROFESSIONAL,
        {names.PROFESSIONAL_TYPE: names.LICENCE, names.PROFESSIONAL_ID: declaration.professional},
    )
    writer.empty(
        names.CELL,
        {f"nfz:{names.PLACE}": declaration.place, f"nfz:{names.CELL_CODE}": declaration.cell or None},
    )
    if declaration.school_regon:
        writer.empty(names.SCHOOL, {names.REGON: declaration.school_regon})
    if declaration.residence is not None:
        writer.empty(names.RESIDENCE, _residence_attributes(declaration.residence))
    for certificate in declaration.certificates:
        person_wire.write_entitlement(writer, certificate)
    writer.end()


def _write_person(writer: XmlWriter, declaration: Declaration) -> None:
    person = declaration.person
    writer.start(
        names.PATIENT,
        {
            person_wire.SEX: person.sex,
            person_wire.BORN_ON: iso_text(person.born_on),
            person_wire.SURNAME: person.surname or None,
            person_wire.FIRST_NAME: person.first_name or None,
        },
    )
    if person.id_type is PersonIdType.PESEL:
        writer.empty(names.PATIENT_ID, {names.PESEL: person.id})
    elif person.id_type is PersonIdType.INFANT:
        writer.empty(names.PATIENT_ID, {names.PARENT_PESEL: person.id})
    else:
        with writer.element(names.PATIENT_ID, {}):
            writer.empty(f"nfz:{names.OTHER_ID}", _document_attributes(declaration))
    writer.end()


def _document_attributes(declaration: Declaration) -> Attributes:
    person = declaration.person
    if person.id_type not in _DOCUMENT_LETTERS:
        raise ValueError(f"declarations know no persons identified by {person.id_type}")
    return {
        names.SCHOOL_NIP: declaration.school_nip or None,
        names.DOCUMENT_KIND: _DOCUMENT_LETTERS[person.id_type],
        names.DOCUMENT_NUMBER: person.id,
        names.DOCUMENT_COUNTRY: declaration.document_country,
    }


def _residence_attributes(residence: Residence) -> Attributes:
    return {
        names.FACILITY: residence.facility,
        names.REGON: residence.regon,
        names.SINCE: residence.since.isoformat(),
        names.UNTIL: iso_text(residence.until),
    }
