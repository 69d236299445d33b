"""`rozlicz …`: the provider's settlement program, off-line, and the operator's sample data.

No command needs a server or a database.
"""

from __future__ import annotations

import sys

from rozlicz.cli.context import EXIT_REFUSED, errors, said


def main() -> None:
    """Run one command. A message that cannot be read ends in a sentence with its line, never in a traceback."""
    from rozlicz.cli.commands import app
    from rozlicz.messages.envelope import MessageRefused

    try:
        app()
    except MessageRefused as refused:
        errors().print(said(refused.text), style="red", markup=False)
        sys.exit(EXIT_REFUSED)
    except BrokenPipeError:
        sys.exit(EXIT_REFUSED)
