"""Pages of reports to the operator of the portal."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now
from rozlicz.portal.correspondence.forms import PostForm, TicketForm, TicketsFilter
from rozlicz.portal.correspondence.models import TICKET_AREAS, Ticket, TicketFile
from rozlicz.portal.correspondence.operations.tickets import add_post, open_ticket
from rozlicz.portal.correspondence.pages.common import answered, crumbs, file_response, tell
from rozlicz.portal.correspondence.plain import sections_of
from rozlicz.portal.correspondence.queries.tickets import ticket_for, tickets_found
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.refusal import UnableTo


@for_right(Right.SEE_CORRESPONDENCE)
def tickets(request: HttpRequest) -> HttpResponse:
    """Reports to the operator of the portal."""
    form = TicketsFilter(request.GET, for_payer=request.user.is_payer)
    found = form.ask(tickets_found, request.user)
    return render(
        request,
        "correspondence/tickets.html",
        {
            "filter_form": form,
            "page": page_of(found, order=["-id"], address=request.GET),
            "ticket_areas": TICKET_AREAS,
            "breadcrumbs": crumbs(request.user, (_("Reports to the operator"), None)),
        },
    )


@for_right(Right.SEND_CORRESPONDENCE)
def new(request: HttpRequest) -> HttpResponse:
    """Report something to the operator of the portal, who is the branch itself."""
    if request.user.is_payer:
        raise Http404
    form = TicketForm(request.POST, request.FILES) if request.method == "POST" else TicketForm()
    if form.is_valid():
        try:
            made = open_ticket(operator=request.user, **form.cleaned_data, at=now())
        except UnableTo as unable:
            tell(form, unable)
        else:
            messages.success(request, _("Your report has the number %(number)s.") % {"number": made.number})
            return redirect("ticket", made.pk)
    title = _("Report to the operator")
    context = {
        "form": form,
        "title": title,
        "lead": _(
            "Something in the portal does not work, or is not clear: write what, and when it happened."
        ),
        "button": _("Send the report to the operator"),
        "breadcrumbs": crumbs(
            request.user, (_("Reports to the operator"), reverse("tickets")), (title, None)
        ),
    }
    return render(request, "correspondence/form.html", context, status=answered(form))


@for_right(Right.SEE_CORRESPONDENCE)
def ticket(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """One report with its thread."""
    return _page(request, ticket_for(request.user, ticket_id), PostForm())


@for_right(Right.SEND_CORRESPONDENCE)
@require_POST
def post(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """A provider writes on, or says that the matter is settled."""
    if request.user.is_payer:
        raise Http404
    return _posted(request, ticket_id)


@for_right(Right.ANSWER_TICKETS)
@require_POST
def answer(request: HttpRequest, ticket_id: int) -> HttpResponse:
    """The branch answers, or says that the matter is settled."""
    return _posted(request, ticket_id)


@for_right(Right.SEE_CORRESPONDENCE)
def file(request: HttpRequest, ticket_id: int, file_id: int) -> HttpResponse:
    """One file of a report's thread."""
    found = ticket_for(request.user, ticket_id)
    return file_response(TicketFile.objects.filter(post__ticket=found, pk=file_id).first())


def _posted(request: HttpRequest, ticket_id: int) -> HttpResponse:
    found, form = ticket_for(request.user, ticket_id), PostForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_post(operator=request.user, ticket=found, **form.cleaned_data, at=now())
        except UnableTo as unable:
            tell(form, unable)
        else:
            return redirect("ticket", ticket_id)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Ticket, form: PostForm) -> HttpResponse:
    right = Right.ANSWER_TICKETS if request.user.is_payer else Right.SEND_CORRESPONDENCE
    return render(
        request,
        "correspondence/ticket.html",
        {
            "ticket": found,
            "area": TICKET_AREAS[found.area],
            "posts": [(one, sections_of(one.text)) for one in found.posts.all()],
            "form": form,
            "may_write": request.user.may(right),
            "post_to": reverse("ticket_answer" if request.user.is_payer else "ticket_post", args=[found.pk]),
            "breadcrumbs": crumbs(
                request.user, (_("Reports to the operator"), reverse("tickets")), (found.number, None)
            ),
        },
        status=answered(form),
    )
