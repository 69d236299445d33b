"""The applicant's pages: choosing a kind, filling in, adding files, filing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import RIGHT_WORDS, ROLE_WORDS, Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import page_language, text
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.requests import drafting
from rozlicz.portal.requests.drafting import form_of, may_file
from rozlicz.portal.requests.forms import FilesForm
from rozlicz.portal.requests.kind import Case, Kind, RequestForm
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Request
from rozlicz.portal.requests.operations import file_request
from rozlicz.portal.requests.pages import crumbs, version_seen
from rozlicz.portal.requests.queries import attachment_for, attachments_of, request_for

SAVE, CHECK, FILE = "save", "check", "file"


@for_right(Right.FILE_REQUESTS)
def request_kinds(request: HttpRequest) -> HttpResponse:
    """Every kind of request: what it is for, who decides, and why it may not be filed now."""
    case = _case(request)
    rows = [
        {
            "kind": kind,
            "decides": ROLE_WORDS[kind.decided_by],
            "closed": _closed(request, kind, case),
        }
        for kind in KINDS.values()
    ]
    return render(
        request, "requests/kinds.html", {"rows": rows, "breadcrumbs": crumbs((_("New request"), None))}
    )


def _case(request: HttpRequest) -> Case:
    """Raises Http404 for the branch, which files nothing."""
    if request.user.is_payer:
        raise Http404
    return Case(provider=request.user.provider, filed_on=warsaw_day(now()))


def _closed(request: HttpRequest, kind: Kind, case: Case) -> str:
    """Why this operator may not file such a request now; empty when it may."""
    if not may_file(request.user, kind):
        return _("Your roles lack the right: %(right)s.") % {"right": RIGHT_WORDS[kind.filed_with]}
    why = kind.closed(case)
    return text(why) if why else ""


@for_right(Right.FILE_REQUESTS)
def request_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty form of a kind; whatever is sent begins a draft."""
    if kind not in KINDS:
        raise Http404
    chosen, case = KINDS[kind], _case(request)
    if why := _closed(request, chosen, case):
        messages.info(request, why)
        return redirect("request_kinds")
    if request.method == "POST":
        typed = _typed(request.POST)
        begun = drafting.draft_request(operator=request.user, kind=chosen, typed=typed, at=now())
        return _go_on(request, begun)
    return render(
        request,
        "requests/edit.html",
        {
            "kind": chosen,
            "draft_form": chosen.form(case=case, check=False),
            "files_form": FilesForm(kind=chosen),
            "decides": ROLE_WORDS[chosen.decided_by],
            "breadcrumbs": crumbs((_("New request"), reverse("request_kinds")), (str(chosen.name), None)),
        },
    )


@for_right(Right.FILE_REQUESTS)
def request_edit(request: HttpRequest, request_id: int) -> HttpResponse:
    """A draft, or a request to be completed: its fields and files."""
    found = request_for(request.user, request_id)
    kind = KINDS[found.kind]
    if not (found.is_open_to_change and may_file(request.user, kind)):
        return redirect("request", found.pk)
    if request.method == "POST":
        try:
            drafting.save_request(
                operator=request.user,
                request=found,
                typed=_typed(request.POST),
                version=version_seen(request.POST),
                at=now(),
            )
        except UnableTo as unable:
            messages.error(request, unable.text.in_language(page_language()))
            return redirect("request_edit", found.pk)
        return _go_on(request, found)
    check = CHECK in request.GET
    form = form_of(found, now(), check=check)
    return _edit_page(request, found, form, FilesForm(kind=kind), check=check)


def _typed(post: QueryDict) -> dict[str, list[str]]:
    return {name: post.getlist(name) for name in post}


def _go_on(request: HttpRequest, found: Request) -> HttpResponse:
    """The fields are saved: keep the files, then do what the button said."""
    files_form = FilesForm(request.POST, request.FILES, kind=KINDS[found.kind])
    good = files_form.is_valid()
    for kind_of_file, content in files_form.chosen():
        try:
            drafting.attach(
                operator=request.user, request=found, kind_of_file=kind_of_file, content=content, at=now()
            )
        except UnableTo as unable:
            files_form.add_error(f"file_{kind_of_file}", unable.text.in_language(page_language()))
            good = False
    if not good:
        form = form_of(found, now(), check=False)
        return _edit_page(request, found, form, files_form, status=422)
    wish = request.POST.get("act", SAVE)
    if wish == FILE:
        return _file(request, found)
    if wish == CHECK:
        return redirect(f"{reverse('request_edit', args=[found.pk])}?{CHECK}=1")
    messages.success(request, _("The draft %(number)s has been saved.") % {"number": found.number})
    return redirect("request_edit", found.pk)


def _file(request: HttpRequest, found: Request) -> HttpResponse:
    if drafting.faults_of(found, form_of(found, now())):
        messages.error(request, _("The request is incomplete and has not been filed; the draft is saved."))
        return redirect(f"{reverse('request_edit', args=[found.pk])}?{CHECK}=1")
    try:
        file_request(operator=request.user, request=found, at=now())
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
        return redirect("request_edit", found.pk)
    messages.success(request, _("The request %(number)s has been filed.") % {"number": found.number})
    return redirect("request", found.pk)


def _edit_page(
    request: HttpRequest,
    found: Request,
    form: RequestForm,
    files_form: FilesForm,
    *,
    check: bool = False,
    status: int = 200,
) -> HttpResponse:
    kind = KINDS[found.kind]
    context: dict[str, Any] = {
        "kind": kind,
        "found": found,
        "draft_form": form,
        "files_form": files_form,
        "attachments": attachments_of(found),
        "missing": drafting.files_missing(found) if check else [],
        "checked": check,
        "is_complete": check and not drafting.faults_of(found, form),
        "decides": ROLE_WORDS[kind.decided_by],
        "asked": found.steps.filter(transition="ask").last(),
        "breadcrumbs": crumbs((found.number, reverse("request", args=[found.pk])), (_("Fill in"), None)),
    }
    return render(request, "requests/edit.html", context, status=status)


@for_right(Right.FILE_REQUESTS)
@require_POST
def request_file_off(request: HttpRequest, request_id: int, attachment_id: int) -> HttpResponse:
    """Take a file off a draft."""
    found = request_for(request.user, request_id)
    attachment = attachment_for(request.user, request_id, attachment_id)
    try:
        drafting.take_off(operator=request.user, request=found, attachment=attachment, at=now())
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    return redirect("request_edit", request_id)
