"""Pages of surveys: the list, a provider's reply page by page, the branch's results."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rozlicz.portal.accounts.rights import Right
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.correspondence import results
from rozlicz.portal.correspondence.models import AUDIENCE_WORDS, Survey
from rozlicz.portal.correspondence.operations.surveys import UnableToReply, save_reply, send_reply
from rozlicz.portal.correspondence.pages.common import answered, crumbs, tell
from rozlicz.portal.correspondence.plain import sections_of
from rozlicz.portal.correspondence.queries import surveys as queries
from rozlicz.portal.correspondence.survey_forms import QuestionForm, ReplyForm
from rozlicz.portal.house.doors import for_right
from rozlicz.portal.house.formatting import moment, text
from rozlicz.portal.house.paging import page_of
from rozlicz.portal.house.workbooks import workbook_response


@for_right(Right.SEE_CORRESPONDENCE)
def surveys(request: HttpRequest) -> HttpResponse:
    """Surveys: for a provider what it is asked, for the branch all with their drafts."""
    today = warsaw_day(now())
    page = page_of(queries.surveys_for(request.user), order=["-id"], address=request.GET)
    return render(
        request,
        "correspondence/surveys.html",
        {
            "page": page,
            "rows": [(one, queries.state_of(one, today)) for one in page.rows],
            "breadcrumbs": crumbs(request.user, (_("Surveys"), None)),
        },
    )


@for_right(Right.SEE_CORRESPONDENCE)
def survey(request: HttpRequest, survey_id: int) -> HttpResponse:
    """One survey: its questions; a provider's reply, or for the branch the draft to finish or the results."""
    found = queries.survey_for(request.user, survey_id)
    return render(request, "correspondence/survey.html", survey_context(request, found))


def survey_context(request: HttpRequest, found: Survey) -> dict[str, Any]:
    """What the page of a survey shows."""
    operator, questions = request.user, queries.questions_of(found)
    context = {
        "survey": found,
        "state": queries.state_of(found, warsaw_day(now())),
        "sections": sections_of(found.text),
        "questions": questions,
        "breadcrumbs": crumbs(operator, (_("Surveys"), reverse("surveys")), (found.title, None)),
    }
    if operator.is_payer:
        replies = list(queries.replies_to(found))
        return context | {
            "audience": AUDIENCE_WORDS[found.audience],
            "recipients": queries.recipients_of(found),
            "question_form": QuestionForm(initial={"kind": "text"}),
            "may_announce": operator.may(Right.ANNOUNCE),
            "replies": replies,
            "results": results.results_of(questions, replies),
        }
    reply = queries.reply_of(operator, found)
    return context | {
        "reply": reply,
        "answers": results.answers_of(questions, reply) if reply else [],
        "may_reply": operator.may(Right.SEND_CORRESPONDENCE),
    }


@for_right(Right.SEND_CORRESPONDENCE)
def reply(request: HttpRequest, survey_id: int, page_number: int) -> HttpResponse:
    """One page of a reply; every page is saved as it is left."""
    found = queries.survey_for(request.user, survey_id)
    pages = queries.pages_of(found)
    if request.user.is_payer or not 1 <= page_number <= len(pages):
        raise Http404
    questions, kept = pages[page_number - 1], queries.reply_of(request.user, found)
    form = ReplyForm(
        *((request.POST,) if request.method == "POST" else ()),
        questions=questions,
        values=kept.values if kept else {},
        is_sent=bool(kept and kept.sent_at),
    )
    if form.is_valid():
        try:
            save_reply(operator=request.user, survey=found, values=form.values(), at=now())
        except UnableToReply as unable:
            tell(form, unable)
        else:
            if page_number < len(pages):
                return redirect("survey_reply", survey_id, page_number + 1)
            return redirect("survey_check", survey_id)
    return render(
        request,
        "correspondence/reply.html",
        {
            "form": form,
            "survey": found,
            "page_number": page_number,
            "pages": len(pages),
            "is_open": queries.is_open(found, warsaw_day(now())),
            "breadcrumbs": _crumbs(request, found, _("Reply")),
        },
        status=answered(form),
    )


@for_right(Right.SEND_CORRESPONDENCE)
def check(request: HttpRequest, survey_id: int) -> HttpResponse:
    """Look at the whole reply once more, and send it."""
    found = queries.survey_for(request.user, survey_id)
    kept = None if request.user.is_payer else queries.reply_of(request.user, found)
    if kept is None:
        raise Http404
    if request.method == "POST":
        try:
            send_reply(operator=request.user, survey=found, at=now())
        except UnableToReply as unable:
            messages.error(request, text(unable.text))
            return redirect("survey_check", survey_id)
        messages.success(
            request, _("The reply has been sent. It can be changed until the last day of the survey.")
        )
        return redirect("survey", survey_id)
    return render(
        request,
        "correspondence/check.html",
        {
            "survey": found,
            "reply": kept,
            "answers": results.answers_of(queries.questions_of(found), kept),
            "is_open": queries.is_open(found, warsaw_day(now())),
            "breadcrumbs": _crumbs(request, found, _("Check your answers")),
        },
    )


@for_right(Right.ANNOUNCE)
def results_xlsx(request: HttpRequest, survey_id: int) -> HttpResponse:
    """The replies that were sent as a workbook, a row for each provider."""
    found = queries.survey_for(request.user, survey_id)
    questions = queries.questions_of(found)
    return workbook_response(
        file_name=f"ankieta_{survey_id}.xlsx",
        headings=[
            _("Provider code"),
            _("Provider"),
            _("Sent"),
            _("Sent by"),
            _("Last changed"),
            _("Last changed by"),
            *[question.text for question in questions],
        ],
        rows=(
            [
                reply.provider.code,
                reply.provider.name,
                moment(reply.sent_at),
                reply.sender,
                moment(reply.saved_at),
                reply.person,
                *[results.as_cell(value) for value in queries.values_in_order(reply, questions)],
            ]
            for reply in queries.replies_to(found)
        ),
    )


def _crumbs(request: HttpRequest, found: Survey, last: str) -> list[tuple[str, str | None]]:
    return crumbs(
        request.user,
        (_("Surveys"), reverse("surveys")),
        (found.title, reverse("survey", args=[found.pk])),
        (last, None),
    )
