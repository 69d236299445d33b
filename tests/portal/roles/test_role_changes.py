"""May these roles be given to that account: P1 asks who, B3 and B5 that an administrator gives rights and stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import GRANTED_BY_REQUEST, PAYER_ROLES, PROVIDER_ROLES, Right, Role
from rozlicz.portal.accounts.role_changes import (
    A_PROGRAM,
    BY_REQUEST,
    LAST_ADMINISTRATOR,
    NOT_ONESELF,
    ONLY_THE_LOST,
    OTHER_SIDE,
    RoleChange,
    administrator_role,
    why_not_change,
)

_keys = count(1)


def account(*roles: Role, provider: int | None = 1, is_program: bool = False) -> Operator:
    return Operator(
        pk=next(_keys),
        provider_id=provider,
        full_name="Jan Rumianek",
        roles=sorted(roles),
        is_program=is_program,
    )


def asked(operator: Operator, of: Operator, *wanted: Role, administrators: list[int]) -> Text | None:
    change = RoleChange.of(of, wanted)
    return why_not_change(change, operator=operator, account=of, administrators=administrators)


ADMINISTRATOR, OTHER = account(Role.ADMINISTRATOR), account(Role.ADMINISTRATOR)
CLERK, SIMP = account(Role.REPORTING), account(Role.SIMP_USER)
BRANCH = account(Role.ADMINISTRATION, provider=None)
INSPECTOR = account(Role.VERIFICATION, provider=None)
PROGRAM = account(Role.REPORTING, is_program=True)
ONE, TWO = [ADMINISTRATOR.pk], [ADMINISTRATOR.pk, OTHER.pk]

CASES = {
    "a role is given": (ADMINISTRATOR, CLERK, [Role.REPORTING, Role.BILLING], ONE, None),
    "all roles are taken": (ADMINISTRATOR, CLERK, [], ONE, None),
    "a second administrator is made": (ADMINISTRATOR, CLERK, [Role.ADMINISTRATOR], ONE, None),
    "one of two administrators goes": (ADMINISTRATOR, OTHER, [], TWO, None),
    "one of two goes by oneself": (ADMINISTRATOR, ADMINISTRATOR, [], TWO, None),
    "the last administrator goes": (OTHER, ADMINISTRATOR, [], ONE, LAST_ADMINISTRATOR),
    "the last one takes it from oneself": (ADMINISTRATOR, ADMINISTRATOR, [], ONE, LAST_ADMINISTRATOR),
    "one raises oneself": (
        ADMINISTRATOR,
        ADMINISTRATOR,
        [Role.ADMINISTRATOR, Role.BILLING],
        TWO,
        NOT_ONESELF,
    ),
    "the branch raises oneself": (
        BRANCH,
        BRANCH,
        [Role.ADMINISTRATION, Role.PAYMENTS],
        [BRANCH.pk],
        NOT_ONESELF,
    ),
    "a role of the branch": (ADMINISTRATOR, CLERK, [Role.AUDIT], ONE, OTHER_SIDE),
    "a provider's role in the branch": (BRANCH, INSPECTOR, [Role.BILLING], [BRANCH.pk], OTHER_SIDE),
    "R32 SIMP given by hand": (ADMINISTRATOR, CLERK, [Role.REPORTING, Role.SIMP_USER], ONE, BY_REQUEST),
    "R32 SIMP taken by hand": (ADMINISTRATOR, SIMP, [], ONE, BY_REQUEST),
    "a program": (ADMINISTRATOR, PROGRAM, [Role.BILLING], ONE, A_PROGRAM),
    "the branch at home": (BRANCH, INSPECTOR, [Role.BILLS], [BRANCH.pk], None),
    "the branch replaces the lost one": (BRANCH, CLERK, [Role.REPORTING, Role.ADMINISTRATOR], [], None),
    "the branch adds to the living": (
        BRANCH,
        CLERK,
        [Role.REPORTING, Role.ADMINISTRATOR],
        ONE,
        ONLY_THE_LOST,
    ),
    "the branch gives another role": (BRANCH, CLERK, [Role.REPORTING, Role.BILLING], [], ONLY_THE_LOST),
    "the branch takes a role": (BRANCH, CLERK, [Role.ADMINISTRATOR], [], ONLY_THE_LOST),
}


@pytest.mark.parametrize(("who", "of", "wanted", "administrators", "refusal"), CASES.values(), ids=CASES)
def test_who_may_give_which_roles(
    who: Operator, of: Operator, wanted: list[Role], administrators: list[int], refusal: Text | None
) -> None:
    expected = refusal and refusal.filled(name=of.full_name)
    assert asked(who, of, *wanted, administrators=administrators) == expected


@dataclass
class Party:
    """A party of a few people, each of whom tries things."""

    people: list[Operator]
    is_payer: bool
    acts: list[tuple[int, int, frozenset[Role]]] = field(default_factory=list)

    @property
    def administrators(self) -> list[int]:
        role = administrator_role(is_payer=self.is_payer)
        return [one.pk for one in self.people if role in one.roles]

    def live(self) -> None:
        """Whoever has the right to administer at that moment does what the others would."""
        for who, of, wanted in self.acts:
            operator, changed = self.people[who], self.people[of]
            if operator.may(Right.MANAGE_OPERATORS):
                refusal = asked(operator, changed, *wanted, administrators=self.administrators)
                if refusal is None:
                    changed.roles = sorted(wanted)


@st.composite
def parties(draw: st.DrawFn) -> Party:
    is_payer = draw(st.booleans())
    side = PAYER_ROLES if is_payer else PROVIDER_ROLES
    first = [administrator_role(is_payer=is_payer)]
    held = [first, *draw(st.lists(st.lists(st.sampled_from(list(side)), unique=True), max_size=3))]
    people = [account(*roles, provider=None if is_payer else 1) for roles in held]
    places = st.integers(0, len(people) - 1)
    any_roles = st.frozensets(st.sampled_from(list(Role)), max_size=5)
    acts = draw(st.lists(st.tuples(places, places, any_roles), max_size=12))
    return Party(people, is_payer, acts)


@pytest.mark.slow
@given(parties())
def test_whatever_is_tried_a_party_keeps_an_administrator_and_its_own_roles(party: Party) -> None:
    by_request = [GRANTED_BY_REQUEST.intersection(one.roles) for one in party.people]
    party.live()
    assert party.administrators
    side = PAYER_ROLES if party.is_payer else PROVIDER_ROLES
    assert all(set(one.roles) <= set(side) for one in party.people)
    assert [GRANTED_BY_REQUEST.intersection(one.roles) for one in party.people] == by_request


@pytest.mark.slow
@given(parties())
def test_nobody_ever_gains_a_right_by_what_oneself_does(party: Party) -> None:
    for who, of, wanted in party.acts:
        before = party.people[who].rights
        Party(party.people, party.is_payer, [(who, of, wanted)]).live()
        assert party.people[who].rights <= before
