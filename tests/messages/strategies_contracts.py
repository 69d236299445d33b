"""Any contract, any message of templates and any request for settlement that can be written."""

from dataclasses import replace

from hypothesis import strategies as st

from rozlicz.messages.contracts import (
    Cell,
    Coefficient,
    CoefficientUse,
    Contract,
    Location,
    PlanIncrease,
    PlanMonth,
    Scope,
    SettledBy,
    UnitProduct,
)
from rozlicz.messages.financing import FinancingDocument, FinancingKind, FundsPurpose
from rozlicz.messages.rates import CapitationGroup, FollowedScope, PersonGroup, Rate, RatePer, WardRate
from rozlicz.messages.requests import MonthRequest, RepaymentRequest, RequestRefusal
from rozlicz.messages.templates import (
    CalculatedBy,
    Capitation,
    PlanKind,
    Template,
    TemplateLine,
    TemplateSet,
)
from tests.messages.strategies import (
    ADDRESSES,
    BRANCHES,
    DAYS,
    FINDINGS,
    GROSZE,
    MOMENTS,
    MONTHS,
    NUMBERS,
    PARTIES,
    PERIODS,
    PRODUCT_CODES,
    RECEIPTS,
    SCOPE_CODES,
    TEXTS,
    UNITS,
    WORDS,
    short,
)

CODES_24 = st.text("0123456789/ABC", min_size=1, max_size=24)
ITEMS = PRODUCT_CODES | st.from_regex(r"[A-Z]\.[0-9]{3}(\.[0-9]{2})?", fullmatch=True)
DISTINGUISHERS = st.integers(0, 9999)
AGES = st.none() | st.integers(0, 150)

PLAN_MONTHS = st.builds(PlanMonth, month=MONTHS, units=UNITS, price=GROSZE)
PRODUCTS = st.builds(
    UnitProduct,
    code=ITEMS,
    name=TEXTS,
    weight=UNITS,
    valid_from=DAYS,
    valid_to=DAYS,
    min_age=AGES,
    max_age=AGES,
    max_multiplicity=st.none() | UNITS,
    referral_required=st.booleans(),
)
COEFFICIENTS = st.builds(
    Coefficient,
    code=TEXTS,
    name=TEXTS,
    use=st.sampled_from(CoefficientUse),
    value=UNITS,
    valid_from=DAYS,
    valid_to=DAYS,
)
WARD_RATES = st.builds(
    WardRate,
    base=st.integers(0, 10**8),
    structure_share=st.integers(0, 20_000),
    function_part=st.integers(0, 10**8),
)


@st.composite
def rates(draw):
    ward = draw(st.none() | WARD_RATES)
    return Rate(
        per=draw(st.sampled_from(RatePer)),
        amount=draw(GROSZE) if ward is None else ward.amount,
        valid_from=draw(DAYS),
        valid_to=draw(DAYS),
        variant=draw(TEXTS),
        ward=ward,
    )


GROUPS = st.builds(
    CapitationGroup,
    code=ITEMS,
    name=TEXTS,
    coefficient=UNITS,
    valid_from=DAYS,
    valid_to=DAYS,
    min_age=AGES,
    max_age=AGES,
    persons=st.none() | st.sampled_from(PersonGroup),
)
LOCATIONS = st.builds(Location, code=WORDS, name=TEXTS, address=ADDRESSES)
PURPOSES = st.builds(FundsPurpose, code=WORDS, name=TEXTS)


def one_of(codes: list[str]):
    """One of the codes a contract knows, or none."""
    return st.sampled_from(["", *codes])


def scopes(locations, documents, purposes):
    return st.builds(
        Scope,
        code=SCOPE_CODES,
        distinguisher=DISTINGUISHERS,
        name=TEXTS,
        settled_by=st.sampled_from(SettledBy),
        unit_name=TEXTS,
        plan=short(PLAN_MONTHS),
        products=short(PRODUCTS, 2),
        cells=short(
            st.builds(
                Cell,
                code=TEXTS,
                name=TEXTS,
                place=TEXTS,
                valid_from=DAYS,
                valid_to=DAYS,
                location=one_of(locations),
            ),
            2,
        ),
        unlimited=st.booleans(),
        increases=short(
            st.builds(
                PlanIncrease,
                month=MONTHS,
                units=UNITS,
                price=GROSZE,
                document=one_of(documents),
                purpose=one_of(purposes),
            ),
            2,
        ),
        rates=short(rates(), 2),
        groups=short(GROUPS, 2),
        follows=short(
            st.builds(FollowedScope, code=SCOPE_CODES, distinguisher=DISTINGUISHERS, contract=CODES_24), 2
        ),
        coefficients=short(COEFFICIENTS, 2),
    )


