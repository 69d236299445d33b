"""Tables of log-in: counted attempts, and sessions. Only the door reads and writes them."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Throttle(models.Model):
    """How often log-in failed for one account, one network address, or one account from one address.

    `key` is a keyed hash: of what was typed as user name nothing is kept, since people type passwords there, and a
    name that does not exist is counted like one that does. `failures` are counted since `since`; until `held_until`
    every attempt is refused. `let_in_at`: when the account last came in from this address.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    let_in_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.failures}"


class Session(AbstractBaseSession):
    """A session as Django keeps it, with whose it is, from where it began and when it was last used.

    These columns are copies of what stands in the session itself, for the list of one's sessions.
    """

    operator = models.ForeignKey("accounts.Operator", on_delete=models.CASCADE, null=True, related_name="+")
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    device = models.CharField(max_length=200, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The engine that the settings name."""
        from rozlicz.portal.accounts.entering import store

        return store.SessionStore
