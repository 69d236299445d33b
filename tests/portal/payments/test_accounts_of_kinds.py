"""A provider with an account for all its contracts and one for those of rehabilitation alone (notice 973 of 2009)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rozlicz.messages.fakt_rach import read_bill
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.bills.operations import approve_bill
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.house import files
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.payments.models import Payment
from rozlicz.portal.payments.operations import mark_payment_run
from rozlicz.portal.payments.queries import last_paid_on
from rozlicz.portal.providers.models import GENERAL, BankAccount
from rozlicz.portal.providers.operations import change_bank_account
from rozlicz.portal.providers.queries import account_on
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.settlements.operations import calculate_request, request_settlement
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.bills.test_uploading import bill_file, upload
from tests.portal.browsing import table
from tests.portal.conftest import NOON
from tests.portal.month import text
from tests.portal.test_road import OCTOBER, bill_of, send
from tests.reporting import Reported

pytestmark = pytest.mark.django_db

OWN = "83101010230000261395100000"
"""The account of rehabilitation."""
REHABILITATION = replace(
    world.contract(number=2),
    code="05/050123/REH/2026/2",
    printed_code="05/050123/REH/2026/2",
    original_code="05/050123/REH/2026/2",
    kind="REH",
    kind_name="rehabilitacja lecznicza",
)
TODAY, DUE = NOON.date(), date(2026, 11, 13)


@pytest.fixture
def two_kinds(provider_operator: Operator) -> None:
    """The clinic has a contract of rehabilitation too."""
    with acting_for_payer():
        publish_contract(terms=REHABILITATION, at=NOON)


def change(payer: Operator, kind: str, since: date, number: str = OWN) -> None:
    with payer.context():
        provider = Contract.objects.select_related("provider").get(code=REHABILITATION.code).provider
        change_bank_account(operator=payer, provider=provider, kind=kind, number=number, since=since, at=NOON)


def settled(operator: Operator) -> dict[str, Template]:
    """The newest template of each kind, after the month was calculated for both contracts."""
    with operator.context():
        requests = [
            request_settlement(operator=operator, contract=contract, month=OCTOBER, at=NOON)
            for contract in Contract.objects.order_by("pk")
        ]
    for request in requests:
        calculate_request(request_id=request.pk, at=NOON)
    with operator.context():
        found = Template.objects.select_related("contract", "provider", "corrects").order_by("number")
        return {template.contract.kind: template for template in found}


def worked(operator: Operator) -> dict[str, Template]:
    """Three visits under the one contract, five under the other."""
    visits = [Reported(service_id=f"A{n}") for n in range(3)]
    exercises = [Reported(service_id=f"R{n}", contract=REHABILITATION.code) for n in range(5)]
    send(operator, [*visits, *exercises])
    return settled(operator)


def billed(operator: Operator) -> dict[str, Bill]:
    """The bill of each kind, made in the portal."""
    return {kind: bill_of(operator, one, f"{kind}/1") for kind, one in worked(operator).items()}


def approve(payer: Operator, bills: Iterable[Bill]) -> None:
    with payer.context():
        for bill in bills:
            approve_bill(operator=payer, bill=bill, at=NOON)


def run(payer: Operator, day: date = DUE) -> dict[str, tuple[int, str]]:
    """Mark a run; what was paid so far, by number of the bill."""
    with payer.context():
        mark_payment_run(operator=payer, day=day, at=NOON)
        return {one.bill.number: (one.amount, one.account_number) for one in Payment.objects.all()}


def codes(bill: Bill) -> list[str]:
    return [reason["code"] for reason in bill.refusals]


def test_the_account_of_the_kind_outranks_the_general_one_from_its_day_on(payer_operator, two_kinds, clinic):
    change(payer_operator, "REH", date(2026, 11, 10))
    change(payer_operator, GENERAL, date(2026, 11, 20), number=world.OTHER_ACCOUNT)
    with acting_for_payer():
        held = {
            (kind, day): account_on(clinic, date(2026, 11, day), kind)
            for kind in ("AOS", "REH")
            for day in (9, 10, 20)
        }
        assert account_on(clinic, date(2024, 12, 31), "REH") == ""
    assert held == {
        ("AOS", 9): world.ACCOUNT,
        ("AOS", 10): world.ACCOUNT,
        ("AOS", 20): world.OTHER_ACCOUNT,
        ("REH", 9): world.ACCOUNT,
        ("REH", 10): OWN,
        ("REH", 20): OWN,
    }


@pytest.mark.slow
def test_each_bill_carries_and_is_paid_to_the_account_of_its_kind(
    payer_operator, provider_operator, two_kinds
):
    change(payer_operator, "REH", TODAY)
    bills = billed(provider_operator)
    assert {kind: bill.account_number for kind, bill in bills.items()} == {"AOS": world.ACCOUNT, "REH": OWN}
    with provider_operator.context(), files.opened(bills["REH"].file) as file:
        assert read_bill(file)[1].bank_account == OWN
    approve(payer_operator, bills.values())
    assert run(payer_operator) == {"AOS/1": (30_00, world.ACCOUNT), "REH/1": (50_00, OWN)}


@pytest.mark.slow
def test_a_bill_with_the_number_of_the_other_kind_is_refused_naming_kind_and_number(
    clerk, payer_operator, provider_operator, two_kinds
):
    change(payer_operator, "AOS", TODAY)
    page = text(upload(clerk, bill_file(provider_operator, worked(provider_operator)["AOS"])))
    assert "B-502" in page
    assert (
        f"Rachunek bankowy {world.ACCOUNT} nie jest rachunkiem zgłoszonym do umowy {world.contract().code}"
        f" (rodzaj świadczeń: ambulatoryjna opieka specjalistyczna): {OWN}." in page
    )


@pytest.mark.slow
def test_a_bill_issued_before_the_change_stands_and_is_paid_to_the_new_account(
    payer_operator, provider_operator, two_kinds
):
    """In the middle of the month: issued on the 5th; new account and delivery on the 10th; paid afterwards."""
    change(payer_operator, "REH", date(2026, 11, 10))
    template = worked(provider_operator)["REH"]
    late = NOON + timedelta(days=5)
    old = bill_of(provider_operator, template, "stary", at=late)
    assert (codes(old), old.account_number) == ([], world.ACCOUNT)
    approve(payer_operator, [old])
    assert run(payer_operator, old.due_on) == {"stary": (50_00, OWN)}


@pytest.mark.slow
def test_a_bill_issued_on_the_day_of_the_change_names_the_new_account(
    clerk, payer_operator, provider_operator, two_kinds
):
    """The file was made with the old number."""
    change(payer_operator, GENERAL, TODAY)
    assert "B-502" in text(upload(clerk, bill_file(provider_operator, worked(provider_operator)["AOS"])))


@pytest.mark.slow
def test_a_correcting_bill_names_the_account_of_its_own_day_and_is_set_off_there(
    payer_operator, provider_operator, two_kinds
):
    bills = billed(provider_operator)
    approve(payer_operator, bills.values())
    run(payer_operator)
    change(payer_operator, "REH", date(2026, 11, 16))
    send(
        provider_operator,
        [
            Reported(service_id="R0", version=2, deleted=True, contract=REHABILITATION.code),
            *[Reported(service_id=f"M{n}", contract=REHABILITATION.code) for n in range(3)],
            Reported(service_id="A9"),
        ],
        generation=2,
    )
    with provider_operator.context():
        before = set(Template.objects.values_list("pk", flat=True))
    settled(provider_operator)
    later = NOON + timedelta(days=12)
    with provider_operator.context():
        more = list(
            Template.objects.exclude(pk__in=before).select_related("contract", "provider", "corrects")
        )
    made = [
        bill_of(
            provider_operator,
            one,
            f"N/{number}",
            at=later,
            issued_on=later.date(),
            correction_reason="usunięto świadczenie" if one.corrects else "",
        )
        for number, one in enumerate(more)
    ]
    assert [codes(bill) for bill in made] == [[]] * len(made)
    assert {(bill.amount, bill.account_number) for bill in made} == {
        (-10_00, OWN),
        (30_00, OWN),
        (10_00, world.ACCOUNT),
    }
    approve(payer_operator, made)
    run(payer_operator, max(bill.due_on for bill in made))
    with acting_for_payer():
        newest = Payment.objects.filter(bill__number__startswith="N/")
        assert {(one.amount, one.account_number) for one in newest} == {
            (-10_00, OWN),
            (30_00, OWN),
            (10_00, world.ACCOUNT),
        }


@pytest.mark.slow
def test_a_correction_waits_for_bills_of_its_own_account_while_the_other_is_paid(
    payer_operator, provider_operator, two_kinds
):
    change(payer_operator, "REH", TODAY)
    bills = billed(provider_operator)
    approve(payer_operator, [bills["REH"]])
    run(payer_operator)
    send(
        provider_operator,
        [Reported(service_id="R0", version=2, deleted=True, contract=REHABILITATION.code)],
        generation=2,
    )
    credit = bill_of(provider_operator, settled(provider_operator)["REH"], "K", correction_reason="usunięto")
    approve(payer_operator, [bills["AOS"], credit])
    assert run(payer_operator) == {"REH/1": (50_00, OWN), "AOS/1": (30_00, world.ACCOUNT)}
    with acting_for_payer():
        assert Bill.objects.get(pk=credit.pk).state == BillState.APPROVED


@pytest.mark.slow
def test_what_is_marked_keeps_its_account_and_no_change_reaches_back_to_it(
    payer_operator, provider_operator, two_kinds, clinic
):
    change(payer_operator, "REH", TODAY)
    approve(payer_operator, [billed(provider_operator)["REH"]])
    paid = run(payer_operator)
    with acting_for_payer():
        assert (last_paid_on(clinic, "REH"), last_paid_on(clinic, "AOS")) == (DUE, None)
        assert last_paid_on(clinic, GENERAL) is None
    with pytest.raises(UnableTo, match=r"2026-11-13|13"):
        change(payer_operator, "REH", DUE, number=world.OTHER_ACCOUNT)
    change(payer_operator, GENERAL, DUE, number=world.OTHER_ACCOUNT)
    change(payer_operator, "REH", DUE + timedelta(days=1), number=world.OTHER_ACCOUNT)
    with acting_for_payer():
        assert {one.bill.number: (one.amount, one.account_number) for one in Payment.objects.all()} == paid


def test_one_kind_changes_on_the_same_day_as_another_but_not_twice(payer_operator, two_kinds):
    change(payer_operator, "REH", TODAY)
    change(payer_operator, "AOS", TODAY)
    with pytest.raises(UnableTo, match="2026"):
        change(payer_operator, "AOS", TODAY, number=world.OTHER_ACCOUNT)


def test_only_the_branch_changes_an_account_and_each_change_is_one_act(
    payer_operator, provider_operator, two_kinds, clinic
):
    with pytest.raises(PermissionDenied), provider_operator.context():
        change_bank_account(
            operator=provider_operator, provider=clinic, kind="REH", number=OWN, since=TODAY, at=NOON
        )
    change(payer_operator, "REH", TODAY)
    with acting_for_payer():
        [entry] = Entry.objects.filter(act="bank_account.changed")
        assert entry.subject == "REH 2026-11-05"


@pytest.mark.slow
def test_both_sides_see_the_accounts_with_their_kinds_and_days(clerk, inspector, payer_operator, two_kinds):
    change(payer_operator, "REH", date(2026, 11, 10))
    change(payer_operator, GENERAL, date(2026, 11, 5), number=world.OTHER_ACCOUNT)
    address = reverse("bank_accounts")
    all_kinds, own = "wszystkie rodzaje świadczeń", "rehabilitacja lecznicza REH"
    rows = [
        [all_kinds, grouped(world.OTHER_ACCOUNT), "05.11.2026", "–", "obowiązuje"],
        [all_kinds, grouped(world.ACCOUNT), "01.01.2025", "04.11.2026", "już nie obowiązuje"],
        [own, grouped(OWN), "10.11.2026", "–", "jeszcze nie obowiązuje"],
    ]
    assert table(clerk.get(address))[1:] == rows
    clinic = "Przychodnia Wrzosowa Sp. z o.o. 050123"
    assert table(inspector.get(address))[1:] == [[clinic, *row] for row in rows]
    assert table(inspector.get(address, {"text": "rehab"}))[1:] == [[clinic, *rows[2]]]
    assert table(inspector.get(address, {"text": grouped(world.ACCOUNT)}))[1:] == [[clinic, *rows[1]]]
    for row, state in zip(rows, ("in_force", "expired", "future"), strict=True):
        assert table(clerk.get(address, {"state": state}))[1:] == [row]


def test_a_stranger_sees_no_account_of_the_clinic(visitors, payer_operator, two_kinds):
    change(payer_operator, "REH", TODAY)
    page = text(visitors.stranger.get(reverse("bank_accounts"), {"text": "REH"}))
    for number in (world.ACCOUNT, OWN):
        assert grouped(number) not in page


@pytest.mark.slow
def test_the_branch_sees_to_which_accounts_a_run_will_pay(
    inspector, payer_operator, provider_operator, two_kinds
):
    change(payer_operator, "REH", DUE)
    approve(payer_operator, billed(provider_operator).values())
    page = inspector.get(reverse("due_day", args=[DUE]))
    said = text(page)
    assert re.search(f"ambulatoryjna opieka specjalistyczna.*{grouped(world.ACCOUNT)}", said)
    assert re.search(f"rehabilitacja lecznicza.*{grouped(OWN)}", said)


def test_rows_of_before_are_general_ones(clinic):
    with acting_for_payer():
        assert BankAccount.objects.get(provider=clinic).kind == GENERAL


def grouped(number: str) -> str:
    return " ".join([number[:2], *re.findall("....", number[2:])])
