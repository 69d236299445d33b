"""One small world for all tests: two providers of the Łódź branch with a contract each, and what they could report.

Nobody in it exists: names are invented, numbers are made with valid check digits.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import (
    Cell,
    Coefficient,
    CoefficientUse,
    Contract,
    LegalForm,
    Party,
    PlanMonth,
    Scope,
    SettledBy,
    UnitProduct,
)

YEAR = 2026
NEUROLOGY = "02.1220.001.02"
CARDIOLOGY = "02.1100.001.02"
VISIT = "5.30.00.0000011"
SPECIALIST_VISIT = "5.30.00.0000012"
CELL = "0501-001"
ACCOUNT = "61109010140000071219812874"
OTHER_ACCOUNT = "27114020040000300201355387"
SHORT_INSTALLATION = "05010318"
LONG_INSTALLATION = "05010318-ABCDEFGHIJ0123456789"

CLINIC = Party(
    code="050123",
    name="Przychodnia Wrzosowa Sp. z o.o.",
    legal_form=LegalForm.NON_PUBLIC_UNIT,
    nip="7251801126",
    regon="100063894",
    address=PostalAddress(street="ul. Wrzosowa 7", postal_code="90-101", town="Łódź"),
    company_name="Wrzosowa Medycyna Sp. z o.o.",
    form_of_business="spółka z ograniczoną odpowiedzialnością",
)
PRACTICE = Party(
    code="050777",
    name="Indywidualna Praktyka Lekarska Zofia Zawilec",
    legal_form=LegalForm.INDIVIDUAL_PRACTICE,
    nip="9471842039",
    regon="472183590",
    address=PostalAddress(street="ul. Polna 2", postal_code="95-100", town="Zgierz"),
)


def scope(
    code: str = NEUROLOGY,
    *,
    distinguisher: int = 1,
    units: int = 1_000_000,
    price: int = 1000,
    unlimited: bool = False,
) -> Scope:
    """A scope with the same plan each month of the year: by default 100 units at 10.00 zł."""
    year = (date(YEAR, 1, 1), date(YEAR, 12, 31))
    return Scope(
        code=code,
        distinguisher=distinguisher,
        name="świadczenia w zakresie neurologii"
        if code == NEUROLOGY
        else "świadczenia w zakresie kardiologii",
        settled_by=SettledBy.SERVICES,
        unit_name="punkt",
        plan=tuple(PlanMonth(month=Month(YEAR, m), units=units, price=price) for m in range(1, 13)),
        products=(
            UnitProduct(
                code=VISIT,
                name="W11 Świadczenie specjalistyczne 1-go typu",
                weight=10_000,
                valid_from=year[0],
                valid_to=year[1],
                max_multiplicity=1_000_000,
            ),
            UnitProduct(
                code=SPECIALIST_VISIT,
                name="W12 Świadczenie specjalistyczne 2-go typu",
                weight=71_400,
                valid_from=year[0],
                valid_to=year[1],
                min_age=18,
                referral_required=True,
            ),
        ),
        cells=(
            Cell(
                code=CELL,
                name="Poradnia neurologiczna",
                place="Łódź",
                valid_from=year[0],
                valid_to=year[1],
            ),
        ),
        unlimited=unlimited,
    )


def contract(
    party: Party = CLINIC, *, number: int = 1, annex: int = 0, scopes: tuple[Scope, ...] = ()
) -> Contract:
    """A contract for outpatient care for the whole year, settled as one period."""
    code = f"05/{party.code}/AOS/{YEAR}/{number}"
    return Contract(
        code=code,
        printed_code=code,
        original_code=code,
        annex=annex,
        annexed_on=date(YEAR, 1, 2),
        branch="05",
        kind="AOS",
        kind_name="ambulatoryjna opieka specjalistyczna",
        provider=party,
        signed_on=date(YEAR - 1, 12, 15),
        valid_from=date(YEAR, 1, 1),
        valid_to=date(YEAR, 12, 31),
        settlement_periods=(SettlementPeriod(Month(YEAR, 1), Month(YEAR, 12)),),
        scopes=scopes or (scope(),),
        coefficients=(
            Coefficient(
                code="Q01",
                name="akredytacja ≥ 90 %",
                use=CoefficientUse.MULTIPLY,
                value=12_000,
                valid_from=date(YEAR, 1, 1),
                valid_to=date(YEAR, 12, 31),
            ),
        ),
    )


def annexed(terms: Contract, **changes: object) -> Contract:
    """The next annex of a contract, changed as asked."""
    return replace(terms, annex=terms.annex + 1, **changes)  # type: ignore[arg-type]
