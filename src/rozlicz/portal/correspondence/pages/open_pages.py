"""Pages open to all: announcements (P10), the five documents (P5), help. Who is logged in sees its own as well."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence import help_pages
from rozlicz.portal.correspondence.forms import AnnouncementsFilter, ReasonForm
from rozlicz.portal.correspondence.models import AUDIENCE_WORDS, AnnouncementVersion
from rozlicz.portal.correspondence.operations.announcements import note_reading
from rozlicz.portal.correspondence.pages.common import file_response, open_page, paper_response
from rozlicz.portal.correspondence.plain import sections_of
from rozlicz.portal.correspondence.queries import announcements as queries
from rozlicz.portal.correspondence.queries import documents as document_queries
from rozlicz.portal.house.formatting import long_day, page_language
from rozlicz.portal.house.paging import page_of


def announcements(request: HttpRequest) -> HttpResponse:
    """Announcements that are current, or the archive: public ones for everybody, one's own when logged in."""
    reader, today = queries.reader_of(request), warsaw_day(now())
    form = AnnouncementsFilter(request.GET)
    found = form.ask(queries.announcements_found, reader, today=today)
    page = page_of(found, order=["-announcement_id"], address=request.GET)
    unread = (
        set()
        if reader is None
        else set(queries.unread_announcements(reader, today).values_list("pk", flat=True))
    )
    return render(
        request,
        "correspondence/announcements.html",
        open_page(
            request,
            (_("Announcements"), None),
            tab="announcements",
            filter_form=form,
            page=page,
            rows=[(one, queries.state_of(one, today), one.pk in unread) for one in page.rows],
            may_announce=reader is not None and reader.may(Right.ANNOUNCE),
        ),
    )


def announcement(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """One announcement at the address that can be sent on; of a withdrawn one the reason.

    What is not public may be for whoever logs in: that is asked of everybody else, whether it exists or not.
    """
    reader = queries.reader_of(request)
    try:
        version = queries.announcement_for(reader, announcement_id)
    except Http404:
        if reader is not None:
            raise
        return redirect_to_login(request.get_full_path())
    if reader is not None and version.announcement.withdrawn_at is None:
        note_reading(operator=reader, version=version, at=now())
    return render(request, "correspondence/announcement.html", announcement_context(request, version))


def announcement_context(request: HttpRequest, version: AnnouncementVersion) -> dict[str, object]:
    """What the page of an announcement shows; the branch sees its versions and for whom it is as well."""
    reader = queries.reader_of(request)
    is_branch = reader is not None and reader.is_payer
    return open_page(
        request,
        (_("Announcements"), reverse("announcements")),
        (version.title, None),
        version=version,
        state=queries.state_of(version, warsaw_day(now())),
        is_withdrawn=version.announcement.withdrawn_at is not None,
        sections=sections_of(version.text),
        files=version.files.all(),
        may_announce=reader is not None and reader.may(Right.ANNOUNCE),
        is_branch=is_branch,
        audience=AUDIENCE_WORDS[version.audience],
        recipients=version.recipients.select_related("provider").order_by("provider__sort_key")
        if is_branch
        else [],
        readers=version.readings.count() if is_branch else 0,
        earlier=queries.earlier_versions(version) if is_branch else [],
        reason_form=ReasonForm(),
    )


def announcement_pdf(request: HttpRequest, announcement_id: int) -> HttpResponse:
    """An announcement as PDF; a withdrawn one is no longer given out."""
    version = queries.announcement_for(queries.reader_of(request), announcement_id)
    if version.announcement.withdrawn_at is not None:
        raise Http404
    return paper_response(
        file_name=f"komunikat_{announcement_id}",
        title=version.title,
        facts=[
            (_("Published"), long_day(version.announcement.published_at)),
            (_("Corrected"), long_day(version.at) if version.number > 1 else ""),
            (_("Valid until"), long_day(version.valid_until)),
            (_("Attachments"), ", ".join(one.file_name for one in version.files.all())),
            (_("Address"), request.build_absolute_uri(reverse("announcement", args=[announcement_id]))),
        ],
        sections=sections_of(version.text),
    )


def announcement_file(request: HttpRequest, announcement_id: int, file_id: int) -> HttpResponse:
    """A file of an announcement; of a withdrawn one and of earlier versions for the branch only."""
    reader = queries.reader_of(request)
    version = queries.announcement_for(reader, announcement_id)
    return file_response(queries.file_of(reader, version, file_id))


def documents(request: HttpRequest) -> HttpResponse:
    """The five documents with all their versions (P5)."""
    reader = queries.reader_of(request)
    return render(
        request,
        "correspondence/documents.html",
        open_page(
            request,
            (_("Documents of the portal"), None),
            tab="documents",
            shelves=document_queries.shelves_on(warsaw_day(now())),
            may_announce=reader is not None and reader.may(Right.ANNOUNCE),
        ),
    )


def document(_request: HttpRequest, document_id: int) -> HttpResponse:
    """The bytes of one document, as they were published."""
    return file_response(document_queries.document(document_id))


def help_index(request: HttpRequest) -> HttpResponse:
    """All pages of help."""
    return render(
        request,
        "correspondence/help_index.html",
        open_page(
            request,
            (_("Help"), None),
            tab="help",
            help_pages=help_pages.all_pages(page_language()),
        ),
    )


def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of help, with the day of its last change (P10)."""
    found = help_pages.page(slug, page_language())
    return render(
        request,
        "correspondence/help_page.html",
        open_page(request, (_("Help"), reverse("help")), (found.title, None), found=found),
    )


def help_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """One page of help as PDF (P10)."""
    found = help_pages.page(slug, page_language())
    return paper_response(
        file_name=f"pomoc_{slug}",
        title=found.title,
        facts=[
            (_("Changed"), long_day(found.changed)),
            (_("Address"), request.build_absolute_uri(reverse("help_page", args=[slug]))),
        ],
        sections=found.sections,
    )
