"""Every read of operators and of the rules of access."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db.models import Func, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.accounts.passwords import WORDS_OF_THE_HOUSE, PasswordRule


def policy_on(day: date) -> SecurityPolicy:
    """The rules of access in force on a day; before the branch has set any, the defaults."""
    in_force = SecurityPolicy.objects.filter(valid_from__lte=day).order_by("-valid_from", "-id").first()
    return in_force or SecurityPolicy(valid_from=date.min)


def policy_history() -> list[SecurityPolicy]:
    """All rules of access that were ever set, those of the latest day first, of one day the last set first."""
    return list(SecurityPolicy.objects.select_related("set_by").order_by("-valid_from", "-id"))


def password_rule_on(day: date) -> PasswordRule:
    """What the rules of access of that day demand of a new password."""
    policy = policy_on(day)
    return PasswordRule(
        minimum_length=policy.minimum_length,
        well_known=_well_known_passwords() if policy.refuse_breached else frozenset(),
    )


def able_to_log_in(at: datetime, of: str = "") -> Q:
    """Accounts with a password that lets somebody in at that moment, as `Operator.can_log_in` says of one.

    `of`: the way to the accounts from other rows, such as `operators__`.
    """
    has_password = Q(**{f"{of}is_active": True}) & ~Q(
        **{f"{of}password__startswith": UNUSABLE_PASSWORD_PREFIX}
    )
    return has_password & (Q(**{f"{of}temporary_until": None}) | Q(**{f"{of}temporary_until__gt": at}))


def name_of(column: str) -> Coalesce:
    """The name of the operator in that column, for a query; of a superior's operator with the code of its party.

    A join would lose the rows of what a superior's operator did: a provider does not see that account.
    """
    seen = Operator.objects.filter(pk=OuterRef(column)).values("full_name")
    above = Func(column, function="name_of_superiors_operator", output_field=TextField())
    return Coalesce(Subquery(seen), above, Value(""), output_field=TextField())


@cache
def _well_known_passwords() -> frozenset[str]:
    """The twenty thousand most common breached passwords, in small letters, as Django ships them, and our words."""
    return frozenset(CommonPasswordValidator().passwords) | WORDS_OF_THE_HOUSE
