"""The main road through all layers: report → verdicts → templates → bill → approval → payment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.bills import BillKind, VatExemption
from rozlicz.messages.services import Entitlement
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.bills.operations import Scan, UnableToApproveBill, approve_bill, make_bill
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.payments.models import Payment
from rozlicz.portal.payments.operations import UnableToMarkPaymentRun, mark_payment_run
from rozlicz.portal.reports.models import Finding, Position, Report, ReportState, Run
from rozlicz.portal.reports.operations import (
    UnableToVerifyAgain,
    receive_report,
    verify_again,
    verify_report,
)
from rozlicz.portal.settlements.models import RequestState, SettlementRequest, Template, TemplatePosition
from rozlicz.portal.settlements.operations import (
    UnableToRequestSettlement,
    calculate_request,
    request_settlement,
)
from tests import world
from tests.portal.conftest import NOON
from tests.reporting import PERSON_FROM_GERMANY, Reported, report

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def send(operator: Operator, services: Iterable[Reported], generation: int = 1) -> Report:
    """Send a report and let the worker's operation read it."""
    with operator.context():
        received = receive_report(
            operator=operator,
            content=report(services, generation=generation),
            file_name="raport.swx",
            at=NOON,
        )
    assert operator.provider_id is not None
    verify_report(provider_id=operator.provider_id, report_id=received.report.pk, now=lambda: NOON)
    with operator.context():
        return Report.objects.select_related("current_run").get(pk=received.report.pk)


def settle(operator: Operator, month: Month) -> list[Template]:
    """Ask for a month's calculation and let the worker's operation make it."""
    with operator.context():
        contract = Contract.objects.get()
        request = request_settlement(operator=operator, contract=contract, month=month, at=NOON)
    calculate_request(request_id=request.pk, at=NOON)
    with operator.context():
        return list(Template.objects.filter(request=request).select_related("corrects").order_by("number"))


def bill_of(operator: Operator, template: Template, number: str, **changes: object) -> Bill:
    """Make the bill of a template in the portal."""
    values = {
        "kind": BillKind.INVOICE,
        "issued_on": NOON.date(),
        "vat_exemption": VatExemption.MEDICAL_CARE_BY_ENTITY,
        "at": NOON,
    } | changes
    with operator.context():
        return make_bill(operator=operator, template=template, number=number, **values).bill  # type: ignore[arg-type]


