"""The audit trail: every insert, update and delete of a business row, by triggers (promise 4)."""

from __future__ import annotations

from typing import Any

import pghistory


def tracked(**options: Any) -> Any:
    """Class decorator: keep every version of this model's rows. Bulk tables are append-only instead."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options
    )
