"""The pages of the five steps, each saved when it is left."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from rozlicz.portal.clock import now
from rozlicz.portal.house.formatting import text
from rozlicz.portal.house.marks import mark_of_content
from rozlicz.portal.house.refusal import UnableTo
from rozlicz.portal.registration.doors import for_applicant, link_of, sent
from rozlicz.portal.registration.models import Registration, RegistrationState
from rozlicz.portal.registration.operations import remove_place, save_place, save_step
from rozlicz.portal.registration.queries import missing_steps, places_of, steps_open
from rozlicz.portal.registration.step_forms import PlaceForm, form_of
from rozlicz.portal.registration.steps import CHECK_WORD, Step

_UNPROCESSABLE = 422


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
    saved = registration.answers.get(step.value)
    seen = request.POST.get("seen") or mark_of_content(saved)
    form = form_of(step, sent(request), registration.answers, has_password=bool(registration.password_hash))
    form.initial = saved or _first_values(step, registration)
    if form.is_valid():
        try:
            save_step(
                registration_id=registration.pk,
                step=step,
                values={name: value for name, value in form.cleaned_data.items() if "password" not in name},
                password=form.cleaned_data.get("new_password", ""),
                seen=seen,
                at=now(),
            )
        except UnableTo as unable:
            form.add_error(None, text(unable.text))
        registration.refresh_from_db()
        if not form.errors:
            return _onward(registration, step)
        seen = mark_of_content(registration.answers.get(step.value))
    return _render_step(request, registration, step, {"form": form, "seen": seen}, wrong=bool(form.errors))


def _first_values(step: Step, registration: Registration) -> dict[str, Any]:
    return {"holder_name": registration.party_name} if step is Step.ACCOUNT else {}


@for_applicant
def places(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The places where services are given: a list, and the form of one of them."""
    if Step.PLACES not in steps_open(registration):
        return _closed(request)
    act = request.POST.get("act", "")
    if act.startswith("remove-"):
        return _without_place(request, registration, act.removeprefix("remove-"))
    changed = request.POST.get("place") or request.GET.get("place", "")
    form = PlaceForm(sent(request))
    if request.method == "POST" and act == "next" and places_of(registration) and form.is_empty:
        return _onward(registration, Step.PLACES)
    if form.is_valid():
        try:
            save_place(
                registration_id=registration.pk,
                values=form.cleaned_data,
                instead_of=changed or None,
                at=now(),
            )
        except UnableTo as unable:
            form.add_error(None, text(unable.text))
        registration.refresh_from_db()
        if not form.errors:
            return _onward(registration, Step.PLACES) if act == "next" else redirect(Step.PLACES.page)
    return _render_places(request, registration, form, changed)


def _without_place(request: HttpRequest, registration: Registration, place: str) -> HttpResponse:
    """Take a place away; what was being typed of another one stands in the form again."""
    try:
        remove_place(registration_id=registration.pk, place=place, at=now())
    except UnableTo as unable:
        messages.error(request, text(unable.text))
    registration.refresh_from_db()
    if PlaceForm(request.POST).is_empty:
        return redirect(Step.PLACES.page)
    form = PlaceForm(initial={name: request.POST.get(name, "") for name in PlaceForm.base_fields})
    return _render_places(request, registration, form, request.POST.get("place", ""))


def _render_places(
    request: HttpRequest, registration: Registration, form: PlaceForm, changed: str
) -> HttpResponse:
    """The places by their marks, and the form: of the one whose mark is `changed`, if it is still there."""
    known = {mark_of_content(place): place for place in places_of(registration)}
    form.initial = form.initial or known.get(changed) or _seat(registration, known)
    return _render_step(
        request,
        registration,
        Step.PLACES,
        {"form": form, "places": known, "changed": changed if changed in known else ""},
        wrong=bool(form.errors),
    )


def _seat(registration: Registration, known: dict[str, dict[str, str]]) -> dict[str, str]:
    """The first place is mostly the seat: its address stands there already."""
    saved = registration.answers.get("party", {})
    return {} if known else {name: saved.get(name, "") for name in ("name", "street", "postal_code", "town")}


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
            "road": road_of(registration, step),
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


def road_of(registration: Registration, here: Step | None) -> list[dict[str, Any]]:
    """The steps as they stand above every page of the form; `here` None is the check at their end."""
    missing = missing_steps(registration)
    stops = [
        {"word": step.label, "done": step not in missing, "here": step is here, "page": step.page}
        for step in Step
    ]
    return [*stops, {"word": CHECK_WORD, "done": False, "here": here is None, "page": "registration_check"}]
