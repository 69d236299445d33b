"""One clinic in Łódź, its contract, the template of October 2026 and the bill made from it."""

from __future__ import annotations

from datetime import date, datetime

from rozlicz.documents.bills import check_bill, draft_bill
from rozlicz.documents.refusals import Refusal
from rozlicz.kernel.branches import PostalAddress
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.bills import Bill, BillKind, VatExemption
from rozlicz.messages.contracts import (
    Contract,
    LegalForm,
    Party,
    PlanMonth,
    Scope,
    SettledBy,
)
from rozlicz.messages.templates import Template, TemplateLine

OCTOBER = Month(2026, 10)
ACCOUNT = "61109010140000071219812874"
OTHER_ACCOUNT = "27114020040000300201355387"

CLINIC = Party(
    code="051234",
    name="Przychodnia „Zdrowie”",
    legal_form=LegalForm.NON_PUBLIC_UNIT,
    nip="5260250274",
    regon="123456785",
    address=PostalAddress(street="ul. Piotrkowska 1", postal_code="90-001", town="Łódź"),
    company_name="Zdrowie Medycyna",
    form_of_business="spółka jawna",
)


def scope_of(
    code: str = "02.1220.001.02",
    *,
    distinguisher: int = 1,
    name: str = "świadczenia w zakresie neurologii",
    settled_by: SettledBy = SettledBy.SERVICES,
) -> Scope:
    return Scope(
        code=code,
        distinguisher=distinguisher,
        name=name,
        settled_by=settled_by,
        unit_name="punkt",
        plan=tuple(PlanMonth(month=Month(2026, m), units=1_000_0000, price=1000) for m in range(1, 13)),
        products=(),
        cells=(),
    )


def contract_of(
    *scopes: Scope, provider: Party = CLINIC, code: str = "05-26-00123", branch: str = "05"
) -> Contract:
    return Contract(
        code=code,
        printed_code=f"{code}/AOS",
        original_code=code,
        annex=0,
        annexed_on=date(2025, 12, 20),
        branch=branch,
        kind="AOS",
        kind_name="ambulatoryjna opieka specjalistyczna",
        provider=provider,
        signed_on=date(2025, 12, 20),
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        settlement_periods=(SettlementPeriod(Month(2026, 1), Month(2026, 12)),),
        scopes=scopes or (scope_of(),),
    )


CONTRACT = contract_of()

LINES = (
    TemplateLine(
        scope="02.1220.001.02",
        distinguisher=1,
        product="5.30.00.0000012",
        name="W12 Świadczenie specjalistyczne 2-go typu",
        unit_name="punkt",
        units=71_4000,
        price=1000,
        amount=71400,
    ),
    TemplateLine(
        scope="02.1220.001.02",
        distinguisher=1,
        product="5.30.00.0000011",
        name="W11 Świadczenie specjalistyczne 1-go typu",
        unit_name="punkt",
        units=3_3333,
        price=1001,
        amount=3337,
    ),
)


def template_of(
    *lines: TemplateLine,
    month: Month = OCTOBER,
    corrects: int | None = None,
    branch: str = "05",
    number: int = 700123,
    contract: str = "05-26-00123",
) -> Template:
    return Template(
        number=number,
        contract=contract,
        annex=0,
        branch=branch,
        provider="051234",
        month=month,
        issued_at=datetime(2026, 11, 3, 10, 0),
        lines=lines or LINES,
        corrects=corrects,
    )


TEMPLATE = template_of()
CORRECTING = template_of(
    TemplateLine(
        scope="02.1220.001.02",
        distinguisher=1,
        product="5.30.00.0000012",
        name="W12 Świadczenie specjalistyczne 2-go typu",
        unit_name="punkt",
        units=-7_1400,
        price=1000,
        amount=-7140,
    ),
    corrects=700123,
    number=700200,
)


def bill_of(template: Template = TEMPLATE, contract: Contract = CONTRACT, **given: object) -> Bill:
    """A bill made properly from a template; keywords as `draft_bill` takes them."""
    facts: dict[str, object] = {
        "kind": BillKind.ACCOUNT,
        "number": "17/10/2026",
        "issued_on": date(2026, 11, 4),
        "vat_exemption": VatExemption.MEDICAL_CARE_BY_ENTITY,
        "bank_account": ACCOUNT,
    }
    if template.corrects is not None:
        facts |= {
            "corrects_number": "17/10/2026",
            "correction_reason": "usunięcie świadczenia",
            "number": "K1",
        }
    return draft_bill(template=template, contract=contract, **(facts | given))


def checked(bill: Bill, **given: object) -> tuple[Refusal, ...]:
    """`check_bill` with the template and contract of the desk, received on 5 November 2026."""
    facts: dict[str, object] = {
        "template": TEMPLATE,
        "contract": CONTRACT,
        "received_on": date(2026, 11, 5),
        "template_already_billed": False,
        "numbers_used": frozenset(),
        "registered_bank_accounts": [ACCOUNT],
    }
    return check_bill(bill, **(facts | given))


def codes(refusals: tuple[Refusal, ...]) -> list[str]:
    """The codes of refusals, sorted, each as often as it was found."""
    return sorted(one.code for one in refusals)
