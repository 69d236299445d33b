"""Every read of surveys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.correspondence.models import Recipient, Survey, SurveyQuestion, SurveyReply
from rozlicz.portal.correspondence.queries.announcements import addressed_to

QUESTIONS_A_PAGE = 5
"""A reply is saved after each page of so many questions."""


def surveys_for(operator: Operator) -> QuerySet[Survey]:
    """Surveys an operator may see, the newest first: the branch all and its drafts, a provider those for it.

    For a provider `replied` is the moment at which its reply was sent, and `saved` the one of its last change.
    """
    surveys = Survey.objects.filter(addressed_to(operator, "survey")).order_by("-id")
    if operator.is_payer:
        return surveys
    reply = SurveyReply.objects.filter(survey=OuterRef("pk"), provider=operator.provider_id)
    return surveys.filter(published_at__isnull=False).annotate(
        replied=Subquery(reply.values("sent_at")[:1]), saved=Subquery(reply.values("saved_at")[:1])
    )


def survey_for(operator: Operator, survey_id: int) -> Survey:
    """One survey. Raises Http404 for what does not exist, is a draft, or is for others."""
    return get_object_or_404(surveys_for(operator), pk=survey_id)


def draft_for(operator: Operator, survey_id: int) -> Survey:
    """One survey of the branch that is not yet published. Raises Http404."""
    found = surveys_for(operator).filter(pk=survey_id, published_at__isnull=True).first()
    if found is None or not operator.is_payer:
        raise Http404
    return found


def open_surveys(operator: Operator, today: date) -> QuerySet[Survey]:
    """A provider's surveys that wait for its reply."""
    return surveys_for(operator).filter(open_until__gte=today, replied__isnull=True)


def is_open(survey: Survey, today: date) -> bool:
    """Whether replies are still taken in and changed."""
    return survey.published_at is not None and today <= survey.open_until


def state_of(survey: Survey, today: date) -> str:
    """The code of its state: draft, open, closed."""
    if survey.published_at is None:
        return "draft"
    return "open" if is_open(survey, today) else "closed"


def questions_of(survey: Survey) -> list[SurveyQuestion]:
    """Its questions in order, those removed while drafting left out."""
    return list(survey.questions.filter(is_removed=False))


def recipients_of(survey: Survey) -> QuerySet[Recipient]:
    """The providers that it asks by name, in Polish order."""
    named = survey.recipients.filter(is_removed=False)
    return named.select_related("provider").order_by("provider__sort_key")


def pages_of(survey: Survey) -> list[list[SurveyQuestion]]:
    """The questions page by page."""
    questions = questions_of(survey)
    return [questions[at : at + QUESTIONS_A_PAGE] for at in range(0, len(questions), QUESTIONS_A_PAGE)]


def reply_of(operator: Operator, survey: Survey) -> SurveyReply | None:
    """The reply of the operator's provider, if one has been begun."""
    return SurveyReply.objects.filter(survey=survey, provider=operator.provider_id).first()


def replies_to(survey: Survey) -> QuerySet[SurveyReply]:
    """Replies that were sent, in Polish order of providers; what is still a draft is the provider's own."""
    return (
        SurveyReply.objects.select_related("provider")
        .filter(survey=survey, sent_at__isnull=False)
        .order_by("provider__sort_key", "pk")
    )


def values_in_order(reply: SurveyReply, questions: list[SurveyQuestion]) -> Iterator[Any]:
    """The answers of a reply, question by question; None where there is none."""
    return (reply.values.get(str(question.pk)) for question in questions)
