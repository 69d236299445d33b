"""R67: the branch's lists of coordination by state and month: E-125 person by person with bill, and E-127."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.months import Month
from rozlicz.messages.declaration_replies import CertificateHolder
from rozlicz.messages.declarations import Category
from rozlicz.messages.persons import EntitlementDocument, Person, PersonIdType
from rozlicz.messages.templates import CalculatedBy, Capitation, Template, TemplateLine, capitation_line
from rozlicz.settlement.coordination import BillKind, ClaimForm, Method, Route, route
from rozlicz.settlement.coordination_facts import AcceptedBill, BilledService, BillId
from rozlicz.settlement.coordination_lists import coordination_lists, list_shares
from rozlicz.settlement.explanation import Explanation

MAY_2010 = Month(2010, 5)
CARD = EntitlementDocument(kind="EKUZ", number="80276000001234567890", country="DE")
PENSIONER = EntitlementDocument(kind="E-121", number="121/7", country="NO")


def bill(number: str, amount: int, document: EntitlementDocument | None = None, **more) -> AcceptedBill:
    """A bill of one line: of a person by the document, else the general one."""
    line = TemplateLine(
        scope="02.1220.001.02",
        distinguisher=1,
        product="P",
        name="porada",
        unit_name="punkt",
        units=10_000,
        price=amount,
        amount=amount,
    )
    template = Template(
        number=int(number.removeprefix("F/")),
        contract="C",
        annex=0,
        branch="05",
        provider="050123",
        month=MAY_2010,
        issued_at=datetime(2010, 6, 1),
        lines=(line,),
        person=document.number if document else "",
        country=document.country if document else "",
    )
    return AcceptedBill(number=number, template=replace(template, **more))


def service(of: AcceptedBill, document: EntitlementDocument, amount: int, **more) -> BilledService:
    plain = BilledService(
        bill=of.id,
        document=document,
        month=MAY_2010,
        first_day=date(2010, 5, 4),
        last_day=date(2010, 5, 5),
        amount=amount,
    )
    return replace(plain, **more)


def codes(found):
    return [refusal.code for refusal in found.refusals]


def shown(found):
    return [
        (
            one.country,
            str(one.month),
            one.form.value,
            [(e.bill.number, e.document.number, e.amount) for e in one.entries],
        )
        for one in found.lists
    ]


GENERAL = bill("F/1", 100_000)
GERMAN = bill("F/2", 30_000, CARD)


def test_r67_the_lists_of_a_month_by_state_and_form():
    """A card has a bill of its own (E-125); a pensioner of Norway is in the general bill (E-127, R60)."""
    other = replace(CARD, number="999")
    french = replace(CARD, country="FR", number="4")
    bills = [GENERAL, GERMAN, bill("F/10", 500, french), bill("F/9", 700, other)]
    found = coordination_lists(
        bills=bills,
        services=[
            service(GENERAL, PENSIONER, 1_500),
            service(bills[2], french, 500),
            service(GERMAN, CARD, 20_000),
            service(bills[3], other, 700),
            service(GERMAN, CARD, 10_000, first_day=date(2010, 5, 1)),
            service(GENERAL, replace(PENSIONER, country="", kind="EWUS"), 50_000),
        ],
    )
    assert not found.refusals
    assert shown(found) == [
        ("DE", "2010-05", "E125", [("F/2", CARD.number, 30_000), ("F/9", "999", 700)]),
        ("FR", "2010-05", "E125", [("F/10", "4", 500)]),
        ("NO", "2010-05", "E127", [("F/1", "121/7", 1_500)]),
    ]
    german = found.lists[0].entries[0]
    assert (german.first_day, german.last_day, german.services) == (date(2010, 5, 1), date(2010, 5, 5), 2)
    assert german.template == 2
    assert german.kind is BillKind.INDIVIDUAL
    assert found.lists[0].amount == GERMAN.template.amount + 700


def test_r59_from_may_2010_a_german_pensioner_is_listed_by_actual_cost():
    document = replace(PENSIONER, country="DE")
    own = bill("F/3", 800, document)
    before = service(GENERAL, document, 600, month=Month(2010, 4))
    found = coordination_lists(bills=[GENERAL, own], services=[before, service(own, document, 800)])
    assert not found.refusals
    assert [(str(one.month), one.form, one.amount) for one in found.lists] == [
        ("2010-04", ClaimForm.E127, 600),
        ("2010-05", ClaimForm.E125, 800),
    ]


def test_r62_a_bill_with_services_of_two_reporting_months_is_on_two_lists():
    april = service(GERMAN, CARD, 12_000, month=Month(2010, 4))
    found = coordination_lists(bills=[GERMAN], services=[april, service(GERMAN, CARD, 18_000)])
    assert [(str(one.month), one.amount) for one in found.lists] == [("2010-04", 12_000), ("2010-05", 18_000)]
    assert figures(found.lists[0].explanation, "coordination.bills") == [30_000, 12_000, 18_000]


def test_a_correcting_bill_takes_back_from_its_list():
    correction = bill("F/4", -10_000, CARD, corrects=2)
    found = coordination_lists(
        bills=[correction, GERMAN],
        services=[service(correction, CARD, -10_000), service(GERMAN, CARD, 30_000)],
    )
    (german,) = found.lists
    assert [entry.amount for entry in german.entries] == [30_000, -10_000]
    assert german.amount == 20_000


def test_both_codes_of_a_state_are_one_list():
    greek = replace(CARD, country="EL")
    own = bill("F/5", 100, replace(CARD, country="GR"))
    (found,) = coordination_lists(bills=[own], services=[service(own, greek, 100)]).lists
    assert found.country == "GR"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        pytest.param(service(GENERAL, replace(CARD, country="US"), 5), "C-1", id="no coordination R57"),
        pytest.param(service(GENERAL, replace(CARD, kind="OSW"), 5), "C-2", id="no document R57"),
        pytest.param(service(GENERAL, replace(PENSIONER, kind="S1"), 5), "C-3", id="S1 too early R58"),
        pytest.param(
            service(GENERAL, replace(PENSIONER, valid_to=date(2010, 5, 4)), 5),
            "C-4",
            id="not valid on all days R2",
        ),
        pytest.param(service(GENERAL, CARD, 5, bill=BillId("050123", "X")), "C-5", id="no such bill"),
        pytest.param(
            service(GENERAL, CARD, 5, bill=BillId("050777", "F/1")), "C-5", id="another provider's bill"
        ),
        pytest.param(service(GENERAL, CARD, 5), "C-6", id="a card in the general bill R61"),
        pytest.param(service(GERMAN, PENSIONER, 5), "C-6", id="E-109 or E-121 on a bill of one person R60"),
        pytest.param(
            service(GERMAN, replace(CARD, number="1"), 5), "C-6", id="another person's document R61"
        ),
        pytest.param(service(GERMAN, replace(CARD, country="FR"), 5), "C-6", id="another state R61"),
        pytest.param(
            service(GERMAN, replace(CARD, country="PL"), 5), "C-6", id="insured in Poland, own bill"
        ),
        pytest.param(
            service(GENERAL, replace(PENSIONER, kind="E106"), 5, method=Method.CAPITATION),
            "C-6",
            id="not on a list",
        ),
        pytest.param(service(GERMAN, CARD, 5), "C-7", id="more than the bill R67"),
        pytest.param(service(GENERAL, PENSIONER, 200_000), "C-7", id="more than the general bill R67"),
    ],
)
def test_what_does_not_fit_is_told_in_both_languages_and_the_rest_is_listed(given, code):
    sound = [service(GERMAN, CARD, 30_000), service(GENERAL, PENSIONER, 1)]
    found = coordination_lists(bills=[GENERAL, GERMAN], services=[*sound, given])
    assert codes(found) == [code]
    (refusal,) = found.refusals
    assert refusal.text.pl != refusal.text.en
    assert "{" not in refusal.text.pl + refusal.text.en + refusal.remedy.pl + refusal.remedy.en
    off = {given.bill} if code == "C-7" else set()
    assert {e.bill for one in found.lists for e in one.entries} == {GERMAN.id, GENERAL.id} - off


def test_a_bill_of_a_person_without_its_services_is_told():
    found = coordination_lists(bills=[GERMAN], services=[])
    assert (found.lists, codes(found)) == ((), ["C-7"])


def test_two_bills_of_one_number_are_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="two bills"):
        coordination_lists(bills=[GERMAN, GERMAN], services=[])


LIST_2015 = Month(2015, 3)


def of_list(persons: int, **more) -> AcceptedBill:
    line = capitation_line(
        scope="01.0010.094.01",
        distinguisher=1,
        product="LEK-7-39",
        name="7–39",
        capitation=Capitation(
            persons=persons, coefficient=10_000, annual_rate=14_401, counted_on=date(2015, 3, 1)
        ),
    )
    plain = bill("F/6", 1, month=LIST_2015, lines=(line,), calculated_by=CalculatedBy.DECLARATIONS)
    return replace(plain, template=replace(plain.template, **more))


HOLDER = CertificateHolder(
    category=Category.PHYSICIAN,
    scope="01.0010.094.01",
    distinguisher=1,
    group="LEK-7-39",
    declaration="D1",
    person=Person(id_type=PersonIdType.PASSPORT, id="AB1"),
    document=EntitlementDocument(kind="S1", number="S1/1", country="DE"),
)


def test_rt_18_a_holder_on_the_list_is_claimed_for_out_of_the_collective_bill():
    collective = of_list(1_200)
    found = coordination_lists(bills=[collective], services=list_shares(collective, [HOLDER]))
    (entry,) = found.lists[0].entries
    assert (entry.kind, entry.amount, entry.person) == (BillKind.COLLECTIVE, 1_200, HOLDER.person)
    assert found.lists[0].form is ClaimForm.E125


def test_a_correction_of_the_list_takes_the_share_back():
    (share,) = list_shares(of_list(-1_200, corrects=3), [HOLDER])
    assert share.amount == -1_200


def test_shares_of_another_bill_are_a_mistake_of_the_caller():
    with pytest.raises(LookupError, match="LEK-65"):
        list(list_shares(of_list(1), [replace(HOLDER, group="LEK-65")]))


def figures(explanation: Explanation, rule: str) -> list[int]:
    return [number for _, number in explanation.step(rule).figures]


def test_the_explanation_names_the_rules_and_never_the_person():
    own = bill("F/7", 800, replace(PENSIONER, country="IS"), month=Month(2012, 6))
    document = replace(PENSIONER, country="IS")
    days = {"first_day": date(2012, 6, 1), "last_day": date(2012, 6, 1)}
    found = coordination_lists(
        bills=[own], services=[service(own, document, 800, month=Month(2012, 6), **days)]
    )
    explanation = found.lists[0].explanation
    assert document.number not in str(explanation.to_json())
    assert "883/2004" in str(explanation.step("coordination.form").inputs)
    assert "F/7" in str(explanation.to_json())
    assert Explanation.from_json(explanation.to_json()) == explanation


STATES = ("DE", "NO", "CH", "PL", "US")
documents = st.builds(
    EntitlementDocument,
    kind=st.sampled_from(["EKUZ", "E-121", "S1", "OSW"]),
    number=st.sampled_from(["1", "2"]),
    country=st.sampled_from(STATES),
)
months = st.sampled_from([Month(2010, 4), Month(2010, 5), Month(2012, 6)])
amounts = st.integers(1, 10_000)


@st.composite
def accepted(draw):
    """Bills with what they hold: each service where its route puts it; without a route in the general bill."""
    general = bill("F/1", 10**9)
    bills, services = [general], []
    for document, month, amount in draw(st.lists(st.tuples(documents, months, amounts), max_size=12)):
        routed = route(country=document.country, document=document.kind, month=month)
        if isinstance(routed, Route) and routed.is_individual:
            more = draw(amounts)
            own = bill(f"F/{len(bills) + 1}", amount + more, document)
            bills.append(own)
            services += [service(own, document, part, month=month) for part in (amount, more)]
        else:
            services.append(service(general, document, amount, month=month))
    return bills, services


@settings(max_examples=60)
@given(world=accepted(), shuffle=st.randoms(use_true_random=False))
def test_r67_what_is_billed_is_listed_once_or_told_whatever_the_order(world, shuffle):
    """Σ lists of a person's bill = the bill; lists + what is refused + what Poland pays = everything given."""
    bills, services = world
    found = coordination_lists(bills=bills, services=services)
    listed = Counter()
    for one in found.lists:
        assert one.amount == sum(figures(one.explanation, "coordination.entries"))
        for entry in one.entries:
            listed[entry.bill] += entry.amount
    for one in bills[1:]:
        assert listed[one.id] == one.template.amount
    routes = [route(country=s.document.country, document=s.document.kind, month=s.month) for s in services]
    claimed = sum(
        s.amount for s, r in zip(services, routes, strict=True) if isinstance(r, Route) and r.form is not None
    )
    assert listed.total() == claimed
    assert len(found.refusals) == sum(not isinstance(r, Route) for r in routes)
    assert [(o.country, o.month, o.form) for o in found.lists] == sorted(
        {(o.country, o.month, o.form) for o in found.lists}
    )
    shuffle.shuffle(services)
    shuffle.shuffle(bills)
    assert coordination_lists(bills=bills, services=services) == found


@settings(max_examples=60)
@given(world=accepted(), dropped=st.integers(0, 30))
def test_no_list_ever_holds_a_part_of_a_bill_of_one_person(world, dropped):
    """A service lost on the way takes its bill off every list, and that is told."""
    bills, services = world
    lost = services.pop(dropped % len(services)) if services else None
    found = coordination_lists(bills=bills, services=services)
    listed = Counter()
    for one in found.lists:
        for entry in one.entries:
            listed[entry.bill] += entry.amount
    for one in bills[1:]:
        assert listed[one.id] in (0, one.template.amount)
        assert (listed[one.id] == 0) == (lost is not None and lost.bill == one.id)
    individual = lost is not None and lost.bill != bills[0].id
    assert ("C-7" in codes(found)) == individual
