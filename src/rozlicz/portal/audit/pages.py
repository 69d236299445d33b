"""The pages of the book of acts: who did what, when, from where and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.audit.acts import ACTS
from rozlicz.portal.audit.changes import changes_of
from rozlicz.portal.audit.forms import EntriesFilter
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.audit.queries import (
    NEWEST_FIRST,
    Wanted,
    address_of,
    entries_found,
    entry_for,
    together_with,
)
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.workbooks import workbook_response

COUNTED = 10_000
"""Lines up to which the page counts how many fit; beyond, it says that there are more."""
IN_WORKBOOK = 100_000
"""Lines of a workbook: the newest."""


@for_right(Right.SEE_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """The lines that fit the filter, the newest first."""
    form = _filter(request)
    found = _found(request.user, form)
    page = page_of(found, order=NEWEST_FIRST, address=request.GET, count_to=COUNTED)
    return render(
        request,
        "audit/audit.html",
        {
            "breadcrumbs": [*_way(), (_("Who did what"), None)],
            "filter_form": form,
            "page": page,
            "rows": [_told(request.user, entry) for entry in page.rows],
            "asked": form.in_words(),
            "query": request.GET.urlencode(),
            "limit": IN_WORKBOOK,
        },
    )


@for_right(Right.SEE_AUDIT)
def audit_xlsx(request: HttpRequest) -> FileResponse:
    """The same lines as a workbook."""
    found = _found(request.user, _filter(request)).order_by(*NEWEST_FIRST)
    return workbook_response(
        file_name=f"dziennik_{warsaw_day(now())}.xlsx",
        headings=[
            _("When"),
            _("What was done"),
            _("What it was about"),
            _("Reason"),
            _("Log-in"),
            _("Who"),
            _("Access token"),
            _("Provider code"),
            _("Whose affair"),
            _("For a subordinate"),
            _("Address"),
        ],
        rows=_rows(request.user, islice(found.iterator(), IN_WORKBOOK)),
    )


@for_right(Right.SEE_AUDIT)
def audit_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """One act: its words, what else the same request did, and every row that it changed."""
    entry = entry_for(request.user, entry_id)
    return render(
        request,
        "audit/entry.html",
        {
            "breadcrumbs": [*_way(), (_("Who did what"), reverse("audit")), (_act(entry), None)],
            "row": _told(request.user, entry),
            "together": [_told(request.user, one) for one in together_with(request.user, entry)],
            "changes": changes_of(request.user, entry),
        },
    )


def _way() -> list[tuple[str, str]]:
    return [(_("Administration and options"), reverse("administration"))]


def _filter(request: HttpRequest) -> EntriesFilter:
    return EntriesFilter(request.GET, for_payer=request.user.is_payer)


def _found(reader: Operator, form: EntriesFilter) -> QuerySet[Entry]:
    return form.ask(lambda **wanted: entries_found(reader, Wanted(**wanted)))


def _told(reader: Operator, entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "act": _act(entry), "address": address_of(reader, entry)}


def _act(entry: Entry) -> str:
    return str(ACTS.get(entry.act, entry.act))


def _rows(reader: Operator, entries: Iterable[Entry]) -> Iterable[list[str]]:
    for entry in entries:
        yield [
            f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
            _act(entry),
            entry.subject,
            entry.reason,
            entry.login,
            entry.operator.full_name if entry.operator else "",
            entry.token,
            entry.provider.code if entry.provider else "",
            entry.provider.name if entry.provider else "",
            _("yes") if entry.acting_for else "",
            address_of(reader, entry),
        ]
