"""`python -m rozlicz.portal texts --update | --check | --compile`: the portal's translations."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rozlicz.portal.house import catalogues


class Command(BaseCommand):
    """Keep the Polish and English texts complete."""

    help = "Update, check or compile the catalogues of translations."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Exactly one of the three acts."""
        act = parser.add_mutually_exclusive_group(required=True)
        act.add_argument("--update", action="store_true", help="bring the .po files to the texts in use")
        act.add_argument("--check", action="store_true", help="fail when a text lacks a translation")
        act.add_argument("--compile", action="store_true", help="write .mo files where they are out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the chosen act for every language."""
        if options["update"]:
            for language in catalogues.LANGUAGES:
                catalogues.update(language)
        if options["compile"]:
            catalogues.compile_stale()
        if options["check"]:
            self._check()

    def _check(self) -> None:
        found = [fault for language in catalogues.LANGUAGES for fault in catalogues.faults(language)]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(
                f"{len(found)} texts to mend. `python -m rozlicz.portal texts --update` adds new texts and drops"
                " unused ones; then translate the empty ones in locale/pl/LC_MESSAGES/django.po."
            )
        self.stdout.write("All texts are translated.")
