"""The applicant's pages around the steps: the gate, the check, the state, the signed document."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.kernel.branches import branch_of
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence.queries.documents import regulations_in_force
from rozlicz.portal.house import files
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.registration.doors import admitted, for_applicant, for_visitors, forgotten, link_of, sent
from rozlicz.portal.registration.forms import LinkForm, PaperForm, RegulationsForm
from rozlicz.portal.registration.models import PaperKind, Registration, RegistrationState
from rozlicz.portal.registration.operations import (
    accept_regulations,
    add_paper,
    begin_registration,
    file_registration,
    may_be_filed,
    may_send_paper,
)
from rozlicz.portal.registration.printouts import mark_of_registration
from rozlicz.portal.registration.queries import (
    answer_by,
    application_of,
    id_by_token,
    missing_steps,
    papers_of_issue,
    papers_shown,
    regulations_to_accept,
    steps_open,
)
from rozlicz.portal.registration.step_pages import road_of
from rozlicz.portal.registration.steps import Step

_UNPROCESSABLE = 422


@for_visitors
def begin(request: HttpRequest) -> HttpResponse:
    """What registration is; with the regulations accepted a registration begins, and its link is given."""
    at = now()
    regulations = regulations_in_force(warsaw_day(at))
    form = RegulationsForm(sent(request), version=regulations.valid_from if regulations else None)
    if request.method == "POST" and regulations and form.is_valid():
        if not ratelimit.consume(request, action="registration"):
            return ratelimit.respond_429(request)
        token = begin_registration(regulations_version=regulations.valid_from, at=at)
        return admitted(redirect(Step.KIND.page), request, token)
    return render(
        request,
        "registration/begin.html",
        {"form": form, "regulations": regulations},
        status=_UNPROCESSABLE if form.errors else None,
    )


@for_visitors
def resume(request: HttpRequest) -> HttpResponse:
    """The page that the link opens: it hands the token over, and leads to the registration."""
    form = LinkForm(sent(request))
    if form.is_valid():
        if not ratelimit.consume(request, action="registration_link"):
            return ratelimit.respond_429(request)
        if id_by_token(form.token()) is not None:
            return admitted(redirect("registration_state"), request, form.token())
        form.add_error("link", _("No registration has this link. Look whether it was copied as a whole."))
    return render(
        request, "registration/resume.html", {"form": form}, status=_UNPROCESSABLE if form.errors else None
    )


@require_POST
@for_visitors
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the registration in this browser, as on a computer that others use."""
    messages.success(request, _("This browser no longer knows the registration. The link goes on to work."))
    return forgotten(redirect("registration"))


@for_applicant
def check(request: HttpRequest, registration: Registration) -> HttpResponse:
    """All answers once more, each with the way back to its step; then the registration is filed."""
    if not may_be_filed(registration):
        return redirect("registration_state")
    to_accept = regulations_to_accept(registration, now())
    if request.method == "POST":
        try:
            file_registration(registration_id=registration.pk, at=now())
        except UnableTo as unable:
            messages.error(request, text(unable.text))
            is_old = to_accept and not missing_steps(registration)
            return redirect("registration_regulations" if is_old else "registration_check")
        return redirect("registration_state")
    missing = missing_steps(registration)
    return render(
        request,
        "registration/check.html",
        {
            "registration": registration,
            "application": None if missing else application_of(registration),
            "missing": missing,
            "to_accept": to_accept,
            "open": steps_open(registration),
            "road": road_of(registration, None),
            "link": link_of(request),
        },
    )


@for_applicant
def regulations(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The regulations that came into force since the registration was begun: accepted anew before filing."""
    at = now()
    to_accept = regulations_to_accept(registration, at)
    if to_accept is None or not may_be_filed(registration):
        return redirect("registration_check")
    form = RegulationsForm(sent(request), version=to_accept.valid_from)
    if form.is_valid():
        try:
            accept_regulations(registration_id=registration.pk, version=to_accept.valid_from, at=at)
        except UnableTo as unable:
            messages.error(request, text(unable.text))
        return redirect("registration_check")
    return render(
        request,
        "registration/regulations.html",
        {
            "form": form,
            "regulations": to_accept,
            "registration": registration,
            "road": road_of(registration, None),
            "link": link_of(request),
        },
        status=_UNPROCESSABLE if form.errors else None,
    )


@for_applicant
def state(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Where the registration stands and what comes next; the signed document is sent from here."""
    if registration.state == RegistrationState.DRAFT:
        return redirect("registration_check")
    return _render_state(request, registration, PaperForm())


@require_POST
@for_applicant
def send_paper(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Take in the signed document."""
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_paper(
                registration_id=registration.pk,
                kind=PaperKind(form.cleaned_data["kind"]),
                upload=form.cleaned_data["file"],
                at=now(),
            )
        except UnableTo as unable:
            form.add_error("file", text(unable.text))
        else:
            messages.success(request, _("The signed document has been received."))
            return redirect("registration_state")
    return _render_state(request, registration, form)


def _render_state(request: HttpRequest, registration: Registration, form: PaperForm) -> HttpResponse:
    at = now()
    log_in_until = registration.log_in_until
    return render(
        request,
        "registration/state.html",
        {
            "answer_by": answer_by(registration),
            "log_in": request.build_absolute_uri(reverse("account_login")),
            "may_log_in": log_in_until is not None and log_in_until > at,
            "mark": mark_of_registration(registration),
            "registration": registration,
            "papers": papers_shown(papers_of_issue(registration), reader="sender"),
            "paper_form": form if may_send_paper(registration) else None,
            "form": form if form.is_bound else None,
            "open": steps_open(registration),
            "application": application_of(registration),
            "today": warsaw_day(at),
            "branch": branch_of(settings.BRANCH),
            "link": link_of(request),
        },
        status=_UNPROCESSABLE if form.errors else None,
    )


@for_applicant
def document(_request: HttpRequest, registration: Registration) -> HttpResponse:
    """The PDF to sign, as it was issued."""
    if not registration.issued_file:
        return redirect("registration_check")
    return files.download(
        registration.issued_file,
        file_name=f"rejestracja_{registration.pk}.pdf",
        content_type="application/pdf",
    )
