"""The permission table as text, and everybody who may come to a door: one operator for each role, and those without.

The table itself stands in test_doors.py. Nothing here asks `accounts.rights` what an answer should be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.test import Client

from rozlicz.portal.accounts.rights import PAYER_ROLES, PROVIDER_ROLES, Role
from rozlicz.portal.providers.models import Provider
from tests.portal.conftest import client_of
from tests.portal.people import person
from tests.portal.visitors import status_of

LETTERS = {
    "A": Role.ADMINISTRATOR,
    "R": Role.REPORTING,
    "B": Role.BILLING,
    "S": Role.SIGNING,
    "O": Role.READ_ONLY,
    "P": Role.POTENTIAL,
    "U": Role.SIMP_USER,
    "M": Role.SIMP_ADMINISTRATOR,
    "G": Role.ACTING,
    "r": Role.REGISTRATIONS,
    "c": Role.CONTRACTS,
    "v": Role.VERIFICATION,
    "b": Role.BILLS,
    "p": Role.PAYMENTS,
    "a": Role.ADMINISTRATION,
    "u": Role.AUDIT,
}
"""How the table writes each role: a provider's with capital letters, the branch's with small ones."""

TO_LOG_IN, UNAUTHORIZED, FORBIDDEN, UNKNOWN = 302, 401, 403, 404


@dataclass(frozen=True, slots=True)
class Door:
    """One row: an address asked in one way, what it asks for, of whose thing it is, and who is let through."""

    method: str
    name: str
    needs: str
    thing: str
    roles: frozenset[Role]
    answers: tuple[int, int]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    def answer(self, visitor: Visitor) -> int:
        """The status that this visitor must get."""
        inside = self.answers[visitor.is_payer]
        if self.needs == "api":
            return UNAUTHORIZED
        if self.needs == "public":
            return inside
        if self.needs == "guests":
            return self.answers[not visitor.roles]
        if not visitor.is_logged_in:
            return TO_LOG_IN
        if self.needs not in {"anybody", "account"}:
            if not visitor.roles & self.roles:
                return FORBIDDEN
            if self.thing == "own" and visitor.is_stranger:
                return UNKNOWN
        return inside


@dataclass(slots=True)
class Visitor:
    """A browser, and in which roles its operator works; `roles` is empty for who is not logged in."""

    who: str
    client: Client
    roles: frozenset[Role] = frozenset()
    is_payer: bool = False
    is_stranger: bool = False

    @property
    def is_logged_in(self) -> bool:
        """Everybody in the table who is somebody has a role."""
        return bool(self.roles)

    def asks(self, method: str, address: str) -> int:
        """The status of the answer; whatever the request did is undone, so that the next visitor finds the same."""
        cookies = self.client.cookies.copy()
        with transaction.atomic():
            status = status_of(getattr(self.client, method.lower())(address))
            transaction.set_rollback(True)
        self.client.cookies = cookies
        return status


def read_doors(table: str) -> dict[str, list[Door]]:
    """The rows of a table, area by area; an area begins with a line `[name]`."""
    areas: dict[str, list[Door]] = {}
    for line in table.splitlines():
        if line.startswith("["):
            rows = areas.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append(_door(*line.split()))
    return areas


def _door(method: str, name: str, needs: str, thing: str, *rest: str) -> Door:
    roles, answers = "".join(rest[:-1]), [int(answer) for answer in rest[-1].split("/")]
    return Door(
        method=method,
        name=name,
        needs=needs,
        thing=thing,
        roles=frozenset(LETTERS[letter] for letter in roles if letter not in "-*"),
        answers=(answers[0], answers[-1]),
    )


def one_operator_a_role(clinic: Provider) -> Iterator[Visitor]:
    """The clerk's colleagues and the inspector's: an operator for each role, who holds nothing else."""
    for role in LETTERS.values():
        operator = person(None if role in PAYER_ROLES else clinic, role.value, [role])
        yield Visitor(role.value, client_of(operator), frozenset({role}), operator.is_payer)


def with_all_roles(who: str, client: Client, *, is_payer: bool = False, is_stranger: bool = False) -> Visitor:
    """One who holds every role of its side."""
    roles = frozenset(PAYER_ROLES if is_payer else PROVIDER_ROLES)
    return Visitor(who, client, roles, is_payer, is_stranger)
