"""Pages on which the branch drafts and publishes surveys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence.models import Audience, Survey
from rozlicz.portal.correspondence.operations.surveys import (
    UnableToChangeSurvey,
    add_question,
    change_survey,
    draft_survey,
    publish_survey,
    remove_question,
)
from rozlicz.portal.correspondence.pages.common import answered, crumbs, tell
from rozlicz.portal.correspondence.pages.surveys import survey_context
from rozlicz.portal.correspondence.queries.surveys import draft_for, recipients_of
from rozlicz.portal.correspondence.survey_forms import QuestionForm, SurveyForm
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import text

_USUAL_DAYS = 14


@for_right(Right.ANNOUNCE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin a survey; its questions are added on its own page."""
    day = warsaw_day(now()) + timedelta(days=_USUAL_DAYS)
    form = _form(request, {"open_until": day, "audience": Audience.PARTIES})
    if form.is_valid():
        try:
            survey = draft_survey(operator=request.user, asked=form.asked(), at=now())
        except UnableToChangeSurvey as unable:
            tell(form, unable, "open_until")
        else:
            return redirect("survey", survey.pk)
    title = _("New survey")
    context = {
        "form": form,
        "title": title,
        "button": _("Go on to the questions"),
        "breadcrumbs": crumbs(request.user, (title, None)),
    }
    return render(request, "correspondence/form.html", context, status=answered(form))


@for_right(Right.ANNOUNCE)
def change(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Say otherwise what a draft is about, until when and whom it asks."""
    survey = draft_for(request.user, survey_id)
    form = _form(request, _as_it_is(survey))
    if form.is_valid():
        try:
            change_survey(operator=request.user, survey=survey, asked=form.asked(), at=now())
        except UnableToChangeSurvey as unable:
            tell(form, unable, "open_until")
        else:
            return redirect("survey", survey_id)
    own, title = reverse("survey", args=[survey_id]), _("Change the survey")
    context = {
        "form": form,
        "title": title,
        "button": _("Save"),
        "back": own,
        "breadcrumbs": crumbs(
            request.user, (_("Surveys"), reverse("surveys")), (survey.title, own), (title, None)
        ),
    }
    return render(request, "correspondence/form.html", context, status=answered(form))


def _form(request: HttpRequest, initial: dict[str, Any]) -> SurveyForm:
    return SurveyForm(*((request.POST,) if request.method == "POST" else ()), initial=initial)


def _as_it_is(survey: Survey) -> dict[str, Any]:
    return {
        "title": survey.title,
        "text": survey.text,
        "open_until": survey.open_until,
        "audience": survey.audience,
        "party_kinds": survey.party_kinds,
        "providers": " ".join(one.provider.code for one in recipients_of(survey)),
    }


@for_right(Right.ANNOUNCE)
@require_POST
def question_add(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Add a question to a draft."""
    survey, form = draft_for(request.user, survey_id), QuestionForm(request.POST)
    if form.is_valid():
        try:
            add_question(operator=request.user, survey=survey, **form.cleaned_data, at=now())
        except UnableToChangeSurvey as unable:
            tell(form, unable, "choices")
        else:
            return redirect("survey", survey_id)
    context = survey_context(request, survey) | {"question_form": form, "form": form}
    return render(request, "correspondence/survey.html", context, status=422)


@for_right(Right.ANNOUNCE)
@require_POST
def question_remove(request: HttpRequest, survey_id: int, question_id: int) -> HttpResponse:
    """Take a question out of a draft."""
    survey = draft_for(request.user, survey_id)
    remove_question(operator=request.user, survey=survey, question_id=question_id, at=now())
    return redirect("survey", survey_id)


@for_right(Right.ANNOUNCE)
@require_POST
def publish(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Open a survey to those whom it asks."""
    survey = draft_for(request.user, survey_id)
    try:
        publish_survey(operator=request.user, survey=survey, at=now())
    except UnableToChangeSurvey as unable:
        messages.error(request, text(unable.text))
    else:
        messages.success(request, _("The survey has been published."))
    return redirect("survey", survey_id)
