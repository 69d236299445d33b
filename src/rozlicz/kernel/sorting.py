"""Polish alphabetical order without the system's locales, the same here and in the database."""

from __future__ import annotations

_LETTERS = str.maketrans(
    {"ą": "a{", "ć": "c{", "ę": "e{", "ł": "l{", "ń": "n{", "ó": "o{", "ś": "s{", "ź": "z{", "ż": "z|"}
)

SQL_FUNCTION = """
create or replace function polish_sort_key(t text) returns text
language sql immutable strict parallel safe as $$
  select replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(t),
    'ą','a{'),'ć','c{'),'ę','e{'),'ł','l{'),'ń','n{'),'ó','o{'),'ś','s{'),'ź','z{'),'ż','z|')
$$;
"""
"""The same key for PostgreSQL; order by it with COLLATE "C"."""


def polish_sort_key(text: str) -> str:
    """A key by which plain comparison gives Polish order: Łask before Łódź, Zamość before Żary.

    `{` and `|` sort after `z`, so a letter with a mark follows its plain sister and precedes the next letter.
    """
    return text.lower().translate(_LETTERS)
