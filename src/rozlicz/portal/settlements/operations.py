"""Every write to settlements: the request, and the calculation that issues templates."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Contract as ContractTerms
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.queries import terms_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.periods.queries import may_be_computed
from rozlicz.portal.settlements import sql
from rozlicz.portal.settlements.books import open_books
from rozlicz.portal.settlements.models import (
    CapExplanation,
    RequestState,
    SettlementRequest,
    Template,
    TemplateLine,
)
from rozlicz.portal.tenancy import acting_for_payer
from rozlicz.settlement.drafts import Allocations, Settlement, TemplateDraft
from rozlicz.settlement.parameters import policy_for
from rozlicz.settlement.unit_price import settle_contract


class UnableToRequestSettlement(UnableTo):
    """The contract cannot be calculated for that month."""


@transaction.atomic
def request_settlement(
    *, operator: Operator, contract: Contract, month: Month, at: datetime
) -> SettlementRequest:
    """Ask for the calculation of a contract for a month; it is queued with the request.

    A request that still waits is answered by itself. Raises UnableToRequestSettlement for a month that has not
    begun, that no settlement period of the contract holds, or that is closed and not unlocked for computing; the
    branch itself may have a closed month computed.
    """
    from rozlicz.portal.settlements.jobs import calculate

    demand(operator, Right.REQUEST_SETTLEMENT)
    terms = terms_of(contract)
    if terms.settlement_period_of(month) is None:
        raise UnableToRequestSettlement(_outside_periods(contract, month))
    if month.first_day > warsaw_day(at):
        raise UnableToRequestSettlement(
            Text(
                pl="Miesiąc {month} jeszcze się nie zaczął. Proszę wybrać bieżący albo wcześniejszy miesiąc.",
                en="{month} has not begun. Choose the current month or an earlier one.",
            ).filled(month=month.name)
        )
    if not operator.is_payer and not may_be_computed(
        provider_id=contract.provider_id, contract_id=contract.pk, month=month, at=at
    ):
        raise UnableToRequestSettlement(_CLOSED.filled(month=month.name))
    request, created = _waiting_request(operator, contract, month, at)
    if created:
        calculate.configure(lock=f"contract:{contract.pk}").defer(request_id=request.pk)
        record(
            "settlement.requested",
            operator=operator,
            provider_id=contract.provider_id,
            subject=f"{contract.code}, {month}",
            at=at,
        )
    return request


_CLOSED = Text(
    pl="Okres sprawozdawczy {month} jest zamknięty. O naliczenie trzeba poprosić: Wnioski → Nowy wniosek → "
    "Odblokowanie zamkniętego okresu, z celem naliczenia.",
    en="The reporting period {month} is closed. Its calculation must be asked for: Requests → New request → "
    "Unlocking of a closed reporting period, with computing as its aim.",
)


def _waiting_request(
    operator: Operator, contract: Contract, month: Month, at: datetime
) -> tuple[SettlementRequest, bool]:
    """The request that waits, or a new one; and whether it is new.

    A request made in the same moment stands in the way of this one, and may already be calculated when it is looked
    for: then it was another, earlier request, and this one is tried again.
    """
    while True:
        with suppress(IntegrityError):
            return SettlementRequest.objects.get_or_create(
                contract=contract,
                month=month.number,
                state=RequestState.WAITING,
                defaults={
                    "provider_id": contract.provider_id,
                    "requested_at": at,
                    "requested_by": operator,
                },
            )


def calculate_request(*, request_id: int, at: datetime) -> None:
    """Calculate one request and issue its templates, all in one transaction under the contract's row lock.

    Done once: a request that is no longer waiting is left alone, so a job may be repeated after a crash.
    """
    with acting_for_payer():
        request = SettlementRequest.objects.select_related("contract").get(pk=request_id)
        contract = Contract.objects.select_for_update().get(pk=request.contract_id)
        request.refresh_from_db()
        if request.state != RequestState.WAITING:
            return
        terms, month = terms_of(contract), Month.from_number(request.month)
        period = terms.settlement_period_of(month)
        if period is None:
            _refuse(request, _outside_periods(contract, month), at)
            return
        with open_books(contract=contract, terms=terms, period=period) as books:
            settlement = settle_contract(
                contract=terms,
                month=month,
                candidates_by_cap=books.candidates,
                billed_by_cap=books.billed,
                issued_by_cap=books.issued,
                performed_by_cap=books.performed,
                policy=policy_for(month=month, branch=settings.BRANCH),
                ordered=True,
            )
        _issue(request, terms, settlement, at)


def _outside_periods(contract: Contract, month: Month) -> Text:
    return Text(
        pl="Miesiąc {month} nie należy do okresu rozliczeniowego umowy {code}. Proszę wybrać miesiąc z umowy.",
        en="{month} is in no settlement period of contract {code}. Choose a month of the contract.",
    ).filled(month=month.name, code=contract.code)


def _refuse(request: SettlementRequest, text: Text, at: datetime) -> None:
    """An annex may have changed the settlement periods since the request was made."""
    SettlementRequest.objects.filter(pk=request.pk).update(
        state=RequestState.REFUSED, refusal=text.to_json(), calculated_at=at
    )


def _issue(request: SettlementRequest, terms: ContractTerms, settlement: Settlement, at: datetime) -> None:
    """The caller holds the contract's lock."""
    for draft in settlement.drafts:
        _issue_template(request, terms, draft, at)
    CapExplanation.objects.bulk_create(
        CapExplanation(
            provider_id=request.provider_id,
            request=request,
            scope=unit.scope,
            distinguisher=unit.distinguisher,
            explanation=explanation.to_json(),
        )
        for unit, explanation in settlement.explanations.items()
    )
    SettlementRequest.objects.filter(pk=request.pk).update(
        state=RequestState.CALCULATED if settlement.drafts else RequestState.NOTHING_DUE,
        calculated_at=at,
    )


