"""`rozlicz …`: the provider's settlement program, off-line, and the operator's sample data.

No command needs a server or a database.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command and end with its exit status."""
    from rozlicz.cli.commands import run

    sys.exit(run(sys.argv[1:]))
