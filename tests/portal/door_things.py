"""What stands in the addresses of the permission table: things of the clinic, made once for each test."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from rozlicz.portal.accounts.models import Operator, Subordination
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.bills.models import Attachment, Bill
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.registration.models import Paper, PaperKind
from rozlicz.portal.reports.models import Report
from rozlicz.portal.requests.models import Attachment as RequestFile
from rozlicz.portal.requests.models import Request, RequestState
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.tenancy import acting_for_applicant, acting_for_payer
from tests import world
from tests.portal.api.program import a_token
from tests.portal.conftest import NOON
from tests.portal.correspondence.things import of_correspondence
from tests.portal.registration.filling import a_filed_registration

Parts = list[object]


def names(patterns: list[URLPattern | URLResolver], space: str = "") -> list[str]:
    """The name of every address, with the name space of its part."""
    found: list[str] = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += names(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            assert one.name, f"the address {one.pattern} has no name"
            found.append(space + one.name)
    return found


def _of_the_month(bill: Bill, template: Template) -> dict[str, Parts]:
    """From the contract to the bill."""
    contract = Contract.objects.get(pk=template.contract_id)
    file = ContractFile.objects.get(contract=contract)
    report = Report.objects.get(provider=bill.provider_id)
    clerk = Operator.objects.get(provider=bill.provider_id, user_name="awrzos")
    scan = Attachment.objects.create(
        provider_id=bill.provider_id,
        bill=bill,
        kind="DEC",
        file=bill.file,
        file_name="decyzja.pdf",
        sha256=bill.sha256,
    )
    scope = [world.NEUROLOGY, 1]
    usual: dict[str, Parts] = {
        "report": [report.pk],
        "settlement": [template.request_id],
        "template": [template.number],
        "bill": [bill.pk],
    }
    without = {"report_send", "bill_upload", "api_report_send", "api_settlement_ask", "api_bill_send"}
    every = [name for name in names(get_resolver().url_patterns) if name not in without]
    first = {name: name.removeprefix("api_").split("_")[0] for name in every}
    return {name: usual[word] for name, word in first.items() if word in usual} | {
        "api_contract": [contract.pk],
        "api_contract_file": [contract.pk],
        "contract": [contract.pk],
        "contract_scope": [contract.pk, *scope],
        "contract_file_download": [file.pk],
        "rule": ["59904002"],
        "report_record": [report.pk, 1],
        "settlement_whence_scope": [template.request_id, *scope],
        "settlement_whence_scope_pdf": [template.request_id, *scope],
        "bill_make": [template.number],
        "bill_attachment": [bill.pk, scan.pk],
        "due_day": [bill.due_on],
        "mark_payment_run": [bill.due_on],
        "audit_entry": [Entry.objects.filter(provider=bill.provider_id).latest("pk").pk],
        "second_factor_reset": [clerk.pk],
        "mfa_remove_webauthn": [1],
    }


def _of_the_queue(bill: Bill) -> dict[str, Parts]:
    """A registration that waits for the branch, with a scan of the signed document."""
    with acting_for_payer():
        filed = a_filed_registration(file=bill.file)
    with acting_for_applicant(filed.pk):
        scan = Paper.objects.create(
            registration=filed,
            kind=PaperKind.SCAN,
            issued_sha256=filed.issued_sha256,
            sent_at=NOON,
            file=bill.file,
            file_name="umowa.pdf",
            sha256=bill.sha256,
            size=1,
            content_type="application/pdf",
        )
    one = ("of_queue", "issued", "complete", "refuse", "accept", "paper_arrived")
    return {f"registration_{name}": [filed.pk] for name in one} | {"registration_paper": [filed.pk, scan.pk]}


def _of_administration(colleague: Operator, stranger: Operator) -> dict[str, Parts]:
    """An operator of the clinic, and a subordinate of the clinic."""
    pair = Subordination.objects.create(
        provider_id=colleague.provider_id, subordinate_id=stranger.provider_id, since=NOON.date()
    )
    about_one = (
        "operator",
        "operator_details",
        "operator_block",
        "operator_unblock",
        "operator_password",
        "operator_administrator",
    )
    return {name: [colleague.pk] for name in about_one} | {
        "operators_of_party": [colleague.provider_id],
        "act_for": [pair.subordinate_id],
        "subordination_end": [pair.pk],
    }


def _of_the_requests(bill: Bill) -> dict[str, Parts]:
    """A request that anybody who files requests may file, waiting for the branch, with a file."""
    filed = Request.objects.create(
        provider_id=bill.provider_id,
        number="W/05/2026/999999",
        kind="administrator",
        state=RequestState.FILED,
        drafted_at=NOON,
        drafted_by=bill.received_by,
        changed_at=NOON,
        filed_on=NOON.date(),
        answer_by=NOON.date(),
    )
    scan = RequestFile.objects.create(
        provider_id=bill.provider_id,
        request=filed,
        kind="signed",
        added_at=NOON,
        file=bill.file,
        file_name="wniosek.pdf",
        sha256=bill.sha256,
        size=1,
        content_type="application/pdf",
    )
    steps = ("_print", "_edit", "_withdraw", "_ask", "_accept", "_refuse", "_revoke", "_paper", "")
    return {f"request{step}": [filed.pk] for step in steps} | {
        "request_new": ["administrator"],
        "request_attachment": [filed.pk, scan.pk],
        "request_file_off": [filed.pk, scan.pk],
    }


def _of_installations(clerk: Operator) -> dict[str, Parts]:
    """The clinic's installation with a token."""
    token = a_token(clerk).token
    about_one = ("installation", "installation_close")
    return {name: [token.installation_id] for name in about_one} | {"token_revoke": [token.pk]}


@pytest.fixture
def things(
    *,
    noon: None,
    bill: Bill,
    template: Template,
    provider_operator: Operator,
    colleague: Operator,
    stranger: Operator,
    payer_operator: Operator,
) -> dict[str, Parts]:
    """Address → what stands in it; addresses that are not here stand for themselves."""
    with acting_for_payer():
        of_the_branch = _of_the_month(bill, template) | _of_administration(colleague, stranger)
        of_the_branch |= _of_the_requests(bill)
    of_the_branch |= _of_installations(provider_operator)
    return of_the_branch | _of_the_queue(bill) | of_correspondence(provider_operator, payer_operator)
