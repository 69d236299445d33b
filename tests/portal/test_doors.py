"""Who may open what: every address of the portal, by everybody who may come, in one table.

A page that is new and has no row here fails the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rozlicz.portal.bills.models import Attachment, Bill
from rozlicz.portal.contracts.models import Contract, ContractFile
from rozlicz.portal.reports.models import Report
from rozlicz.portal.settlements.models import Template
from rozlicz.portal.tenancy import acting_for_payer
from tests import world
from tests.portal.month import bill, noon, template
from tests.portal.visitors import Visitors, visitors

__all__ = ["bill", "noon", "template", "visitors"]

# clerk, colleague, stranger, inspector, anonymous; anonymous visitors are sent to log in
ALL = [200, 200, 200, 200, 302]
OWN = [200, 200, 404, 200, 302]
OWN_ONWARD = [302, 302, 404, 302, 302]
PROVIDERS = [200, 200, 200, 403, 302]
BRANCH_POSTS = [403, 403, 403, 405, 302]
OPEN = [200, 200, 200, 200, 200]
ONWARD = [302, 302, 302, 302, 302]
LOG_IN = [302, 302, 302, 302, 200]

DOORS = {
    "front_page": ONWARD,
    "desk": ALL,
    "set_language": ONWARD,
    "account_login": LOG_IN,
    "account_logout": [200, 200, 200, 200, 302],
    "account_inactive": OPEN,
    "contracts": ALL,
    "contracts_more": ALL,
    "contract_files": ALL,
    "contract": OWN,
    "contract_scope": OWN,
    "contract_file_download": OWN,
    "reports": ALL,
    "report_send": PROVIDERS,
    "rules": ALL,
    "rule": ALL,
    "report": OWN,
    "report_progress": OWN_ONWARD,
    "report_verify_again": BRANCH_POSTS,
    "report_findings": OWN,
    "report_findings_xlsx": OWN,
    "report_reply": OWN,
    "report_record": OWN,
    "settlements": ALL,
    "settlement_request": OWN,
    "settlement_progress": OWN,
    "settlement_whence": OWN_ONWARD,
    "settlement_whence_pdf": OWN,
    "settlement_whence_scope": OWN,
    "settlement_whence_scope_pdf": OWN,
    "template": OWN,
    "template_positions": OWN,
    "template_positions_xlsx": OWN,
    "template_file": OWN,
    "bills": ALL,
    "bill_make": [302, 302, 404, 403, 302],
    "bill_upload": PROVIDERS,
    "bill": OWN,
    "bill_file": OWN,
    "bill_attachment": OWN,
    "bill_approve": BRANCH_POSTS,
    "bill_refuse": BRANCH_POSTS,
    "payments": ALL,
    "due_day": ALL,
    "mark_payment_run": BRANCH_POSTS,
}
"""What each of them is answered when asking for the page (GET)."""

POSTS = {
    "report_send": [200, 200, 200, 403, 302],
    "settlements": [200, 200, 200, 200, 302],
    "bill_make": [302, 302, 404, 403, 302],
    "bill_upload": [200, 200, 200, 403, 302],
    "bill_refuse": [403, 403, 403, 422, 302],
    "bill_approve": [403, 403, 403, 302, 302],
    "mark_payment_run": [403, 403, 403, 302, 302],
}
"""What each of them is answered when sending nothing (POST); the rows in this order, approval after refusal."""


LAST = "account_logout"
"""Looked at after all others, in case looking were already an act."""


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        else:
            assert one.name, f"the address {one.pattern} has no name"
            yield one.name


@pytest.fixture
def keys(noon: None, bill: Bill, template: Template) -> dict[str, list[object]]:
    """What stands in the addresses: things of the clinic."""
    with acting_for_payer():
        contract = Contract.objects.get(pk=template.contract_id)
        file = ContractFile.objects.get(contract=contract)
        report = Report.objects.get(provider=bill.provider_id)
        scan = Attachment.objects.create(
            provider_id=bill.provider_id,
            bill=bill,
            kind="DEC",
            file=bill.file,
            file_name="decyzja.pdf",
            sha256=bill.sha256,
        )
    scope = [world.NEUROLOGY, 1]
    special = {
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
    }
    usual = {
        "report": report.pk,
        "settlement": template.request_id,
        "template": template.number,
        "bill": bill.pk,
    }
    without = {"report_send", "bill_upload"}
    return {
        name: special.get(
            name, [key] if (key := usual.get(name.split("_")[0])) and name not in without else []
        )
        for name in DOORS
    }


def test_every_address_has_its_row() -> None:
    addresses = list(names(get_resolver().url_patterns))
    assert sorted(addresses) == sorted(DOORS)
    assert len(addresses) == len(set(addresses))


@pytest.mark.django_db
def test_who_may_open_what(keys: dict[str, list[object]], visitors: Visitors) -> None:
    assert {name: visitors.answers(reverse(name, args=keys[name])) for name in DOORS if name != LAST} == {
        name: answers for name, answers in DOORS.items() if name != LAST
    }
    assert visitors.answers(reverse(LAST)) == DOORS[LAST]


@pytest.mark.django_db
def test_who_may_act(keys: dict[str, list[object]], visitors: Visitors) -> None:
    found = {}
    for name in POSTS:
        address = reverse(name, args=keys[name])
        found[name] = [visitor.post(address).status_code for visitor in visitors]
    assert found == POSTS


@pytest.mark.django_db
def test_a_stranger_is_told_the_same_about_what_is_not_there(
    keys: dict[str, list[object]], visitors: Visitors
) -> None:
    """Whether a neighbour's thing exists cannot be seen from the answer."""
    for name in (name for name, answers in DOORS.items() if answers[2] == 404):
        there = visitors.stranger.get(reverse(name, args=keys[name]))
        nowhere = visitors.stranger.get(reverse(name, args=[987654321, *keys[name][1:]]))
        assert (there.status_code, page(there)) == (nowhere.status_code, page(nowhere)), name


def page(response: HttpResponse) -> str:
    """The page without what differs from answer to answer: the token, and the address to come back to."""
    return re.sub(r'(value=|"X-CSRFToken": )"[^"]*"', "", response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["9" * 30, "0"], ids=["beyond every number", "zero"])
def test_an_impossible_number_is_an_unknown_page(
    wrong: str, keys: dict[str, list[object]], visitors: Visitors
) -> None:
    for name, key in keys.items():
        if key and isinstance(key[0], int):
            for place in (place for place, part in enumerate(key) if isinstance(part, int)):
                parts = [*key[:place], int(wrong), *key[place + 1 :]]
                answers = [visitor.get(reverse(name, args=parts)).status_code for visitor in visitors]
                assert set(answers) <= {302, 403, 404, 405}, (name, answers)


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["\x00", "ż" * 500, "' or 1=1 --"], ids=["nul", "long", "sql"])
def test_odd_words_in_an_address_do_no_harm(
    wrong: str, keys: dict[str, list[object]], visitors: Visitors
) -> None:
    for name, key in keys.items():
        for place in (place for place, part in enumerate(key) if isinstance(part, str)):
            address = reverse(name, args=[*key[:place], wrong, *key[place + 1 :]])
            assert visitors.clerk.get(address).status_code == 404, name
        if DOORS[name] == ALL and not key:
            asked = dict.fromkeys(("text", "state", "sort", "after", "before", "umowa", "outcome"), wrong)
            assert visitors.clerk.get(reverse(name), asked).status_code == 200, name
