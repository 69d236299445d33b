"""`issuers`: which issuers of certificates the branch trusts, and the files that cannot be read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from rozlicz.portal.clock import now
from rozlicz.portal.house.issuers import issuers_found


class Command(BaseCommand):
    """Tell what lies in the folder of trusted issuers. Raises CommandError for files that hold none."""

    help = "Lists the issuers of certificates whom the branch trusts, and refuses files that cannot be read."

    def handle(self, *args: Any, **options: Any) -> None:
        """A line an issuer; then, as an error, a sentence a file that is refused."""
        found = issuers_found()
        for name, issuer in found.issuers:
            last = issuer.certificate.not_valid_after.date()
            ended = "" if issuer.is_valid_at(now()) else "   NOT VALID TODAY"
            self.stdout.write(f"{name}: {issuer.name}, valid until {last}{ended}")
        if found.faults:
            raise CommandError("\n".join(text.en for text in found.faults))
        if not found.issuers:
            self.stdout.write(f"No trusted issuers in {settings.TRUSTED_ISSUERS}: they are not checked.")
