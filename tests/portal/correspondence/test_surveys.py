"""Surveys: drafted and published by the branch, answered page by page, fixed when their last day has passed."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from rozlicz.portal.correspondence.models import Survey, SurveyReply
from rozlicz.portal.correspondence.operations.announcements import Addressees
from rozlicz.portal.correspondence.operations.surveys import (
    Asked,
    UnableToChangeSurvey,
    UnableToReply,
    add_question,
    change_survey,
    publish_survey,
    save_reply,
    send_reply,
)
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from tests.portal.conftest import NOON, client_of
from tests.portal.correspondence.writing import TODAY, ask, draft, questions_of
from tests.portal.month import text

pytestmark = pytest.mark.django_db

LIST = "/korespondencja/ankiety/"


def one(survey: Survey) -> str:
    return f"{LIST}{survey.pk}/"


@pytest.fixture
def survey(payer_operator) -> Survey:
    """Six questions, open to all parties."""
    return ask(payer_operator)


def answers(survey: Survey, **changes: object) -> dict[int, object]:
    """Values for the six questions."""
    with acting_for_payer():
        keys = [question.pk for question in questions_of(survey)]
    names = ("choice", "number", "several", "day", "remarks", "person")
    values = {"choice": "tak", "number": 4, "several": ["EKG", "RTG"], "day": "2026-11-30", "remarks": ""}
    values |= {"person": "Anna Wrzos"} | changes
    return {key: values[name] for key, name in zip(keys, names, strict=True)}


def sent(survey: Survey, *, first: bool) -> dict[str, object]:
    """The form of the first page, or of the second."""
    every = [(f"q{key}", value) for key, value in answers(survey).items()]
    return dict(every[:5] if first else every[5:])


@pytest.mark.slow
def test_the_branch_makes_a_survey_through_its_pages(inspector, clerk):
    begun = inspector.post(
        f"{LIST}nowa/", {"title": "Godziny", "open_until": "2026-11-20", "audience": "parties"}, follow=True
    )
    [survey] = _surveys()
    assert "szkic" in text(begun)
    without_choices = inspector.post(
        f"{one(survey)}pytania/", {"text": "Czy?", "kind": "one", "choices": "tak"}
    )
    assert without_choices.status_code == 422
    assert "co najmniej dwie" in text(without_choices)
    added = inspector.post(
        f"{one(survey)}pytania/",
        {"text": "Czy?", "kind": "one", "choices": "tak\nnie", "demanded": "on"},
        follow=True,
    )
    assert "jedna z kilku: tak; nie" in text(added)
    assert clerk.get(one(survey)).status_code == 404, "a draft is the branch's own"
    assert "Godziny" not in text(clerk.get(LIST))
    done = inspector.post(f"{one(survey)}oglos/", follow=True)
    assert "Ankietę ogłoszono." in text(done)
    assert "Godziny" in text(clerk.get(LIST))
    assert "Godziny" in text(clerk.get("/pulpit/"))


def test_a_question_is_taken_out_of_a_draft_and_of_no_published_survey(payer_operator, inspector):
    survey = draft(payer_operator)
    [first, *_rest] = questions_of_now(survey)
    inspector.post(f"{one(survey)}pytania/{first.pk}/usun/")
    assert first.text not in text(inspector.get(one(survey)))
    with payer_operator.context():
        publish_survey(operator=payer_operator, survey=survey, at=NOON)
        with pytest.raises(UnableToChangeSurvey):
            add_question(operator=payer_operator, survey=survey, text="Jeszcze?", kind="text", at=NOON)
    assert inspector.post(f"{one(survey)}pytania/{first.pk}/usun/").status_code == 404


@pytest.mark.slow
def test_a_draft_is_said_otherwise_until_it_is_published(payer_operator, inspector, clerk, neighbour, clinic):
    with acting_for_payer():
        practice = Provider.objects.exclude(pk=clinic.pk).get()
    survey = draft(payer_operator, audience="providers", providers=[clinic])
    address = f"{one(survey)}popraw/"
    shown = text(inspector.get(address))
    for words in ("Dostępność gabinetów", "Prosimy o odpowiedź.", clinic.code, "2026-11-15"):
        assert words in shown, words
    said = {"title": "Godziny pracy", "text": "Do końca roku.", "open_until": "2026-11-04"}
    asked = {"audience": "providers", "providers": practice.code}
    past = inspector.post(address, said | asked)
    assert past.status_code == 422
    assert "już minął" in text(past)
    assert "Do końca roku." in text(past), "what was typed stays"
    changed = inspector.post(address, said | asked | {"open_until": "2026-12-01"}, follow=True)
    for words in ("Godziny pracy", "Do końca roku.", "1 grudnia 2026", practice.code):
        assert words in text(changed), words
    assert clinic.code not in text(changed)
    with payer_operator.context():
        publish_survey(operator=payer_operator, survey=survey, at=NOON)
    assert neighbour.get(one(survey)).status_code == 200
    assert clerk.get(one(survey)).status_code == 404, "whom the draft asks no more"
    with acting_for_provider(clinic.pk):
        assert not Survey.objects.filter(pk=survey.pk).exists(), "the database hides it too"
    assert inspector.get(address).status_code == 404
    with payer_operator.context(), pytest.raises(UnableToChangeSurvey, match="published"):
        change_survey(
            operator=payer_operator,
            survey=survey,
            asked=Asked(
                title="Inaczej", text="", open_until=TODAY, addressees=Addressees(audience="parties")
            ),
            at=NOON,
        )


def test_whom_a_draft_asks_again_is_asked_once(payer_operator, inspector, clinic):
    survey = draft(payer_operator, audience="providers", providers=[clinic])
    said = {"title": "Godziny", "open_until": "2026-12-01"}
    inspector.post(f"{one(survey)}popraw/", said | {"audience": "parties", "providers": ""})
    with acting_for_payer():
        assert [row.is_removed for row in survey.recipients.all()] == [True]
    inspector.post(f"{one(survey)}popraw/", said | {"audience": "providers", "providers": clinic.code})
    with acting_for_payer():
        assert [row.is_removed for row in survey.recipients.all()] == [False]


def test_a_survey_without_questions_or_with_a_past_day_is_not_published(payer_operator):
    empty = draft(payer_operator, questions=())
    with payer_operator.context(), pytest.raises(UnableToChangeSurvey, match="no questions"):
        publish_survey(operator=payer_operator, survey=empty, at=NOON)
    late = draft(payer_operator, open_until=TODAY)
    with payer_operator.context(), pytest.raises(UnableToChangeSurvey, match="has passed"):
        publish_survey(operator=payer_operator, survey=late, at=NOON + timedelta(days=1))


@pytest.mark.slow
def test_a_reply_is_saved_page_by_page_and_seen_by_the_branch_when_it_is_sent(
    survey, clerk, mate, inspector, neighbour
):
    assert clerk.post(f"{one(survey)}odpowiedz/1/", sent(survey, first=True)).url.endswith("/odpowiedz/2/")
    assert "EKG; RTG" in text(mate.get(one(survey))), "a colleague goes on where the clerk stopped"
    assert "30.11.2026" in text(mate.get(one(survey)))
    assert "Przychodnia Wrzosowa" not in text(inspector.get(one(survey))), "a draft is not yet an answer"
    assert "EKG" in text(clerk.get(f"{one(survey)}odpowiedz/1/"))
    last = mate.post(f"{one(survey)}odpowiedz/2/", sent(survey, first=False), follow=True)
    assert "Sprawdzenie odpowiedzi" in text(last)
    done = mate.post(f"{one(survey)}odpowiedz/", follow=True)
    assert "Odpowiedź wysłano." in text(done)
    results = text(inspector.get(one(survey)))
    for words in ("Przychodnia Wrzosowa", "Bogdan Wrzos", "suma 4, najmniej 4, najwięcej 4"):
        assert words in results, words
    assert survey.title not in text(clerk.get("/pulpit/"))
    assert survey.title in text(neighbour.get("/pulpit/"))


@pytest.mark.slow
def test_a_demanded_question_stops_the_sending_and_says_which(survey, clerk):
    clerk.post(f"{one(survey)}odpowiedz/1/", sent(survey, first=True))
    answer = clerk.post(f"{one(survey)}odpowiedz/", follow=True)
    assert "Na pytanie 6 („Kto odpowiada?”) trzeba odpowiedzieć." in text(answer)
    assert not _reply().sent_at


def test_what_was_sent_can_be_changed_until_the_last_day_but_not_emptied(survey, provider_operator, clerk):
    with provider_operator.context():
        save_reply(operator=provider_operator, survey=survey, values=answers(survey), at=NOON)
        send_reply(operator=provider_operator, survey=survey, at=NOON)
        last_day = NOON + timedelta(days=10)
        values = answers(survey, number=5)
        save_reply(operator=provider_operator, survey=survey, values=values, at=last_day)
        with pytest.raises(UnableToReply):
            save_reply(
                operator=provider_operator, survey=survey, values=answers(survey, number=None), at=last_day
            )
    number = [key for key, value in values.items() if value == 5]
    assert _reply().values[str(*number)] == 5
    emptied = clerk.post(f"{one(survey)}odpowiedz/1/", sent(survey, first=True) | {f"q{number[0]}": ""})
    assert emptied.status_code == 422


@pytest.mark.slow
def test_after_the_last_day_it_is_fixed(survey, provider_operator, monkeypatch):
    late = NOON + timedelta(days=11)
    with provider_operator.context():
        save_reply(operator=provider_operator, survey=survey, values=answers(survey), at=NOON)
        for act in (
            lambda: save_reply(operator=provider_operator, survey=survey, values={}, at=late),
            lambda: send_reply(operator=provider_operator, survey=survey, at=late),
        ):
            with pytest.raises(UnableToReply, match="was open until"):
                act()
    monkeypatch.setattr(timezone, "now", lambda: late)
    clerk = client_of(provider_operator)
    page = text(clerk.get(one(survey)))
    assert "Ankieta jest zamknięta" in page
    assert "Zmień odpowiedzi" not in page
    assert survey.title not in text(clerk.get("/pulpit/"))


@pytest.mark.parametrize(
    ("field", "typed"), [(1, "dużo"), (0, "może"), (3, "31.02.2026"), (2, ["EKG", "MRI"])]
)
def test_an_answer_of_the_wrong_kind_is_told_at_its_field_and_stays_typed(survey, clerk, field, typed):
    form = sent(survey, first=True)
    name = list(form)[field]
    answer = clerk.post(f"{one(survey)}odpowiedz/1/", form | {name: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {name}
    if isinstance(typed, str):
        assert answer.context["form"][name].value() == typed


@pytest.mark.slow
def test_a_survey_for_chosen_providers_is_theirs_alone(payer_operator, clinic, clerk, neighbour, practice):
    survey = ask(payer_operator, audience="providers", providers=[clinic])
    assert clerk.get(one(survey)).status_code == 200
    assert neighbour.get(one(survey)).status_code == 404
    assert neighbour.get(f"{one(survey)}odpowiedz/1/").status_code == 404
    with acting_for_provider(practice.pk):
        assert not Survey.objects.filter(pk=survey.pk).exists(), "the database hides it too"


@pytest.mark.slow
def test_one_provider_has_one_reply_and_nobody_sees_anothers(survey, provider_operator, stranger, neighbour):
    for operator, number in ((provider_operator, 4), (stranger, 7)):
        with operator.context():
            values = answers(survey, number=number)
            save_reply(operator=operator, survey=survey, values=values, at=NOON)
            send_reply(operator=operator, survey=survey, at=NOON)
            assert SurveyReply.objects.get(survey=survey).provider_id == operator.provider_id
    with acting_for_payer():
        assert SurveyReply.objects.count() == 2
    page = text(neighbour.get(one(survey)))
    assert "Anna Wrzos" in page, "typed by the neighbour itself as its answer"
    assert "<dd>7</dd>" in page
    assert "<dd>4</dd>" not in page


def test_the_workbook_has_a_row_for_each_provider(survey, provider_operator, inspector):
    with provider_operator.context():
        save_reply(operator=provider_operator, survey=survey, values=answers(survey, remarks="=1+1"), at=NOON)
        send_reply(operator=provider_operator, survey=survey, at=NOON)
    content = b"".join(inspector.get(f"{one(survey)}wyniki.xlsx").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    for words in ("Ilu lekarzy przyjmuje?", "050123", "EKG; RTG", "2026-11-30", "=1+1"):
        assert words in sheet, words
    assert "<f>" not in sheet, "what people typed is never a formula"


@pytest.mark.slow
def test_who_sent_a_reply_stands_apart_from_who_changed_it_last(
    survey, provider_operator, colleague, inspector, clerk
):
    with provider_operator.context():
        save_reply(operator=provider_operator, survey=survey, values=answers(survey), at=NOON)
        send_reply(operator=provider_operator, survey=survey, at=NOON)
    later = NOON + timedelta(hours=2)
    with colleague.context():
        save_reply(operator=colleague, survey=survey, values=answers(survey, number=5), at=later)
    sent, changed = "05.11.2026, 12:00", "05.11.2026, 14:00"
    page = text(inspector.get(one(survey)))
    for moment, person in ((sent, provider_operator), (changed, colleague)):
        assert f'{moment} <span class="soft">{person.full_name}</span>' in page
    own = text(clerk.get(one(survey)))
    assert f"Wysłano {sent}, {provider_operator.full_name}." in own
    assert f"Ostatnia zmiana: {changed}, {colleague.full_name}." in own
    content = b"".join(inspector.get(f"{one(survey)}wyniki.xlsx").streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    for words in (provider_operator.full_name, colleague.full_name, sent, changed):
        assert words in sheet, words


def test_questions_of_another_survey_are_not_answered_here(survey, payer_operator, provider_operator):
    other = answers(ask(payer_operator, title="Inna"))
    with provider_operator.context(), pytest.raises(KeyError):
        save_reply(operator=provider_operator, survey=survey, values=other, at=NOON)


def test_a_provider_makes_no_survey_and_the_branch_answers_none(payer_operator, provider_operator, survey):
    with pytest.raises(PermissionDenied):
        draft(provider_operator)
    with payer_operator.context(), pytest.raises(UnableToReply):
        save_reply(operator=payer_operator, survey=survey, values={}, at=NOON)


def questions_of_now(survey):
    with acting_for_payer():
        return questions_of(survey)


def _surveys() -> list[Survey]:
    with acting_for_payer():
        return list(Survey.objects.order_by("pk"))


def _reply() -> SurveyReply:
    with acting_for_payer():
        return SurveyReply.objects.get()
