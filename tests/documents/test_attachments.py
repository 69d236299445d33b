"""Which documents go with which bill: the table of attachments, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from rozlicz.documents.attached import ReceivedFile
from rozlicz.documents.attachments import (
    AttachmentForm,
    AttachmentKind,
    Entitlement,
    Right,
    missing,
    required,
    right_of_document,
)
from rozlicz.documents.ways import OPEN_WAYS, ServiceGroup, Way, service_group_of, way_refusals
from rozlicz.messages.bills import AttachmentReference
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.spa_stays import SpaExemption
from tests.documents.desk import CONTRACT, TEMPLATE, bill_of, checked, codes, contract_of, scope_of

FIRST, LAST = date(2026, 10, 5), date(2026, 10, 9)


def right(kind: Right, **facts) -> Entitlement:
    return Entitlement(right=kind, services_from=FIRST, services_to=LAST, **facts)


EKUZ = right(
    Right.COORDINATION,
    document="EKUZ",
    number="80276000000001",
    country="DE",
    valid_from=date(2026, 1, 1),
    valid_to=date(2026, 12, 31),
)
DECISION = right(Right.MAYORS_DECISION, document="DEC", number="MOPS.1/2026")
INSURED = right(Right.INSURED)
GENERAL, DEVICES = ServiceGroup.GENERAL, ServiceGroup.DEVICES
EU_LUMP_SUM, SANATORIUM = ServiceGroup.EU_LUMP_SUM, ServiceGroup.SPA_SANATORIUM


def spa(exemption: SpaExemption) -> Entitlement:
    return right(Right.INSURED, spa_exemption=exemption)


CASES = [
    pytest.param(GENERAL, INSURED, Way.E_DOCUMENT, "", id="AT-01-R4-insured"),
    pytest.param(GENERAL, INSURED, Way.REF_AND_PAPER, "STAT", id="AT-02-R7-paper"),
    pytest.param(GENERAL, DECISION, Way.E_DOCUMENT, "DEC", id="AT-03-R2-mayors-decision"),
    pytest.param(GENERAL, DECISION, Way.REF_AND_PAPER, "DEC STAT", id="R7-mayors-decision-on-paper"),
    pytest.param(GENERAL, EKUZ, Way.E_DOCUMENT, "ENT", id="AT-05-R2-EKUZ"),
    pytest.param(GENERAL, EKUZ, Way.REF_AND_PAPER, "ENT STAT", id="R7-EKUZ-on-paper"),
    pytest.param(EU_LUMP_SUM, EKUZ, Way.E_DOCUMENT, "CARD COST ENT", id="AT-07-R3-emergency-ward-UE"),
    pytest.param(GENERAL, INSURED, Way.E_DOCUMENT, "", id="AT-09-R3-day-lump-sum"),
    pytest.param(GENERAL, right(Right.PSYCHIATRY), Way.E_DOCUMENT, "", id="AT-10-R4-psychiatry"),
    pytest.param(GENERAL, right(Right.MINOR_OR_PREGNANT), Way.E_DOCUMENT, "", id="R4-minor-or-pregnant"),
    pytest.param(GENERAL, right(Right.KARTA_POLAKA), Way.E_DOCUMENT, "", id="R4-Karta-Polaka"),
    pytest.param(ServiceGroup.SIMP, INSURED, Way.SIMP_PRINTOUT, "", id="AT-12-R8-SIMP"),
    pytest.param(SANATORIUM, INSURED, Way.PAPER_AND_DATA, "STAT", id="AT-14-R49-adult-who-pays"),
    pytest.param(
        SANATORIUM, spa(SpaExemption.CHILD), Way.PAPER_AND_DATA, "EXEMPT STAT", id="AT-15-R44-child"
    ),
    pytest.param(
        SANATORIUM,
        spa(SpaExemption.IN_EDUCATION),
        Way.PAPER_AND_DATA,
        "EDU EXEMPT STAT",
        id="R44-in-education",
    ),
    pytest.param(
        SANATORIUM,
        spa(SpaExemption.SEVERE_DISABILITY),
        Way.PAPER_AND_DATA,
        "DIS EXEMPT STAT",
        id="AT-17-R44-disabled-child-aged-31",
    ),
    pytest.param(
        SANATORIUM, spa(SpaExemption.ASBESTOS), Way.PAPER_AND_DATA, "ASB EXEMPT STAT", id="AT-18-R49-asbestos"
    ),
    pytest.param(
        ServiceGroup.SPA_OTHER, spa(SpaExemption.CHILD), Way.PAPER_AND_DATA, "STAT", id="R42-spa-hospital"
    ),
    pytest.param(DEVICES, INSURED, Way.E_DOCUMENT, "ORD", id="AT-21-R11-R55-devices"),
    pytest.param(DEVICES, INSURED, Way.REF_AND_PAPER, "ORD STAT", id="R55-devices-on-paper"),
]


@pytest.mark.parametrize(("group", "entitlement", "way", "expected"), CASES)
def test_exactly_these_documents_are_required(group, entitlement, way, expected):
    found = required(services={group}, entitlements=[entitlement], way=way)
    assert sorted(one.kind.value for one in found) == expected.split()


def test_at23_r1_an_early_service_closes_the_e_document():
    early = date(2013, 12, 20)
    (refused,) = way_refusals(services={GENERAL}, way=Way.E_DOCUMENT, first_service_on=early)
    assert refused.code == "B-104"
    assert not list(way_refusals(services={GENERAL}, way=Way.REF_AND_PAPER, first_service_on=early))


@pytest.mark.parametrize(("group", "way"), list(product(ServiceGroup, Way)))
def test_r1_r7_r8_r49_only_the_open_ways_are_taken(group, way):
    refusals = list(way_refusals(services={group}, way=way, first_service_on=FIRST))
    assert [one.code for one in refusals] == ([] if way in OPEN_WAYS[group] else ["B-105"])


def test_at21_r11_the_orders_stay_on_paper_beside_an_electronic_note():
    (orders,) = required(services={DEVICES}, entitlements=[INSURED], way=Way.E_DOCUMENT)
    assert (orders.kind, orders.form) == (AttachmentKind.ORDERS, AttachmentForm.PAPER)


def test_r49_certificates_are_certified_copies():
    found = required(services={SANATORIUM}, entitlements=[spa(SpaExemption.ASBESTOS)], way=Way.PAPER_AND_DATA)
    assert {one.kind.value: one.form.value for one in found} == {
        "STAT": "paper",
        "EXEMPT": "paper",
        "ASB": "certified-copy",
    }


def test_each_person_needs_an_own_document_and_one_document_is_asked_for_once():
    other = replace(EKUZ, number="80276000000002")
    found = required(services={GENERAL}, entitlements=[EKUZ, other, EKUZ], way=Way.E_DOCUMENT)
    assert [one.document_number for one in found] == [EKUZ.number, other.number]
    assert len(missing(found, [AttachmentKind.ENTITLEMENT])) == 1


@pytest.mark.parametrize(
    ("document", "confirmed", "expected"),
    [("S1", True, []), ("S1", False, ["ENT"]), ("E-100", True, []), ("EKUZ", True, ["ENT"])],
)
def test_a_document_confirmed_in_the_register_needs_no_copy(document, confirmed, expected):
    one = replace(EKUZ, document=document, confirmed_electronically=confirmed)
    found = required(services={GENERAL}, entitlements=[one], way=Way.E_DOCUMENT)
    assert [requirement.kind.value for requirement in found] == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("DEC", Right.MAYORS_DECISION),
        ("EKUZ", Right.COORDINATION),
        ("E-121", Right.COORDINATION),
        ("S1", Right.COORDINATION),
        ("EWUS", Right.INSURED),
        ("OSW", Right.INSURED),
        ("", Right.INSURED),
    ],
)
def test_the_document_of_a_report_tells_the_right(code, expected):
    assert right_of_document(code) is expected


@pytest.mark.parametrize(
    ("settled_by", "name", "expected"),
    [
        (SettledBy.SERVICES, "neurologia", GENERAL),
        (SettledBy.LUMP_SUM, "szpitalny oddział ratunkowy", GENERAL),
        (SettledBy.LUMP_SUM, "Szpitalne oddziały ratunkowe – UE", EU_LUMP_SUM),
        (SettledBy.LUMP_SUM, "Izba przyjęć - UE", EU_LUMP_SUM),
        (SettledBy.PREVENTION_SYSTEM, "rak piersi", ServiceGroup.SIMP),
        (SettledBy.SPA_SYSTEM, "uzdrowiskowe leczenie sanatoryjne dzieci", SANATORIUM),
        (SettledBy.SPA_SYSTEM, "leczenie w szpitalu uzdrowiskowym", ServiceGroup.SPA_OTHER),
        (SettledBy.DEVICE_SUPPLY, "przedmioty ortopedyczne", DEVICES),
    ],
)
def test_a_scope_tells_its_group(settled_by, name, expected):
    assert service_group_of(scope_of(name=name, settled_by=settled_by)) is expected


HASH, OTHER_HASH = "a" * 64, "b" * 64
CARD_SCAN = AttachmentReference(kind="ENT", file_name="ekuz.pdf", sha256=HASH)
CARD_FILE = ReceivedFile(file_name="ekuz.pdf", sha256=HASH.upper())


def test_r2_a_bill_for_a_foreign_patient_with_its_scan_is_accepted():
    bill = bill_of(attachments=[CARD_SCAN])
    assert checked(bill, entitlements=[EKUZ], received_files=[CARD_FILE]) == ()


@pytest.mark.parametrize(
    ("references", "entitlements", "received", "expected"),
    [
        pytest.param([], [EKUZ], [], ["B-701"], id="AT-05-R2-missing"),
        pytest.param([CARD_SCAN], [DECISION], [CARD_FILE], ["B-701"], id="AT-03-R2-wrong-document"),
        pytest.param(
            [CARD_SCAN, CARD_SCAN], [EKUZ, replace(EKUZ, number="2")], None, ["B-701"], id="R2-one-for-two"
        ),
        pytest.param([replace(CARD_SCAN, kind="X")], [], [CARD_FILE], ["B-702"], id="kind-unknown"),
        pytest.param([CARD_SCAN], [EKUZ], [], ["B-703"], id="file-not-sent"),
        pytest.param(
            [CARD_SCAN], [EKUZ], [replace(CARD_FILE, sha256=OTHER_HASH)], ["B-704"], id="other-file"
        ),
        pytest.param(
            [CARD_SCAN],
            [replace(EKUZ, valid_to=date(2026, 10, 8))],
            [CARD_FILE],
            ["B-705"],
            id="R2-ends-early",
        ),
        pytest.param(
            [CARD_SCAN],
            [replace(EKUZ, valid_from=date(2026, 10, 6))],
            [CARD_FILE],
            ["B-705"],
            id="R2-begins-late",
        ),
        pytest.param(
            [CARD_SCAN], [EKUZ], [replace(CARD_FILE, transcript=True)], ["B-706"], id="R2-transcript"
        ),
        pytest.param(
            [CARD_SCAN],
            [EKUZ],
            [replace(CARD_FILE, transcript=True, transcript_reason="karta nieczytelna")],
            [],
            id="R2-transcript-with-reason",
        ),
        pytest.param([CARD_SCAN], [EKUZ], None, [], id="files-not-at-hand"),
    ],
)
def test_attachments_of_a_bill(references, entitlements, received, expected):
    bill = bill_of(attachments=references)
    assert codes(checked(bill, entitlements=entitlements, received_files=received)) == expected


def test_r2_a_document_without_dates_holds_for_any_service():
    open_ended = replace(EKUZ, valid_from=None, valid_to=None)
    assert open_ended.covers_services
    ends_early = replace(open_ended, valid_to=date(2026, 10, 8))
    (refusal,) = [
        one
        for one in checked(bill_of(attachments=[CARD_SCAN]), entitlements=[ends_early])
        if one.code == "B-705"
    ]
    assert refusal.found.pl == "od … do 08.10.2026"


def test_a_requirement_has_a_name_for_people():
    (one,) = required(services={GENERAL}, entitlements=[DECISION], way=Way.E_DOCUMENT)
    assert one.name.pl == "decyzja wójta, burmistrza lub prezydenta miasta"


def test_at07_r3_a_scope_of_real_costs_names_each_missing_document():
    contract = contract_of(scope_of(name="Izba przyjęć – UE", settled_by=SettledBy.LUMP_SUM))
    refusals = checked(bill_of(), contract=contract, entitlements=[EKUZ])
    assert codes(refusals) == ["B-701", "B-701", "B-701"]
    assert {one.expected.pl for one in refusals} == {
        "karta informacyjna o udzielonych świadczeniach",
        "kalkulacja rzeczywistych kosztów z oświadczeniem",
        "kopia dokumentu uprawniającego",
    }
    assert EKUZ.number in refusals[0].text.pl


def test_at21_paper_originals_do_not_hold_up_the_e_document():
    contract = contract_of(scope_of(settled_by=SettledBy.DEVICE_SUPPLY))
    assert checked(bill_of(), contract=contract, entitlements=[INSURED]) == ()
    assert CONTRACT.scopes[0].code == TEMPLATE.lines[0].scope
