"""What the branch and the clinic write to each other in the tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.correspondence.models import (
    Announcement,
    Parcel,
    Survey,
    SurveyQuestion,
    Ticket,
)
from rozlicz.portal.correspondence.operations.announcements import (
    Addressees,
    Announced,
    publish_announcement,
)
from rozlicz.portal.correspondence.operations.parcels import send_parcel
from rozlicz.portal.correspondence.operations.surveys import (
    Asked,
    add_question,
    draft_survey,
    publish_survey,
)
from rozlicz.portal.correspondence.operations.tickets import open_ticket
from rozlicz.portal.providers.models import Provider
from tests.portal.conftest import NOON

PDF = b"%PDF-1.7\nnothing in it\n%%EOF"
TODAY = NOON.date()


def pdf(name: str = "pismo.pdf", content: bytes = PDF) -> ContentFile[bytes]:
    """A file as an operation takes it."""
    return ContentFile(content, name=name)


def announced(
    *,
    title: str = "Przerwa techniczna",
    text: str = "Portal nie działa w sobotę.",
    valid_until: date = TODAY + timedelta(days=7),
    audience: str = "public",
    kinds: Sequence[str] = (),
    providers: Sequence[Provider] = (),
) -> Announced:
    """What an announcement says."""
    to = Addressees(audience=audience, party_kinds=kinds, providers=providers)
    return Announced(title=title, text=text, valid_until=valid_until, addressees=to)


def announce(
    operator: Operator, *, files: Sequence[Any] = (), at: datetime = NOON, **said: Any
) -> Announcement:
    """The branch publishes an announcement."""
    with operator.context():
        return publish_announcement(operator=operator, announced=announced(**said), files=files, at=at)


def post(
    operator: Operator,
    provider: Provider,
    *,
    title: str = "Wykaz do uzupełnienia",
    text: str = "Proszę uzupełnić wykaz.",
    files: Sequence[Any] = (),
    answers: Parcel | None = None,
    at: datetime = NOON,
) -> Parcel:
    """Send a parcel: from the branch to the provider, or from the provider to the branch."""
    with operator.context():
        return send_parcel(
            operator=operator, provider=provider, title=title, text=text, files=files, answers=answers, at=at
        )


QUESTIONS: tuple[dict[str, Any], ...] = (
    {"text": "Czy gabinet jest czynny w soboty?", "kind": "one", "choices": ["tak", "nie"]},
    {"text": "Ilu lekarzy przyjmuje?", "kind": "number"},
    {
        "text": "Które badania są na miejscu?",
        "kind": "several",
        "choices": ["EKG", "USG", "RTG"],
        "demanded": False,
    },
    {"text": "Od kiedy?", "kind": "date", "demanded": False},
    {"text": "Uwagi", "kind": "text", "demanded": False},
    {"text": "Kto odpowiada?", "kind": "text"},
)
"""One of each kind, and one that stands on the second page."""


def draft(
    operator: Operator,
    *,
    title: str = "Dostępność gabinetów",
    open_until: date = TODAY + timedelta(days=10),
    audience: str = "parties",
    providers: Sequence[Provider] = (),
    questions: Sequence[dict[str, Any]] = QUESTIONS,
) -> Survey:
    """A survey that the branch has not published."""
    with operator.context():
        survey = draft_survey(
            operator=operator,
            asked=Asked(
                title=title,
                text="Prosimy o odpowiedź.",
                open_until=open_until,
                addressees=Addressees(audience=audience, providers=providers),
            ),
            at=NOON,
        )
        for one in questions:
            add_question(operator=operator, survey=survey, **one, at=NOON)
        return survey


def ask(operator: Operator, **said: Any) -> Survey:
    """A survey that is open."""
    survey = draft(operator, **said)
    with operator.context():
        publish_survey(operator=operator, survey=survey, at=NOON)
        return Survey.objects.get(pk=survey.pk)


def questions_of(survey: Survey) -> list[SurveyQuestion]:
    """Its questions in order."""
    return list(SurveyQuestion.objects.filter(survey=survey).order_by("pk"))


def report(operator: Operator, *, text: str = "Strona się nie otwiera.", files: Sequence[Any] = ()) -> Ticket:
    """The clinic reports something to the operator of the portal."""
    with operator.context():
        return open_ticket(
            operator=operator, subject="Błąd na stronie", area="reporting", text=text, files=files, at=NOON
        )
