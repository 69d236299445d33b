"""`demo --if-empty`: load the demonstration branch, once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.clock import now, warsaw_day
from rozlicz.portal.data_folder import DataFolder
from rozlicz.portal.house.demonstration import load_demonstration


class Command(BaseCommand):
    """Load the demonstration branch into an empty database."""

    help = "Loads the demonstration branch; with --if-empty does nothing when there are operators already."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--if-empty", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """All or nothing; the log-ins are written where `make run` shows them."""
        if options["if_empty"] and Operator.objects.exists():
            return
        with transaction.atomic():
            text = load_demonstration(today=warsaw_day(now()))
        DataFolder(settings.DATA).demo_logins.write_text(text, encoding="utf-8")
