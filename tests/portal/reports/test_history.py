"""What was reported before, asked with texts that no array, string or pattern of the database likes."""

from __future__ import annotations

import polars as pl
import pytest
from django.db import connection

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.reports.history import ReportedBefore, array_text
from rozlicz.portal.tenancy import acting_for_provider
from tests.portal.reports.sending import message, verified
from tests.reporting import Reported

ODD = ('"', "\\", 'a"b\\"c', "NULL", "null", "", "{a,b}", "a,b", " ", "'", "%s", "$1", "ł\u2003\x1f", "{}")


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [ODD, ()])
def test_any_texts_arrive_in_the_database_as_they_are(texts: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select unnest(%s::text[])", [array_text(pl.Series(texts, dtype=pl.String))])
        assert tuple(text for (text,) in cursor.fetchall()) == texts


@pytest.mark.slow
@pytest.mark.django_db
def test_asking_for_odd_identifiers_finds_the_services_that_were_accepted(
    provider_operator: Operator,
) -> None:
    verified(provider_operator, message(Reported(service_id="S1"), Reported(service_id="NULL")))
    provider_id = provider_operator.provider_id
    with acting_for_provider(provider_id):
        history = ReportedBefore(provider_id=provider_id, report_id=10**9)
        known = history.latest_versions(pl.Series([*ODD, "S1", None], dtype=pl.String))
        same = history.same_service(
            pl.DataFrame({"row": range(len(ODD)), "key": ODD}, schema={"row": pl.Int64, "key": pl.String})
        )
    assert sorted(known.rows()) == [("NULL", 1), ("S1", 1)]
    assert same.is_empty()
