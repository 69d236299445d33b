"""The right to the service: its basis, the document that proves it, and coordination with other states."""

from __future__ import annotations

from datetime import date

import polars as pl

from rozlicz.kernel.countries import COORDINATION_DOCUMENTS
from rozlicz.kernel.texts import Text
from rozlicz.verification import bases, forms
from rozlicz.verification.masking import masked_column, shown_column
from rozlicz.verification.rule import Circumstances, Offending, offending, rule

NATIONAL_DOCUMENTS = ("EWUS", "OSW", "DEC", "POBYT", "KP", "RMUA", "ZUA", "LU", "LR", "KUZ", "ZAS", "INNY")
"""Own marks: eWUŚ, statement, mayor's decision, residence card, Karta Polaka, and the papers of insured persons."""

LONGEST_DOCUMENT_NUMBER = 40
"""Characters; the European card has twenty digits. A bound of this house."""

_DATED_BOTH = ("DEC", "CERT")
_DATED_TO = ("EKUZ",)
_DOCUMENT = pl.col("entitlement_document")
_DETAILS = ("entitlement_number", "entitlement_country", "entitlement_from", "entitlement_to")
_COUNTRY_FORM = forms.matches("entitlement_country", forms.COUNTRY)


@rule(
    code="50314075",
    name=Text(pl="Brak podstawy uprawnień", en="Basis of the right missing"),
    message=Text(
        pl="Brak podstawy uprawnień pacjenta do świadczenia.",
        en="The basis of the patient's right to the service is missing.",
    ),
    remedy=Text(
        pl="Ustal uprawnienie (eWUŚ, oświadczenie albo dokument) i podaj jego podstawę.",
        en="Establish the right (eWUŚ, a statement or a document), and give its basis.",
    ),
    basis=bases.fund_rule("50314075"),
    level="service",
)
def basis_missing(_: Circumstances) -> Offending:
    """Each service says on what the patient's right to it rests."""
    return offending(forms.missing("entitlement_basis"))


@rule(
    code="59902001",
    name=Text(pl="Kod podstawy uprawnień", en="Code of the basis of the right"),
    message=Text(
        pl="Podstawa uprawnień „{value}” nie jest kodem o najwyżej dwóch cyfrach.",
        en="The basis of the right “{value}” is not a code of at most two digits.",
    ),
    remedy=Text(
        pl="Wybierz podstawę uprawnień ze słownika w programie.",
        en="Choose the basis of the right out of the dictionary in your program.",
    ),
    basis=bases.MESSAGE_FORMAT,
    level="service",
)
def basis_form(_: Circumstances) -> Offending:
    """podstawa-uprawnien-do-swiadczen has up to two digits."""
    wrong = ~forms.matches("entitlement_basis", forms.ENTITLEMENT_BASIS)
    return offending(forms.given("entitlement_basis") & wrong, value=shown_column("entitlement_basis"))


@rule(
    code="50301112",
    name=Text(pl="Niepełne dane dokumentu", en="Document incomplete"),
    message=Text(
        pl="Brak rodzaju („{kind}”) albo numeru ({masked}) dokumentu uprawniającego do świadczenia.",
        en="The kind (“{kind}”) or the number ({masked}) of the entitlement document is missing.",
    ),
    remedy=Text(
        pl="Uzupełnij rodzaj i numer dokumentu: dla eWUŚ numer potwierdzenia, dla EKUZ numer karty.",
        en="Add the kind and number of the document: for eWUŚ that of the confirmation, for EKUZ that of the card.",
    ),
    basis=bases.fund_rule("50301112"),
    level="service",
)
def document_incomplete(_: Circumstances) -> Offending:
    """A document of the right has its kind and its identifier."""
    any_detail = pl.any_horizontal(forms.given(column) for column in _DETAILS)
    without_kind = forms.missing("entitlement_document") & any_detail
    without_number = forms.given("entitlement_document") & forms.missing("entitlement_number")
    return offending(
        without_kind | without_number,
        kind=shown_column("entitlement_document"),
        masked=masked_column("entitlement_number"),
    )


@rule(
    code="59902002",
    name=Text(pl="Rodzaj dokumentu", en="Kind of document"),
    message=Text(
        pl="Rodzaj dokumentu uprawniającego „{value}” jest nieznany.",
        en="The kind of entitlement document “{value}” is unknown.",
    ),
    remedy=Text(
        pl="Wybierz rodzaj z listy, na przykład EWUS, OSW (oświadczenie), DEC (decyzja), EKUZ, CERT, S1, E112.",
        en="Choose the kind from the list, such as EWUS, OSW (statement), DEC (decision), EKUZ, CERT, S1, E112.",
    ),
    basis=bases.ENTITLEMENT_DOCUMENTS,
    level="service",
)
def document_kind(_: Circumstances) -> Offending:
    """The kind of document is one of those by which a right may be shown."""
    known = _DOCUMENT.is_in(NATIONAL_DOCUMENTS + COORDINATION_DOCUMENTS)
    return offending(forms.given("entitlement_document") & ~known, value=shown_column("entitlement_document"))


