"""Every read of operators and of the rules of access."""

from __future__ import annotations

from datetime import date

from rozlicz.portal.accounts.models import SecurityPolicy


def policy_on(day: date) -> SecurityPolicy:
    """The rules of access in force on a day; before the branch has set any, the defaults."""
    in_force = SecurityPolicy.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return in_force or SecurityPolicy(valid_from=date.min)
