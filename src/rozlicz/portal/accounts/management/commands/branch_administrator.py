"""`branch_administrator USER "FULL NAME"`: the branch's first account, or one when nobody can administer it."""

from __future__ import annotations

import secrets
import string
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.accounts.operations import add_operator
from rozlicz.portal.accounts.passwords import PasswordRule, faults
from rozlicz.portal.accounts.queries import able_to_log_in, password_rule_on
from rozlicz.portal.accounts.rights import Role
from rozlicz.portal.audit.operations import by_itself, record
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.tenancy import acting_for_payer

_LETTERS = 14


class Command(BaseCommand):
    """Add an administrator of the branch, with a random temporary password that is shown once."""

    help = "Adds an administrator of the branch and prints a random temporary password; only while none can log in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is."""
        parser.add_argument("user_name")
        parser.add_argument("full_name")

    def handle(self, *args: Any, user_name: str, full_name: str, **options: Any) -> None:
        """One account. Raises CommandError while an administrator of the branch can log in, or for a taken name."""
        at = now()
        code = f"{settings.BRANCH}0000"
        password = random_password(password_rule_on(warsaw_day(at)))
        with by_itself(), acting_for_payer():
            there = Operator.objects.filter(able_to_log_in(at), provider=None, is_program=False)
            if there.filter(roles__contains=[Role.ADMINISTRATION]).exists():
                raise CommandError("The branch has an administrator, who adds others in the portal.")
            if Operator.objects.filter(login=f"{code}/{user_name}").exists():
                raise CommandError(f"The user name {user_name} is taken: please choose another.")
            added = add_operator(
                provider=None,
                party_code=code,
                user_name=user_name,
                full_name=full_name,
                roles=[Role.ADMINISTRATION],
                password=password,
                temporary=True,
                at=at,
            )
            record("operator.added", operator=None, provider_id=None, subject=added.login, at=at)
        self.stdout.write(f"{code}  {user_name}  {password}")


def random_password(rule: PasswordRule) -> str:
    """A password that nobody guesses and the rule accepts: letters, a hyphen, two digits; over 80 random bits."""
    while True:
        letters = [secrets.choice(string.ascii_letters) for _ in range(max(_LETTERS, rule.minimum_length))]
        password = "".join(letters) + "-" + "".join(secrets.choice(string.digits) for _ in range(2))
        if not faults(password, rule):
            return password
