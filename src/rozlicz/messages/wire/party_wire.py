"""Parties and addresses on the wire, alike in the contract (UMX) and in bills (FAKT, RACH).

Seen in e-LEKZR, the closest relative of bills whose names are known: `nazwa`, `nip`, `regon`, the element `adres`
with `adres`, `kod-pocztowy` and `miejscowosc`. In the contract these, and in both the other names, are our own.
"""

from __future__ import annotations

from rozlicz.kernel.branches import PostalAddress
from rozlicz.messages.contracts import LegalForm, Party
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import XmlWriter

CODE = "id-swd"  # own here; seen in reports
NAME = "nazwa"
LEGAL_FORM = "forma-prawna"  # own
NIP = "nip"
REGON = "regon"
COMPANY_NAME = "nazwa-podmiotu"  # own
FORM_OF_BUSINESS = "forma-dzialalnosci"  # own

ADDRESS = "adres"
STREET = "adres"
POSTAL_CODE = "kod-pocztowy"
TOWN = "miejscowosc"

LEGAL_FORMS = {
    LegalForm.PUBLIC_UNIT: "publiczny",
    LegalForm.NON_PUBLIC_UNIT: "niepubliczny",
    LegalForm.INDIVIDUAL_PRACTICE: "praktyka-indywidualna",
    LegalForm.GROUP_PRACTICE: "praktyka-grupowa",
}
"""Values of `forma-prawna` (own)."""


def write_party(writer: XmlWriter, name: str, party: Party) -> None:
    """An element of that name with a provider's data and address."""
    attributes = {
        CODE: party.code,
        NAME: party.name,
        LEGAL_FORM: LEGAL_FORMS[party.legal_form],
        NIP: party.nip,
        REGON: party.regon,
        COMPANY_NAME: party.company_name or None,
        FORM_OF_BUSINESS: party.form_of_business or None,
    }
    with writer.element(name, attributes):
        write_address(writer, party.address)


def read_party(element: Element) -> Party:
    """The provider an element tells of."""
    return Party(
        code=element.text(CODE),
        name=element.text(NAME),
        legal_form=element.word(LEGAL_FORM, LEGAL_FORMS),
        nip=element.text(NIP),
        regon=element.text(REGON),
        company_name=element.optional(COMPANY_NAME),
        form_of_business=element.optional(FORM_OF_BUSINESS),
        address=read_address(element.one(ADDRESS)),
    )


def write_address(writer: XmlWriter, address: PostalAddress) -> None:
    """The element `adres`."""
    writer.empty(ADDRESS, {STREET: address.street, POSTAL_CODE: address.postal_code, TOWN: address.town})


def read_address(element: Element) -> PostalAddress:
    """The address an element tells."""
    return PostalAddress(
        street=element.text(STREET), postal_code=element.text(POSTAL_CODE), town=element.text(TOWN)
    )
