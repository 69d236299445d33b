"""Surveys (ankiety): questions of the branch, and each provider's one reply."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from rozlicz.portal.correspondence.models.announcements import Addressed, Audience
from rozlicz.portal.house.history import tracked


class QuestionKind(models.TextChoices):
    """What an answer is. The value in a reply: text; a whole number; the choice; a list of choices; an ISO day."""

    TEXT = "text"
    NUMBER = "number"
    ONE = "one"
    SEVERAL = "several"
    DATE = "date"


QUESTION_WORDS: dict[str, Promise] = {
    QuestionKind.TEXT: pgettext_lazy("question", "text"),
    QuestionKind.NUMBER: pgettext_lazy("question", "number"),
    QuestionKind.ONE: pgettext_lazy("question", "one of several"),
    QuestionKind.SEVERAL: pgettext_lazy("question", "any of several"),
    QuestionKind.DATE: pgettext_lazy("question", "date"),
}
"""Each kind of answer in words."""


@tracked()
class Survey(Addressed):
    """A survey: a draft until it is published, open until the end of the day `open_until`."""

    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    open_until = models.DateField()
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        "accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_survey_is_for_parties", condition=~models.Q(audience=Audience.PUBLIC)
            )
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class SurveyQuestion(models.Model):
    """One question. It changes and is removed while the survey is a draft; removed questions keep their rows."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="questions")
    text = models.CharField(max_length=500)
    kind = models.CharField(max_length=10, choices=QuestionKind)
    choices = ArrayField(models.CharField(max_length=200), default=list)
    demanded = models.BooleanField(default=True)
    is_removed = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="choices_belong_to_questions_that_have_some",
                condition=models.Q(kind__in=["one", "several"], choices__len__gte=2)
                | (~models.Q(kind__in=["one", "several"]) & models.Q(choices=[])),
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def kind_word(self) -> Promise:
        """What an answer is, in words."""
        return QUESTION_WORDS[self.kind]


@tracked()
class SurveyReply(models.Model):
    """A provider's reply: `values` holds question id → value. A draft until `sent_at`; changeable until the end.

    `sender` is who sent it, `person` who changed it last, by their names then.
    """

    provider = models.ForeignKey("providers.Provider", on_delete=models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="replies")
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=120)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey("accounts.Operator", on_delete=models.PROTECT, null=True, related_name="+")
    sender = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "provider"], name="one_reply_of_a_provider")]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.provider_id}"
