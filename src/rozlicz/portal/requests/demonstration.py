"""Requests for the demonstration branch, through the same operations as in life."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile

from rozlicz.kernel.months import Month
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.contracts.queries import kinds_of
from rozlicz.portal.requests.drafting import attach, case_of, draft_request
from rozlicz.portal.requests.kind import Typed
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.kinds.bank_account import ALL_KINDS
from rozlicz.portal.requests.models import Request
from rozlicz.portal.requests.operations import accept_request, file_request
from rozlicz.portal.requests.printouts import paper_to_sign


def show_requests(
    *, payer: Operator, clerk: Operator, account_of_one_kind: str, account_of_all: str, at: datetime
) -> None:
    """An installation and an account of one kind of services, accepted; a change of the general account waits."""
    program = {
        "program_name": ["Gabinet Plus"],
        "program_version": ["2026.3"],
        "maker": ["Wrzos Oprogramowanie"],
        "contact": ["pomoc@wrzos.example"],
    }
    installation = _filed("installation", clerk, program, at - timedelta(days=9))
    with payer.context():
        accept_request(operator=payer, request=installation, at=at - timedelta(days=7))
    of_one_kind = _account(clerk, _last_kind(clerk), account_of_one_kind, warsaw_day(at - timedelta(days=5)))
    accepted = _filed("bank_account", clerk, of_one_kind, at - timedelta(days=8))
    with payer.context():
        accept_request(operator=payer, request=accepted, at=at - timedelta(days=7))
    of_all = _account(clerk, ALL_KINDS, account_of_all, Month.of(warsaw_day(at)).plus(1).first_day)
    _filed("bank_account", clerk, of_all, at - timedelta(days=2))


def _last_kind(clerk: Operator) -> str:
    with clerk.context():
        return max(kinds_of(clerk.provider.pk))


def _account(clerk: Operator, kind: str, number: str, since: date) -> Typed:
    return {
        "kind": [kind],
        "account": [number],
        "holder": [clerk.provider.name],
        "bank": ["Bank Spółdzielczy Wrzosowy"],
        "since": [since.isoformat()],
    }


def _filed(code: str, clerk: Operator, typed: Typed, at: datetime) -> Request:
    """Filed with its own printout in place of the signed scan that the kind demands."""
    with clerk.context():
        begun = draft_request(operator=clerk, kind=KINDS[code], typed=typed, at=at)
        for one in KINDS[code].attachments:
            if one.demanded:
                printed = ContentFile(
                    paper_to_sign(begun, case=case_of(begun, at)), name="wniosek_podpisany.pdf"
                )
                attach(operator=clerk, request=begun, kind_of_file=one.code, content=printed, at=at)
        file_request(operator=clerk, request=begun, at=at)
    return begun
