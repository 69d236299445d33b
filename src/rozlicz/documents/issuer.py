"""Who issues a bill: the designation must equal that of the contract, by legal form (R15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rozlicz.documents.bases import INVOICE_CONTENT, LODZ_ISSUER
from rozlicz.documents.comparing import address_line, same_digits, same_words
from rozlicz.documents.refusals import Reason, Refusal, reason
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import LegalForm, Party

_LIKE_CONTRACT = Text(
    pl="Proszę oznaczyć wystawcę tak jak w umowie: „{expected}”. Jeżeli dane w umowie są nieaktualne, proszę złożyć"
    " wniosek o aneks.",
    en="Designate the issuer as the contract does: “{expected}”. If the contract is out of date, ask for an annex.",
)
_AS_CONTRACT = Text(
    pl="Na rachunku jest „{found}”, a w umowie „{expected}”.",
    en="The bill says “{found}”; the contract says “{expected}”.",
)


def _designation(code: str, field_name: Text) -> Reason:
    return reason(code, field_name, _AS_CONTRACT, basis=LODZ_ISSUER, remedy=_LIKE_CONTRACT)


ISSUER_CODE = _designation("B-311", Text(pl="kod świadczeniodawcy", en="provider's code"))
ISSUER_KIND = _designation("B-312", Text(pl="rodzaj wystawcy", en="kind of issuer"))
ISSUER_NAME = _designation("B-313", Text(pl="nazwa wystawcy", en="issuer's name"))
ISSUER_ADDRESS = _designation("B-314", Text(pl="adres wystawcy", en="issuer's address"))
ISSUER_FORM = _designation("B-315", Text(pl="forma prawna wystawcy", en="issuer's form of business"))
ISSUER_COMPANY = _designation("B-316", Text(pl="firma spółki", en="company behind the unit"))

ISSUER_NIP = reason(
    "B-317",
    Text(pl="NIP wystawcy", en="issuer's NIP"),
    Text(
        pl="NIP wystawcy na rachunku to {found}, a w umowie {expected}.",
        en="The issuer's NIP on the bill is {found}; in the contract it is {expected}.",
    ),
    basis=INVOICE_CONTENT,
    remedy=Text(pl="Proszę wpisać NIP {expected}.", en="Enter the NIP {expected}."),
)

ISSUER_REGON = reason(
    "B-318",
    Text(pl="REGON wystawcy", en="issuer's REGON"),
    Text(
        pl="REGON wystawcy na rachunku to {found}, a w umowie {expected}.",
        en="The issuer's REGON on the bill is {found}; in the contract it is {expected}.",
    ),
    basis=LODZ_ISSUER,
    remedy=Text(pl="Proszę wpisać REGON {expected}.", en="Enter the REGON {expected}."),
)

REASONS: tuple[Reason, ...] = (
    ISSUER_CODE,
    ISSUER_KIND,
    ISSUER_NAME,
    ISSUER_ADDRESS,
    ISSUER_FORM,
    ISSUER_COMPANY,
    ISSUER_NIP,
    ISSUER_REGON,
)

LEGAL_FORM_NAMES: dict[LegalForm, Text] = {
    LegalForm.PUBLIC_UNIT: Text(pl="publiczny zakład opieki zdrowotnej", en="public health care unit"),
    LegalForm.NON_PUBLIC_UNIT: Text(
        pl="niepubliczny zakład opieki zdrowotnej", en="non-public health care unit"
    ),
    LegalForm.INDIVIDUAL_PRACTICE: Text(pl="praktyka indywidualna", en="individual practice"),
    LegalForm.GROUP_PRACTICE: Text(pl="praktyka grupowa", en="group practice"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignationRule:
    """What must stand on a bill for a legal form, beside name and address, which all forms need.

    `says` is the rule as the branch writes it.
    """

    says: Text
    form_of_business: bool
    company_name: bool


DESIGNATION_RULES: dict[LegalForm, DesignationRule] = {
    LegalForm.PUBLIC_UNIT: DesignationRule(
        says=Text(pl="dokładna nazwa i adres", en="its exact name and address"),
        form_of_business=False,
        company_name=False,
    ),
    LegalForm.NON_PUBLIC_UNIT: DesignationRule(
        says=Text(
            pl="nazwa zakładu, adres i forma prawna, a gdy nazwa zakładu i firma spółki się różnią, obie",
            en="the unit's name, address and legal form, and both names where unit and company differ",
        ),
        form_of_business=True,
        company_name=True,
    ),
    LegalForm.INDIVIDUAL_PRACTICE: DesignationRule(
        says=Text(
            pl="imię, nazwisko i adres prowadzenia działalności zgodnie z zaświadczeniem",
            en="given name, surname and address of business as in the certificate",
        ),
        form_of_business=False,
        company_name=False,
    ),
    LegalForm.GROUP_PRACTICE: DesignationRule(
        says=Text(
            pl="forma praktyki (spółka cywilna, spółka partnerska), nazwa i adres prowadzenia działalności",
            en="the form of the practice (civil or professional partnership), name and address of business",
        ),
        form_of_business=True,
        company_name=False,
    ),
}


def designation(party: Party) -> tuple[str, ...]:
    """The lines that name an issuer on a bill: name, company where it differs, form of business, address."""
    rule = DESIGNATION_RULES[party.legal_form]
    company = _company(party)
    return tuple(
        line
        for line in (
            party.name,
            company if rule.company_name else "",
            party.form_of_business if rule.form_of_business else "",
            address_line(party.address),
        )
        if line
    )


def issuer_refusals(issuer: Party, *, contract_party: Party) -> Iterator[Refusal]:
    """Where the issuer on a bill is not designated as in the contract.

    Only white space and letter case are tolerated. What the legal form does not call for may be left out,
    but may not contradict the contract.
    """
    yield from issuer_code_refusals(issuer, provider=contract_party.code)
    if issuer.legal_form is not contract_party.legal_form:
        yield ISSUER_KIND.because(
            field="issuer.legal_form",
            found=LEGAL_FORM_NAMES[issuer.legal_form],
            expected=LEGAL_FORM_NAMES[contract_party.legal_form],
        )
    rule = DESIGNATION_RULES[contract_party.legal_form]
    designated = (
        (ISSUER_NAME, "name", issuer.name, contract_party.name, True),
        (ISSUER_ADDRESS, "address", address_line(issuer.address), address_line(contract_party.address), True),
        (
            ISSUER_FORM,
            "form_of_business",
            issuer.form_of_business,
            contract_party.form_of_business,
            rule.form_of_business,
        ),
    )
    for why, field, found, expected, needed in designated:
        if not same_words(found, expected) and (needed or found.strip()):
            yield why.because(field=f"issuer.{field}", found=found, expected=expected)
    yield from _company_refusals(issuer, contract_party, needed=rule.company_name)
    yield from _number_refusals(issuer, contract_party)


def issuer_code_refusals(issuer: Party, *, provider: str) -> Iterator[Refusal]:
    """Whether the issuer is the provider with that code, the party to the contract."""
    if issuer.code.strip() != provider:
        yield ISSUER_CODE.because(field="issuer.code", found=issuer.code, expected=provider)


def _company_refusals(issuer: Party, contract_party: Party, *, needed: bool) -> Iterator[Refusal]:
    """The company as written in the contract; where it only repeats the unit's name, it may be left out."""
    found, expected = _company(issuer), _company(contract_party)
    as_written = same_words(issuer.company_name, contract_party.company_name)
    if not as_written and not same_words(found, expected) and (needed or found.strip()):
        yield ISSUER_COMPANY.because(field="issuer.company_name", found=found, expected=expected)


def _number_refusals(issuer: Party, contract_party: Party) -> Iterator[Refusal]:
    if not same_digits(issuer.nip, contract_party.nip):
        yield ISSUER_NIP.because(field="issuer.nip", found=issuer.nip, expected=contract_party.nip)
    if not same_digits(issuer.regon, contract_party.regon):
        yield ISSUER_REGON.because(field="issuer.regon", found=issuer.regon, expected=contract_party.regon)


def _company(party: Party) -> str:
    """The company's name where it differs from the unit's; a repeated unit's name says nothing new."""
    return "" if same_words(party.company_name, party.name) else party.company_name
