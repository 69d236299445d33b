"""What came out of a survey: one reply in words, and all replies counted question by question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rozlicz.portal.correspondence.models import QuestionKind, SurveyQuestion, SurveyReply
from rozlicz.portal.house.formatting import day

_COUNTED = {QuestionKind.ONE, QuestionKind.SEVERAL}
_NOTHING: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One question: how many answered; how often each choice was taken; of numbers sum, least and greatest."""

    question: SurveyQuestion
    answered: int
    choices: list[tuple[str, int]]
    numbers: tuple[int, int, int] | None


def results_of(questions: Sequence[SurveyQuestion], replies: Sequence[SurveyReply]) -> list[Result]:
    """All questions in order."""
    return [_result(question, [_value(question, reply) for reply in replies]) for question in questions]


def answers_of(questions: Sequence[SurveyQuestion], reply: SurveyReply) -> list[tuple[SurveyQuestion, str]]:
    """Each question with the answer as a page shows it; empty where there is none yet."""
    return [(question, _shown(question, _value(question, reply))) for question in questions]


def as_cell(value: Any) -> Any:
    """A value as a workbook keeps it."""
    return "; ".join(value) if isinstance(value, list) else value


def _result(question: SurveyQuestion, values: Sequence[Any]) -> Result:
    given = [value for value in values if value not in _NOTHING]
    taken = Counter(choice for value in given for choice in (value if isinstance(value, list) else [value]))
    return Result(
        question=question,
        answered=len(given),
        choices=[(choice, taken[choice]) for choice in question.choices] if question.kind in _COUNTED else [],
        numbers=(sum(given), min(given), max(given))
        if question.kind == QuestionKind.NUMBER and given
        else None,
    )


def _value(question: SurveyQuestion, reply: SurveyReply) -> Any:
    return reply.values.get(str(question.pk))


def _shown(question: SurveyQuestion, value: Any) -> str:
    if value in _NOTHING:
        return ""
    if question.kind == QuestionKind.DATE:
        return day(date.fromisoformat(value))
    return str(as_cell(value))
