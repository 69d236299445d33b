"""`python -m rozlicz.portal COMMAND`: Django's management commands with the portal's settings."""

import os

from django.core.management import execute_from_command_line

from rozlicz.portal.house.catalogues import compile_stale


def main() -> None:
    """Run the command named on the command line, with up-to-date translations."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rozlicz.portal.settings")
    compile_stale()
    execute_from_command_line()


if __name__ == "__main__":
    main()
