"""Setting new rules of access: dated, never less than the law, with the reason kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction

from rozlicz.kernel.texts import Text
from rozlicz.portal.accounts.models import Operator, SecurityPolicy
from rozlicz.portal.accounts.rights import Right, demand
from rozlicz.portal.audit.operations import record
from rozlicz.portal.clock import warsaw_day
from rozlicz.portal.house.refusal import UnableTo


class UnableToSetRules(UnableTo):
    """The rules of access stay as they are."""


class Bounds(NamedTuple):
    """Between what a branch may choose, both included."""

    least: int
    most: int


BOUNDS: dict[str, Bounds] = {
    "minimum_length": Bounds(8, 64),
    "expires_after_days": Bounds(7, 366),
    "temporary_days": Bounds(1, 14),
    "payer_grace_days": Bounds(0, 14),
    "provider_grace_days": Bounds(0, 14),
    "idle_minutes": Bounds(5, 60),
    "attempts": Bounds(3, 10),
    "lock_minutes": Bounds(5, 1440),
    "token_days": Bounds(1, 366),
}
"""The law and the mission (P2, P3) leave these choices: stricter always, laxer never than the second number says.

Eight characters, and fourteen days of a temporary password and of grace, are theirs; the other bounds are our own.
"""

MAY_BE_NONE = frozenset({"expires_after_days"})
"""Choices that a branch need not make: None is no bound at all."""


@transaction.atomic
def set_rules(
    *,
    operator: Operator,
    valid_from: date,
    reason: str,
    refuse_breached: bool,
    choices: dict[str, int | None],
    at: datetime,
) -> SecurityPolicy:
    """Set rules of access from a day on, today's or a later one; those set before stay as they were.

    `choices` are the values of `BOUNDS` by name; `expires_after_days` may be None: not by age. Of one day's rules the
    last set are in force. Raises PermissionDenied without the right and UnableToSetRules for a past day, a missing
    reason or a number outside its bounds.
    """
    demand(operator, Right.SET_POLICIES)
    if refusal := _why_not(valid_from, reason, choices, warsaw_day(at)):
        raise UnableToSetRules(refusal)
    policy = SecurityPolicy.objects.create(
        valid_from=valid_from,
        refuse_breached=refuse_breached,
        reason=reason.strip(),
        set_by=operator,
        set_at=at,
        **choices,
    )
    record(
        "policy.set",
        operator=operator,
        provider_id=None,
        subject=str(valid_from),
        reason=reason.strip(),
        at=at,
    )
    return policy


def _why_not(valid_from: date, reason: str, choices: dict[str, int | None], today: date) -> Text | None:
    """What stands in the way of such rules; None: nothing."""
    if valid_from < today:
        return Text(
            pl="Zasady mogą obowiązywać najwcześniej od dnia dzisiejszego.",
            en="Rules can be in force from today at the earliest.",
        )
    if not reason.strip():
        return Text(pl="Zmiana zasad wymaga podania powodu.", en="A change of the rules needs a reason.")
    for name, bounds in BOUNDS.items():
        if not _is_within(bounds, choices[name], may_be_none=name in MAY_BE_NONE):
            return Text(
                pl="Wartość {value} jest poza granicami: od {least} do {most} ({name}).",
                en="The value {value} is out of bounds: {least} to {most} ({name}).",
            ).filled(value=choices[name], least=bounds.least, most=bounds.most, name=name)
    return None


def _is_within(bounds: Bounds, value: int | None, *, may_be_none: bool) -> bool:
    return may_be_none if value is None else bounds.least <= value <= bounds.most