@rule(
    code="59902003",
    name=Text(pl="Daty ważności dokumentu", en="Days of validity of the document"),
    message=Text(
        pl="Ważność dokumentu {document} (od „{since}” do „{until}”) nie jest podana datami RRRR-MM-DD.",
        en="The validity of document {document} (from “{since}” to “{until}”) is not given by dates YYYY-MM-DD.",
    ),
    remedy=Text(
        pl="Przepisz daty z dokumentu: decyzja i certyfikat mają początek i koniec, karta EKUZ koniec ważności.",
        en="Copy the dates from the document: a decision and a certificate have both ends, the EKUZ card the end.",
    ),
    basis=bases.ENTITLEMENT_DOCUMENTS,
    level="service",
)
def document_dates(_: Circumstances) -> Offending:
    """The validity is given by days; the decision and the certificate have both, the European card its end."""
    malformed_from = forms.given("entitlement_from") & pl.col("entitlement_day_from").is_null()
    malformed_to = forms.given("entitlement_to") & pl.col("entitlement_day_to").is_null()
    absent_from = _DOCUMENT.is_in(_DATED_BOTH) & forms.missing("entitlement_from")
    absent_to = _DOCUMENT.is_in(_DATED_BOTH + _DATED_TO) & forms.missing("entitlement_to")
    faults = (malformed_from, malformed_to, absent_from, absent_to)
    return offending(
        pl.any_horizontal(fault.fill_null(value=False) for fault in faults),
        document=shown_column("entitlement_document"),
        since=shown_column("entitlement_from"),
        until=shown_column("entitlement_to"),
    )


@rule(
    code="59902004",
    name=Text(pl="Dokument nieważny w czasie świadczenia", en="Document not valid during the service"),
    message=Text(
        pl="Dokument {document} (od {since_day} do {until_day}) nie obejmuje całego świadczenia "
        "(od {first_day} do {last_day}).",
        en="Document {document} (from {since_day} to {until_day}) does not cover the whole service "
        "(from {first_day} to {last_day}).",
    ),
    remedy=Text(
        pl="Podaj dokument ważny przez cały czas świadczenia albo popraw daty.",
        en="Give a document valid during the whole service, or correct the dates.",
    ),
    basis=bases.RIGHT_TO_SERVICES,
    level="service",
)
def document_not_valid(_: Circumstances) -> Offending:
    """The document is valid on every day of the service."""
    begins_late = (pl.col("entitlement_day_from") > pl.col("day_from")).fill_null(value=False)
    ends_early = (pl.col("entitlement_day_to") < pl.col("day_to")).fill_null(value=False)
    return offending(
        forms.given("entitlement_document") & (begins_late | ends_early),
        document=shown_column("entitlement_document"),
        since_day=pl.col("entitlement_day_from"),
        until_day=pl.col("entitlement_day_to"),
        first_day=pl.col("day_from"),
        last_day=pl.col("day_to"),
    )


@rule(
    code="59902005",
    name=Text(pl="Państwo ubezpieczenia", en="State of insurance"),
    message=Text(
        pl="Państwo ubezpieczenia „{value}” przy dokumencie {document} nie jest dwuliterowym kodem.",
        en="The state of insurance “{value}” with document {document} is not a code of two letters.",
    ),
    remedy=Text(
        pl="Podaj kod państwa instytucji, która wydała dokument, na przykład DE.",
        en="Give the code of the state whose institution issued the document, such as DE.",
    ),
    basis=bases.COORDINATION,
    level="service",
)
def country_form(_: Circumstances) -> Offending:
    """A person under coordination is insured in a state, given by two capital letters (not nationality)."""
    return offending(
        pl.col("coordination") & ~_COUNTRY_FORM,
        value=shown_column("entitlement_country"),
        document=_DOCUMENT,
    )


@rule(
    code="59902006",
    name=Text(pl="Państwo nieobjęte koordynacją", en="State not under coordination"),
    message=Text(
        pl="Państwo {country} nie było objęte przepisami o koordynacji w okresie {reported_month}.",
        en="The state {country} was not under coordination in {reported_month}.",
    ),
    remedy=Text(
        pl="Sprawdź państwo i dokument; osoby spoza państw objętych koordynacją nie rozlicza się na tej podstawie.",
        en="Check the state and the document; persons of other states are not settled on this basis.",
    ),
    basis=bases.COORDINATION,
)
def country_not_coordinated(_: Circumstances) -> Offending:
    """The state of insurance is under coordination in the reporting month (R57, R62)."""
    return offending(
        pl.col("coordination") & _COUNTRY_FORM & ~pl.col("country_coordinated"),
        country=pl.col("entitlement_country"),
        reported_month=pl.col("month"),
    )


