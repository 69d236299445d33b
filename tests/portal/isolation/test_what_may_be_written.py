"""Promise 6 without any page: of its own rows too, nobody writes in a table what only the branch decides."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.registration.queries import id_by_token
from rozlicz.portal.requests.models import Request
from rozlicz.portal.requests.operations import ask_to_complete, file_request
from rozlicz.portal.tenancy import acting_for_applicant, acting_for_payer, acting_for_provider
from tests.portal.conftest import NOON
from tests.portal.registration.conftest import applicant, filed, quick_hashes, regulations
from tests.portal.registration.filling import Applicant
from tests.portal.requests.filling import draft, ready

__all__ = ["applicant", "filed", "quick_hashes", "regulations"]
pytestmark = pytest.mark.django_db

NO_RIGHT, OTHER_STATE, NOT_SEEN = "permission denied", "Cannot update rows", "0 rows"
NOT_ALLOWED = "new row violates row-level security policy"
DONE = "1 rows"


def told(statement: str) -> str:
    """How many rows a statement changed, or why it was refused; nothing of it stays."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            answer = f"{cursor.rowcount} rows"
            transaction.set_rollback(True)
            return answer
    except DatabaseError as error:
        return str(error)


@pytest.fixture
def request_of(provider_operator: Operator, payer_operator: Operator) -> Request:
    """A provider's draft."""
    values = ready("installation", provider_operator, payer_operator)
    return draft("installation", provider_operator, values)


@pytest.mark.parametrize(
    ("change", "answers"),
    [
        ("fields = '{}', version = version + 1", (DONE, OTHER_STATE, DONE)),
        ("state = 'withdrawn'", (DONE, DONE, DONE)),
        ("state = 'filed', filed_on = '2026-11-22', answer_by = '2026-12-06'", (DONE, OTHER_STATE, DONE)),
        ("state = 'withdrawn', fields = '{}'", (DONE, OTHER_STATE, DONE)),
        ("state = 'draft'", (DONE, OTHER_STATE, DONE)),
        ("answer_by = '2030-01-01'", (DONE, OTHER_STATE, DONE)),
        ("state = 'accepted', filed_on = '2026-11-22'", (NOT_ALLOWED, OTHER_STATE, NOT_ALLOWED)),
        ("state = 'refused', filed_on = '2026-11-22'", (NOT_ALLOWED, OTHER_STATE, NOT_ALLOWED)),
        ("outcome = '{}'", (NO_RIGHT, NO_RIGHT, NO_RIGHT)),
        ("paper_on = '2026-11-22'", (NO_RIGHT, NO_RIGHT, NO_RIGHT)),
        ("decided_at = now()", (NO_RIGHT, NO_RIGHT, NO_RIGHT)),
        ("kind = 'shift'", (NO_RIGHT, NO_RIGHT, NO_RIGHT)),
        ("number = 'W/1'", (NO_RIGHT, NO_RIGHT, NO_RIGHT)),
    ],
)
def test_a_provider_brings_its_request_only_where_a_provider_may(
    request_of: Request, payer_operator: Operator, change: str, answers: tuple[str, str, str]
) -> None:
    drafted, handed_in, given_back = answers
    provider_operator = request_of.drafted_by
    statement = f"update requests_request set {change} where id = {request_of.pk}"
    with provider_operator.context():
        assert drafted in told(statement)
        file_request(operator=provider_operator, request=request_of, at=NOON)
        assert handed_in in told(statement)
    with payer_operator.context():
        ask_to_complete(operator=payer_operator, request=request_of, missing="Wersja programu.", at=NOON)
    with provider_operator.context():
        assert given_back in told(statement)


@pytest.mark.parametrize("state", ["accepted", "refused", "revoked", "withdrawn"])
def test_a_settled_request_stays_as_it_is(request_of: Request, state: str) -> None:
    with acting_for_payer():
        Request.objects.filter(pk=request_of.pk).update(state=state, filed_on=NOON.date())
    with acting_for_provider(request_of.provider_id):
        for change in ("fields = '{}'", "state = 'draft'", "state = 'withdrawn'"):
            assert told(f"update requests_request set {change} where id = {request_of.pk}") == NOT_SEEN


def test_a_request_begins_as_a_draft_and_its_history_is_the_providers_own(request_of: Request) -> None:
    copied = (
        "provider_id, '{0}', kind, '{1}', 1, fields, outcome, drafted_at, drafted_by_id, changed_at, filed_on"
    )
    columns = copied.format("number", "state").replace("'", "").replace(" 1,", " version,")
    step = (
        "insert into requests_step (provider_id, request_id, at, transition, state, who, of_branch, reason)"
    )
    with acting_for_provider(request_of.provider_id):
        for state, answer in (("draft", DONE), ("filed", NOT_ALLOWED), ("accepted", NOT_ALLOWED)):
            values = copied.format(f"W/{state}", state)
            insertion = f"insert into requests_request ({columns}) select {values} from requests_request"
            assert answer in told(insertion), state
        for transition, state, of_branch, answer in (
            ("file", "filed", "false", DONE),
            ("accept", "accepted", "false", NOT_ALLOWED),
            ("file", "filed", "true", NOT_ALLOWED),
        ):
            said = f"now(), '{transition}', '{state}', 'Anna', {of_branch}, ''"
            values = f"select provider_id, id, {said} from requests_request"
            assert answer in told(f"{step} {values}"), (transition, of_branch)


