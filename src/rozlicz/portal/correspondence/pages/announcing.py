"""Pages on which the branch publishes announcements and documents."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence.forms import AnnouncementForm, CorrectionForm, DocumentForm, ReasonForm
from rozlicz.portal.correspondence.models import DOCUMENT_NAMES, AnnouncementVersion, Audience
from rozlicz.portal.correspondence.operations.announcements import (
    CorrectedMeanwhile,
    UnableToAnnounce,
    correct_announcement,
    publish_announcement,
    withdraw_announcement,
)
from rozlicz.portal.correspondence.operations.documents import UnableToPublishDocument, publish_document
from rozlicz.portal.correspondence.pages.common import answered, crumbs, tell
from rozlicz.portal.correspondence.pages.open_pages import announcement_context
from rozlicz.portal.correspondence.plain import sections_of
from rozlicz.portal.correspondence.queries.announcements import announcement_for
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.house.uploads import UnableToKeepFile

_USUAL_DAYS = 30
"""For how long an announcement is shown as current unless somebody says otherwise."""


@for_right(Right.ANNOUNCE)
def new(request: HttpRequest) -> HttpResponse:
    """Publish an announcement."""
    day = warsaw_day(now()) + timedelta(days=_USUAL_DAYS)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnnouncementForm(*sent, initial={"valid_until": day, "audience": Audience.PARTIES})
    if form.is_valid():
        try:
            made = publish_announcement(
                operator=request.user, announced=form.announced(), files=form.cleaned_data["files"], at=now()
            )
        except UnableTo as unable:
            tell(form, unable, "valid_until" if isinstance(unable, UnableToAnnounce) else "files")
        else:
            messages.success(request, _("The announcement has been published."))
            return redirect("announcement", made.pk)
    return _form_page(request, form, title=_("New announcement"), button=_("Publish the announcement"))


@for_right(Right.ANNOUNCE)
def correct(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """Publish a corrected version; the former one is kept."""
    version = announcement_for(request.user, announcement_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CorrectionForm(*sent, initial=_as_it_is(version))
    present = None
    if form.is_valid():
        try:
            correct_announcement(
                operator=request.user,
                announcement=version.announcement,
                seen=form.cleaned_data["seen"],
                announced=form.announced(),
                files=form.cleaned_data["files"],
                keep_files=form.cleaned_data["keep_files"],
                at=now(),
            )
        except CorrectedMeanwhile as unable:
            tell(form, unable)
            present = unable.present
            form.data = form.data.copy() | {"seen": present.number}
        except UnableTo as unable:
            tell(form, unable, "files" if isinstance(unable, UnableToKeepFile) else None)
        else:
            messages.success(request, _("The corrected announcement has been published."))
            return redirect("announcement", announcement_id)
    return _form_page(
        request,
        form,
        title=_("Correct the announcement"),
        button=_("Publish the corrected version"),
        present=present,
        sections=sections_of(present.text) if present else [],
    )


@for_right(Right.ANNOUNCE)
@require_POST
def withdraw(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """Withdraw an announcement with a reason."""
    version, form = announcement_for(request.user, announcement_id), ReasonForm(request.POST)
    if form.is_valid():
        try:
            withdraw_announcement(
                operator=request.user,
                announcement=version.announcement,
                reason=form.cleaned_data["reason"],
                at=now(),
            )
        except UnableTo as unable:
            tell(form, unable)
        else:
            messages.success(request, _("The announcement has been withdrawn."))
            return redirect("announcement", announcement_id)
    context = announcement_context(request, version) | {"reason_form": form, "form": form}
    return render(request, "correspondence/announcement.html", context, status=422)


@for_right(Right.ANNOUNCE)
def new_document(request: HttpRequest) -> HttpResponse:
    """Publish a newer version of one of the five documents."""
    kind = request.GET.get("kind", "")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(
        *sent,
        initial={"kind": kind, "title": DOCUMENT_NAMES.get(kind, ""), "valid_from": warsaw_day(now())},
    )
    if form.is_valid():
        try:
            publish_document(operator=request.user, **form.cleaned_data, at=now())
        except UnableToPublishDocument as unable:
            tell(form, unable)
        except UnableToKeepFile as unable:
            tell(form, unable, "file")
        else:
            messages.success(request, _("The document has been published."))
            return redirect("documents")
    return _form_page(request, form, title=_("New version of a document"), button=_("Publish the document"))


def _as_it_is(version: AnnouncementVersion) -> dict[str, Any]:
    return {
        "title": version.title,
        "text": version.text,
        "valid_until": version.valid_until,
        "audience": version.audience,
        "party_kinds": version.party_kinds,
        "providers": " ".join(version.recipients.values_list("provider__code", flat=True)),
        "keep_files": True,
        "seen": version.number,
    }


def _form_page(request: HttpRequest, form: Any, *, title: str, button: str, **values: Any) -> HttpResponse:
    context = values | {
        "form": form,
        "title": title,
        "button": button,
        "breadcrumbs": crumbs(request.user, (title, None)),
    }
    return render(request, "correspondence/form.html", context, status=answered(form))
