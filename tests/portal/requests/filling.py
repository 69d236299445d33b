"""What clerks type into requests of each kind, and the steps by which a request goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.contracts.operations import publish_contract
from rozlicz.portal.periods.operations import close_period
from rozlicz.portal.requests.drafting import attach, draft_request
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Request
from rozlicz.portal.requests.operations import accept_request, file_request
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.conftest import NOON

NEW_ACCOUNT = "83101010230000261395100000"
SEPTEMBER = Month(2026, 9)


def scan(name: str = "podpisany.pdf", content: bytes = b"%PDF-1.7 podpis") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def contract_of(operator: Operator) -> Contract:
    with acting_for_payer():
        return Contract.objects.get(provider=operator.provider_id)


def two_scopes(*, cardiology: int = 500_000) -> None:
    """An annex gives the clinic's contract a second scope."""
    scopes = (world.scope(), world.scope(world.CARDIOLOGY, units=cardiology))
    with acting_for_payer():
        publish_contract(terms=world.annexed(world.contract(scopes=scopes)), at=NOON)


def closed_september(payer: Operator) -> None:
    with payer.context():
        close_period(operator=payer, month=SEPTEMBER, at=NOON)


def ready(code: str, operator: Operator, payer: Operator) -> dict[str, Any]:
    """A complete request of a kind; whatever must be there before it can be filed is made."""
    match code:
        case "installation":
            return {
                "program_name": "mMedica",
                "program_version": "12.1",
                "maker": "Asseco Poland",
                "contact": "pomoc@example.pl",
            }
        case "bank_account":
            return {
                "account": "83 1010 1023 0000 2613 9510 0000",
                "holder": "przychodnia wrzosowa sp. z o.o.",
                "bank": "NBP",
                "since": "2026-12-01",
            }
        case "repayment":
            return {
                "contract": str(contract_of(operator).pk),
                "amount": "1 000,00",
                "title": "pismo 12/2026",
                "count": "3",
                "first_day": "2026-11-30",
                "reason": "Remont dachu.",
            }
        case "simp":
            return {
                "person": str(operator.pk),
                "account": "simp_user",
                "phone": "42 1234567",
                "reason": "Badania przesiewowe.",
            }
        case "administrator":
            return {
                "person": str(plain_operator(operator).pk),
                "why": "Odeszła z pracy.",
                "phone": "42 1234567",
            }
        case "shift":
            two_scopes()
            return {
                "contract": str(contract_of(operator).pk),
                "quarter": "2026-Q3",
                "reason": "Więcej wizyt w kardiologii.",
                "from_1": f"{world.NEUROLOGY}|1",
                "to_1": f"{world.CARDIOLOGY}|1",
                "month_1": "2026-09",
                "amount_1": "200,00",
            }
        case "unlocking":
            closed_september(payer)
            return {
                "scope": f"{contract_of(operator).pk}|{world.NEUROLOGY}|1",
                "first_month": "2026-09",
                "last_month": "2026-09",
                "services": "S1\nS2",
                "imports": ["adds"],
                "value": "20,00",
                "reason": "Pismo WSS/12/2026.",
                "phone": "42 1234567",
            }
    raise AssertionError(code)


def plain_operator(operator: Operator) -> Operator:
    """A colleague who only reports."""
    with acting_for_payer():
        found, _ = Operator.objects.get_or_create(
            login=f"{operator.party_code}/dlipa",
            defaults={
                "provider_id": operator.provider_id,
                "party_code": operator.party_code,
                "user_name": "dlipa",
                "full_name": "Dorota Lipa",
                "roles": ["reporting"],
                "added_at": NOON,
                "password_set_at": NOON,
            },
        )
    return found


def typed(values: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in values.items()}


def draft(
    code: str, operator: Operator, values: Mapping[str, Any], *, files: bool = True, at: datetime = NOON
) -> Request:
    """A draft with what was typed, and with the files that its kind demands."""
    with operator.context():
        begun = draft_request(operator=operator, kind=KINDS[code], typed=typed(values), at=at)
        for one in KINDS[code].attachments if files else ():
            if one.demanded:
                attach(operator=operator, request=begun, kind_of_file=one.code, content=scan(), at=at)
    return begun


def filed(code: str, operator: Operator, payer: Operator, *, at: datetime = NOON, **changes: Any) -> Request:
    """A request of a kind that waits for the branch."""
    begun = draft(code, operator, ready(code, operator, payer) | changes, at=at)
    with operator.context():
        file_request(operator=operator, request=begun, at=at)
    return begun


def accepted(
    code: str, operator: Operator, payer: Operator, *, at: datetime = NOON, **changes: Any
) -> Request:
    found = filed(code, operator, payer, at=at, **changes)
    accept(found, payer, at=at)
    return now(found)


def accept(request: Request, payer: Operator, *, at: datetime = NOON) -> None:
    with payer.context():
        accept_request(operator=payer, request=Request.objects.get(pk=request.pk), at=at)


def now(request: Request) -> Request:
    """The request as it stands in the books."""
    with acting_for_payer():
        return Request.objects.select_related("provider").get(pk=request.pk)