def test_files_come_and_go_only_while_the_request_is_with_the_applicant(
    request_of: Request, provider_operator: Operator
) -> None:
    insertion = (
        "insert into requests_attachment"
        " (provider_id, request_id, kind, added_at, file, file_name, sha256, size, content_type)"
        " select provider_id, id, 'other', now(), 'aa', 'a.pdf', 'aa', 1, 'application/pdf' from requests_request"
    )
    taking_off = "update requests_attachment set taken_off_at = now()"
    with provider_operator.context():
        with connection.cursor() as cursor:
            cursor.execute(insertion)
        assert told(taking_off) == DONE
        assert NO_RIGHT in told("update requests_attachment set file = 'bb'")
        file_request(operator=provider_operator, request=request_of, at=NOON)
        assert NOT_ALLOWED in told(insertion)
        assert told(taking_off) == NOT_SEEN


def test_nothing_is_hung_on_a_neighbours_request(request_of: Request, stranger: Operator) -> None:
    """A foreign key alone is checked with the owner's right, and would let it pass."""
    with acting_for_provider(stranger.provider_id):
        for table, columns, values in (
            (
                "requests_step",
                "at, transition, state, who, of_branch, reason",
                "now(), 'file', 'filed', '', false, ''",
            ),
            (
                "requests_attachment",
                "kind, added_at, file, file_name, sha256, size, content_type",
                "'other', now(), 'aa', 'a.pdf', 'aa', 1, 'application/pdf'",
            ),
        ):
            answer = told(
                f"insert into {table} (provider_id, request_id, {columns})"
                f" values ({stranger.provider_id}, {request_of.pk}, {values})"
            )
            assert NOT_ALLOWED in answer, table


@pytest.mark.parametrize(
    ("change", "drafted", "handed_in"),
    [
        ("answers = '{}'", DONE, OTHER_STATE),
        ("password_hash = 'x'", DONE, OTHER_STATE),
        ("issued_sha256 = 'x'", DONE, OTHER_STATE),
        ("paper_arrived_on = '2026-11-22'", OTHER_STATE, OTHER_STATE),
        ("state = 'to_complete'", OTHER_STATE, OTHER_STATE),
        ("state = 'refused', password_hash = ''", OTHER_STATE, OTHER_STATE),
        ("state = 'expired', password_hash = ''", OTHER_STATE, OTHER_STATE),
        ("paper_due_on = '2026-12-06'", DONE, DONE),
        ("given_code = '050001'", NO_RIGHT, NO_RIGHT),
        ("steps_to_complete = '{party}'", NO_RIGHT, NO_RIGHT),
        ("regulations_version = '2020-01-01'", DONE, OTHER_STATE),
    ],
)
def test_an_applicant_decides_nothing_about_its_registration(
    applicant: Applicant, change: str, drafted: str, handed_in: str
) -> None:
    statement = f"update registration_registration set {change}"
    applicant.fill()
    key = id_by_token(applicant.token)
    with acting_for_applicant(key):
        assert drafted in told(statement)
    applicant.file()
    with acting_for_applicant(key):
        assert handed_in in told(statement)


@pytest.mark.parametrize("state", ["refused", "expired"])
def test_a_registration_that_is_over_stays_as_it_is(filed: Applicant, state: str) -> None:
    key = id_by_token(filed.token)
    with acting_for_payer():
        Registration.objects.filter(pk=key).update(state=state, password_hash="")
    with acting_for_applicant(key):
        for change in ("state = 'filed'", "touched_at = now()"):
            assert OTHER_STATE in told(f"update registration_registration set {change}")


@pytest.mark.slow
def test_a_signed_paper_is_added_to_the_issued_document_alone(applicant: Applicant) -> None:
    key = id_by_token(applicant.token)
    insertion = (
        "insert into registration_paper"
        " (registration_id, kind, issued_sha256, signatures, sent_at, file, file_name, sha256, size, content_type)"
        " select id, 'signed', {0}, '[]', now(), 'aa', 'a.pdf', 'aa', 1, 'application/pdf'"
        " from registration_registration"
    )
    with acting_for_applicant(key):
        assert NOT_ALLOWED in told(insertion.format("issued_sha256"))
    applicant.fill().file()
    with acting_for_applicant(key):
        assert told(insertion.format("issued_sha256")) == DONE
        assert NOT_ALLOWED in told(insertion.format("'of another issue'"))


def test_the_door_begins_registrations_as_drafts(regulations: object) -> None:
    insertion = (
        "insert into registration_registration (token_hash, state, regulations_version, answers, password_hash,"
        " started_at, touched_at, filed_at, issued_file, issued_sha256, steps_to_complete, remark, given_code)"
        " values ('x', '{0}', '2026-09-01', '{{}}', '', now(), now(), now(), 'aa', '', '{{}}', '', '')"
    )
    assert told(insertion.format("draft")) == DONE
    assert NOT_ALLOWED in told(insertion.format("filed"))
