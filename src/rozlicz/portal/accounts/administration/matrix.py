"""The table operators × roles as a form: what was shown, what was ticked, and what therefore changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import QueryDict
from django.utils.functional import Promise

from rozlicz.portal.accounts.administration.queries import Account, hand_given
from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operators import give_roles
from rozlicz.portal.accounts.rights import GRANTED_BY_REQUEST, ROLE_WORDS, Role
from rozlicz.portal.accounts.role_changes import administrator_role, roles_of_side


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One role of one operator. A role that is given by request cannot be ticked."""

    role: Role
    held: bool
    by_request: bool

    @property
    def words(self) -> Promise:
        """The role's name."""
        return ROLE_WORDS[self.role]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an administrator wants one account's roles to be; `before` is what the page had shown."""

    account: Operator
    before: frozenset[Role]
    wanted: frozenset[Role]

    @property
    def given(self) -> list[Role]:
        """Roles that come."""
        return sorted(self.wanted - self.before)

    @property
    def taken(self) -> list[Role]:
        """Roles that go."""
        return sorted(self.before - self.wanted)

    @property
    def before_codes(self) -> str:
        """For the hidden field that says what was shown."""
        return ",".join(sorted(self.before))


def cells_of(account: Operator, wanted: frozenset[Role] | None = None) -> list[Cell]:
    """A row of the table: all roles of the account's side, ticked as held or as just wanted."""
    held = frozenset(map(Role, account.roles)) if wanted is None else wanted
    return [
        Cell(role=role, held=role in held, by_request=role in GRANTED_BY_REQUEST)
        for role in roles_of_side(is_payer=account.is_payer)
    ]


def wishes_in(sent: QueryDict, accounts: Sequence[Account]) -> list[Wish]:
    """The rows that differ from what was shown; unknown codes and rows that were not shown are passed over."""
    wishes = []
    for account in (one.operator for one in accounts):
        known = set(hand_given(is_payer=account.is_payer))
        shown = sent.get(f"before-{account.pk}")
        if shown is None:
            continue
        wish = Wish(
            account=account,
            before=frozenset(known.intersection(shown.split(","))),
            wanted=frozenset(known.intersection(sent.getlist(f"roles-{account.pk}"))),
        )
        if wish.before != wish.wanted:
            wishes.append(wish)
    return wishes


@transaction.atomic
def apply_wishes(
    wishes: Sequence[Wish], *, operator: Operator, reason: str, at: datetime, only_try: bool = False
) -> None:
    """Do all of it or nothing; raises UnableToChangeOperator. `only_try`: find out whether it can be done.

    Who becomes an administrator comes first, so that the role can be handed over in one go.
    """
    role = administrator_role(is_payer=operator.is_payer)
    with transaction.atomic():
        for wish in sorted(wishes, key=lambda one: (role not in one.given, one.account.pk)):
            give_roles(
                operator=operator,
                account=wish.account,
                roles=wish.wanted,
                before=wish.before,
                reason=reason,
                at=at,
            )
        if only_try:
            transaction.set_rollback(True)
