"""Which supplies are settled, in what quantity, and in which template (R50–R52, R65)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rozlicz.kernel.legal import Parameter, Ruling
from rozlicz.kernel.money import UNIT_SCALE, grosze_from_text, round_half_up
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import same
from rozlicz.messages.supply import CoordinationRight, OrderKind, PositionType, SuppliedPatient
from rozlicz.messages.templates import CalculatedBy
from rozlicz.messages.zposp import SupplyReader
from rozlicz.settlement.devices.bases import SUPPLY_POLICY
from rozlicz.settlement.devices.catalogue import DEVICES, DeviceKey, DeviceTerms
from rozlicz.settlement.devices.due import ReportedSupply, settle_supplies
from rozlicz.settlement.devices.parameters import SupplyPolicy
from rozlicz.settlement.devices.uses import Use
from tests import world
from tests.settlement.devices.shop import ABSORBENTS, CHILD, contract, issued, settle, supply

EXAMPLES = Path(__file__).parents[3] / "examples"
OCT, NOV, DEC = (Month(2026, number) for number in (10, 11, 12))


def codes(settled) -> list[str]:
    return [why.code for why in settled.settlement.refusals]


def test_r50_the_due_of_a_scope_is_the_sum_of_its_supplies():
    settled = settle(supply("Z1"), supply("Z2", pieces=90, pesel=CHILD, price=160))
    (draft,) = settled.settlement.drafts
    assert [(line.product, line.units, line.price) for line in draft.lines] == [
        ("P.100.03", UNIT_SCALE, 8_160),
        ("P.100.03", UNIT_SCALE, 12_960),
    ]
    assert draft.calculated_by is CalculatedBy.DEVICE_SUPPLY
    assert settled.settlement.amount == 8_160 + 12_960
    assert not settled.settlement.refusals


@pytest.mark.parametrize(
    ("day", "pesel", "refund"),
    [
        (date(2023, 10, 5), CHILD, 7_140),
        (date(2024, 10, 7), "55110802156", 8_160),
        (date(2024, 10, 7), CHILD, 9_180),
    ],
    ids=["DEV-08 in 2023: 70 %", "DEV-13: 80 % since 2024", "DEV-14: 90 % under 18"],
)
def test_share_and_limit_are_those_of_the_day(day, pesel, refund):
    settled = settle(
        supply(day=day, issued_on=day, pesel=pesel), month=Month.of(day), contract=contract(year=day.year)
    )
    assert settled.settlement.amount == refund


def test_90_pieces_a_month_of_all_absorbents_together():
    settled = settle(supply("Z1", pieces=60), supply("Z2", pieces=60, device="P.100.01", price=100))
    first, second = settled.supplies
    assert (first.financed, second.financed) == (60 * UNIT_SCALE, 30 * UNIT_SCALE)
    assert second.financing.over_limit == 30 * 100
    assert codes(settled) == ["ZM-402"]
    assert codes(settle(supply("Z1", pieces=90), supply("Z2", pieces=1))) == ["ZM-401"]


def test_severe_disability_lifts_the_limit_of_quantity():
    settled = settle(supply(pieces=120, entitlement="47ZN"))
    assert settled.settlement.amount == 120 * 170 * 8 // 10
    assert settled.supplies[0].allowed is None


def test_a_part_of_monthly_supply_pays_for_its_months():
    settled = settle(supply(pieces=180, months=(OCT, NOV)))
    assert settled.settlement.amount == 180 * 170 * 8 // 10


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"months": (OCT, Month(2027, 4))}, "ZM-302"),
        ({"months": (NOV, OCT)}, "ZM-302"),
        ({"months": (Month(2026, 9), NOV)}, "ZM-303"),
        ({"months": (OCT, NOV), "issued_on": date(2026, 4, 30), "paper": True}, "ZM-304"),
        ({"issued_on": date(2025, 10, 4)}, "ZM-203"),
        ({"issued_on": date(2026, 10, 6)}, "ZM-202"),
        ({"month": Month(2026, 9)}, "ZM-202"),
        ({"device": "P.999"}, "ZM-204"),
        ({"device": "FM", "months": (OCT, OCT)}, "ZM-301"),
        ({"pesel": "X", "pieces": 0}, "ZM-102"),
    ],
)
def test_what_is_wrong_is_named_and_not_paid(wrong, code):
    settled = settle(supply(**wrong), supply("Z9", pesel=CHILD))
    assert codes(settled) == [code]
    assert settled.settlement.amount == 60 * 170 * 9 // 10


def test_supply_across_the_years_end_is_settled_for_the_months_of_the_year():
    """270 pieces of December to February: 90 of them in the template of December."""
    part = supply(pieces=270, months=(DEC, Month(2027, 2)), day=date(2026, 12, 7))
    settled = settle(part, month=DEC)
    assert settled.settlement.amount == 90 * 170 * 8 // 10
    (judged,) = settled.supplies
    assert (judged.pieces, judged.financing.price) == (90 * UNIT_SCALE, 90 * 250)
    assert codes(settled) == ["ZM-306"]
    next_year = supply(months=(Month(2027, 1), Month(2027, 1)), day=date(2026, 12, 7))
    assert codes(settle(next_year, month=DEC)) == ["ZM-305"]


def test_without_the_cut_the_whole_part_is_settled():
    part = supply(pieces=270, months=(DEC, Month(2027, 2)), day=date(2026, 12, 7))
    settled = settle(part, month=DEC, choices=SupplyPolicy(year_end_cut=False))
    assert settled.settlement.amount == 270 * 170 * 8 // 10


@pytest.mark.parametrize(("law_day", "refund"), [("completed", 8_160), ("accepted", 7_140)])
def test_the_law_of_the_day_of_receipt_or_of_acceptance(law_day, refund):
    """Accepted in December 2023 (70 %), received in January 2024 (80 %)."""
    across = supply(day=date(2024, 1, 3), issued_on=date(2023, 12, 1), pieces=60)
    across = replace(across, supply=replace(across.supply, accepted_on="2023-12-28"))
    settled = settle(
        across,
        month=Month(2024, 1),
        contract=contract(year=2024),
        choices=SupplyPolicy(law_day=law_day),
    )
    assert settled.settlement.amount == refund


def test_the_example_report_is_worth_what_it_states():
    with SupplyReader(EXAMPLES / "zaopatrzenie.zpx") as reader:
        positions = list(reader)
    known = [p for p in positions if p.supply and p.supply.device.code == "P.100.03"]
    terms = replace(contract(), code=known[0].supply.settlement.contract)
    settled = settle(*known, contract=terms)
    stated = {p.id: grosze_from_text(p.supply.settlement.due) for p in known}
    assert {one.facts.id: one.payer for one in settled.supplies} == stated
    assert not settled.settlement.refusals


def test_one_supply_in_a_period_of_use():
    hearing = {"device": "FM", "pieces": 1, "price": 600_000}
    first, again = supply("Z1", **hearing), supply("Z2", day=date(2026, 10, 20), **hearing)
    settled = settle(first, again)
    assert settled.settlement.amount == 275_000
    assert codes(settled) == ["ZM-401"]
    used = [replace(use, completed_on=date(2021, 10, 5)) for use in (_use_of(first),)]
    assert settle(first, earlier=used).settlement.amount == 275_000, "five years later it is due again"
    late = [replace(used[0], completed_on=date(2021, 10, 6))]
    assert codes(settle(first, earlier=late)) == ["ZM-401"]
    assert (
        settle(supply("Z1", side="L", **hearing), supply("Z2", side="P", **hearing)).settlement.amount
        == 550_000
    )


def _use_of(position):
    return Use(
        patient=("P", position.supply.pesel),
        group="FM",
        kind=OrderKind.SUPPLY,
        side=None,
        order="earlier",
        completed_on=date(2021, 1, 1),
    )


def test_r50_a_repair_has_its_own_limit_and_period():
    repair = DeviceKey("FM", OrderKind.REPAIR)
    terms = DeviceTerms(group="FM", limit=50_000, share=5_000, months_of_use=12)
    ruling = Ruling(value=terms, since=date(2020, 1, 1), basis=SUPPLY_POLICY)
    catalogue = {**DEVICES, repair: Parameter(name="repair", meaning=same("FM"), rulings=(ruling,))}
    positions = (
        supply("Z1", device="FM", pieces=1, price=600_000),
        supply("Z2", device="FM", pieces=1, price=30_000, kind=OrderKind.REPAIR),
    )
    assert settle(*positions, catalogue=catalogue).settlement.amount == 275_000 + 15_000
    assert codes(settle(*positions)) == ["ZM-204"]


def test_r65_a_person_with_a_bill_of_their_own_has_a_template_of_their_own():
    data = supply("Z2").supply
    right = CoordinationRight(document="EKUZ", number="80276", country="DE")
    foreign = replace(
        supply("Z2"),
        supply=replace(data, pesel=None, patient=SuppliedPatient(id_type="T", id="C01", right=right)),
    )
    settled = settle(supply("Z1"), foreign)
    assert [(d.bill, d.country, d.amount) for d in settled.settlement.drafts] == [
        ("", "", 8_160),
        ("80276", "DE", 8_160),
    ]
    assert codes(settled) == ["ZM-403"]


def test_r63_nothing_outside_the_contract_is_settled():
    data = supply().supply
    elsewhere = replace(
        supply(), supply=replace(data, settlement=replace(data.settlement, scope="12.0000.000.02"))
    )
    assert codes(settle(elsewhere)) == ["ZM-201"]
    assert not settle(elsewhere).settlement.drafts


def test_amounts_stated_otherwise_are_told_and_what_follows_is_paid():
    data = supply().supply
    stated = replace(data.settlement, value="150.00", due="71.40", own_share="20.40", over_limit="48.00")
    settled = settle(replace(supply(), supply=replace(data, settlement=stated)))
    assert settled.settlement.amount == 8_160
    assert codes(settled) == ["ZM-501"]


def test_r52_only_what_is_accepted_is_settled_and_a_deletion_takes_it_back():
    october = settle(supply("Z1"), supply("Z2", pesel=CHILD))
    templates = issued(october)
    deleted = replace(supply("Z1", version=2), type=PositionType.DELETION, supply=None)
    later = settle_supplies(
        contract=contract(),
        month=OCT,
        reported=[
            ReportedSupply(deleted, accepted=True),
            ReportedSupply(supply("Z1"), accepted=True),
            ReportedSupply(supply("Z2", pesel=CHILD, version=2), accepted=False),
        ],
        templates=templates,
    )
    assert [(d.corrects, d.amount) for d in later.settlement.drafts] == [(1, -october.settlement.amount)]


def test_a_supply_that_does_not_fit_a_limited_plan_waits_whole():
    """Two supplies of 81.60 under a plan of 100.00 a month: the second waits for November."""
    limited = contract(unlimited=False, plan=10_000)
    limited = replace(limited, settlement_periods=contract().settlement_periods)
    october = [supply("Z1"), supply("Z2", pesel=CHILD, pieces=60, price=160)]
    first = settle(*october, contract=_from_october(limited))
    assert first.settlement.amount == 8_160
    second = settle(*october, month=NOV, contract=_from_october(limited), templates=issued(first))
    assert second.settlement.amount == 60 * 160 * 9 // 10


def _from_october(terms):
    (scope,) = terms.scopes
    return replace(terms, scopes=(replace(scope, plan=tuple(row for row in scope.plan if row.month >= OCT)),))


POSITIONS = st.lists(
    st.builds(
        supply,
        st.uuids().map(lambda u: u.hex[:12]),
        pieces=st.integers(1, 200),
        price=st.integers(1, 400),
        device=st.sampled_from(["P.100.01", "P.100.02", "P.100.03"]),
        day=st.dates(date(2026, 10, 1), date(2026, 12, 31)),
        issued_on=st.just(date(2026, 9, 15)),
        pesel=st.sampled_from(["55110802156", CHILD, "49051112043"]),
        entitlement=st.sampled_from(["", "", "47ZN"]),
    ),
    max_size=8,
    unique_by=lambda one: one.id,
)


@settings(max_examples=40)
@given(positions=POSITIONS, seed=st.integers(0, 100))
def test_order_plays_no_part_and_patient_and_payer_pay_the_price(positions, seed):
    mixed = random.Random(seed).sample(positions, len(positions))
    one, other = settle(*positions, month=DEC), settle(*mixed, month=DEC)
    assert one.supplies == other.supplies
    assert [d.lines for d in one.settlement.drafts] == [d.lines for d in other.settlement.drafts]
    for supplied in one.supplies:
        if supplied.financing:
            paid = supplied.financing
            assert paid.payer + paid.patient == paid.price
            assert supplied.financed <= supplied.pieces
    by_patient: dict = {}
    for supplied in one.supplies:
        if supplied.allowed is not None and supplied.financing:
            key = (supplied.facts.patient, supplied.months)
            by_patient[key] = by_patient.get(key, 0) + supplied.financed
    assert all(pieces <= 90 * UNIT_SCALE for pieces in by_patient.values())


@pytest.mark.slow
@settings(max_examples=40)
@given(steps=st.lists(st.tuples(POSITIONS, st.sampled_from([OCT, NOV, DEC])), min_size=1, max_size=4))
def test_after_any_corrections_templates_hold_what_the_last_report_is_worth(steps):
    """Positions come, change and go; at the end December pays all that waits. Nothing is paid twice."""
    templates: list = []
    for positions, month in steps:
        templates = issued(settle(*positions, month=month, templates=templates), templates)
        assert not settle(*positions, month=month, templates=templates).settlement.drafts
    last = steps[-1][0]
    final = settle(*last, month=DEC, templates=templates)
    total = sum(t.draft.amount for t in issued(final, templates))
    assert total == sum(one.payer for one in final.supplies)


@settings(max_examples=40)
@given(positions=POSITIONS)
def test_every_refund_follows_from_the_explanation_alone(positions):
    settled = settle(*positions, month=DEC)
    total = 0
    for explanation in settled.explanations:
        rules = {step.rule for step in explanation.steps}
        if "devices.refund" not in rules:
            continue
        refund, patient = (
            dict(explanation.step(f"devices.{name}").figures) for name in ("refund", "patient")
        )
        quantity = dict(explanation.step("devices.quantity").figures)
        financed = min(quantity["pieces"], quantity.get("pieces.allowed", quantity["pieces"]))
        assert financed == quantity["pieces.financed"] == refund["pieces.financed"]
        base = financed * min(refund["price"], refund["limit"])
        assert round_half_up(base * refund["share"], UNIT_SCALE**2) == refund["refund"]
        value = round_half_up(patient["pieces"] * patient["price"])
        assert patient["patient"] == value - refund["refund"]
        assert patient["own"] == round_half_up(base) - refund["refund"]
        assert patient["over"] == value - round_half_up(base)
        total += refund["refund"]
    (cap,) = settled.settlement.caps
    if total:
        figures = dict(cap.explanation.step("devices.supplies").figures)
        counted = [n for n in figures if n.startswith("supplies.")]
        assert total == figures["total"] == cap.due
        assert total == sum(figures[n] * figures[n.replace("supplies", "refund")] for n in counted)
    assert cap.unit == ABSORBENTS
    assert settled.settlement.contract == world.contract().code
