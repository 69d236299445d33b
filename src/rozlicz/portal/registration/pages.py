"""The applicant's pages: the gate, the steps, the check, the state, the signed document."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from rozlicz.kernel.branches import branch_of
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence.queries.documents import regulations_in_force
from rozlicz.portal.house import files
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.registration.doors import admitted, for_applicant, for_visitors, forgotten, link_of
from rozlicz.portal.registration.forms import LinkForm, PaperForm, RegulationsForm
from rozlicz.portal.registration.models import PaperKind, Registration, RegistrationState
from rozlicz.portal.registration.operations import (
    MOST_PLACES,
    add_paper,
    begin_registration,
    file_registration,
    may_send_paper,
    save_step,
)
from rozlicz.portal.registration.printouts import mark_of_registration
from rozlicz.portal.registration.queries import (
    answer_by,
    application_of,
    id_by_token,
    missing_steps,
    papers_of_issue,
    papers_shown,
    steps_open,
)
from rozlicz.portal.registration.step_forms import PlaceForm, form_of
from rozlicz.portal.registration.steps import CHECK_WORD, Step

_UNPROCESSABLE = 422


@for_visitors
def begin(request: HttpRequest) -> HttpResponse:
    """What registration is; with the regulations accepted a registration begins, and its link is given."""
    at = now()
    regulations = regulations_in_force(warsaw_day(at))
    form = RegulationsForm(_sent(request))
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
    form = LinkForm(_sent(request))
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


def _sent(request: HttpRequest) -> Any:
    """What was sent, also if it is nothing; None when the page is only opened."""
    return request.POST if request.method == "POST" else None


@for_applicant
def kind(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What registers."""
    return _step(request, registration, Step.KIND)


@for_applicant
def party(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The party and its identifiers."""
    if Step.KIND.value not in registration.answers:
        return redirect(Step.KIND.page)
    return _step(request, registration, Step.PARTY)


@for_applicant
def account(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The bank account."""
    return _step(request, registration, Step.ACCOUNT)


@sensitive_post_parameters()
@for_applicant
def administrator(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The first administrator and the temporary password."""
    return _step(request, registration, Step.ADMINISTRATOR)


def _step(request: HttpRequest, registration: Registration, step: Step) -> HttpResponse:
    if step not in steps_open(registration):
        return _closed(request)
    form = form_of(step, _sent(request), registration.answers, has_password=bool(registration.password_hash))
    form.initial = registration.answers.get(step.value) or _first_values(step, registration)
    if form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if "password" not in name}
        _save(registration, step, values, password=form.cleaned_data.get("new_password", ""))
        return _onward(registration, step)
    return _render_step(request, registration, step, {"form": form}, wrong=bool(form.errors))


def _first_values(step: Step, registration: Registration) -> dict[str, Any]:
    return {"holder_name": registration.party_name} if step is Step.ACCOUNT else {}


@for_applicant
def places(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The places where services are given: a list, and the form of one of them."""
    if Step.PLACES not in steps_open(registration):
        return _closed(request)
    known: list[dict[str, str]] = list(registration.answers.get("places", {}).get("places", []))
    number = _number(request, known)
    form = PlaceForm(_sent(request))
    form.initial = known[number] if number is not None else _seat(registration, known)
    act = request.POST.get("act", "")
    if act.startswith("remove-"):
        place = act.removeprefix("remove-")
        if place in set(map(str, range(len(known)))):
            del known[int(place)]
            _save(registration, Step.PLACES, {"places": known})
        return redirect(Step.PLACES.page)
    if request.method == "POST" and act == "next" and known and form.is_empty:
        return _onward(registration, Step.PLACES)
    if form.is_valid() and number is None and len(known) >= MOST_PLACES:
        form.add_error(
            None,
            _("A registration holds up to %(most)d places. Tell the others later.") % {"most": MOST_PLACES},
        )
    if form.is_valid():
        known[slice(number, number + 1) if number is not None else slice(len(known), None)] = [
            form.cleaned_data
        ]
        _save(registration, Step.PLACES, {"places": known})
        return _onward(registration, Step.PLACES) if act == "next" else redirect(Step.PLACES.page)
    return _render_step(
        request,
        registration,
        Step.PLACES,
        {"form": form, "places": known, "number": number},
        wrong=bool(form.errors),
    )


def _number(request: HttpRequest, known: list[dict[str, str]]) -> int | None:
    """Which of the known places is being changed; None for a new one."""
    asked = request.POST.get("number") or request.GET.get("number", "")
    return int(asked) if asked in set(map(str, range(len(known)))) else None


def _seat(registration: Registration, known: list[dict[str, str]]) -> dict[str, str]:
    """The first place is mostly the seat: its address stands there already."""
    saved = registration.answers.get("party", {})
    return {} if known else {name: saved.get(name, "") for name in ("name", "street", "postal_code", "town")}


def _save(registration: Registration, step: Step, values: dict[str, Any], *, password: str = "") -> None:
    save_step(registration_id=registration.pk, step=step, values=values, password=password, at=now())
    registration.refresh_from_db()


def _onward(registration: Registration, step: Step) -> HttpResponse:
    """To the next step that waits for answers, else to the check."""
    waiting = [one for one in missing_steps(registration) if one in steps_open(registration)]
    later = [one for one in waiting if list(Step).index(one) > list(Step).index(step)]
    if registration.state == RegistrationState.TO_COMPLETE or not waiting:
        return redirect("registration_check")
    return redirect((later or waiting)[0].page)


def _closed(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This step cannot be changed now."))
    return redirect("registration_state")


def _render_step(
    request: HttpRequest, registration: Registration, step: Step, context: dict[str, Any], *, wrong: bool
) -> HttpResponse:
    return render(
        request,
        f"registration/{step.value}.html",
        context
        | {
            "registration": registration,
            "step": step,
            "road": _road(registration, step),
            "before": _before(registration, step),
            "link": link_of(request),
        },
        status=_UNPROCESSABLE if wrong else None,
    )


def _before(registration: Registration, step: Step) -> str:
    """The page that "Back" leads to."""
    if registration.state == RegistrationState.TO_COMPLETE:
        return "registration_state"
    steps = list(Step)
    return steps[steps.index(step) - 1].page if step is not steps[0] else "registration_check"


def _road(registration: Registration, here: Step | None) -> list[dict[str, Any]]:
    missing = missing_steps(registration)
    stops = [
        {"word": step.label, "done": step not in missing, "here": step is here, "page": step.page}
        for step in Step
    ]
    return [*stops, {"word": CHECK_WORD, "done": False, "here": here is None, "page": "registration_check"}]


@for_applicant
def check(request: HttpRequest, registration: Registration) -> HttpResponse:
    """All answers once more, each with the way back to its step; then the registration is filed."""
    if registration.state not in {RegistrationState.DRAFT, RegistrationState.TO_COMPLETE}:
        return redirect("registration_state")
    if request.method == "POST":
        try:
            file_registration(registration_id=registration.pk, at=now())
        except UnableTo as unable:
            messages.error(request, text(unable.text))
            return redirect("registration_check")
        return redirect("registration_state")
    missing = missing_steps(registration)
    return render(
        request,
        "registration/check.html",
        {
            "registration": registration,
            "application": None if missing else application_of(registration),
            "missing": missing,
            "open": steps_open(registration),
            "road": _road(registration, None),
            "link": link_of(request),
        },
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
