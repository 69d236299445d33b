"""The pages of requests: the list, one request, its printout and files, and the steps of applicant and branch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import ROLE_WORDS, Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house import files
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import page_language
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.requests import operations
from rozlicz.portal.requests.drafting import case_of, faults_in, form_of, may_file
from rozlicz.portal.requests.forms import AskForm, RefuseForm, RequestsFilter, RevokeForm, WithdrawForm
from rozlicz.portal.requests.kind import Outcome
from rozlicz.portal.requests.kinds import KINDS
from rozlicz.portal.requests.models import Request, RequestState
from rozlicz.portal.requests.printouts import draft_pdf, mark_of, paper_to_sign, request_pdf
from rozlicz.portal.requests.queries import (
    IN_HAND,
    attachment_for,
    attachments_of,
    decides,
    refusal_of,
    request_for,
    requests_found,
)
from rozlicz.portal.requests.signatures import signatures_shown
from rozlicz.portal.requests.transitions import NEXT, SENTENCES


@for_right(Right.SEE_REQUESTS)
def requests(request: HttpRequest) -> HttpResponse:
    """Requests: a provider's own, the newest first; the branch's queue by its deadline, then what is settled."""
    form = RequestsFilter(request.GET, for_payer=request.user.is_payer)
    today = warsaw_day(now())
    found = form.ask(requests_found, request.user, today=today)
    page = page_of(
        found, order=["is_settled", "due"] if request.user.is_payer else ["-id"], address=request.GET
    )
    return render(
        request,
        "requests/requests.html",
        {
            "filter_form": form,
            "page": page,
            "rows": [(one, KINDS[one.kind].name, _is_late(one, today)) for one in page.rows],
        },
    )


def _is_late(found: Request, today: date) -> bool:
    return found.deadline is not None and found.deadline < today


@for_right(Right.SEE_REQUESTS)
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request: what is asked for, its files and history, what happens next, and what the reader may do."""
    return _page(request, request_for(request.user, request_id))


def _page(request: HttpRequest, found: Request, *, wrong: forms.Form | None = None) -> HttpResponse:
    """`wrong`: the form of the step that was tried, with its faults."""
    operator, kind, today = request.user, KINDS[found.kind], warsaw_day(now())
    step_forms = {one.name: one.form() for one in STEPS.values() if one.form}
    if wrong is not None:
        step_forms |= {one.name: wrong for one in STEPS.values() if one.form is type(wrong)}
    names = {one.code: one.name for one in kind.attachments}
    branch_decides = decides(operator, found)
    attachments = attachments_of(found)
    signatures = signatures_shown(
        found, attachments, case=case_of(found, now()), reader="branch" if operator.is_payer else "sender"
    )
    context = {
        "found": found,
        "kind": kind,
        "decides": ROLE_WORDS[kind.decided_by],
        "fields": form_of(found, now()).shown(),
        "mark": mark_of(found),
        "attachments": [(one, names.get(one.kind, "")) for one in attachments],
        "signatures": [(one, signatures[one.pk]) for one in attachments if one.pk in signatures],
        "history": [(one, SENTENCES[one.transition]) for one in found.steps.all()],
        "next": NEXT[found.state],
        "is_late": _is_late(found, today),
        "refusal": refusal_of(found),
        "outcome": Outcome.from_json(found.outcome) if found.outcome else None,
        "may_edit": found.is_open_to_change and may_file(operator, kind),
        "may_withdraw": may_file(operator, kind) and found.state in {RequestState.DRAFT, *IN_HAND},
        "may_judge": branch_decides and found.state == RequestState.FILED,
        "may_refuse": branch_decides and found.state in IN_HAND,
        "may_revoke": branch_decides and found.state == RequestState.ACCEPTED and kind.revoke is not None,
        "may_receive": branch_decides and found.awaits_paper,
        "step_forms": step_forms,
        "form": wrong,
        "breadcrumbs": crumbs((found.number, None)),
    }
    return render(request, "requests/request.html", context, status=422 if wrong is not None else 200)


