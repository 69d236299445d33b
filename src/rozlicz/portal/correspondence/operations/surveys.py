"""Surveys are drafted and published by the branch, answered by providers until their last day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from rozlicz.kernel.texts import Text, excerpt
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.correspondence.models import (
    Audience,
    QuestionKind,
    Recipient,
    Survey,
    SurveyQuestion,
    SurveyReply,
)
from rozlicz.portal.correspondence.operations.announcements import Addressees
from rozlicz.portal.correspondence.queries.surveys import is_open, questions_of
from rozlicz.portal.house.refusal import UnableTo

WITH_CHOICES = {QuestionKind.ONE, QuestionKind.SEVERAL}


class UnableToChangeSurvey(UnableTo):
    """The survey was not changed or published."""


class UnableToReply(UnableTo):
    """The reply was not saved or sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a survey is about, until which day it is open, and whom it asks: parties only, never the public."""

    title: str
    text: str
    open_until: date
    addressees: Addressees


@transaction.atomic
def draft_survey(*, operator: Operator, asked: Asked, at: datetime) -> Survey:
    """Begin a survey; nobody but the branch sees it until it is published. Raises UnableToChangeSurvey."""
    demand(operator, Right.ANNOUNCE)
    survey = Survey(drafted_at=at, drafted_by=operator)
    _write(survey, asked, at)
    record("survey.drafted", operator=operator, provider_id=None, subject=survey.title, at=at)
    return survey


@transaction.atomic
def change_survey(*, operator: Operator, survey: Survey, asked: Asked, at: datetime) -> None:
    """Say otherwise what a draft is about, until when and whom it asks. Raises UnableToChangeSurvey. Locks it."""
    demand(operator, Right.ANNOUNCE)
    _write(_draft(survey), asked, at)
    record("survey.changed", operator=operator, provider_id=None, subject=asked.title, at=at)


@transaction.atomic
def add_question(
    *,
    operator: Operator,
    survey: Survey,
    text: str,
    kind: str,
    choices: Sequence[str] = (),
    demanded: bool = True,
    at: datetime,
) -> SurveyQuestion:
    """Add a question to a draft. `kind`: of QuestionKind. Raises UnableToChangeSurvey. Locks the survey."""
    demand(operator, Right.ANNOUNCE)
    _draft(survey)
    wanted = list(dict.fromkeys(one.strip() for one in choices if one.strip()))
    if kind in WITH_CHOICES and len(wanted) < 2:
        raise UnableToChangeSurvey(_CHOICES)
    question = SurveyQuestion.objects.create(
        survey=survey,
        text=text,
        kind=kind,
        choices=wanted if kind in WITH_CHOICES else [],
        demanded=demanded,
    )
    record("survey.changed", operator=operator, provider_id=None, subject=survey.title, at=at)
    return question


@transaction.atomic
def remove_question(*, operator: Operator, survey: Survey, question_id: int, at: datetime) -> None:
    """Take a question out of a draft. Raises UnableToChangeSurvey. Locks the survey."""
    demand(operator, Right.ANNOUNCE)
    _draft(survey)
    survey.questions.filter(pk=question_id).update(is_removed=True)
    record("survey.changed", operator=operator, provider_id=None, subject=survey.title, at=at)


@transaction.atomic
def publish_survey(*, operator: Operator, survey: Survey, at: datetime) -> None:
    """Open a survey to those whom it asks; from now on its questions stay. Raises UnableToChangeSurvey."""
    demand(operator, Right.ANNOUNCE)
    locked = _draft(survey)
    if not questions_of(locked):
        raise UnableToChangeSurvey(_NO_QUESTIONS)
    if locked.open_until < warsaw_day(at):
        raise UnableToChangeSurvey(_PASSED.filled(day=locked.open_until))
    locked.published_at, locked.published_by = at, operator
    locked.save(update_fields=["published_at", "published_by"])
    record("survey.published", operator=operator, provider_id=None, subject=survey.title, at=at)


@transaction.atomic
def save_reply(*, operator: Operator, survey: Survey, values: Mapping[int, Any], at: datetime) -> SurveyReply:
    """Keep some answers (question id → value) of the operator's provider; the others stay as they were.

    Raises UnableToReply when the survey is closed, or an answer would be taken out of a reply that was sent.
    """
    demand(operator, Right.SEND_CORRESPONDENCE)
    reply = _reply(operator, survey, at)
    known = {question.pk: question for question in questions_of(survey)}
    if unknown := values.keys() - known.keys():
        raise KeyError(f"questions {sorted(unknown)} are of another survey")
    reply.values |= {str(key): value for key, value in values.items()}
    if reply.sent_at is not None:
        _complete(reply, list(known.values()))
    _keep(reply, operator, at)
    record("survey.saved", operator=operator, provider_id=operator.provider_id, subject=survey.title, at=at)
    return reply


@transaction.atomic
def send_reply(*, operator: Operator, survey: Survey, at: datetime) -> SurveyReply:
    """Show the reply to the branch; it can be changed until the survey's last day.

    Raises UnableToReply when the survey is closed or a demanded question has no answer.
    """
    demand(operator, Right.SEND_CORRESPONDENCE)
    reply = _reply(operator, survey, at)
    _complete(reply, questions_of(survey))
    reply.sent_at, reply.sent_by, reply.sender = at, operator, operator.full_name
    _keep(reply, operator, at)
    record(
        "survey.answered", operator=operator, provider_id=operator.provider_id, subject=survey.title, at=at
    )
    return reply


def _write(survey: Survey, asked: Asked, at: datetime) -> None:
    """Put down what is asked for, and save it with its recipients."""
    if asked.addressees.audience == Audience.PUBLIC:
        raise ValueError("a survey is answered by parties")
    if asked.open_until < warsaw_day(at):
        raise UnableToChangeSurvey(_PASSED.filled(day=asked.open_until))
    survey.title, survey.text, survey.open_until = asked.title, asked.text, asked.open_until
    survey.audience, survey.party_kinds = asked.addressees.audience, asked.addressees.kinds
    survey.save()
    survey.recipients.update(is_removed=True)
    Recipient.objects.bulk_create(
        (Recipient(survey=survey, provider=one) for one in asked.addressees.named),
        update_conflicts=True,
        unique_fields=["survey", "provider"],
        update_fields=["is_removed"],
    )


def _draft(survey: Survey) -> Survey:
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if locked.published_at is not None:
        raise UnableToChangeSurvey(_PUBLISHED)
    return locked


def _reply(operator: Operator, survey: Survey, at: datetime) -> SurveyReply:
    """The reply of the operator's provider, locked, or a new one."""
    if operator.is_payer:
        raise UnableToReply(_BY_PROVIDERS)
    if not is_open(survey, warsaw_day(at)):
        raise UnableToReply(_CLOSED.filled(day=survey.open_until))
    reply, _is_new = SurveyReply.objects.select_for_update().get_or_create(
        survey=survey,
        provider_id=operator.provider_id,
        defaults={"saved_at": at, "saved_by": operator, "person": operator.full_name},
    )
    return reply


