"""The calls of contracts: list, one contract with its plan, and the current contract file (UMX)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema

from rozlicz.messages.contracts import Scope
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.api.calls import Calls
from rozlicz.portal.api.shapes import Paging, Words, newest_first
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.contracts import queries
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.house import files

calls = Calls("contracts", right=Right.SEE_CONTRACTS)


class ContractRow(Schema):
    """A contract in the state of its newest annex. `code` is the technical code of data exchange."""

    id: int
    code: str
    printed_code: str
    kind: str
    kind_name: str
    valid_from: date
    valid_to: date
    state: Literal["in_force", "future", "expired"]
    annex: int | None
    amount_grosze: int


class AnnexRow(Schema):
    """One annex with its file; annex 0 is the contract itself."""

    annex: int
    annexed_on: date
    published_at: datetime
    file_name: str
    sha256: str
    size_bytes: int


class PlannedMonth(Schema):
    """One row of a scope's plan."""

    month: str
    units_ten_thousandths: int
    price_grosze: int
    amount_grosze: int


class ScopeRow(Schema):
    """One scope of a contract with its plan."""

    code: str
    distinguisher: int
    name: str
    unit_name: str
    plan: list[PlannedMonth]


class ContractWhole(ContractRow):
    """A contract with its annexes, the newest first, and its scopes."""

    annexes: list[AnnexRow]
    scopes: list[ScopeRow]


@calls.listed("", _("Contracts of the provider"), ContractRow)
def contracts(
    request: HttpRequest,
    paging: Query[Paging],
    text: Words = "",
    state: Literal["", "in_force", "future", "expired"] = "",
) -> dict[str, Any]:
    """The newest first. `text` is looked for in codes and kinds."""
    today = warsaw_day(now())
    found = queries.contracts_found(request.user, text=text, state=state, today=today)
    return newest_first(found, paging, lambda contract: _row(contract, today))


@calls.one("/{int:contract_id}", _("One contract: annexes, scopes, plan"), ContractWhole)
def contract(request: HttpRequest, contract_id: int) -> dict[str, Any]:
    """As the newest annex has it."""
    found = queries.contract_for(request.user, contract_id)
    annexes = list(found.files.all())
    return _row(found, warsaw_day(now())) | {
        "annexes": [_annex(file) for file in annexes],
        "scopes": [_scope(scope) for scope in queries.terms_in(annexes[0]).scopes] if annexes else [],
    }


@calls.file("/{int:contract_id}/file", _("The contract file (UMX) of the newest annex"), "application/xml")
def contract_file(request: HttpRequest, contract_id: int) -> HttpResponse:
    """The very bytes that the branch has published."""
    annexes = queries.contract_for(request.user, contract_id).files.all()
    if not annexes:
        raise Http404
    newest = annexes[0]
    return files.download(newest.file, file_name=newest.file_name, content_type="application/xml")


def _row(contract: Contract, today: date) -> dict[str, Any]:
    annexes = contract.files.all()
    return {
        "id": contract.pk,
        "code": contract.code,
        "printed_code": contract.printed_code,
        "kind": contract.kind,
        "kind_name": contract.kind_name,
        "valid_from": contract.valid_from,
        "valid_to": contract.valid_to,
        "state": queries.state_on(contract, today),
        "annex": annexes[0].annex if annexes else None,
        "amount_grosze": contract.amount,
    }


def _annex(file: ContractFile) -> dict[str, Any]:
    return {
        "annex": file.annex,
        "annexed_on": file.annexed_on,
        "published_at": file.published_at,
        "file_name": file.file_name,
        "sha256": file.sha256,
        "size_bytes": file.size,
    }


def _scope(scope: Scope) -> dict[str, Any]:
    return {
        "code": scope.code,
        "distinguisher": scope.distinguisher,
        "name": scope.name,
        "unit_name": scope.unit_name,
        "plan": [
            {
                "month": str(row.month),
                "units_ten_thousandths": row.units,
                "price_grosze": row.price,
                "amount_grosze": row.amount,
            }
            for row in scope.plan
        ],
    }
