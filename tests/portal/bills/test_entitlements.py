"""On which documents a template rests: those of the newest accepted version of each service it holds."""

from __future__ import annotations

from datetime import date

import pytest

from rozlicz.kernel.months import Month
from rozlicz.messages.services import Entitlement
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.bills.queries import entitlements_of, first_service_of
from tests.portal.test_road import send, settle
from tests.reporting import PERSON_FROM_GERMANY, Reported

pytestmark = pytest.mark.django_db


def visit(service: str, version: int, until: str, day: str = "2026-10-05") -> Reported:
    card = Entitlement(
        basis="2",
        document="EKUZ",
        number="80276001234567890123",
        country="DE",
        valid_from="2026-01-01",
        valid_to=until,
    )
    return Reported(
        service_id=service, version=version, day=day, entitlement=card, patient=PERSON_FROM_GERMANY
    )


@pytest.mark.slow
def test_a_corrected_card_is_asked_for_as_it_is_now(provider_operator: Operator) -> None:
    send(provider_operator, [visit("S1", 1, "2026-10-31"), Reported(service_id="S2")])
    general, personal = settle(provider_operator, Month(2026, 10))
    send(provider_operator, [visit("S1", 2, "2026-12-31")], generation=2)
    # a version that is refused changes nothing
    send(provider_operator, [visit("S1", 3, "2026-10-01")], generation=3)
    with provider_operator.context():
        [card] = entitlements_of(personal)
        assert (card.number, card.valid_to) == ("80276001234567890123", date(2026, 12, 31))
        assert (card.services_from, card.services_to) == (date(2026, 10, 5), date(2026, 10, 5))
        assert entitlements_of(general) == []
        assert first_service_of(personal) == date(2026, 10, 5)
