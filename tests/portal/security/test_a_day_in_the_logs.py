"""Promise 7: a whole day, right and wrong, and neither a patient nor a secret in what is written beside the books."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from rozlicz.messages.services import Patient
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.house.logs import WithoutRows
from rozlicz.portal.reports.jobs import verify
from rozlicz.portal.reports.models import Report
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.accounts.conftest import log_in
from tests.portal.api.program import Program, a_token
from tests.portal.conftest import PASSWORD, code_of
from tests.reporting import Reported, pesel, report

pytestmark = pytest.mark.django_db
PATIENT = pesel(1)
WRONG_PATIENT = PATIENT[:-1] + str((int(PATIENT[-1]) + 1) % 10)
GUESSED = "Zgadywane!7"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that any logger says, at the levels at which the portal and its libraries may be set to speak."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(WithoutRows(settings.LOGGING["formatters"]["line"]["fmt"]))
    quiet = {"django.template", "django.db.backends", "django.utils.autoreload"}
    loggers = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
    former = [(one, one.level) for one in loggers]
    for one in loggers:
        one.setLevel(logging.INFO if one.name in quiet else logging.DEBUG)
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)
    for one, level in former:
        one.setLevel(level)


def broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """The database refuses to store positions."""
    return execute(sql.replace("reports_position", "no_such_table"), params, many, context)


@pytest.mark.slow
def test_neither_patients_nor_secrets_are_written_beside_the_books(
    noon: None, log: io.StringIO, provider_operator: Operator
) -> None:
    window = Client(raise_request_exception=False)
    secrets = [PASSWORD, GUESSED, PATIENT, WRONG_PATIENT]
    log_in(window, provider_operator.login, GUESSED)
    log_in(window, provider_operator.login)
    code = code_of(provider_operator)
    window.post("/konto/drugi-skladnik/logowanie/", {"code": "000000"})
    window.post("/konto/drugi-skladnik/logowanie/", {"code": code})
    secrets += [code, window.session.session_key]
    assert window.get("/pulpit/").status_code == 200, "we are in"

    wrong = Patient(id=WRONG_PATIENT)
    services = [Reported(service_id="S1"), Reported(service_id="S2", patient=wrong)]
    for content in (report(services), report(services)[:-200], f"<pacjent pesel='{PATIENT}'>".encode()):
        window.post(reverse("report_send"), {"file": SimpleUploadedFile("raport.swx", content)})
    with acting_for_payer():
        sent = list(Report.objects.order_by("pk").values_list("provider_id", "pk"))
    with connection.execute_wrapper(broken), pytest.raises(Exception, match="no_such_table"):
        verify(provider_id=sent[0][0], report_id=sent[0][1])
    for provider_id, report_id in sent:
        verify(provider_id=provider_id, report_id=report_id)
    window.get(reverse("report_record", args=[sent[0][1], 2]))
    window.get(f"/umowy/{PATIENT}9999999999/")

    program = Program(a_token(provider_operator).secret)
    secrets.append(program.headers["Authorization"].removeprefix("Bearer "))
    program.post("/settlements", {"contract": PATIENT, "month": PATIENT})
    program.post("/reports", report(services), content_type="application/xml")
    Program("rzl_wrong").get("/reports")
    window.post("/wylogowanie/")

    written = log.getvalue() + everything_kept_beside_the_books()
    assert "reports.verify" in written, "what is kept is looked at"
    asked = [line for line in log.getvalue().splitlines() if f"/umowy/{PATIENT}" in line]
    assert asked, "the log is heard"
    for line in asked:
        written = written.replace(line, "")  # what somebody types into the address bar is not ours
    assert [secret for secret in secrets if secret in written] == []


def everything_kept_beside_the_books() -> str:
    """Jobs with their arguments, the book of acts, who changed what, limits and used codes, as text."""
    kept = []
    for table in ("procrastinate_jobs", "procrastinate_events", "house_cache", "accounts_throttle"):
        kept.append(table)
        with connection.cursor() as cursor:
            cursor.execute(f"select t::text from {table} t")
            kept += [row for (row,) in cursor.fetchall()]
    with acting_for_payer(), connection.cursor() as cursor:
        for table in ("audit_entry", "pghistory_context", "accounts_operatorevent"):
            cursor.execute(f"select t::text from {table} t")
            kept += [row for (row,) in cursor.fetchall()]
    return "\n".join(kept)
