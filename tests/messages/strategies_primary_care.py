"""Any message of primary care that can be written."""

from dataclasses import replace

from hypothesis import strategies as st

from rozlicz.messages.aggregates import AggregateCount, AggregateReport, AggregateSet, EntitledAs, Setting
from rozlicz.messages.declaration_replies import (
    CertificateHolder,
    GroupCount,
    ListResult,
    ListsReply,
    Population,
    UnrecognisedDeclaration,
    UnrecognisedReason,
    WrongDeclaration,
)
from rozlicz.messages.declarations import Category, Declaration, DeclarationList, Facility, Residence
from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType, Sex
from tests.messages.strategies import (
    DAYS,
    FINDINGS,
    MONTHS,
    NUMBERS,
    RECEIPTS,
    SCOPE_CODES,
    TEXTS,
    UNITS,
    WORDS,
    headers,
    short,
)
from tests.messages.strategies_persons import ENTITLEMENT_DOCUMENTS, PERSONS

CODES = st.text("0123456789/ABCąę&", min_size=1, max_size=20)
VERSIONS = st.integers(1, 999)
CATEGORIES = st.sampled_from(Category)
MAYBE_DAYS = st.none() | DAYS
MAYBE_NUMBERS = st.none() | st.integers(0, 120)


def digits(count: int):
    return st.text("0123456789", min_size=count, max_size=count)


def report_headers(kind: str):
    """A report in the framework goes to a branch."""
    return headers(kind).map(lambda header: replace(header, receiver="05"))


LISTS = st.builds(DeclarationList, contract=CODES, month=MONTHS, category=CATEGORIES, version=VERSIONS)

RESIDENCES = st.builds(
    Residence, facility=st.sampled_from(Facility), regon=digits(9) | digits(14), since=DAYS, until=MAYBE_DAYS
)
CERTIFICATES = st.builds(
    EntitlementDocument,
    kind=WORDS,
    number=WORDS,
    country=WORDS,
    valid_from=MAYBE_DAYS,
    valid_to=MAYBE_DAYS,
)


@st.composite
def declarations(draw, category: Category):
    kinds = [PersonIdType.PESEL, PersonIdType.INFANT, PersonIdType.PASSPORT, PersonIdType.IDENTITY_CARD]
    country = draw(st.from_regex(r"[A-Z]{2}", fullmatch=True).filter(str.isascii))
    if category is Category.SCHOOL_MEDICINE and draw(st.booleans()):
        kinds, country = [PersonIdType.OTHER_DOCUMENT], "UA"
    id_type = draw(st.sampled_from(kinds))
    has_pesel = id_type is PersonIdType.PESEL
    by_number = id_type in {PersonIdType.PESEL, PersonIdType.INFANT}
    person = Person(
        id_type=id_type,
        id=draw(digits(11) if by_number else WORDS),
        sex=draw(st.none() | st.sampled_from(Sex)),
        born_on=draw(MAYBE_DAYS if has_pesel else DAYS),
        surname=draw(TEXTS),
        first_name=draw(TEXTS),
    )
    return draw(
        st.builds(
            Declaration,
            id=CODES,
            made_on=DAYS,
            person=st.just(person),
            professional=digits(7),
            place=WORDS,
            cell=TEXTS,
            ends_on=MAYBE_DAYS,
            choice=VERSIONS,
            fee_paid=st.booleans(),
            document_country=st.just("" if by_number else country),
            residence=st.none() | RESIDENCES,
            certificates=short(CERTIFICATES, 2),
            voluntary_insurance=TEXTS,
            school_regon=st.just("") | digits(9),
            school_nip=st.just("") if by_number else st.just("") | digits(10),
        )
    )


@st.composite
def reports(draw):
    """Contract, month, and its lists with their declarations."""
    contract, month = draw(CODES), draw(MONTHS)
    categories = draw(st.lists(CATEGORIES, min_size=1, max_size=3, unique=True))
    lists = [
        (
            DeclarationList(contract=contract, month=month, category=category, version=draw(VERSIONS)),
            draw(short(declarations(category))),
        )
        for category in categories
    ]
    return contract, month, lists


LIST_RESULTS = st.builds(
    ListResult,
    category=CATEGORIES,
    version=VERSIONS,
    accepted=NUMBERS,
    rejected=NUMBERS,
    findings=short(FINDINGS, 1),
)


def heads(counted_on):
    return st.builds(
        ListsReply,
        receipt=RECEIPTS,
        contract=CODES,
        month=MONTHS,
        lists=short(LIST_RESULTS),
        counted_on=counted_on,
    )


WRONG = short(
    st.builds(WrongDeclaration, category=CATEGORIES, id=TEXTS, line=NUMBERS, findings=short(FINDINGS, 2))
)
UNRECOGNISED = short(
    st.builds(
        UnrecognisedDeclaration,
        category=CATEGORIES,
        id=TEXTS,
        line=NUMBERS,
        reason=st.sampled_from(UnrecognisedReason),
        findings=short(FINDINGS, 1),
        since=MAYBE_DAYS,
    )
)
POPULATIONS = st.builds(
    Population,
    counts=short(
        st.builds(
            GroupCount,
            category=CATEGORIES,
            scope=SCOPE_CODES,
            distinguisher=st.integers(0, 9999),
            group=WORDS,
            name=TEXTS,
            coefficient=UNITS,
            persons=NUMBERS,
            certificate_holders=NUMBERS,
        )
    ),
    provisional_from=st.none() | MONTHS,
)
HOLDERS = short(
    st.builds(
        CertificateHolder,
        category=CATEGORIES,
        scope=SCOPE_CODES,
        distinguisher=st.integers(0, 9999),
        group=WORDS,
        declaration=TEXTS,
        person=PERSONS,
        document=ENTITLEMENT_DOCUMENTS,
    )
)

AGGREGATES = st.builds(
    AggregateReport,
    contract=CODES,
    month=MONTHS,
    version=VERSIONS,
    sets=short(
        st.builds(
            AggregateSet,
            item=WORDS,
            name=WORDS,
            category=CATEGORIES,
            scope=SCOPE_CODES,
            distinguisher=st.integers(0, 9999),
            setting=st.none() | st.sampled_from(Setting),
            counts=short(
                st.builds(
                    AggregateCount,
                    entitled_as=st.sampled_from(EntitledAs),
                    services=NUMBERS,
                    persons=st.none() | NUMBERS,
                    min_age=MAYBE_NUMBERS,
                    max_age=MAYBE_NUMBERS,
                )
            ),
        )
    ),
)
