"""The area's first page, and parcels."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.accounts.subordinations import subordinates_of
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence.forms import BranchParcelForm, ParcelForm, ParcelsFilter
from rozlicz.portal.correspondence.models import DIRECTION_WORDS, Parcel
from rozlicz.portal.correspondence.operations.parcels import (
    archive_parcel,
    open_parcel,
    send_parcel,
    take_parcel_back,
)
from rozlicz.portal.correspondence.pages.common import answered, crumbs, file_response, paper_response, tell
from rozlicz.portal.correspondence.plain import sections_of
from rozlicz.portal.correspondence.queries.announcements import unread_announcements
from rozlicz.portal.correspondence.queries.parcels import (
    incoming,
    parcel_for,
    parcels_found,
    unread_parcels,
)
from rozlicz.portal.correspondence.queries.surveys import open_surveys
from rozlicz.portal.correspondence.queries.tickets import tickets_found
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import moment
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_provider


@for_right(Right.SEE_CORRESPONDENCE)
def correspondence(request: HttpRequest) -> HttpResponse:
    """What waits to be read or answered, and the ways to everything else."""
    operator, today = request.user, warsaw_day(now())
    return render(
        request,
        "correspondence/correspondence.html",
        {
            "announcements": unread_announcements(operator, today)[:5],
            "parcels": unread_parcels(operator)[:5],
            "surveys": [] if operator.is_payer else open_surveys(operator, today)[:5],
            "tickets": tickets_found(operator, state="open" if operator.is_payer else "answered")[:5],
        },
    )


@for_right(Right.SEE_CORRESPONDENCE)
def parcels(request: HttpRequest) -> HttpResponse:
    """Parcels both ways; a superior may choose to see those of a subordinate, and acts for it to open them."""
    operator = request.user
    parties = () if operator.is_acting else subordinates_of(operator, warsaw_day(now()))
    form = ParcelsFilter(request.GET, for_payer=operator.is_payer, subordinates=parties)
    chosen = form.cleaned_data.pop("subordinate", None) if form.is_valid() else None
    with acting_for_provider(chosen) if chosen else nullcontext():
        whose = operator.acting_for(Provider.objects.get(pk=chosen)) if chosen else operator
        page = page_of(form.ask(parcels_found, whose), order=["-id"], address=request.GET)
    return render(
        request,
        "correspondence/parcels.html",
        {
            "filter_form": form,
            "page": page,
            "subordinate": next((one for one in parties if one.provider_id == chosen), None),
            "breadcrumbs": crumbs(request.user, (_("Parcels"), None)),
        },
    )


@for_right(Right.SEND_CORRESPONDENCE)
def new(request: HttpRequest) -> HttpResponse:
    """Send a parcel: a provider to the branch, the branch to one or several providers."""
    operator = request.user
    kind = BranchParcelForm if operator.is_payer else ParcelForm
    form = kind(request.POST, request.FILES) if request.method == "POST" else kind()
    if form.is_valid():
        values = dict(form.cleaned_data)
        providers = values.pop("providers", [operator.provider])
        try:
            sent = [send_parcel(operator=operator, provider=one, **values, at=now()) for one in providers]
        except UnableTo as unable:
            tell(form, unable)
        else:
            return _sent(request, sent)
    return _form_page(request, form, title=_("New parcel"))


@for_right(Right.SEND_CORRESPONDENCE)
def answer(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Answer a parcel; the answer names it."""
    answered_parcel = parcel_for(request.user, parcel_id)
    begin = _("Re:")
    about = f"{begin} {answered_parcel.title.removeprefix(begin).strip()}"[:200]
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ParcelForm(*sent, initial={"title": about})
    if form.is_valid():
        try:
            made = send_parcel(
                operator=request.user,
                provider=answered_parcel.provider,
                answers=answered_parcel,
                **form.cleaned_data,
                at=now(),
            )
        except UnableTo as unable:
            tell(form, unable)
        else:
            return _sent(request, [made])
    return _form_page(
        request, form, title=_("Answer to parcel %(number)s") % {"number": answered_parcel.number}
    )


