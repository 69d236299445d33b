"""The one way to write into the book of acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pghistory

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.audit.acts import ACTS
from rozlicz.portal.audit.models import Entry


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a request came from, None for what the portal does by itself; and the key of its row history."""

    address: str | None = None
    change: UUID | None = None


_whence: ContextVar[Whence | None] = ContextVar("whence", default=None)


@contextmanager
def coming_from(whence: Whence) -> Iterator[None]:
    """Everything recorded inside came from there."""
    token = _whence.set(whence)
    try:
        yield
    finally:
        _whence.reset(token)


@contextmanager
def one_request(*, operator_id: int | None, address: str | None) -> Iterator[None]:
    """Everything recorded and changed inside belongs together, under who asked and from where."""
    # ids, not the whole operator: the context travels in the text of statements
    with (
        pghistory.context(operator=operator_id, address=address) as change,
        coming_from(Whence(address=address, change=change.id)),
    ):
        yield


@contextmanager
def by_itself() -> Iterator[None]:
    """Around each act that the portal does without a request, by a job or a command: kept with what it changed."""
    with one_request(operator_id=None, address=None):
        yield


def record(
    act: str,
    *,
    operator: Operator | None,
    provider_id: int | None,
    at: datetime,
    subject: str = "",
    reason: str = "",
) -> None:
    """Enter an act, in the transaction that does it. Raises KeyError for an act that `audit.acts` does not know.

    `provider_id` is whose affair it is, None for the branch's own; never data of a patient in `subject`.
    """
    if act not in ACTS:
        raise KeyError(act)
    whence = _whence.get() or Whence()
    Entry.objects.create(
        at=at,
        act=act,
        operator=operator,
        login=operator.login if operator else "",
        provider_id=provider_id,
        acting_for=operator is not None and operator.is_acting,
        token=str(operator.token) if operator and operator.token else "",
        subject=subject[:200],
        reason=reason[:500],
        address=whence.address,
        change=whence.change,
    )
