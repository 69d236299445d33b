"""A lost second factor is reset by an administrator, with a reason, and by nobody else."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.accounts.second_factor.operations import (
    UnableToResetSecondFactor,
    keep_recovery_codes,
    reset_second_factor,
)
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.clock import now
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from tests.portal.accounts.conftest import change, log_in
from tests.portal.accounts.second_factor.conftest import (
    SECOND_STEP,
    SET_UP,
    factors_of,
    half_logged_in,
    set_up_application,
)
from tests.portal.conftest import client_of, give_second_factor

pytestmark = pytest.mark.django_db
WHY = "Telefon wpadł do jeziora; sprawdzono przez oddzwonienie."


def address(of: Operator) -> str:
    return reverse("second_factor_reset", args=[of.pk])


def has_one(operator: Operator) -> bool:
    return bool(factors_of(operator))


@pytest.fixture
def lost(colleague: Operator) -> Operator:
    """The colleague, whose telephone is gone."""
    return give_second_factor(colleague)


def test_the_providers_administrator_resets_it_with_a_reason(clerk: Client, lost: Operator) -> None:
    page = clerk.get(address(lost)).content.decode()
    assert "aplikacja, kody zapasowe" in page
    assert "wszystkie sesje tej osoby zakończą się od razu" in page
    answer = clerk.post(address(lost), {"reason": WHY}, follow=True)
    assert f"Wyzerowano drugi składnik konta {lost.login}" in answer.content.decode()
    assert not has_one(lost)
    with acting_for_payer():
        entry = Entry.objects.get(act="second_factor.reset")
    assert (entry.subject, entry.reason, entry.provider_id) == (lost.login, WHY, lost.provider_id)
    assert entry.login.endswith("/awrzos")


def test_without_a_reason_nothing_happens(clerk: Client, lost: Operator) -> None:
    for reason in ("", "   "):
        assert clerk.post(address(lost), {"reason": reason}).status_code == 422
    assert has_one(lost)


@pytest.mark.slow
def test_all_sessions_end_at_once(clerk: Client, lost: Operator) -> None:
    open_ones = [client_of(lost), client_of(lost)]
    assert all(client.get("/pulpit/").status_code == 200 for client in open_ones)
    clerk.post(address(lost), {"reason": WHY})
    for client in open_ones:
        assert client.get("/konto/")["Location"].startswith("/logowanie/")
        assert client.get("/pulpit/")["Location"].startswith("/logowanie/")


@pytest.mark.slow
def test_who_was_at_the_second_step_begins_anew(clerk: Client, lost: Operator) -> None:
    half = half_logged_in(lost)
    clerk.post(address(lost), {"reason": WHY})
    assert half.get("/pulpit/")["Location"].startswith("/logowanie/")
    assert half.get("/logowanie/", follow=True).status_code == 200
    assert log_in(half, lost.login)["Location"] == "/pulpit/"


@pytest.mark.slow
def test_the_person_is_told_and_sets_up_a_new_one_at_once(
    window: Client, clerk: Client, lost: Operator
) -> None:
    """No days of grace begin, although the account was added today."""
    clerk.post(address(lost), {"reason": WHY})
    assert log_in(window, lost.login).status_code == 302
    assert window.get("/pulpit/")["Location"] == SET_UP
    page = window.get(SET_UP).content.decode()
    assert "Administrator wyzerował drugi składnik tego konta" in page
    assert WHY in page
    set_up_application(window)
    window.post(reverse("second_factor_codes_kept"))
    assert window.get("/pulpit/").status_code == 200
    assert WHY not in window.get(SET_UP).content.decode()


def test_nobody_resets_that_of_oneself(clerk: Client, provider_operator: Operator) -> None:
    assert "robi to inny administrator" in clerk.get(address(provider_operator)).content.decode()
    assert clerk.post(address(provider_operator), {"reason": WHY}).status_code == 422
    assert has_one(provider_operator)


def test_it_needs_the_right(lost: Operator, provider_operator: Operator) -> None:
    change(provider_operator, roles=[Role.BILLING, Role.READ_ONLY])
    provider_operator.refresh_from_db()
    client = client_of(provider_operator)
    assert client.get(address(lost)).status_code == 403
    assert client.post(address(lost), {"reason": WHY}).status_code == 403
    with provider_operator.context(), pytest.raises(PermissionDenied):
        reset_second_factor(operator=provider_operator, of=lost, reason=WHY, at=now())
    assert has_one(lost)


def test_a_strangers_operator_does_not_exist(lost: Operator, stranger: Operator) -> None:
    client = client_of(stranger)
    assert client.get(address(lost)).status_code == 404
    assert client.post(address(lost), {"reason": WHY}).status_code == 404
    with stranger.context(), pytest.raises(UnableToResetSecondFactor, match="another party"):
        reset_second_factor(operator=stranger, of=lost, reason=WHY, at=now())
    assert has_one(lost)


def test_the_branch_resets_that_of_a_providers_administrator_and_of_its_own(
    inspector: Client, lost: Operator
) -> None:
    colleague_of_inspector = Operator(party_code="050000", user_name="drugi", login="050000/drugi")
    with acting_for_payer():
        colleague_of_inspector.save()
    give_second_factor(colleague_of_inspector)
    for of in (lost, colleague_of_inspector):
        assert inspector.post(address(of), {"reason": WHY}).status_code == 302
        assert not has_one(of)


def test_the_branch_leaves_a_providers_other_operators_to_its_administrator(
    inspector: Client, lost: Operator
) -> None:
    change(lost, roles=[Role.BILLING])
    assert "zeruje administrator jego świadczeniodawcy" in inspector.get(address(lost)).content.decode()
    assert inspector.post(address(lost), {"reason": WHY}).status_code == 422
    assert has_one(lost)


@pytest.mark.slow
def test_a_reset_of_what_is_not_set_up_still_ends_the_days_of_grace(
    clerk: Client, window: Client, colleague: Operator
) -> None:
    assert clerk.post(address(colleague), {"reason": WHY}).status_code == 302
    assert log_in(window, colleague.login)["Location"] != SECOND_STEP
    assert window.get("/pulpit/")["Location"] == SET_UP


# What the database itself allows


def refused_by_the_database(query: str) -> bool:
    with connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(query)
        except ProgrammingError as error:
            return "permission denied" in str(error)
    return False


def test_no_acting_role_reads_a_secret(lost: Operator) -> None:
    for context in (acting_for_payer(), acting_for_provider(lost.provider_id)):
        with context:
            assert refused_by_the_database("select data from mfa_authenticator")
            assert refused_by_the_database("update mfa_authenticator set data = '{}'")
            assert refused_by_the_database("insert into mfa_authenticator (user_id) values (1)")


def test_a_provider_sees_and_takes_away_only_what_belongs_to_its_operators(
    lost: Operator, stranger: Operator, payer_operator: Operator
) -> None:
    give_second_factor(stranger)
    with acting_for_provider(lost.provider_id):
        seen = set(Authenticator.objects.values_list("user_id", flat=True))
        Authenticator.objects.all().delete()
    assert seen == {lost.pk}
    assert not has_one(lost)
    assert has_one(stranger)
    assert has_one(payer_operator)


def test_codes_that_are_not_there_cannot_be_kept(colleague: Operator) -> None:
    keep_recovery_codes(operator=colleague, at=now())
    assert not has_one(colleague)
    with acting_for_payer():
        assert not Entry.objects.filter(act="second_factor.codes_kept").exists()


def test_the_page_of_an_operator_offers_no_reset_of_what_is_not_set_up(
    clerk: Client, colleague: Operator
) -> None:
    page = reverse("operator", args=[colleague.pk])
    assert address(colleague) not in clerk.get(page).content.decode()
    give_second_factor(colleague)
    assert address(colleague) in clerk.get(page).content.decode()
