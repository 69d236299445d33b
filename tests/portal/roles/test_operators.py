"""What an administrator does to accounts: adding, roles, blocking, temporary passwords; all of it recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operators import (
    UnableToChangeOperator,
    block_operator,
    enrol_operator,
    give_roles,
    set_temporary_password,
    unblock_operator,
)
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.audit.models import Entry
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON, PASSWORD, client_of
from tests.portal.people import as_stored, person

pytestmark = pytest.mark.django_db


def acts() -> list[tuple[str, str, str]]:
    """What the book of acts holds of operators: the act, of whom, why."""
    with acting_for_payer():
        found = Entry.objects.filter(act__startswith="operator.").order_by("pk")
        return [(one.act, one.subject, one.reason) for one in found]


def enrol(administrator: Operator, **values: object) -> Operator:
    filled = {
        "user_name": "nowa",
        "full_name": "Nina Nowa",
        "roles": [Role.REPORTING],
        "password": PASSWORD,
        "at": NOON,
    } | values
    with administrator.context():
        return enrol_operator(operator=administrator, **filled)  # type: ignore[arg-type]


def test_p2_an_added_operator_has_a_temporary_password_for_the_policys_days(administrator):
    added = as_stored(enrol(administrator))
    assert added.login == f"{administrator.party_code}/nowa"
    assert added.provider_id == administrator.provider_id
    assert added.temporary_until == NOON + timedelta(days=14)
    assert added.check_password(PASSWORD)
    assert acts() == [("operator.added", f"{added.login}: Sprawozdawczość", "")]


def test_p1_a_user_name_is_unique_within_the_party_and_free_in_another(administrator, stranger):
    enrol(administrator)
    with pytest.raises(UnableToChangeOperator, match="taken"):
        enrol(administrator)
    assert enrol(stranger).login != as_stored(administrator).login
    assert len(acts()) == 2


@pytest.mark.parametrize("role", [Role.SIMP_USER, Role.PAYMENTS])
def test_r32_an_operator_is_not_added_with_a_role_that_is_not_given_by_hand(administrator, role):
    with pytest.raises(UnableToChangeOperator):
        enrol(administrator, roles=[role])
    assert acts() == []


def test_roles_change_with_a_reason_and_those_by_request_stay(administrator, clinic):
    simp = person(clinic, "simp", [Role.SIMP_USER, Role.REPORTING])
    with administrator.context():
        give_roles(operator=administrator, account=simp, roles={Role.BILLING}, reason="zastępstwo", at=NOON)
    assert set(as_stored(simp).roles) == {Role.SIMP_USER, Role.BILLING}
    assert acts() == [
        ("operator.roles_changed", f"{simp.login}: +Rozliczenia i rachunki, −Sprawozdawczość", "zastępstwo")
    ]


def test_what_has_changed_meanwhile_is_looked_at_again(administrator, reporter):
    with administrator.context(), pytest.raises(UnableToChangeOperator, match="meanwhile"):
        give_roles(
            operator=administrator,
            account=reporter,
            roles={Role.SIGNING},
            before={Role.BILLING},
            reason="",
            at=NOON,
        )
    assert as_stored(reporter).roles == [Role.REPORTING]


def test_nothing_is_recorded_where_nothing_changes(administrator, reporter):
    with administrator.context():
        give_roles(operator=administrator, account=reporter, roles={Role.REPORTING}, reason="x", at=NOON)
    assert acts() == []


def test_a_blocked_account_loses_its_sessions_for_good(administrator, reporter):
    browser = client_of(reporter)
    assert browser.get("/pulpit/").status_code == 200
    with administrator.context():
        block_operator(operator=administrator, account=reporter, reason="odejście", at=NOON)
    assert browser.get("/pulpit/").status_code == 302
    assert as_stored(reporter).blocked_reason == "odejście"
    with administrator.context():
        unblock_operator(
            operator=administrator, account=reporter, password=PASSWORD, reason="powrót", at=NOON
        )
    assert browser.get("/pulpit/").status_code == 302
    opened = as_stored(reporter)
    assert (opened.is_active, opened.temporary_until) == (True, NOON + timedelta(days=14))
    assert [(act, why) for act, _of, why in acts()] == [
        ("operator.blocked", "odejście"),
        ("operator.unblocked", "powrót"),
        ("operator.password_given", "powrót"),
    ]


def test_a_temporary_password_ends_all_sessions_and_must_be_changed(administrator, reporter):
    browser = client_of(reporter)
    with administrator.context():
        set_temporary_password(
            operator=administrator, account=reporter, password=PASSWORD, reason="zapomniane", at=NOON
        )
    assert browser.get("/pulpit/").status_code == 302
    assert as_stored(reporter).temporary_until == NOON + timedelta(days=14)
    assert acts() == [("operator.password_given", reporter.login, "zapomniane")]


def test_nobody_blocks_oneself_or_gives_oneself_a_password(administrator, clinic):
    person(clinic, "druga", [Role.ADMINISTRATOR])
    with administrator.context():
        with pytest.raises(UnableToChangeOperator, match="oneself"):
            block_operator(operator=administrator, account=administrator, reason="x", at=NOON)
        with pytest.raises(UnableToChangeOperator, match="own"):
            set_temporary_password(
                operator=administrator, account=administrator, password=PASSWORD, reason="x", at=NOON
            )


def test_a_blocked_administrator_does_not_count_as_one_who_stays(administrator, clinic):
    other = person(clinic, "druga", [Role.ADMINISTRATOR])
    with administrator.context():
        block_operator(operator=administrator, account=other, reason="x", at=NOON)
        with pytest.raises(UnableToChangeOperator, match="last administrator"):
            give_roles(operator=administrator, account=administrator, roles=set(), reason="x", at=NOON)


def test_the_branch_may_block_a_providers_last_administrator_and_replace_it(
    branch_administrator, administrator, reporter
):
    with branch_administrator.context():
        give = {"operator": branch_administrator, "account": reporter, "reason": "wniosek", "at": NOON}
        with pytest.raises(UnableToChangeOperator, match="only when"):
            give_roles(roles={Role.REPORTING, Role.ADMINISTRATOR}, **give)
        block_operator(operator=branch_administrator, account=administrator, reason="brak papieru", at=NOON)
        give_roles(roles={Role.REPORTING, Role.ADMINISTRATOR}, **give)
    assert Role.ADMINISTRATOR in as_stored(reporter).roles


@pytest.mark.slow
@pytest.mark.parametrize("roles", [[Role.REPORTING], [Role.READ_ONLY, Role.SIMP_ADMINISTRATOR], []])
def test_without_the_right_nothing_happens_to_any_account(clinic, reporter, roles):
    without = person(clinic, "bez", roles)
    about = {"operator": without, "account": reporter, "reason": "x", "at": NOON}
    with without.context():
        for act in (
            lambda: give_roles(roles={Role.BILLING}, **about),
            lambda: block_operator(**about),
            lambda: unblock_operator(password=PASSWORD, **about),
            lambda: set_temporary_password(password=PASSWORD, **about),
        ):
            with pytest.raises(PermissionDenied):
                act()
        with pytest.raises(PermissionDenied):
            enrol(without)
    assert acts() == []


def test_a_strangers_administrator_reaches_no_account(stranger, reporter):
    with stranger.context(), pytest.raises(PermissionDenied):
        block_operator(operator=stranger, account=reporter, reason="x", at=NOON)
    assert as_stored(reporter).is_active
