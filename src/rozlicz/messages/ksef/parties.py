"""The parties of a structured invoice: provider, Fund and branch."""

from __future__ import annotations

import re

from rozlicz.kernel.branches import BRANCHES, PostalAddress
from rozlicz.kernel.texts import same
from rozlicz.messages.bills import Buyer, Recipient, VatExemption
from rozlicz.messages.contracts import LegalForm, Party
from rozlicz.messages.ksef import names
from rozlicz.messages.ksef.address import address_of
from rozlicz.messages.ksef.fields import (
    Descriptions,
    needed,
    optional,
    pass_over,
    some_text,
    told,
)
from rozlicz.messages.wire.party_wire import LEGAL_FORMS
from rozlicz.messages.wire.tree import Element

_LEGAL_FORM_OF_WORD = {word: form for form, word in LEGAL_FORMS.items()}

_NO_ADDRESS = PostalAddress(street="", postal_code="", town="")


def issuer_of(
    root: Element, descriptions: Descriptions, lacking: list[str], *, exemption: VatExemption | None
) -> Party:
    """The provider. What the invoice does not say of it goes to `lacking`."""
    seller = root.one(names.SELLER)
    identity = seller.one(names.IDENTITY)
    seller_name = needed(identity, names.NAME, some_text)
    unit_name = descriptions.text(names.UNIT_NAME_KEY)
    regon = _regon(root)
    code = descriptions.text(names.PROVIDER_KEY)
    lacking += [field for field, value in (("issuer.code", code), ("issuer.regon", regon)) if not value]
    return Party(
        code=code,
        name=unit_name or seller_name,
        legal_form=_legal_form(descriptions, lacking, exemption=exemption),
        nip=needed(identity, names.NIP, some_text),
        regon=regon,
        address=_address(seller.one(names.ADDRESS)),
        company_name=seller_name if unit_name else "",
        form_of_business=descriptions.text(names.FORM_OF_BUSINESS_KEY),
    )


def buyer_of(root: Element, lacking: list[str]) -> Buyer:
    """The Fund, or whom the invoice names as buyer."""
    buyer = root.one(names.BUYER)
    identity = buyer.one(names.IDENTITY)
    for name in (names.LOCAL_GOVERNMENT_UNIT, names.VAT_GROUP):
        pass_over(buyer, name, names.NO)
    address = buyer.maybe(names.ADDRESS)
    if address is None:
        lacking.append("buyer.address")
    return Buyer(
        name=told(identity, names.NAME, "buyer.name", lacking),
        nip=told(identity, names.NIP, "buyer.nip", lacking),
        address=_NO_ADDRESS if address is None else _address(address),
    )


def recipient_of(root: Element, descriptions: Descriptions, lacking: list[str]) -> tuple[Recipient, str]:
    """The branch, and its identifier in KSeF: the third party in the role of recipient, or the key of its code."""
    third_parties = root.many(names.THIRD_PARTY)
    found = [one for one in third_parties if pass_over(one, names.ROLE, names.RECIPIENT_ROLE)]
    if len(found) > 1:
        raise found[1].refusal("element-repeated", name=names.THIRD_PARTY)
    element = found[0] if found else None
    identity = element.one(names.IDENTITY) if element else None
    if identity is not None:
        pass_over(identity, names.NO_ID, names.YES)
    name = optional(identity, names.NAME)
    branch = descriptions.text(names.BRANCH_KEY) or _branch_named(name)
    if not branch:
        raise root.refusal("ksef-branch", name=names.THIRD_PARTY, key=names.BRANCH_KEY)
    if not name:
        lacking.append("recipient.name")
    address = element.maybe(names.ADDRESS) if element else None
    recipient = Recipient(branch=branch, name=name, address=_address(address) if address else None)
    return recipient, optional(identity, names.INTERNAL_ID)


def _legal_form(
    descriptions: Descriptions, lacking: list[str], *, exemption: VatExemption | None
) -> LegalForm:
    """As the invoice says; else assumed from the exemption: point 19 is that of the professions, so a practice."""
    expected = same(", ".join(_LEGAL_FORM_OF_WORD))
    found = descriptions.take(names.LEGAL_FORM_KEY, _LEGAL_FORM_OF_WORD.__getitem__, expected)
    if found is not None:
        return found
    lacking.append("issuer.legal_form")
    is_practice = exemption is VatExemption.MEDICAL_CARE_BY_PROFESSIONAL
    return LegalForm.INDIVIDUAL_PRACTICE if is_practice else LegalForm.NON_PUBLIC_UNIT


def _regon(root: Element) -> str:
    """The first REGON among the registers; everything else there stays unread."""
    foot = root.maybe(names.FOOT)
    for entry in foot.many(names.REGISTERS) if foot else ():
        if regon := optional(entry, names.REGON):
            return regon
    return ""


def _address(element: Element) -> PostalAddress:
    """An address in Poland; the code of another country, and a GLN, stay unread."""
    pass_over(element, names.COUNTRY, names.POLAND)
    return address_of(needed(element, names.ADDRESS_1, some_text), optional(element, names.ADDRESS_2))


def _branch_named(name: str) -> str:
    """The code of the branch whose name stands in a name, such as `NFZ Łódzki Oddział Wojewódzki w Łodzi`."""
    for branch in BRANCHES.values():
        words = branch.name.removesuffix(" NFZ").casefold()
        if re.search(rf"(?<![\w-]){re.escape(words)}\b", name.casefold()):
            return branch.code
    return ""
