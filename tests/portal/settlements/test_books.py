"""What the books say: the state of each service across reports, contracts and annexes, and what templates hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.services import Entitlement
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.settlements.models import Template, TemplateLine, TemplatePosition
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.conftest import NOON
from tests.portal.test_road import send, settle
from tests.reporting import PERSON_FROM_GERMANY, Reported

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def publish(terms: world.Contract) -> None:
    with acting_for_payer():
        publish_contract(terms=terms, at=NOON)


def amounts(templates: list[Template]) -> list[int]:
    return [template.amount for template in templates]


def held(service: str) -> int:
    """What all templates together hold of a service, in units ×10,000."""
    with acting_for_payer():
        return sum(TemplatePosition.objects.filter(service_id=service).values_list("units", flat=True))


def card(country: str, number: str = "80276001234567890123") -> Entitlement:
    return Entitlement(
        basis="2",
        document="EKUZ",
        number=number,
        country=country,
        valid_from="2026-01-01",
        valid_to="2026-12-31",
    )


@pytest.mark.slow
@pytest.mark.parametrize(("spelling", "country"), [("EL", "GR"), ("GR", "GR"), ("UK", "GB"), ("GB", "GB")])
def test_r57_other_names_of_a_state_lead_to_the_same_bill(
    provider_operator: Operator, spelling: str, country: str
) -> None:
    send(
        provider_operator,
        [
            Reported(service_id="S1", entitlement=card(spelling), patient=PERSON_FROM_GERMANY),
            Reported(
                service_id="S2", entitlement=card(country), patient=PERSON_FROM_GERMANY, day="2026-10-06"
            ),
        ],
    )
    [personal] = settle(provider_operator, OCTOBER)
    assert (personal.country, personal.amount) == (country, 20_00)


@pytest.mark.slow
def test_an_annex_that_reaches_back_with_another_price_corrects_and_pays_anew(
    provider_operator: Operator,
) -> None:
    send(provider_operator, [Reported(service_id="S1", units="2.0000")])
    assert amounts(settle(provider_operator, OCTOBER)) == [20_00]
    [scope] = world.contract().scopes
    plan = tuple(replace(row, price=1100) for row in scope.plan)
    publish(world.annexed(world.contract(), scopes=(replace(scope, plan=plan),)))
    correction, anew = settle(provider_operator, OCTOBER)
    assert correction.corrects is not None
    assert amounts([correction, anew]) == [-20_00, 22_00]
    assert settle(provider_operator, OCTOBER) == []
    assert held("S1") == 20_000


@pytest.mark.slow
def test_a_scope_taken_out_by_an_annex_keeps_what_is_billed_and_pays_no_more(
    provider_operator: Operator,
) -> None:
    both = world.contract(scopes=(world.scope(), world.scope(world.CARDIOLOGY)))
    publish(world.annexed(both))
    send(provider_operator, [Reported(service_id="S1"), Reported(service_id="S2", scope=world.CARDIOLOGY)])
    publish(world.annexed(world.annexed(both), scopes=(world.scope(),)))
    [template] = settle(provider_operator, OCTOBER)
    assert template.amount == 10_00
    assert held("S2") == 0


@pytest.mark.slow
def test_a_service_moved_to_another_scope_is_taken_back_there_and_paid_here(
    provider_operator: Operator,
) -> None:
    publish(world.annexed(world.contract(scopes=(world.scope(), world.scope(world.CARDIOLOGY)))))
    send(provider_operator, [Reported(service_id="S1")])
    settle(provider_operator, OCTOBER)
    send(provider_operator, [Reported(service_id="S1", version=2, scope=world.CARDIOLOGY)], generation=2)
    assert amounts(settle(provider_operator, OCTOBER)) == [-10_00, 10_00]
    assert settle(provider_operator, OCTOBER) == []
    with acting_for_payer():
        totals = {
            scope: sum(TemplateLine.objects.filter(scope=scope).values_list("amount", flat=True))
            for scope in (world.NEUROLOGY, world.CARDIOLOGY)
        }
    assert totals == {world.NEUROLOGY: 0, world.CARDIOLOGY: 10_00}


@pytest.mark.slow
def test_a_service_moved_to_another_contract_is_taken_back_from_the_first(
    provider_operator: Operator,
) -> None:
    second = world.contract(number=2)
    publish(second)
    send(provider_operator, [Reported(service_id="S1")])
    first = settle_contract(provider_operator, world.contract().code)
    send(provider_operator, [Reported(service_id="S1", version=2, contract=second.code)], generation=2)
    assert amounts(first) == [10_00]
    assert amounts(settle_contract(provider_operator, second.code)) == [10_00]
    assert amounts(settle_contract(provider_operator, world.contract().code)) == [-10_00]
    assert settle_contract(provider_operator, world.contract().code) == []


def settle_contract(operator: Operator, code: str, month: Month = OCTOBER) -> list[Template]:
    from rozlicz.portal.settlements.operations import calculate_request, request_settlement

    with operator.context():
        contract = Contract.objects.get(code=code)
        request = request_settlement(operator=operator, contract=contract, month=month, at=NOON)
    calculate_request(request_id=request.pk, at=NOON)
    with operator.context():
        return list(Template.objects.filter(request=request).select_related("corrects").order_by("number"))


@pytest.mark.slow
def test_a_part_billed_service_is_corrected_twice_and_never_below_nothing(
    provider_operator: Operator,
) -> None:
    """75 units against a plan of 50 a month: billed in two months, lowered, raised and deleted."""
    [scope] = world.contract().scopes
    plan = tuple(replace(row, units=500_000) for row in scope.plan if row.month >= OCTOBER)
    publish(world.annexed(world.contract(), scopes=(replace(scope, plan=plan),)))
    send(provider_operator, [Reported(service_id="S1", units="75.0000")])
    assert amounts(settle(provider_operator, OCTOBER)) == [500_00]
    assert amounts(settle(provider_operator, NOVEMBER)) == [250_00]
    for version, units, expected in (
        (2, "60.0000", -150_00),
        (3, "40.0000", -200_00),
        (4, "45.0000", 50_00),
    ):
        send(provider_operator, [Reported(service_id="S1", version=version, units=units)], generation=version)
        assert sum(amounts(settle(provider_operator, NOVEMBER))) == expected
        assert held("S1") == int(units.replace(".", ""))
    send(provider_operator, [Reported(service_id="S1", version=5, deleted=True)], generation=5)
    assert sum(amounts(settle(provider_operator, NOVEMBER))) == -450_00
    assert held("S1") == 0
    assert settle(provider_operator, OCTOBER) == []


@pytest.mark.slow
def test_a_person_whose_card_number_was_corrected_gets_a_bill_of_the_new_number(
    provider_operator: Operator,
) -> None:
    def version(number: int, entitlement: Entitlement) -> Reported:
        return Reported(service_id="S1", version=number, entitlement=entitlement, patient=PERSON_FROM_GERMANY)

    send(provider_operator, [version(1, card("DE"))])
    [wrong] = settle(provider_operator, OCTOBER)
    send(provider_operator, [version(2, card("DE", "80276009999999999999"))], generation=2)
    correction, right = settle(provider_operator, OCTOBER)
    assert (correction.corrects, correction.person, correction.amount) == (wrong, wrong.person, -10_00)
    assert (right.person, right.amount) == ("80276009999999999999", 10_00)


def test_an_endless_card_number_is_rejected_and_stops_no_calculation(provider_operator: Operator) -> None:
    endless = Reported(service_id="S1", entitlement=card("DE", "8" * 41), patient=PERSON_FROM_GERMANY)
    longest = Reported(service_id="S2", entitlement=card("DE", "8" * 40), patient=PERSON_FROM_GERMANY)
    send(provider_operator, [endless, longest])
    assert [one.person for one in settle(provider_operator, OCTOBER)] == ["8" * 40]
