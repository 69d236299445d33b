"""What stands in the addresses of correspondence, for the permission table."""

from __future__ import annotations

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.correspondence.operations.documents import publish_shipped_documents
from rozlicz.portal.correspondence.operations.surveys import save_reply
from tests.portal.conftest import NOON
from tests.portal.correspondence.writing import announce, ask, draft, pdf, post, questions_of, report


def of_correspondence(clerk: Operator, inspector: Operator) -> dict[str, list[object]]:
    """A public announcement, the documents, and a parcel, a survey and a report to the operator of the clinic."""
    clinic = clerk.provider
    announcement = announce(inspector, files=[pdf()])
    parcel = post(inspector, clinic, files=[pdf()])
    survey = ask(inspector, audience="providers", providers=[clinic])
    drafted = draft(inspector)
    ticket = report(clerk, files=[pdf()])
    with clerk.context():
        first, number, *_rest, last = questions_of(survey)
        values = {first.pk: "tak", number.pk: 3, last.pk: "Anna Wrzos"}
        save_reply(operator=clerk, survey=survey, values=values, at=NOON)
    with inspector.context():
        [document, *_more] = publish_shipped_documents(at=NOON)
        attached = announcement.current.files.get()
        screenshot = ticket.posts.get().files.get()
        sent = parcel.files.get()
        question = questions_of(drafted)[0]
    about_one = {
        "announcement": ("", "_pdf", "_correct", "_withdraw"),
        "parcel": ("", "_answer", "_receipt", "_archive", "_take_back"),
        "survey": ("", "_results_xlsx", "_check"),
        "ticket": ("", "_post", "_answer"),
    }
    keys = {"announcement": announcement.pk, "parcel": parcel.pk, "survey": survey.pk, "ticket": ticket.pk}
    usual: dict[str, list[object]] = {
        f"{name}{end}": [keys[name]] for name, ends in about_one.items() for end in ends
    }
    return usual | {
        "announcement_file": [announcement.pk, attached.pk],
        "document": [document.pk],
        "help_page": ["logowanie"],
        "help_pdf": ["logowanie"],
        "parcel_file": [parcel.pk, sent.pk],
        "survey_reply": [survey.pk, 1],
        "survey_change": [drafted.pk],
        "survey_question_add": [drafted.pk],
        "survey_question_remove": [drafted.pk, question.pk],
        "survey_publish": [drafted.pk],
        "ticket_file": [ticket.pk, screenshot.pk],
    }