@rule(
    code="59902007",
    name=Text(pl="Dokument tożsamości przy koordynacji", en="Identity document under coordination"),
    message=Text(
        pl="Pacjenta z dokumentem {document} wskazano bez dokumentu tożsamości (rodzaj identyfikatora: {kind}).",
        en="The patient with document {document} is named without an identity document (kind of identifier: {kind}).",
    ),
    remedy=Text(
        pl="Podaj jako identyfikator paszport (T), dowód osobisty (D), inny dokument (I) albo osobisty numer (R).",
        en="Give as identifier the passport (T), identity card (D), other document (I) or personal number (R).",
    ),
    basis=bases.COORDINATION,
    level="service",
)
def identity_document(_: Circumstances) -> Offending:
    """The identity document is recorded beside the document of the right, also for who has a PESEL (R57)."""
    by_document = pl.col("patient_id_type").is_in(["T", "D", "I", "R"]).fill_null(value=False)
    return offending(
        pl.col("coordination") & ~by_document, document=_DOCUMENT, kind=shown_column("patient_id_type")
    )


@rule(
    code="59902008",
    name=Text(pl="Państwo bez dokumentu koordynacji", en="State without a document of coordination"),
    message=Text(
        pl="Podano państwo ubezpieczenia {country}, a dokument „{document}” nie należy do przepisów o koordynacji.",
        en="The state of insurance {country} is given, but document “{document}” is none of coordination.",
    ),
    remedy=Text(
        pl="Podaj EKUZ, certyfikat, S1, E112 itp.; bez ubezpieczenia w innym państwie usuń państwo.",
        en="Give EKUZ, a certificate, S1, E112 or the like; without insurance in another state drop the state.",
    ),
    basis=bases.COORDINATION,
    level="service",
)
def country_without_document(_: Circumstances) -> Offending:
    """Whoever is insured in another state shows the right by a document of coordination (R57)."""
    abroad = forms.given("entitlement_country") & (pl.col("entitlement_country") != "PL")
    return offending(
        abroad & ~pl.col("coordination"),
        country=shown_column("entitlement_country"),
        document=shown_column("entitlement_document"),
    )


@rule(
    code="59902009",
    name=Text(pl="Dokument S1 przed nowymi przepisami", en="S1 before the new rules"),
    message=Text(
        pl="Państwo {country} nie wystawiało jeszcze dokumentu S1 w okresie {reported_month}.",
        en="The state {country} did not issue the document S1 yet in {reported_month}.",
    ),
    remedy=Text(
        pl="Podaj dokument, który pacjent wtedy miał: E106, E109, E120 albo E121.",
        en="Give the document that the patient had then: E106, E109, E120 or E121.",
    ),
    basis=bases.COORDINATION,
    valid_to=date(2012, 5, 31),
)
def s1_before_new_rules(_: Circumstances) -> Offending:
    """S1 belongs to regulation 883/2004: EU from May 2010, CH from April 2012, IS, LI, NO from June 2012 (R58)."""
    return offending(
        (_DOCUMENT == "S1") & pl.col("country_coordinated") & ~pl.col("new_rules"),
        country=pl.col("entitlement_country"),
        reported_month=pl.col("month"),
    )


@rule(
    code="59902010",
    name=Text(pl="Zbyt długi numer dokumentu", en="Number of the document too long"),
    message=Text(
        pl="Numer dokumentu {document} ma {length} znaków, a może mieć najwyżej {longest}.",
        en="The number of document {document} has {length} characters, and may have {longest} at most.",
    ),
    remedy=Text(
        pl="Przepisz sam numer z dokumentu, bez innych danych.",
        en="Copy the number alone from the document, without other data.",
    ),
    basis=bases.COORDINATION,
    level="service",
)
def document_number_too_long(_: Circumstances) -> Offending:
    """The number under which a person has a bill (R61) fits into the template."""
    length = pl.col("entitlement_number").str.len_chars()
    return offending(
        pl.col("coordination") & (length > LONGEST_DOCUMENT_NUMBER),
        document=_DOCUMENT,
        length=length,
        longest=pl.lit(LONGEST_DOCUMENT_NUMBER),
    )


RULES = (
    basis_missing,
    basis_form,
    document_incomplete,
    document_kind,
    document_dates,
    document_not_valid,
    country_form,
    country_not_coordinated,
    identity_document,
    country_without_document,
    s1_before_new_rules,
    document_number_too_long,
)