def _keep(reply: SurveyReply, operator: Operator, at: datetime) -> None:
    reply.saved_at, reply.saved_by, reply.person = at, operator, operator.full_name
    reply.save(update_fields=["values", "saved_at", "saved_by", "person", "sent_at", "sent_by", "sender"])


def _complete(reply: SurveyReply, questions: Sequence[SurveyQuestion]) -> None:
    for number, question in enumerate(questions, start=1):
        if question.demanded and reply.values.get(str(question.pk)) in (None, "", []):
            raise UnableToReply(_MISSING.filled(number=number, text=excerpt(question.text)))


_PASSED = Text(
    pl="Dzień, do którego ankieta jest otwarta ({day}), już minął. Proszę wpisać dzisiejszy lub późniejszy.",
    en="The last day of the survey ({day}) has passed. Enter today or a later day.",
)
_CHOICES = Text(
    pl="Proszę wpisać co najmniej dwie różne odpowiedzi do wyboru, każdą w osobnym wierszu.",
    en="Write at least two different choices, each on a line of its own.",
)
_NO_QUESTIONS = Text(
    pl="Ankieta nie ma jeszcze pytań. Proszę dodać co najmniej jedno.",
    en="The survey has no questions yet. Add at least one.",
)
_PUBLISHED = Text(
    pl="Ankieta jest już ogłoszona i nie można jej zmienić.",
    en="The survey has been published and cannot be changed any more.",
)
_BY_PROVIDERS = Text(
    pl="Na ankietę odpowiadają świadczeniodawcy, nie oddział.",
    en="A survey is answered by providers, not by the branch.",
)
_CLOSED = Text(
    pl="Ankieta była otwarta do {day}. Odpowiedzi nie można już zmienić.",
    en="The survey was open until {day}. Replies cannot be changed any more.",
)
_MISSING = Text(
    pl="Na pytanie {number} („{text}”) trzeba odpowiedzieć.",
    en="Question {number} (“{text}”) must be answered.",
)
