"""How long a session lasts: to its idle end, moved by each act of the operator, and to its absolute end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Self

ENTERED = "entered"
"""The key in the session under which a stay is kept."""

LONGEST_STAY = timedelta(hours=8)
NOTED_EVERY = timedelta(minutes=1)
"""How exactly the last use is kept: not every request writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One log-in: when it began, when it was last used, and what the rules of access of its first moment say.

    `password_until` is the moment at which the password must be changed for its age, None: not at all.
    """

    began_at: datetime
    seen_at: datetime
    idle_minutes: int
    password_until: datetime | None
    address: str
    device: str

    def is_over(self, at: datetime) -> bool:
        """Whether it ended, by idleness or by its whole length."""
        return at >= self.ends_at

    @property
    def ends_at(self) -> datetime:
        """When it ends if nothing more happens."""
        return min(self.seen_at + timedelta(minutes=self.idle_minutes), self.began_at + LONGEST_STAY)

    def seen(self, at: datetime) -> Self:
        """The stay after one more act; itself while less than a minute has passed."""
        return replace(self, seen_at=at) if at - self.seen_at >= NOTED_EVERY else self

    def to_session(self) -> dict[str, Any]:
        """As JSON: moments as seconds since 1970."""
        return {
            "began_at": self.began_at.timestamp(),
            "seen_at": self.seen_at.timestamp(),
            "idle_minutes": self.idle_minutes,
            "password_until": self.password_until and self.password_until.timestamp(),
            "address": self.address,
            "device": self.device,
        }

    @classmethod
    def from_session(cls, data: dict[str, Any]) -> Self:
        """The reverse of `to_session`."""
        return cls(
            **data
            | {
                "began_at": _moment(data["began_at"]),
                "seen_at": _moment(data["seen_at"]),
                "password_until": data["password_until"] and _moment(data["password_until"]),
            }
        )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
