"""May these roles be given to that account? The whole decision, without the database.

A provider's administrator gives its operators any of the provider's roles but those that are granted by request, the
branch's administration likewise at home. To an operator of a provider the branch gives one thing only, the
administrator's role, when the provider has lost its administrators. Nobody raises oneself: roles come from another
administrator. A party never loses its last administrator.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.rights import GRANTED_BY_REQUEST, PAYER_ROLES, PROVIDER_ROLES, Role

OTHER_SIDE = Text(
    pl="Tej roli nie ma po tej stronie: role świadczeniodawcy dostają jego użytkownicy, role oddziału – pracownicy "
    "oddziału.",
    en="There is no such role on this side: a provider's roles go to its operators, the branch's to its own.",
)
BY_REQUEST = Text(
    pl="Roli w SIMP nie nadaje się ani nie odbiera ręcznie: daje ją oddział po przyjęciu wniosku.",
    en="A role in SIMP is neither given nor taken by hand: the branch gives it when it accepts a request.",
)
NOT_ONESELF = Text(
    pl="Nikt nie nadaje ról samemu sobie. Proszę poprosić innego administratora.",
    en="Nobody gives roles to oneself. Please ask another administrator.",
)
LAST_ADMINISTRATOR = Text(
    pl="{name}: to ostatni administrator, który może się zalogować. Najpierw proszę nadać tę rolę innej osobie.",
    en="{name}: this is the last administrator who can log in. Please give the role to another person first.",
)
ONLY_THE_LOST = Text(
    pl="Role użytkowników świadczeniodawcy nadaje jego administrator. Oddział nadaje tylko rolę administratora, "
    "i tylko gdy świadczeniodawca nie ma żadnego, który może się zalogować.",
    en="Roles of a provider's operators are given by its administrator. The branch gives only the administrator's "
    "role, and only when the provider has no administrator who can log in.",
)
A_PROGRAM = Text(
    pl="To konto programu: jego uprawnienia wynikają z tokenów dostępu.",
    en="This account is a program's: what it may do stands in its access tokens.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChange:
    """What would become of an account's roles."""

    held: frozenset[Role]
    wanted: frozenset[Role]

    @classmethod
    def of(cls, account: Operator, wanted: Collection[str]) -> RoleChange:
        """From the roles that an account has to those that are wanted."""
        return cls(held=frozenset(map(Role, account.roles)), wanted=frozenset(map(Role, wanted)))

    @property
    def given(self) -> frozenset[Role]:
        """Roles that come."""
        return self.wanted - self.held

    @property
    def taken(self) -> frozenset[Role]:
        """Roles that go."""
        return self.held - self.wanted


def roles_of_side(*, is_payer: bool) -> list[Role]:
    """The roles that an operator of that side may have, in the order in which they are shown."""
    return list(PAYER_ROLES if is_payer else PROVIDER_ROLES)


def administrator_role(*, is_payer: bool) -> Role:
    """The role by which an operator of that side administers the others."""
    return Role.ADMINISTRATION if is_payer else Role.ADMINISTRATOR


def why_not_change(
    change: RoleChange, *, operator: Operator, account: Operator, administrators: Collection[int]
) -> Text | None:
    """Why this operator may not change the account's roles so; None: it may.

    `administrators` are the keys of all accounts of that party that administer it and can log in.
    """
    if account.is_program:
        return A_PROGRAM
    if not change.wanted <= set(roles_of_side(is_payer=account.is_payer)):
        return OTHER_SIDE
    if (change.given | change.taken) & GRANTED_BY_REQUEST:
        return BY_REQUEST
    if operator.pk == account.pk and change.given:
        return NOT_ONESELF
    if operator.is_payer and not account.is_payer and not _replaces_the_lost(change, administrators):
        return ONLY_THE_LOST
    if administrator_role(is_payer=account.is_payer) in change.taken:
        return why_not_lose(account, administrators)
    return None


def why_not_lose(account: Operator, administrators: Collection[int]) -> Text | None:
    """Why a party cannot do without this account as its administrator; None: it can."""
    if set(administrators) == {account.pk}:
        return LAST_ADMINISTRATOR.filled(name=account.full_name)
    return None


def _replaces_the_lost(change: RoleChange, administrators: Collection[int]) -> bool:
    if not change.given and not change.taken:
        return True
    return change.given == {Role.ADMINISTRATOR} and not change.taken and not administrators