@st.composite
def contracts(draw):
    purposes = draw(st.lists(PURPOSES, max_size=2, unique_by=lambda one: one.code))
    locations = draw(st.lists(LOCATIONS, max_size=2, unique_by=lambda one: one.code))
    purpose = one_of([one.code for one in purposes])
    documents = st.builds(
        FinancingDocument, number=CODES_24, kind=st.sampled_from(FinancingKind), dated=DAYS, purpose=purpose
    )
    financing = draw(st.lists(documents, max_size=2, unique_by=lambda one: one.number))
    any_scope = scopes(
        [one.code for one in locations], [one.number for one in financing], [one.code for one in purposes]
    )
    found = draw(st.lists(any_scope, max_size=3, unique_by=lambda s: (s.code, s.distinguisher)))
    if found and draw(st.booleans()):
        of_the_first = FollowedScope(code=found[0].code, distinguisher=found[0].distinguisher)
        found[-1] = replace(found[-1], follows=(of_the_first,))
    return Contract(
        code=draw(TEXTS),
        printed_code=draw(TEXTS),
        original_code=draw(TEXTS),
        annex=draw(NUMBERS),
        annexed_on=draw(DAYS),
        branch=draw(BRANCHES),
        kind=draw(TEXTS),
        kind_name=draw(TEXTS),
        provider=draw(PARTIES),
        signed_on=draw(DAYS),
        valid_from=draw(DAYS),
        valid_to=draw(DAYS),
        settlement_periods=draw(short(PERIODS)),
        scopes=tuple(found),
        coefficients=draw(short(COEFFICIENTS)),
        contract_type=draw(st.sampled_from(["", "18/1", "19/4"])),
        locations=tuple(locations),
        financing=tuple(financing),
        purposes=tuple(purposes),
    )


# ---- templates -----------------------------------------------------------------------------------------------------


@st.composite
def capitations(draw):
    of_days = draw(st.integers(0, 31))
    return Capitation(
        persons=draw(st.integers(-100_000, 100_000)),
        coefficient=draw(st.integers(0, 100_000)),
        annual_rate=draw(st.integers(0, 10_000_000)),
        counted_on=draw(DAYS),
        days=draw(st.integers(0, of_days)),
        of_days=of_days,
    )


TEMPLATE_LINES = st.builds(
    TemplateLine,
    scope=SCOPE_CODES,
    distinguisher=DISTINGUISHERS,
    product=ITEMS | st.just(""),
    name=TEXTS,
    unit_name=TEXTS,
    units=UNITS,
    price=GROSZE,
    amount=GROSZE,
    capitation=st.none() | capitations(),
)


@st.composite
def template_sets(draw):
    """Any message of templates, also one without; of every plan and process, so of every version."""
    plan = draw(st.sampled_from(PlanKind))
    of_the_fund = plan is PlanKind.MEDICAL_FUND
    shared = {
        "contract": draw(CODES_24),
        "branch": draw(BRANCHES),
        "provider": draw(TEXTS),
        "calculated_by": draw(st.sampled_from(CalculatedBy)),
        "contract_type": draw(st.sampled_from(["", "18/1", "19/4"])),
        "plan": plan,
        "plan_number": draw(TEXTS) if of_the_fund else "",
    }
    one = st.builds(
        Template,
        number=st.integers(1, 10**11),
        annex=NUMBERS,
        month=MONTHS,
        issued_at=MOMENTS,
        lines=short(TEMPLATE_LINES),
        corrects=st.none() | st.integers(10**11 + 1, 10**12 - 1),
        person=TEXTS,
        country=TEXTS,
        financing_document=st.just("") | CODES_24,
        purpose=TEXTS if of_the_fund else st.just(""),
        **{name: st.just(value) for name, value in shared.items()},
    )
    found = draw(st.lists(one, max_size=3, unique_by=lambda template: template.number))
    return TemplateSet(templates=tuple(found), **shared)


# ---- requests ------------------------------------------------------------------------------------------------------

REQUESTS = st.builds(
    MonthRequest, contract=CODES_24, month=MONTHS, settled_by=short(st.sampled_from(SettledBy))
) | st.builds(
    RepaymentRequest,
    contract=CODES_24,
    year=st.integers(1900, 2999),
    amount=GROSZE,
    plan=st.just("") | CODES_24,
)
REFUSALS = st.builds(
    RequestRefusal,
    receipt=RECEIPTS,
    request=REQUESTS,
    reasons=st.lists(FINDINGS, min_size=1, max_size=3).map(tuple),
)