@for_right(Right.SEE_CORRESPONDENCE)
def parcel(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """One parcel with both receipts; opening it is the receiver's receipt."""
    found = parcel_for(request.user, parcel_id)
    open_parcel(operator=request.user, parcel=found, at=now())
    return render(
        request,
        "correspondence/parcel.html",
        {
            "parcel": found,
            "state": "read" if found.state == "unread" else found.state,
            "reading": getattr(found, "reading", None),
            "is_incoming": found.direction == incoming(request.user),
            "is_archived": any(
                one.by_branch == request.user.is_payer and one.taken_back_at is None
                for one in found.archivings.all()
            ),
            "sections": sections_of(found.text),
            "files": found.files.all(),
            "answers": found.answered_by.all(),
            "direction": DIRECTION_WORDS[found.direction],
            "breadcrumbs": crumbs(request.user, (_("Parcels"), reverse("parcels")), (found.number, None)),
        },
    )


@for_right(Right.SEE_CORRESPONDENCE)
def file(request: HttpRequest, parcel_id: int, file_id: int) -> HttpResponse:
    """One file of a parcel; taking it opens the parcel."""
    found = parcel_for(request.user, parcel_id)
    taken = get_object_or_404(found.files, pk=file_id)
    open_parcel(operator=request.user, parcel=found, at=now())
    return file_response(taken)


@for_right(Right.SEE_CORRESPONDENCE)
def receipt_pdf(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """The receipt as PDF: what was sent, by whom and when, every file with its hash, and who opened it first.

    It holds the letter, so taking it opens the parcel.
    """
    found = parcel_for(request.user, parcel_id)
    open_parcel(operator=request.user, parcel=found, at=now())
    reading = getattr(found, "reading", None)
    return paper_response(
        file_name=f"potwierdzenie_{found.number.replace('/', '-')}",
        title=_("Receipt of parcel %(number)s") % {"number": found.number},
        facts=[
            (_("What it is about"), found.title),
            (_("Provider"), f"{found.provider.code} {found.provider.name}"),
            (_("Direction"), str(DIRECTION_WORDS[found.direction])),
            (_("Sent"), f"{moment(found.sent_at)}, {found.sender}"),
            (
                _("First opened"),
                f"{moment(reading.at)}, {reading.reader}" if reading else _("not opened yet"),
            ),
            *[
                (_("File"), f"{one.file_name}, {one.size} B, SHA-256 {one.sha256}")
                for one in found.files.all()
            ],
        ],
        sections=sections_of(found.text),
    )


@for_right(Right.SEND_CORRESPONDENCE)
@require_POST
def archive(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Put a parcel away from one's own side's list."""
    found = parcel_for(request.user, parcel_id)
    archive_parcel(operator=request.user, parcel=found, at=now())
    messages.success(request, _("Parcel %(number)s is in the archive.") % {"number": found.number})
    return redirect("parcels")


@for_right(Right.SEND_CORRESPONDENCE)
@require_POST
def take_back(request: HttpRequest, parcel_id: int) -> HttpResponse:
    """Take a parcel out of one's own side's archive."""
    found = parcel_for(request.user, parcel_id)
    take_parcel_back(operator=request.user, parcel=found, at=now())
    messages.success(request, _("Parcel %(number)s is in the list again.") % {"number": found.number})
    return redirect("parcel", parcel_id)


def _sent(request: HttpRequest, sent: list[Parcel]) -> HttpResponse:
    if len(sent) == 1:
        messages.success(
            request,
            _("Parcel %(number)s has been sent; its receipt stands below.") % {"number": sent[0].number},
        )
        return redirect("parcel", sent[0].pk)
    messages.success(
        request,
        ngettext("%(n)s parcel has been sent.", "%(n)s parcels have been sent.", len(sent))
        % {"n": len(sent)},
    )
    return redirect("parcels")


def _form_page(request: HttpRequest, form: Any, *, title: str) -> HttpResponse:
    return render(
        request,
        "correspondence/form.html",
        {
            "form": form,
            "title": title,
            "button": _("Send the parcel"),
            "breadcrumbs": crumbs(request.user, (_("Parcels"), reverse("parcels")), (title, None)),
        },
        status=answered(form),
    )