def _issue_template(
    request: SettlementRequest, terms: ContractTerms, draft: TemplateDraft, at: datetime
) -> None:
    template = Template.objects.create(
        provider_id=request.provider_id,
        contract_id=request.contract_id,
        request=request,
        number=_next_template_number(at),
        month=draft.month.number,
        annex=terms.annex,
        corrects=Template.objects.get(number=draft.corrects) if draft.corrects else None,
        person=draft.bill,
        country=draft.country,
        amount=draft.amount,
        issued_at=at,
    )
    for number, (line, positions) in enumerate(zip(draft.lines, draft.allocations, strict=True), start=1):
        TemplateLine.objects.create(
            provider_id=request.provider_id,
            template=template,
            number=number,
            scope=line.scope,
            distinguisher=line.distinguisher,
            product=line.product,
            name=line.name,
            unit_name=line.unit_name,
            units=line.units,
            price=line.price,
            amount=line.amount,
        )
        _store_positions(template, (line.scope, line.distinguisher, line.product, line.price), positions)


def _store_positions(template: Template, line: tuple[str, int, str, int], positions: Allocations) -> None:
    keys = {
        "provider": template.provider_id,
        "template": template.pk,
        "contract": template.contract_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.INCOMING)
        with cursor.copy(
            "copy incoming_held (service_id, position, scope, distinguisher, product, price, units) from stdin"
        ) as copy:
            for (service_id, position), units in positions:
                copy.write_row((service_id, position, *line, units))
        cursor.execute(sql.STORE_POSITIONS, keys)
        cursor.execute("truncate incoming_held")


def _next_template_number(at: datetime) -> int:
    """Twelve digits, as the message allows: branch, year, running number."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('template_number')")
        (number,) = cursor.fetchone()
    return int(f"{settings.BRANCH}{warsaw_day(at).year % 100:02d}{number:08d}")
