"""The branch groups providers: who may act for whom, from when until when, ended at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rozlicz.portal.accounts.models import Subordination
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.browsing import table
from tests.portal.conftest import NOON, client_of
from tests.portal.month import text
from tests.portal.people import person

pytestmark = pytest.mark.django_db
PAGE = "/administracja/zwierzchnictwo/"


@pytest.fixture
def office(db):
    """The branch's desk of registrations."""
    return client_of(person(None, "rej", [Role.REGISTRATIONS]))


def grant(office, above, below, **values):
    filled = {
        "superior": above.code,
        "subordinate": below.code,
        "since": "2026-11-05",
        "until": "",
        "reason": "grupa",
    }
    return office.post(PAGE, filled | values, follow=True)


def pairs():
    with acting_for_payer():
        return list(Subordination.objects.order_by("pk"))


def test_a_provider_is_put_under_another_and_taken_away_again(office, clinic, practice):
    page = grant(office, clinic, practice)
    assert [f"{clinic.name} {clinic.code}", f"{practice.name} {practice.code}", "obowiązuje"] == table(page)[
        1
    ][:3]
    [pair] = pairs()
    ended = office.post(f"{PAGE}{pair.pk}/koniec/", {f"end{pair.pk}-reason": "rozwiązanie"}, follow=True)
    assert "Żaden podmiot nie podlega innemu." in text(ended)
    with acting_for_payer():
        entries = Entry.objects.filter(act__startswith="subordination.").order_by("pk")
        assert [(one.act, one.subject, one.reason, one.provider_id) for one in entries] == [
            ("subordination.granted", f"{clinic.code} → {practice.code}", "grupa", practice.pk),
            ("subordination.ended", f"{clinic.code} → {practice.code}", "rozwiązanie", practice.pk),
        ]


def test_ending_needs_a_reason_and_says_so_at_its_own_form(office, clinic, practice):
    grant(office, clinic, practice)
    [pair] = pairs()
    answer = office.post(f"{PAGE}{pair.pk}/koniec/", {f"end{pair.pk}-reason": ""})
    assert answer.status_code == 422
    assert "Proszę podać powód." in text(answer)
    assert pairs()[0].ended_at is None


def test_a_day_to_come_is_not_yet_in_force(office, clinic, practice):
    assert table(grant(office, clinic, practice, since="2026-12-01"))[1][2] == "jeszcze nie obowiązuje"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"superior": "999999"}, "Oddział nie zna podmiotu o takim kodzie."),
        ({"superior": "12"}, "Kod świadczeniodawcy ma sześć cyfr."),
        ({"reason": ""}, "Proszę podać powód."),
        ({"until": "2026-11-04"}, "Ostatni dzień nie może wypadać przed pierwszym"),
        ({"since": "2026-10-01", "until": "2026-11-04"}, "Ostatni dzień nie może wypadać przed pierwszym"),
    ],
    ids=["unknown", "no code", "no reason", "days turned", "over already"],
)
def test_what_is_wrong_is_told_and_nothing_is_granted(office, clinic, practice, values, sentence):
    answer = grant(office, clinic, practice, **values)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{practice.code}"' in text(answer)
    assert not pairs()


@pytest.mark.slow
def test_a_group_has_one_level_and_nobody_stands_under_oneself(office, clinic, practice):
    assert "Podmiot nie może podlegać samemu sobie." in text(grant(office, clinic, clinic))
    grant(office, clinic, practice)
    assert "podlega już temu podmiotowi" in text(grant(office, clinic, practice))
    assert "Grupa ma jeden poziom." in text(grant(office, practice, clinic))
    assert len(pairs()) == 1


def test_after_its_last_day_it_can_be_granted_anew(office, clinic, practice):
    with acting_for_payer():
        Subordination.objects.create(
            provider=clinic,
            subordinate=practice,
            since=NOON.date() - timedelta(days=40),
            until=NOON.date() - timedelta(days=10),
        )
    grant(office, clinic, practice)
    old, new = pairs()
    assert old.ended_at == NOON
    assert new.ended_at is None
