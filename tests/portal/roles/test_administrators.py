"""What an administrator cannot do: to the branch's decisions, without the right, at the same time as another."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from rozlicz.portal.accounts.administration.queries import (
    administrators_of,
    has_lost_its_administrators,
    parties_found,
)
from rozlicz.portal.accounts.granting import block_by_itself
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operators import (
    UnableToChangeOperator,
    block_operator,
    correct_operator,
    enrol_operator,
    give_roles,
    set_temporary_password,
    unblock_operator,
)
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.accounts.second_factor.operations import reset_second_factor
from rozlicz.portal.providers.models import Provider
from rozlicz.portal.providers.parties import suspend_party
from rozlicz.portal.tenancy import acting_for_payer
from tests.portal.conftest import NOON, PASSWORD, client_of
from tests.portal.people import as_stored, person

pytestmark = pytest.mark.django_db


def unblock(by: Operator, account: Operator) -> None:
    with by.context():
        unblock_operator(operator=by, account=account, password=PASSWORD, reason="powrót", at=NOON)


def test_whom_the_branch_has_blocked_only_the_branch_lets_in_again(
    administrator: Operator, branch_administrator: Operator, reporter: Operator
) -> None:
    with branch_administrator.context():
        block_operator(operator=branch_administrator, account=reporter, reason="nadużycie", at=NOON)
    with pytest.raises(UnableToChangeOperator, match="only the branch"):
        unblock(administrator, reporter)
    assert not as_stored(reporter).is_active
    unblock(branch_administrator, reporter)
    assert as_stored(reporter).is_active
    with administrator.context():
        block_operator(operator=administrator, account=reporter, reason="urlop", at=NOON)
    unblock(administrator, reporter)
    assert as_stored(reporter).is_active


def test_whom_the_portal_has_blocked_for_a_missing_paper_the_provider_does_not_let_in(
    administrator: Operator, reporter: Operator
) -> None:
    with acting_for_payer():
        block_by_itself(account=reporter, reason="brak papieru", at=NOON)
    with pytest.raises(UnableToChangeOperator, match="only the branch"):
        unblock(administrator, reporter)


def test_the_page_of_such_an_account_says_who_opens_it(
    administrator: Operator, branch_administrator: Operator, reporter: Operator
) -> None:
    with branch_administrator.context():
        block_operator(operator=branch_administrator, account=reporter, reason="nadużycie", at=NOON)
    page = client_of(administrator).get(f"/administracja/uzytkownicy/{reporter.pk}/").content.decode()
    assert "tylko on może je odblokować" in page
    assert "odblokuj/" not in page


def test_an_account_of_a_suspended_party_is_not_opened_by_itself(
    clinic: Provider, branch_administrator: Operator, reporter: Operator
) -> None:
    with acting_for_payer():
        suspend_party(provider_id=clinic.pk, reason="brak papieru", at=NOON)
    with pytest.raises(UnableToChangeOperator, match="suspended"):
        unblock(branch_administrator, reporter)


def test_a_colleague_who_unblocks_second_does_not_replace_the_password(
    administrator: Operator, reporter: Operator
) -> None:
    with administrator.context():
        block_operator(operator=administrator, account=reporter, reason="urlop", at=NOON)
    unblock(administrator, reporter)
    given = as_stored(reporter).password
    with pytest.raises(UnableToChangeOperator, match="open already"):
        unblock(administrator, reporter)
    assert as_stored(reporter).password == given


def test_a_blocked_account_gets_no_password_until_it_is_unblocked(
    administrator: Operator, reporter: Operator
) -> None:
    with administrator.context():
        block_operator(operator=administrator, account=reporter, reason="urlop", at=NOON)
        with pytest.raises(UnableToChangeOperator, match="blocked"):
            set_temporary_password(
                operator=administrator, account=reporter, password=PASSWORD, reason="x", at=NOON
            )
    assert not as_stored(reporter).has_usable_password()


@pytest.mark.parametrize("loss", [{"roles": ["reporting"]}, {"is_active": False}], ids=["role", "blocked"])
def test_who_has_just_lost_the_right_changes_nobody(
    clinic: Provider, administrator: Operator, reporter: Operator, loss: dict[str, object]
) -> None:
    """The request began with the right, and waited while a colleague took it away."""
    person(clinic, "druga", [Role.ADMINISTRATOR])
    with acting_for_payer():
        Operator.objects.filter(pk=administrator.pk).update(**loss)
    about = {"operator": administrator, "account": reporter, "reason": "x", "at": NOON}
    with administrator.context():
        for act in (
            lambda: give_roles(roles={Role.BILLING}, **about),
            lambda: block_operator(**about),
            lambda: set_temporary_password(password=PASSWORD, **about),
            lambda: correct_operator(values={"phone": "42 000 00 00"}, **about),
            lambda: enrol_operator(
                operator=administrator,
                user_name="nowa",
                full_name="Nina Nowa",
                roles=[Role.ADMINISTRATOR],
                password=PASSWORD,
                at=NOON,
            ),
            lambda: reset_second_factor(operator=administrator, of=reporter, reason="x", at=NOON),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_an_administrator_whose_temporary_password_is_out_of_date_is_not_one_who_stays(
    clinic: Provider, administrator: Operator, reporter: Operator, branch_administrator: Operator
) -> None:
    person(clinic, "druga", [Role.ADMINISTRATOR], temporary_until=NOON - timedelta(minutes=1))
    with administrator.context(), pytest.raises(UnableToChangeOperator, match="last administrator"):
        give_roles(operator=administrator, account=administrator, roles=set(), reason="x", at=NOON)
    with branch_administrator.context():
        assert parties_found(NOON).get(pk=clinic.pk).administrators == 1
        block_operator(operator=branch_administrator, account=administrator, reason="x", at=NOON)
        assert has_lost_its_administrators(clinic, NOON)
        assert not has_lost_its_administrators(clinic, NOON - timedelta(days=1))
        assert administrators_of(reporter, NOON) == []


def test_when_the_branchs_first_password_has_run_out_the_command_makes_another_account(db: None) -> None:
    call_command("branch_administrator", "pierwsza", "Anna Pierwsza", stdout=StringIO())
    with pytest.raises(CommandError, match="has an administrator"):
        call_command("branch_administrator", "druga", "Beata Druga", stdout=StringIO())
    with acting_for_payer():
        Operator.objects.update(temporary_until=NOON - timedelta(days=400))
    with pytest.raises(CommandError, match="is taken"):
        call_command("branch_administrator", "pierwsza", "Anna Pierwsza", stdout=StringIO())
    call_command("branch_administrator", "druga", "Beata Druga", stdout=StringIO())
