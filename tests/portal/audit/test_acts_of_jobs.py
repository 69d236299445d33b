"""What the portal does by itself, at night: each act is kept with the rows that it changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.changes import changes_of
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.registration.decisions import expire_drafts
from rozlicz.portal.registration.models import Registration
from rozlicz.portal.requests.operations import revoke_without_paper
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON
from tests.portal.requests.filling import accepted

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_what_is_taken_back_for_a_missing_paper_shows_the_account_that_was_blocked(
    provider_operator: Operator, payer_operator: Operator
) -> None:
    accepted("administrator", provider_operator, payer_operator)
    late = NOON + timedelta(days=30)
    assert revoke_without_paper(today=warsaw_day(late), at=late) == 1
    with payer_operator.context():
        entry = Entry.objects.get(act="operator.blocked")
        changed = {
            field.name for change in changes_of(payer_operator, entry).shown for field in change.fields
        }
        together = Entry.objects.filter(change=entry.change).exclude(pk=entry.pk)
        assert {"request.revoked"} == set(together.values_list("act", flat=True))
    assert {"czynne", "powód blokady"} <= changed
    assert entry.address is None


def test_two_drafts_of_one_night_are_two_acts_each_with_its_own_rows(payer_operator: Operator) -> None:
    old = NOON - timedelta(days=60)
    with acting_for_payer():
        for mark in ("a", "b"):
            Registration.objects.create(
                token_hash=mark * 64, regulations_version=NOON.date(), started_at=old, touched_at=old
            )
        assert expire_drafts(at=NOON) == 2
        keys = {entry.change for entry in Entry.objects.filter(act="registration.expired")}
        assert len(keys - {None}) == 2
        for entry in Entry.objects.filter(act="registration.expired"):
            assert len(changes_of(payer_operator, entry).shown) == 1