@pytest.mark.slow
def test_a_clean_month_goes_from_report_to_payment(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    sent = send(provider_operator, [Reported(service_id=f"S{n}") for n in range(80)])
    assert sent.state == ReportState.CHECKED
    assert sent.current_run is not None
    assert (sent.current_run.accepted, sent.current_run.rejected) == (80, 0)
    assert sent.current_run.accepted_value == 800_00

    [template] = settle(provider_operator, OCTOBER)
    assert template.amount == 800_00

    bill = bill_of(provider_operator, template, "10/2026")
    assert bill.refusals == []
    assert bill.state == BillState.ACCEPTED
    assert bill.delivered_on == date(2026, 11, 5)
    assert bill.due_on == date(2026, 11, 13)  # R10: 6, 9, 10, 12, 13; the 11th is a day off

    with payer_operator.context():
        approve_bill(operator=payer_operator, bill=bill, at=NOON)
        run = mark_payment_run(operator=payer_operator, day=bill.due_on, at=NOON)
        [payment] = Payment.objects.filter(run=run)
    assert (payment.amount, payment.account_number) == (800_00, world.ACCOUNT)


def test_promise_3_identical_bytes_get_the_first_receipt(provider_operator: Operator) -> None:
    content = report([Reported(service_id="S1")])
    with provider_operator.context():
        first = receive_report(operator=provider_operator, content=content, file_name="a.swx", at=NOON)
        again = receive_report(
            operator=provider_operator, content=content, file_name="b.swx", at=NOON + timedelta(hours=1)
        )
    assert again.repeated
    assert again.report == first.report


def test_promise_5_one_wrong_record_never_rejects_the_rest(provider_operator: Operator) -> None:
    sent = send(
        provider_operator,
        [
            Reported(service_id="good"),
            Reported(service_id="bad", scope="02.9999.001.02"),
            Reported(service_id="fine"),
        ],
    )
    assert sent.current_run is not None
    assert (sent.current_run.accepted, sent.current_run.rejected) == (2, 1)


@pytest.mark.slow
def test_promise_1_reading_again_changes_nothing(provider_operator: Operator) -> None:
    sent = send(provider_operator, [Reported(service_id=f"S{n}") for n in range(10)])
    verify_report(provider_id=sent.provider_id, report_id=sent.pk, now=lambda: NOON)
    with provider_operator.context():
        assert Run.objects.filter(report=sent).count() == 1
        assert Position.objects.filter(report_id=sent.pk).count() == 10


@pytest.mark.slow
@pytest.mark.parametrize(
    ("case", "performed", "due"),
    [
        ("UP-01", (120, 80), (1_000_00, 1_000_00)),
        ("UP-03a", (80, 130), (800_00, 1_200_00)),
    ],
)
def test_r23_months_are_capped_by_the_plan_so_far(
    provider_operator: Operator, case: str, performed: tuple[int, int], due: tuple[int, int]
) -> None:
    terms = world.contract(scopes=(_two_months_of_plan(),))
    with provider_operator.context():
        code = Contract.objects.get().code
    assert terms.code == code
    _annex(terms)
    for generation, (month, count) in enumerate(zip((OCTOBER, NOVEMBER), performed, strict=True), start=1):
        services = [
            Reported(service_id=f"{month}-{n}", month=str(month), day=f"{month}-03") for n in range(count)
        ]
        send(provider_operator, services, generation)
        assert sum(template.amount for template in settle(provider_operator, month)) == due[generation - 1], (
            case
        )


def _two_months_of_plan() -> world.Scope:
    scope = world.scope()
    return replace(scope, plan=tuple(row for row in scope.plan if row.month >= OCTOBER))


def _annex(terms: world.Contract) -> None:
    from rozlicz.portal.tenancy import acting_for_payer

    with acting_for_payer():
        publish_contract(terms=world.annexed(terms), at=NOON)


@pytest.mark.slow
def test_a_deleted_service_becomes_a_correcting_template(provider_operator: Operator) -> None:
    send(provider_operator, [Reported(service_id=f"S{n}") for n in range(3)])
    [billed] = settle(provider_operator, OCTOBER)
    deletions = [Reported(service_id="S1", version=2, deleted=True)]
    sent = send(provider_operator, deletions, generation=2)
    assert sent.current_run is not None
    assert sent.current_run.rejected == 0
    [correction] = settle(provider_operator, OCTOBER)
    assert correction.corrects == billed
    assert correction.amount == -10_00
    assert settle(provider_operator, OCTOBER) == []


@pytest.mark.slow
def test_a_later_version_is_paid_in_the_place_of_the_first(provider_operator: Operator) -> None:
    send(provider_operator, [Reported(service_id="S1", units="2.0000")])
    settle(provider_operator, OCTOBER)
    send(provider_operator, [Reported(service_id="S1", version=2, units="5.0000")], generation=2)
    [more] = settle(provider_operator, OCTOBER)
    assert more.corrects is None
    assert more.amount == 30_00
    with provider_operator.context():
        assert sum(TemplatePosition.objects.values_list("units", flat=True)) == 50_000


@pytest.mark.slow
def test_promise_3_one_template_makes_one_bill(provider_operator: Operator) -> None:
    send(provider_operator, [Reported(service_id="S1")])
    [template] = settle(provider_operator, OCTOBER)
    assert bill_of(provider_operator, template, "1").state == BillState.ACCEPTED
    second = bill_of(provider_operator, template, "2")
    assert second.state == BillState.REFUSED
    assert [reason["code"] for reason in second.refusals] == ["B-103"]


@pytest.mark.slow
def test_r2_a_coordination_patient_has_a_bill_of_his_own_with_the_scan(provider_operator: Operator) -> None:
    card = Entitlement(
        basis="2",
        document="EKUZ",
        number="80276001234567890123",
        country="DE",
        valid_from="2026-01-01",
        valid_to="2026-12-31",
    )
    foreign = Reported(service_id="S2", entitlement=card, patient=PERSON_FROM_GERMANY)
    sent = send(provider_operator, [Reported(service_id="S1"), foreign])
    with provider_operator.context():
        assert list(Finding.objects.filter(severity="error").values_list("code", "parameters")) == []
    assert sent.current_run is not None
    general, personal = settle(provider_operator, OCTOBER)
    assert (general.person, personal.person, personal.country) == ("", card.number, "DE")
    without = bill_of(provider_operator, personal, "1")
    assert [reason["code"] for reason in without.refusals] == ["B-701"]
    scan = Scan(kind="ENT", file_name="ekuz.pdf", content=b"scan")
    assert bill_of(provider_operator, personal, "1", scans=[scan]).state == BillState.ACCEPTED


@pytest.mark.slow
def test_every_reason_is_told_at_once(provider_operator: Operator) -> None:
    send(provider_operator, [Reported(service_id="S1")])
    [template] = settle(provider_operator, OCTOBER)
    bill = bill_of(provider_operator, template, "", vat_exemption=None, issued_on=date(2026, 10, 1))
    assert {reason["code"] for reason in bill.refusals} == {"B-121", "B-401", "B-411"}


@pytest.mark.slow
def test_a_bill_is_approved_once_and_paid_once(provider_operator: Operator, payer_operator: Operator) -> None:
    send(provider_operator, [Reported(service_id="S1")])
    [template] = settle(provider_operator, OCTOBER)
    bill = bill_of(provider_operator, template, "1")
    with payer_operator.context():
        approve_bill(operator=payer_operator, bill=bill, at=NOON)
        with pytest.raises(UnableToApproveBill):
            approve_bill(operator=payer_operator, bill=bill, at=NOON)
        mark_payment_run(operator=payer_operator, day=date(2026, 11, 13), at=NOON)
        with pytest.raises(UnableToMarkPaymentRun):
            mark_payment_run(operator=payer_operator, day=date(2026, 11, 13), at=NOON)


@pytest.mark.slow
def test_promise_2_money_adds_up_after_a_correction(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    send(provider_operator, [Reported(service_id=f"S{n}") for n in range(5)])
    [template] = settle(provider_operator, OCTOBER)
    bill_of(provider_operator, template, "1")
    send(provider_operator, [Reported(service_id="S0", version=2, deleted=True)], generation=2)
    [correction] = settle(provider_operator, OCTOBER)
    bill_of(provider_operator, correction, "1/K", correction_reason="usunięte świadczenie")
    with payer_operator.context():
        bills = list(Bill.objects.filter(state=BillState.ACCEPTED))
        assert len(bills) == 2
        for bill in bills:
            approve_bill(operator=payer_operator, bill=bill, at=NOON)
        mark_payment_run(operator=payer_operator, day=date(2026, 11, 13), at=NOON)
        paid = sum(Payment.objects.values_list("amount", flat=True))
        assert paid == sum(bill.amount for bill in bills) == template.amount + correction.amount == 40_00


def test_r63_a_month_outside_the_contract_is_refused(provider_operator: Operator) -> None:
    with provider_operator.context():
        contract = Contract.objects.get()
        with pytest.raises(UnableToRequestSettlement):
            request_settlement(operator=provider_operator, contract=contract, month=Month(2025, 12), at=NOON)
        with pytest.raises(UnableToRequestSettlement):
            request_settlement(operator=provider_operator, contract=contract, month=Month(2026, 12), at=NOON)


def test_nothing_performed_gives_no_template(provider_operator: Operator) -> None:
    assert settle(provider_operator, OCTOBER) == []
    with provider_operator.context():
        assert SettlementRequest.objects.get().state == RequestState.NOTHING_DUE


@pytest.mark.slow
def test_promise_4_a_second_run_has_its_own_verdicts_and_the_next_calculation_corrects(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    sent = send(provider_operator, [Reported(service_id=f"S{n}") for n in range(3)])
    [billed] = settle(provider_operator, OCTOBER)
    _annex(world.contract(scopes=(replace(world.scope(), cells=()),)))
    with payer_operator.context():
        verify_again(operator=payer_operator, report=sent, at=NOON)
        with pytest.raises(UnableToVerifyAgain):
            verify_again(operator=payer_operator, report=sent, at=NOON)
    verify_report(provider_id=sent.provider_id, report_id=sent.pk, now=lambda: NOON)
    with payer_operator.context():
        first, second = Run.objects.filter(report=sent).order_by("id")
        assert (first.accepted, second.accepted) == (3, 0)
        assert not Finding.objects.filter(run_id=first.pk, severity="error").exists()
        assert Finding.objects.filter(run_id=second.pk, code="50701004").count() == 3
        assert Report.objects.get(pk=sent.pk).current_run_id == second.pk
    [correction] = settle(provider_operator, OCTOBER)
    assert (correction.corrects, correction.amount) == (billed, -30_00)
