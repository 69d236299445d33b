"""What allauth asks of us: nobody signs up by himself, since the branch registers parties."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Log-in only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never: accounts come from the branch or from the provider's administrator."""
        return False
