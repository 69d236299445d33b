"""The session engine (setting SESSION_ENGINE): Django's in the database, on our table."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from rozlicz.portal.accounts.entering.stay import ENTERED, Stay


class SessionStore(db.SessionStore):
    """Sessions whose rows say whose they are."""

    @classmethod
    def get_model_class(cls) -> Any:
        """Our table instead of Django's."""
        from rozlicz.portal.accounts.entering.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of a session."""
        row = super().create_model_instance(data)
        row.operator_id = data.get(SESSION_KEY)
        if entered := data.get(ENTERED):
            stay = Stay.from_session(entered)
            row.began_at, row.seen_at = stay.began_at, stay.seen_at
            row.address, row.device = stay.address, stay.device
        return row
