"""Days and times as sentences on stays show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from rozlicz.kernel.texts import Text, format_day, same

_ONE_DAY = timedelta(days=1)
_SHOWN_AT_MOST = 5


def span_text(first: date, last: date) -> Text:
    """`1.03.2026 – 22.03.2026`; one day alone when they are the same."""
    if first == last:
        return Text(pl=format_day(first, "pl"), en=format_day(first, "en"))
    return Text(pl="{first} – {last}", en="{first} – {last}").filled(first=first, last=last)


def days_text(days: Iterable[date]) -> Text:
    """Days in order, runs of them as from–to, at most five runs."""
    runs: list[tuple[date, date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] <= _ONE_DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    shown = [span_text(*run) for run in runs[:_SHOWN_AT_MOST]]
    more = ", …" if len(runs) > _SHOWN_AT_MOST else ""
    return Text(
        pl=", ".join(text.pl for text in shown) + more, en=", ".join(text.en for text in shown) + more
    )


def moment_text(moment: datetime) -> Text:
    """`8.03.2026 10:00:00`."""
    return Text(pl="{day} {time}", en="{day} {time}").filled(
        day=moment.date(), time=same(f"{moment:%H:%M:%S}")
    )


def duration_text(seconds: int) -> Text:
    """`13 h 00 min 00 s`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return same(f"{hours} h {minutes:02d} min {rest:02d} s")
