"""The example messages of the repository."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from rozlicz.messages.kinds import KINDS

EXAMPLES = Path(__file__).parents[2] / "examples"
SIGNED = Path(__file__).with_name("podpisana.efx")
"""examples/faktura-korygujaca.efx with the signatures of two persons who do not exist."""


@cache
def examples() -> dict[str, bytes]:
    """Every example that is a message of some kind, by its name."""
    suffixes = {kind.extension for kind in KINDS}
    return {path.name: path.read_bytes() for path in sorted(EXAMPLES.iterdir()) if path.suffix in suffixes}