@for_right(Right.SEE_REQUESTS)
def request_print(request: HttpRequest, request_id: int) -> HttpResponse:
    """On paper: what can be signed while it is with the applicant, what is wrong as a draft, later as it stands."""
    found = request_for(request.user, request_id)
    form = form_of(found, now())
    if not found.is_open_to_change:
        paper = request_pdf(found, form)
    elif faults := faults_in(form):
        paper = draft_pdf(found, form, faults)
    else:
        paper = paper_to_sign(found, case=case_of(found, now()))
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.number.replace("/", "_")}.pdf"'
    return response


@for_right(Right.SEE_REQUESTS)
def request_attachment(request: HttpRequest, request_id: int, attachment_id: int) -> HttpResponse:
    """One file of a request."""
    kept = attachment_for(request.user, request_id, attachment_id)
    return files.download(kept.file, file_name=kept.file_name, content_type=kept.content_type)


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that a button takes: its operation, the form with its reason, and the sentence when it is done."""

    name: str
    act: Callable[..., None]
    form: type[forms.Form] | None
    done: Promise


def _ask(*, reason: str, **values: Any) -> None:
    operations.ask_to_complete(missing=reason, **values)


STEPS = {
    step.name: step
    for step in (
        _Step(
            "withdraw",
            operations.withdraw_request,
            WithdrawForm,
            gettext_lazy("The request has been withdrawn."),
        ),
        _Step("ask", _ask, AskForm, gettext_lazy("The applicant has been asked to complete the request.")),
        _Step("accept", operations.accept_request, None, gettext_lazy("The request has been accepted.")),
        _Step("refuse", operations.refuse_request, RefuseForm, gettext_lazy("The request has been refused.")),
        _Step(
            "revoke",
            operations.revoke_request,
            RevokeForm,
            gettext_lazy("What was granted has been taken back."),
        ),
        _Step("paper", operations.receive_paper, None, gettext_lazy("The signed paper has been noted.")),
    )
}


def _taken(request: HttpRequest, request_id: int, step: _Step) -> HttpResponse:
    found = request_for(request.user, request_id)
    if "version" in request.POST:
        found.version = version_seen(request.POST)
    values: dict[str, Any] = {}
    if step.form:
        form = step.form(request.POST)
        if not form.is_valid():
            return _page(request, found, wrong=form)
        values["reason"] = form.cleaned_data["reason"]
    try:
        step.act(operator=request.user, request=found, at=now(), **values)
    except UnableTo as unable:
        messages.error(request, unable.text.in_language(page_language()))
    else:
        messages.success(request, step.done)
    return redirect("request", request_id)


def version_seen(post: QueryDict) -> int:
    """The version of the request that the page showed; 0, which no request has, for anything but a number."""
    version = post.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


@for_right(Right.FILE_REQUESTS)
@require_POST
def request_withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """The applicant takes the request back."""
    return _taken(request, request_id, STEPS["withdraw"])


@for_right(Right.DECIDE_REQUESTS)
@require_POST
def request_ask(request: HttpRequest, request_id: int) -> HttpResponse:
    """The branch asks to complete."""
    return _taken(request, request_id, STEPS["ask"])


@for_right(Right.DECIDE_REQUESTS)
@require_POST
def request_accept(request: HttpRequest, request_id: int) -> HttpResponse:
    """The branch accepts, and what was asked for is done."""
    return _taken(request, request_id, STEPS["accept"])


@for_right(Right.DECIDE_REQUESTS)
@require_POST
def request_refuse(request: HttpRequest, request_id: int) -> HttpResponse:
    """The branch refuses with a reason."""
    return _taken(request, request_id, STEPS["refuse"])


@for_right(Right.DECIDE_REQUESTS)
@require_POST
def request_revoke(request: HttpRequest, request_id: int) -> HttpResponse:
    """The branch takes back what an accepted request had granted."""
    return _taken(request, request_id, STEPS["revoke"])


@for_right(Right.DECIDE_REQUESTS)
@require_POST
def request_paper(request: HttpRequest, request_id: int) -> HttpResponse:
    """The branch notes that the signed paper has come."""
    return _taken(request, request_id, STEPS["paper"])


def crumbs(*rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    """The way to a page of this area."""
    return [(_("Requests"), reverse("requests")), *rest]
