"""Persons and their entitlement documents on the wire, alike in every message read as a whole.

Seen in reports (SWIAD) and used exactly: `typ-id`, `id-osoby`, `pacjent-stat`. The element around them has the
name its message gives it; the other names are our own, the same as in our report.
"""

from __future__ import annotations

from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType, Sex
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import XmlWriter, iso_text

ID_TYPE = "typ-id"
ID = "id-osoby"

STATISTICS = "pacjent-stat"
SEX = "plec"  # own
BORN_ON = "data-ur"  # own

NAMES = "dane-osobowe"  # own
SURNAME = "nazwisko"  # own here; seen in orders of devices
FIRST_NAME = "imie"  # own here; seen in orders of devices

ENTITLEMENT = "of-dokument"  # own
KIND = "typ"  # own
NUMBER = "numer"  # own
COUNTRY = "panstwo"  # own here; seen as a term
VALID_FROM = "data-od"  # own
VALID_TO = "data-do"  # own


def write_person(writer: XmlWriter, name: str, person: Person) -> None:
    """An element of that name with a person's identifier, statistical data and names."""
    attributes = {ID_TYPE: person.id_type, ID: person.id}
    statistics = {SEX: person.sex, BORN_ON: iso_text(person.born_on)}
    names = {SURNAME: person.surname or None, FIRST_NAME: person.first_name or None}
    if not (any(statistics.values()) or any(names.values())):
        writer.empty(name, attributes)
        return
    with writer.element(name, attributes):
        writer.leaf(STATISTICS, statistics)
        writer.leaf(NAMES, names)


def read_person(element: Element) -> Person:
    """The person an element tells of."""
    statistics, names = element.maybe(STATISTICS), element.maybe(NAMES)
    return Person(
        id_type=element.choice(ID_TYPE, PersonIdType),
        id=element.text(ID),
        sex=statistics.optional_choice(SEX, Sex) if statistics else None,
        born_on=statistics.optional_day(BORN_ON) if statistics else None,
        surname=names.optional(SURNAME) if names else "",
        first_name=names.optional(FIRST_NAME) if names else "",
    )


def write_entitlement(writer: XmlWriter, document: EntitlementDocument) -> None:
    """The element `of-dokument`."""
    writer.empty(
        ENTITLEMENT,
        {
            KIND: document.kind,
            NUMBER: document.number,
            COUNTRY: document.country,
            VALID_FROM: iso_text(document.valid_from),
            VALID_TO: iso_text(document.valid_to),
        },
    )


def read_entitlement(element: Element) -> EntitlementDocument:
    """The document an element tells of."""
    return EntitlementDocument(
        kind=element.text(KIND),
        number=element.text(NUMBER),
        country=element.text(COUNTRY),
        valid_from=element.optional_day(VALID_FROM),
        valid_to=element.optional_day(VALID_TO),
    )
