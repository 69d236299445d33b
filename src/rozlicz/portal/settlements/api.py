"""The calls of settlements: ask for one, its outcome, and where each amount comes from."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema, Status
from pydantic import ConfigDict, Field

from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.api.calls import Calls
from rozlicz.portal.api.shapes import (
    MonthText,
    Paging,
    created,
    month_text,
    newest_first,
)
from rozlicz.portal.clock import now
from rozlicz.portal.contracts.queries import contract_for
from rozlicz.portal.house.formatting import text as in_words
from rozlicz.portal.settlements import queries
from rozlicz.portal.settlements.models import CapExplanation, SettlementRequest
from rozlicz.portal.settlements.operations import request_settlement
from rozlicz.settlement.explanation import Explanation, MonthRow, Step

calls = Calls("settlements", right=Right.SEE_SETTLEMENTS)

State = Literal["waiting", "calculated", "nothing-due", "refused"]


class Wish(Schema):
    """Which contract is to be calculated, for which month."""

    model_config = ConfigDict(extra="forbid")

    contract_id: int = Field(ge=1, le=10**18, strict=True)
    month: MonthText


class SettlementRow(Schema):
    """A request for settlement. While `is_over` is false, ask again after some seconds."""

    id: int
    contract_id: int
    contract: str
    month: str
    state: State
    is_over: bool
    requested_at: datetime
    calculated_at: datetime | None


class SettlementWhole(SettlementRow):
    """With what came of it: numbers of templates, or the sentence why it could not be calculated."""

    templates: list[int]
    refusal: str | None


class ToldInput(Schema):
    """What went into a step, as people read it."""

    label: str
    value: str


class ToldStep(Schema):
    """One step: `figures` are the numbers of the sentences, enough to calculate the outcome again.

    `basis_confirmed` is false for a policy of the branch, and for a source that is still to be confirmed.
    """

    rule: str
    demand: str
    title: str
    inputs: list[ToldInput]
    figures: dict[str, int]
    outcome: str
    basis: str
    basis_confirmed: bool


class ToldMonth(Schema):
    """One month of the settlement period."""

    month: str
    performed_grosze: int
    plan_grosze: int
    plan_cumulated_grosze: int
    paid_before_grosze: int
    due_now_grosze: int
    waiting_grosze: int


class ToldScope(Schema):
    """Where the amount of one scope comes from, month by month and step by step."""

    scope: str
    distinguisher: int
    name: str
    title: str
    due_now_grosze: int
    months: list[ToldMonth]
    steps: list[ToldStep]


class WholeExplanation(Schema):
    """Where the amounts of one calculation come from."""

    settlement_id: int
    scopes: list[ToldScope]


@calls.listed("", _("Requests for settlement"), SettlementRow)
def settlements(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The newest first."""
    return newest_first(queries.requests_for(request.user), paging, _row)


@calls.sent("", _("Request a settlement"), SettlementWhole, right=Right.REQUEST_SETTLEMENT)
def settlement_ask(request: HttpRequest, response: HttpResponse, wish: Wish) -> Status[dict[str, Any]]:
    """Calculated in the background (201). One for the same month that still waits is the answer itself (200)."""
    at = now()
    asked = request_settlement(
        operator=request.user,
        contract=contract_for(request.user, wish.contract_id),
        month=Month.parse(wish.month),
        at=at,
    )
    created(response, address=reverse("api_settlement", args=[asked.pk]))
    return Status(201 if asked.requested_at == at else 200, _whole(asked))


@calls.one("/{int:settlement_id}", _("One request for settlement and what came of it"), SettlementWhole)
def settlement(request: HttpRequest, settlement_id: int) -> dict[str, Any]:
    """`nothing-due`: calculated, and no template was issued."""
    return _whole(queries.request_for(request.user, settlement_id))


@calls.one(
    "/{int:settlement_id}/explanation", _("Where the amounts of a settlement come from"), WholeExplanation
)
def settlement_explanation(request: HttpRequest, settlement_id: int) -> dict[str, Any]:
    """Scope by scope, in the words of the portal's page; empty before the calculation has ended."""
    asked = queries.request_for(request.user, settlement_id)
    names = queries.scope_names(asked.contract)
    return {
        "settlement_id": asked.pk,
        "scopes": [
            _told(one, names.get((one.scope, one.distinguisher), "")) for one in asked.explanations.all()
        ],
    }


def _row(asked: SettlementRequest) -> dict[str, Any]:
    return {
        "id": asked.pk,
        "contract_id": asked.contract_id,
        "contract": asked.contract.code,
        "month": month_text(asked.month),
        "state": asked.state,
        "is_over": asked.state != "waiting",
        "requested_at": asked.requested_at,
        "calculated_at": asked.calculated_at,
    }


def _whole(asked: SettlementRequest) -> dict[str, Any]:
    return _row(asked) | {
        "templates": [one.number for one in asked.templates.order_by("number")],
        "refusal": in_words(Text.from_json(asked.refusal)) if asked.refusal else None,
    }


def _told(one: CapExplanation, name: str) -> dict[str, Any]:
    told = Explanation.from_json(one.explanation)
    return {
        "scope": one.scope,
        "distinguisher": one.distinguisher,
        "name": name,
        "title": in_words(told.title),
        "due_now_grosze": sum(row.due_now for row in told.months),
        "months": [_month(row) for row in told.months],
        "steps": [_step(step) for step in told.steps],
    }


def _month(row: MonthRow) -> dict[str, Any]:
    return {
        "month": str(row.month),
        "performed_grosze": row.performed,
        "plan_grosze": row.plan,
        "plan_cumulated_grosze": row.plan_cumulated,
        "paid_before_grosze": row.paid_before,
        "due_now_grosze": row.due_now,
        "waiting_grosze": row.waiting,
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "rule": step.rule,
        "demand": step.demand,
        "title": in_words(step.title),
        "inputs": [{"label": in_words(label), "value": in_words(value)} for label, value in step.inputs],
        "figures": dict(step.figures),
        "outcome": in_words(step.outcome),
        "basis": in_words(step.basis.reference),
        "basis_confirmed": step.basis.confirmed,
    }
