"""Whatever the template: its own bill is accepted, and one changed field is refused with its own reason."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.documents.bills import check_bill, draft_bill
from rozlicz.documents.catalogue import reason_of
from rozlicz.documents.deadlines import bill_due
from rozlicz.documents.refusals import Refusal
from rozlicz.documents.vat import usual_exemption
from rozlicz.kernel.branches import BRANCHES, PostalAddress
from rozlicz.kernel.money import exact_value, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.messages.bills import BillKind
from rozlicz.messages.contracts import LegalForm, Party
from rozlicz.messages.templates import TemplateLine
from tests.documents.desk import ACCOUNT, OTHER_ACCOUNT, contract_of, template_of

WORDS = st.text(string.ascii_letters + "ąćęłńóśźż „”–{}", min_size=1, max_size=40).filter(str.strip)
# Not the month in which the buyer's address changes: there a changed date of issue is a second fault.
MONTHS = st.builds(Month, st.integers(2014, 2035), st.integers(1, 12)).filter(lambda m: m != Month(2020, 12))
OTHER_ADDRESS = PostalAddress(street="Inna 99", postal_code="00-000", town="Inne")


@st.composite
def template_lines(draw, sign: int) -> tuple[TemplateLine, ...]:
    """Lines as a calculation makes them: one for each scope, distinguishing number, product and price."""
    digit = st.integers(0, 2)
    keys = draw(
        st.lists(st.tuples(digit, digit, digit, st.integers(1, 10**7)), min_size=1, max_size=5, unique=True)
    )
    lines = []
    for scope, distinguisher, product, price in keys:
        units = sign * draw(st.integers(1, 10**9))
        lines.append(
            TemplateLine(
                scope=f"02.122{scope}.001.02",
                distinguisher=distinguisher,
                product=f"5.30.00.000001{product}",
                name=draw(WORDS),
                unit_name=draw(WORDS),
                units=units,
                price=price,
                amount=round_half_up(exact_value(units=units, price=price)),
            )
        )
    return tuple(lines)


@st.composite
def parties(draw) -> Party:
    return Party(
        code=draw(st.text(string.digits, min_size=6, max_size=6)),
        name=draw(WORDS),
        legal_form=draw(st.sampled_from(LegalForm)),
        nip=draw(st.sampled_from(["5260250274", "1070001057"])),
        regon="123456785",
        address=PostalAddress(street=draw(WORDS), postal_code="90-001", town=draw(WORDS)),
        company_name=draw(st.just("") | WORDS),
        form_of_business=draw(st.sampled_from(["", "spółka jawna", "spółka cywilna"])),
    )


@st.composite
def cases(draw):
    """A template, its contract and all that `check_bill` and `draft_bill` take for them."""
    correcting = draw(st.booleans())
    branch = draw(st.sampled_from(sorted(BRANCHES)))
    month = draw(MONTHS)
    template = template_of(
        *draw(template_lines(-1 if correcting else 1)),
        month=month,
        branch=branch,
        corrects=5 if correcting else None,
    )
    contract = contract_of(provider=draw(parties()), branch=branch)
    issued_on = month.last_day + timedelta(days=draw(st.integers(0, 9)))
    received_on = draw(st.dates(issued_on, bill_due(month)))
    draft = {
        "template": template,
        "contract": contract,
        "kind": draw(st.sampled_from([BillKind.INVOICE, BillKind.ACCOUNT])),
        "number": draw(WORDS),
        "issued_on": issued_on,
        "vat_exemption": usual_exemption(contract.provider.legal_form),
        "bank_account": ACCOUNT,
    }
    if correcting:
        draft |= {"corrects_number": "1/2026", "correction_reason": draw(WORDS)}
    check = {
        "template": template,
        "contract": contract,
        "received_on": received_on,
        "template_already_billed": False,
        "numbers_used": frozenset({"1/2026"}),
        "registered_bank_accounts": [ACCOUNT],
        "corrected_bill_number": "1/2026" if correcting else None,
    }
    return draft, check


@given(cases())
def test_a_bill_made_from_any_template_passes(case):
    draft, check = case
    bill = draft_bill(**draft)
    assert check_bill(bill, **check) == ()
    assert bill.amount == draft["template"].amount == sum(line.amount for line in bill.lines)


def _line(bill, **changes):
    return replace(bill, lines=(replace(bill.lines[0], **changes), *bill.lines[1:]))


CHANGES = {
    "template": lambda b: (replace(b, template=b.template + 1), {"B-102"}),
    "contract": lambda b: (replace(b, contract=b.contract + "x"), {"B-111"}),
    "month": lambda b: (replace(b, month=b.month.plus(1)), {"B-113"}),
    "sold_on": lambda b: (replace(b, sold_on=b.sold_on - timedelta(days=1)), {"B-114"}),
    "number": lambda b: (replace(b, number=" "), {"B-121"}),
    "number used": lambda b: (replace(b, number="1/2026 "), {"B-122"}),
    "number long": lambda b: (replace(b, number="9" * 61), {"B-123"}),
    "issued early": lambda b: (replace(b, issued_on=b.month.last_day - timedelta(days=1)), {"B-401"}),
    "issued in future": lambda b: (replace(b, issued_on=bill_due(b.month) + timedelta(days=1)), {"B-402"}),
    "vat": lambda b: (replace(b, vat_exemption=None), {"B-411"}),
    "account": lambda b: (replace(b, bank_account="1"), {"B-501"}),
    "account unknown": lambda b: (replace(b, bank_account=OTHER_ACCOUNT), {"B-502"}),
    "amount": lambda b: (replace(b, amount=b.amount + 1), {"B-207", "B-208"}),
    "buyer name": lambda b: (replace(b, buyer=replace(b.buyer, name="F")), {"B-301"}),
    "buyer nip": lambda b: (replace(b, buyer=replace(b.buyer, nip="1")), {"B-302"}),
    "buyer address": lambda b: (replace(b, buyer=replace(b.buyer, address=OTHER_ADDRESS)), {"B-303"}),
    "recipient": lambda b: (replace(b, recipient=replace(b.recipient, branch="99")), {"B-304"}),
    "recipient name": lambda b: (replace(b, recipient=replace(b.recipient, name="O")), {"B-305"}),
    "issuer code": lambda b: (replace(b, issuer=replace(b.issuer, code="x")), {"B-311"}),
    "issuer name": lambda b: (replace(b, issuer=replace(b.issuer, name="9")), {"B-313"}),
    "issuer address": lambda b: (replace(b, issuer=replace(b.issuer, address=OTHER_ADDRESS)), {"B-314"}),
    "issuer form": lambda b: (replace(b, issuer=replace(b.issuer, form_of_business="9")), {"B-315"}),
    "issuer company": lambda b: (replace(b, issuer=replace(b.issuer, company_name="9")), {"B-316"}),
    "issuer nip": lambda b: (replace(b, issuer=replace(b.issuer, nip="1")), {"B-317"}),
    "issuer regon": lambda b: (replace(b, issuer=replace(b.issuer, regon="1")), {"B-318"}),
    "scope": lambda b: (_line(b, scope="x"), {"B-201", "B-202"}),
    "distinguisher": lambda b: (_line(b, distinguisher=9), {"B-201", "B-202"}),
    "product": lambda b: (_line(b, product="x"), {"B-201", "B-202"}),
    "line amount": lambda b: (_line(b, amount=b.lines[0].amount + 1), {"B-205", "B-206", "B-207"}),
    "unit name": lambda b: (_line(b, unit_name="x" * 11), {"B-209"}),
    "line name": lambda b: (_line(b, name=" "), {"B-210"}),
    "line number": lambda b: (_line(b, number=99), {"B-211"}),
}


@pytest.mark.slow
@given(cases(), st.sampled_from(sorted(CHANGES)))
def test_one_changed_field_is_refused_with_exactly_its_reason(case, change):
    draft, check = case
    bill = draft_bill(**draft)
    changed, expected = CHANGES[change](bill)
    found = check_bill(changed, **check)
    assert {one.code for one in found} == expected
    for one in found:
        assert one.text.pl
        assert reason_of(one.code).severity is one.severity
        assert Refusal.from_json(one.to_json()) == one


@pytest.mark.slow
@given(cases(), st.integers(1, 10**6), st.sampled_from(["units", "price"]))
def test_a_changed_quantity_or_price_is_told_of_its_line(case, more, field):
    draft, check = case
    bill = draft_bill(**draft)
    line = bill.lines[0]
    changed = replace(line, **{field: getattr(line, field) + more})
    others = {(one.scope, one.distinguisher, one.product, one.price) for one in bill.lines[1:]}
    same_codes_other_price = any(key[:3] == (line.scope, line.distinguisher, line.product) for key in others)
    found = {one.code for one in check_bill(replace(bill, lines=(changed, *bill.lines[1:])), **check)}
    own = {"units": "B-203", "price": "B-204"}[field]
    value = round_half_up(exact_value(units=changed.units, price=changed.price))
    if not same_codes_other_price:
        assert found == ({own, "B-206"} if value != line.amount else {own})
    else:
        assert found


@given(cases(), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_no_date_on_a_bill_stops_the_check(case, day):
    draft, check = case
    bill = replace(draft_bill(**draft), issued_on=day, sold_on=day)
    assert isinstance(check_bill(bill, **check), tuple)
