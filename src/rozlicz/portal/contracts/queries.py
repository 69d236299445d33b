"""Every read of contracts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from rozlicz.kernel.months import Month
from rozlicz.messages.contracts import Contract as ContractTerms
from rozlicz.messages.contracts import PlanMonth, Scope
from rozlicz.messages.umx import read_umx
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.house import files
from rozlicz.portal.house.lists import holding

IN_FORCE, FUTURE, EXPIRED = "in_force", "future", "expired"
"""States of a contract by its dates, as `house.states` names them."""


def contracts_for(operator: Operator) -> QuerySet[Contract]:
    """The contracts an operator may see, with their files, the current first: a provider its own, the payer all."""
    visible = Contract.objects.select_related("provider").prefetch_related(
        Prefetch("files", queryset=ContractFile.objects.order_by("-annex"))
    )
    if not operator.is_payer:
        visible = visible.filter(provider=operator.provider_id)
    return visible.order_by("provider__sort_key", "-valid_from", "code")


def contracts_found(
    operator: Operator, *, text: str = "", state: str = "", today: date
) -> QuerySet[Contract]:
    """Those of `contracts_for` that hold the text in a code, a kind or the provider's name, and have the state."""
    found = contracts_for(operator)
    if text:
        found = found.filter(_mentions(text, operator, contract=""))
    match state:
        case "in_force":
            found = found.filter(valid_from__lte=today, valid_to__gte=today)
        case "future":
            found = found.filter(valid_from__gt=today)
        case "expired":
            found = found.filter(valid_to__lt=today)
    return found


def kinds_of(provider_id: int) -> dict[str, str]:
    """The kinds of services for which a provider has or had contracts: code → name as the newest contract has it."""
    rows = Contract.objects.filter(provider_id=provider_id).order_by("kind", "valid_from", "pk")
    return dict(rows.values_list("kind", "kind_name"))


def state_on(contract: Contract, day: date) -> str:
    """Whether a contract is in force on a day: `in_force`, `future` or `expired`."""
    if contract.valid_from > day:
        return FUTURE
    return EXPIRED if contract.valid_to < day else IN_FORCE


def contract_for(operator: Operator, contract_id: int) -> Contract:
    """One contract by its key. Raises Http404 for what does not exist or is another's."""
    return get_object_or_404(contracts_for(operator), pk=contract_id)


def contract_files_for(
    operator: Operator, *, text: str = "", only_current: bool = False
) -> QuerySet[ContractFile]:
    """The contract files an operator may see (P8); `is_current` marks the newest annex of each contract.

    In the order of providers, contracts, and annexes from the newest.
    """
    newer = ContractFile.objects.filter(contract=OuterRef("contract"), annex__gt=OuterRef("annex"))
    visible = ContractFile.objects.select_related("contract__provider").annotate(is_current=~Exists(newer))
    if not operator.is_payer:
        visible = visible.filter(provider=operator.provider_id)
    if text:
        visible = visible.filter(_mentions(text, operator, contract="contract__"))
    if only_current:
        visible = visible.filter(is_current=True)
    return visible


FILES_ORDER = ("contract__provider__sort_key", "-contract__valid_from", "contract__code", "-annex")


def contract_file_for(operator: Operator, file_id: int) -> ContractFile:
    """One contract file by its key. Raises Http404 for what does not exist or is another's."""
    visible = ContractFile.objects.select_related("contract")
    if not operator.is_payer:
        visible = visible.filter(provider=operator.provider_id)
    return get_object_or_404(visible, pk=file_id)


def _mentions(text: str, operator: Operator, *, contract: str) -> Q:
    """Rows that name the text; `contract` is the way from the row to its contract."""
    columns = [f"{contract}{column}" for column in ("code", "printed_code", "kind", "kind_name")]
    return holding(text, operator, *columns, provider=f"{contract}provider")


def terms_of(contract: Contract) -> ContractTerms:
    """The contract in the state of its newest annex, read from the very file the provider downloads."""
    newest = ContractFile.objects.filter(contract=contract).order_by("-annex").first()
    if newest is None:
        raise LookupError(f"contract {contract.code} has no file")
    return terms_in(newest)


def terms_in(file: ContractFile) -> ContractTerms:
    """The contract in the state of one annex."""
    return _read(file.file)


def terms_of_provider(provider_id: int) -> list[ContractTerms]:
    """All contracts of a provider, each in its newest state."""
    return [
        terms_of(contract) for contract in Contract.objects.filter(provider_id=provider_id).order_by("id")
    ]


def scope_of(terms: ContractTerms, code: str, distinguisher: int) -> Scope:
    """One scope of a contract. Raises Http404 when the contract has none such."""
    scope = terms.scope(code, distinguisher)
    if scope is None:
        raise Http404
    return scope


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One scope in the table of the plan: its amounts month by month in the order of `Plan.months`, None for none."""

    scope: Scope
    amounts: list[int | None]
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan of a contract as a table of grosze: a line a scope, a column a month, with all sums."""

    months: list[Month]
    lines: list[PlanLine]
    by_month: list[int]
    amount: int


def plan_of(terms: ContractTerms) -> Plan:
    """The table of a contract's plan, in the order of the contract's scopes."""
    months = sorted({row.month for scope in terms.scopes for row in scope.plan})
    lines = [_plan_line(scope, months) for scope in terms.scopes]
    return Plan(
        months=months,
        lines=lines,
        by_month=[sum(line.amounts[place] or 0 for line in lines) for place in range(len(months))],
        amount=terms.amount,
    )


def _plan_line(scope: Scope, months: list[Month]) -> PlanLine:
    """A month that stands in the plan several times counts with the sum of its rows."""
    amounts: dict[Month, int] = {}
    for row in scope.plan:
        amounts[row.month] = amounts.get(row.month, 0) + row.amount
    return PlanLine(
        scope=scope, amounts=[amounts.get(month) for month in months], amount=sum(amounts.values())
    )


def plan_rows(scope: Scope) -> list[tuple[PlanMonth, int]]:
    """The months of a scope's plan in order, each with the amount planned up to it, itself included (R23)."""
    rows: list[tuple[PlanMonth, int]] = []
    so_far = 0
    for row in sorted(scope.plan, key=lambda one: one.month):
        so_far += row.amount
        rows.append((row, so_far))
    return rows


@lru_cache(maxsize=256)
def _read(name: str) -> ContractTerms:
    # A stored file is named by the hash of its bytes, so what was read from a name never changes.
    with files.opened(name) as file:
        _, terms = read_umx(file)
    return terms
