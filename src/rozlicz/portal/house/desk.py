"""What the desk (Pulpit) shows: what must be done and by when, what will be paid, what may still be earned.

Each operator finds what the own roles allow to see and to do: whoever makes no bills is not told to make one. What
must not be seen is not asked of the database either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, Min, QuerySet, Sum

from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.accounts.tokens.models import ApiToken
from rozlicz.portal.accounts.tokens.queries import tokens_ending_soon
from rozlicz.portal.bills.models import Bill, BillState
from rozlicz.portal.bills.queries import bills_awaiting_approval, bills_for
from rozlicz.portal.clock import WARSAW
from rozlicz.portal.contracts.models import Contract, PlanRow
from rozlicz.portal.contracts.queries import contracts_for, terms_of
from rozlicz.portal.payments.queries import DueDay, due_by_day
from rozlicz.portal.reports.models import Report, ReportState
from rozlicz.portal.settlements.models import Template, TemplateLine
from rozlicz.portal.settlements.queries import templates_for

_RECENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StillToEarn:
    """One scope in its settlement period, in grosze: the plan, what templates hold, and what is left of the plan."""

    contract: Contract
    scope: str
    distinguisher: int
    name: str
    plan: int
    billed: int

    @property
    def left(self) -> int:
        """What the plan of the period still allows; never below zero."""
        return max(0, self.plan - self.billed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDesk:
    """The desk of a provider's operator."""

    reported_this_month: bool
    in_work: list[Report]
    with_rejections: list[Report]
    unbilled: list[Template]
    refused: list[Bill]
    due: list[DueDay]
    still_to_earn: list[StillToEarn]
    ending_tokens: list[ApiToken]

    @property
    def plan(self) -> int:
        """The plan of all scopes, in grosze."""
        return sum(one.plan for one in self.still_to_earn)

    @property
    def billed(self) -> int:
        """What templates of all scopes hold."""
        return sum(one.billed for one in self.still_to_earn)

    @property
    def left(self) -> int:
        """What all plans still allow: each scope by itself, since money moves between them by annex only."""
        return sum(one.left for one in self.still_to_earn)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerDesk:
    """The desk of the branch's operator. Amounts in grosze."""

    reports: dict[str, int]
    to_approve: int
    to_approve_amount: int
    first_due: date | None
    overdue: int
    unbilled: int
    due: list[DueDay]
    next_bills: list[Bill]


def provider_desk(operator: Operator, today: date) -> ProviderDesk:
    """Everything that waits for the provider, and its money, as far as the operator's roles go."""
    begin = datetime.combine(Month.of(today).first_day, time(), WARSAW)
    may = operator.may
    return ProviderDesk(
        **(_reports_of(operator, begin) if may(Right.SEE_REPORTS) else _NO_REPORTS),
        unbilled=list(templates_for(operator).filter(billed=False)[:_RECENT])
        if may(Right.SEND_BILLS)
        else [],
        refused=list(_refused_since(operator, begin)[:_RECENT]) if may(Right.SEE_BILLS) else [],
        due=due_by_day(operator) if may(Right.SEE_PAYMENTS) else [],
        still_to_earn=still_to_earn(operator, Month.of(today)) if may(Right.SEE_SETTLEMENTS) else [],
        ending_tokens=list(tokens_ending_soon(operator, today)) if may(Right.MANAGE_INSTALLATIONS) else [],
    )


_NO_REPORTS: dict[str, Any] = {"reported_this_month": True, "in_work": [], "with_rejections": []}


def _reports_of(operator: Operator, begin: datetime) -> dict[str, Any]:
    reports = Report.objects.filter(provider=operator.provider_id).select_related("current_run")
    return {
        "reported_this_month": not _must_report(operator, begin)
        or reports.filter(received_at__gte=begin).exists(),
        "in_work": list(reports.filter(state__in=[ReportState.RECEIVED, ReportState.READING])[:_RECENT]),
        "with_rejections": list(
            reports.filter(received_at__gte=begin, current_run__rejected__gt=0)[:_RECENT]
        ),
    }


def _must_report(operator: Operator, begin: datetime) -> bool:
    """Whether a contract was in force in the month before; pharmacies and new parties have nothing to report."""
    last = Month.of(begin.date()).plus(-1)
    in_force = contracts_for(operator).filter(valid_from__lte=last.last_day, valid_to__gte=last.first_day)
    return bool(in_force.exists())


def _refused_since(operator: Operator, begin: datetime) -> QuerySet[Bill]:
    """Bills refused since then whose template has no better one yet."""
    billed_again = templates_for(operator).filter(billed=True).values("pk")
    refused = bills_for(operator).filter(state=BillState.REFUSED, received_at__gte=begin)
    return refused.exclude(template__in=billed_again)


def still_to_earn(operator: Operator, month: Month) -> list[StillToEarn]:
    """Scope by scope, what the plan of the settlement period of this month still allows."""
    found = []
    for contract in contracts_for(operator):
        period = terms_of(contract).settlement_period_of(month)
        if period is not None:
            found += _of_contract(contract, period)
    return found


def _of_contract(contract: Contract, period: SettlementPeriod) -> list[StillToEarn]:
    months = {"month__gte": period.first.number, "month__lte": period.last.number}
    billed = {
        (row["scope"], row["distinguisher"]): row["total"]
        for row in TemplateLine.objects.filter(
            template__contract=contract,
            **{f"template__{name}": value for name, value in months.items()},
        )
        .values("scope", "distinguisher")
        .annotate(total=Sum("amount"))
    }
    newest = max(contract.files.all(), key=lambda file: file.annex)
    plan = (
        PlanRow.objects.filter(contract_file=newest, **months)
        .values("scope", "distinguisher", "scope_name")
        .annotate(total=Sum("amount"))
        .order_by("scope", "distinguisher")
    )
    return [
        StillToEarn(
            contract=contract,
            scope=row["scope"],
            distinguisher=row["distinguisher"],
            name=row["scope_name"],
            plan=row["total"],
            billed=billed.get((row["scope"], row["distinguisher"]), 0),
        )
        for row in plan
    ]


def payer_desk(operator: Operator, today: date) -> PayerDesk:
    """Everything that waits for the branch, as far as the operator's roles go."""
    may = operator.may
    waiting = bills_awaiting_approval(operator)
    return PayerDesk(
        reports=_reports_by_state() if may(Right.SEE_REPORTS) else {},
        **(_bills_waiting(operator, waiting, today) if may(Right.SEE_BILLS) else _NO_BILLS),
        unbilled=templates_for(operator).filter(billed=False).count() if may(Right.SEE_SETTLEMENTS) else 0,
        due=due_by_day(operator) if may(Right.SEE_PAYMENTS) else [],
        next_bills=list(waiting[:_RECENT]) if may(Right.APPROVE_BILLS) else [],
    )


_NO_BILLS: dict[str, Any] = {"to_approve": 0, "to_approve_amount": 0, "first_due": None, "overdue": 0}


def _reports_by_state() -> dict[str, int]:
    states = Report.objects.values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in states}


def _bills_waiting(operator: Operator, waiting: QuerySet[Bill], today: date) -> dict[str, Any]:
    sums = waiting.order_by().aggregate(number=Count("pk"), total=Sum("amount"), first=Min("due_on"))
    unpaid = bills_for(operator).filter(state__in=[BillState.ACCEPTED, BillState.APPROVED])
    return {
        "to_approve": sums["number"],
        "to_approve_amount": sums["total"] or 0,
        "first_due": sums["first"],
        "overdue": unpaid.filter(due_on__lt=today).count(),
    }
