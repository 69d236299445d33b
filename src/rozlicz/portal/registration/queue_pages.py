"""The branch's queue of registrations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.queries import policy_on
from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.house import files
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.registration.checks import checks_of
from rozlicz.portal.registration.decisions import (
    accept_registration,
    ask_to_complete,
    mark_paper_arrived,
    refuse_registration,
)
from rozlicz.portal.registration.history import history_of
from rozlicz.portal.registration.models import RegistrationState
from rozlicz.portal.registration.printouts import mark_of_registration
from rozlicz.portal.registration.queries import (
    IN_HAND,
    answer_by,
    application_of,
    may_mark_paper,
    paper_for,
    papers_of_issue,
    papers_shown,
    registration_for,
    registrations_found,
)
from rozlicz.portal.registration.queue_forms import (
    ArrivalForm,
    CompletionForm,
    RefusalForm,
    RegistrationsFilter,
)
from rozlicz.portal.registration.steps import Step

_UNPROCESSABLE = 422


@for_right(Right.DECIDE_REGISTRATIONS)
def registrations(request: HttpRequest) -> HttpResponse:
    """Everything that was filed, the newest first."""
    form = RegistrationsFilter(request.GET)
    found = form.ask(registrations_found, request.user)
    return render(
        request,
        "registration/registrations.html",
        {
            "filter_form": form,
            "page": page_of(found, order=["-filed_at"], address=request.GET),
            "today": warsaw_day(now()),
        },
    )


@for_right(Right.DECIDE_REGISTRATIONS)
def registration(request: HttpRequest, registration_id: int) -> HttpResponse:
    """One registration with its checks, papers and history, and the acts that it waits for."""
    return _shown(request, registration_id)


def _shown(request: HttpRequest, registration_id: int, *, wrong: Form | None = None) -> HttpResponse:
    found, today = registration_for(request.user, registration_id), warsaw_day(now())
    forms: dict[str, Form] = {
        "complete_form": CompletionForm(),
        "refuse_form": RefusalForm(),
        "arrival_form": ArrivalForm(initial={"arrived_on": today}),
    }
    forms |= {name: wrong for name, form in forms.items() if wrong and type(form) is type(wrong)}
    context: dict[str, Any] = {
        "registration": found,
        "application": application_of(found),
        "checks": checks_of(found),
        "papers": papers_shown(papers_of_issue(found), reader="branch"),
        "older_papers": papers_shown(
            found.papers.exclude(issued_sha256=found.issued_sha256), reader="branch"
        ),
        "history": history_of(request.user, found),
        "asked_steps": [Step(code).label for code in found.steps_to_complete],
        "mark": mark_of_registration(found),
        "answer_by": answer_by(found),
        "temporary_days": policy_on(today).temporary_days,
        "may_mark_paper": may_mark_paper(found),
        "may_decide": found.state == RegistrationState.FILED,
        "may_refuse": found.state in IN_HAND,
        "today": today,
        "form": wrong,
        "breadcrumbs": [(_("Registrations"), reverse("registrations")), (str(found.pk), None)],
    }
    return render(
        request,
        "registration/registration.html",
        context | forms,
        status=_UNPROCESSABLE if wrong else None,
    )


@for_right(Right.DECIDE_REGISTRATIONS)
def document(request: HttpRequest, registration_id: int) -> HttpResponse:
    """The document that was issued for signing."""
    found = registration_for(request.user, registration_id)
    return files.download(
        found.issued_file, file_name=f"rejestracja_{found.pk}.pdf", content_type="application/pdf"
    )


@for_right(Right.DECIDE_REGISTRATIONS)
def paper(request: HttpRequest, registration_id: int, paper_id: int) -> HttpResponse:
    """A signed document as it was uploaded."""
    found = paper_for(request.user, registration_id, paper_id)
    return files.download(found.file, file_name=found.file_name, content_type=found.content_type)


@for_right(Right.DECIDE_REGISTRATIONS)
@require_POST
def complete(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Give it back to be completed."""
    return _decided(
        request,
        registration_id,
        ask_to_complete,
        CompletionForm(request.POST),
        said=lambda _nothing: _("The applicant sees what is to be completed."),
    )


@for_right(Right.DECIDE_REGISTRATIONS)
@require_POST
def refuse(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Refuse it with a reason."""
    return _decided(
        request,
        registration_id,
        refuse_registration,
        RefusalForm(request.POST),
        said=lambda _nothing: _("The registration has been refused; the applicant sees the reason."),
    )


@for_right(Right.DECIDE_REGISTRATIONS)
@require_POST
def accept(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Accept it: the party gets its code."""
    return _decided(
        request,
        registration_id,
        partial(accept_registration, seen=request.POST.get("issued")),
        said=lambda provider: (
            _("The registration has been accepted. Code: %(code)s.") % {"code": provider.code}
        ),
    )


@for_right(Right.DECIDE_REGISTRATIONS)
@require_POST
def paper_arrived(request: HttpRequest, registration_id: int) -> HttpResponse:
    """Note that the signed paper is there."""
    return _decided(
        request,
        registration_id,
        mark_paper_arrived,
        ArrivalForm(request.POST),
        said=lambda lifted: (
            _("The arrival has been noted; the suspension is lifted.")
            if lifted
            else _("The arrival has been noted.")
        ),
    )


def _decided(
    request: HttpRequest,
    registration_id: int,
    act: Callable[..., Any],
    form: Form | None = None,
    *,
    said: Callable[[Any], str],
) -> HttpResponse:
    """Do one act with what its form says, and tell what came of it; a wrong form is shown again."""
    registration_for(request.user, registration_id)
    if form is not None and not form.is_valid():
        return _shown(request, registration_id, wrong=form)
    values = form.cleaned_data if form is not None else {}
    try:
        done = act(operator=request.user, registration_id=registration_id, at=now(), **values)
    except UnableTo as unable:
        messages.error(request, text(unable.text))
    else:
        messages.success(request, said(done))
    return redirect("registration_of_queue", registration_id)
