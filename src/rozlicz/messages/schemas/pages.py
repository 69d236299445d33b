"""The pages of docs/messages, one a schema: `python -m rozlicz.messages.schemas.pages docs/messages` writes them.

A page is the schema in words: every element and attribute with its number, form and meaning, and whose name it is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from rozlicz.messages.header import WRITTEN_VERSIONS
from rozlicz.messages.kinds import KINDS, Direction, MessageKind
from rozlicz.messages.schemas.tree import Facet, Part, ValueType, parts_of
from rozlicz.messages.wire.root import ROOT, VERSION

INDEX = "README"

_DIRECTIONS = {
    Direction.TO_PROVIDER: "payer → provider",
    Direction.TO_PAYER: "provider → payer",
}
_BASES = {
    "xs:string": "text",
    "xs:token": "text",
    "xs:date": "day, `2026-10-05`",
    "xs:dateTime": "moment, `2026-11-05T12:36:26`",
    "xs:gYearMonth": "month, `2026-10`",
    "xs:gYear": "year, `2026`",
    "xs:integer": "whole number",
    "xs:nonNegativeInteger": "whole number from 0",
    "xs:positiveInteger": "whole number from 1",
    "xs:decimal": "decimal number",
    "xs:boolean": "`true`, `false`",
}
_LIMITS = {
    "length": "{} characters",
    "minLength": "at least {} characters",
    "maxLength": "up to {} characters",
    "minInclusive": "from {}",
    "maxInclusive": "up to {}",
    "minExclusive": "above {}",
    "maxExclusive": "below {}",
    "totalDigits": "up to {} digits",
    "fractionDigits": "up to {} decimals",
}
_COMMAND = "`python -m rozlicz.messages.schemas.pages docs/messages`"
_MARK = f"This page is written from the schema by {_COMMAND}."


def pages() -> dict[str, str]:
    """Every page by its file name; that of a foreign format is not written here."""
    found = {f"{INDEX}.md": _index()}
    for schema, kinds in _by_schema():
        found[f"{schema}.md"] = _page(schema, kinds)
    return found


def page_of(kind: MessageKind) -> str:
    """The file of a kind's page; kinds with one schema share it."""
    return f"{kind.schema if isinstance(kind.schema, str) else kind.type.lower()}.md"


def _by_schema() -> Iterator[tuple[str, list[MessageKind]]]:
    ours = [(kind.schema, kind) for kind in KINDS if isinstance(kind.schema, str)]
    for schema, group in groupby(sorted(ours, key=lambda one: one[0]), key=lambda one: one[0]):
        yield schema, [kind for _, kind in group]


# ---- the index -----------------------------------------------------------------------------------------------------


def _index() -> str:
    rows = [
        f"| [{kind.code}]({page_of(kind)}) | {kind.name.en} (*{kind.name.pl}*) | {_DIRECTIONS[kind.direction]} "
        f"| `{kind.extension}` | {kind.seen.en} |"
        for kind in KINDS
    ]
    return "\n".join(
        (
            "# The messages",
            "",
            "Every message of settlement that is read and written here, by what it is. A page lists each element and",
            "attribute: how often it stands, in which form, what it means, and whether the name was seen in a public",
            "source of the Fund or is our own. How messages are packed, what bounds them and what was inferred:",
            f"[formats](../formats.md). The pages are written by the program: {_COMMAND}.",
            "",
            "| message | what it is | who sends it | file | what is known |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "`rozlicz message inspect FILE` recognises any of them, shows what it says and holds it against its",
            "schema; `rozlicz message convert FILE -o OUT` gives its records as JSON, CSV or XLSX",
            "([command line](../cli.md)).",
            "",
        )
    )


# ---- one page ------------------------------------------------------------------------------------------------------


def _page(schema: str, kinds: list[MessageKind]) -> str:
    root = parts_of(kinds[0].schema_path, ROOT)
    title = ", ".join(kind.code for kind in kinds)
    names = ", ".join(dict.fromkeys(f"{kind.name.en} (*{kind.name.pl}*)" for kind in kinds))
    return "\n".join(
        (
            f"# {title}: {names}",
            "",
            root.meaning,
            "",
            *_facts(kinds, _versions(root, kinds)),
            f"- Schema: [{schema}.xsd](../../src/rozlicz/messages/schemas/{schema}.xsd).",
            "",
            "An attribute begins with `@`; `nfz:` is the Fund's namespace inside a framework message. *Number*: how",
            "often it stands at its place; *or*: instead of its neighbours. *Name*: *own* was chosen by Rozlicz, the",
            f"others were seen in a public source. {_MARK}",
            "",
            "| element, attribute | number | form | meaning | name |",
            "|---|---|---|---|---|",
            *_rows(root, 0),
            "",
            *_types(root),
        )
    )


def _facts(kinds: list[MessageKind], versions: list[str]) -> Iterator[str]:
    for direction in dict.fromkeys(kind.direction for kind in kinds):
        files = ", ".join(
            f"`{kind.extension}` ({kind.code})" if len(kinds) > 1 else f"`{kind.extension}`"
            for kind in kinds
            if kind.direction is direction
        )
        yield f"- Sent: {_DIRECTIONS[direction]}. File: {files}."
    yield f"- Written in version {', '.join(versions)}."
    yield from (f"- {seen}" for seen in dict.fromkeys(kind.seen.en for kind in kinds))


def _versions(root: Part, kinds: list[MessageKind]) -> list[str]:
    """Those the schema lists, where what a message holds decides; else the one of each kind."""
    values = [part.value for part in root.parts if part.is_attribute and part.name == VERSION]
    facets = [facet for value in values if value is not None for facet in value.facets]
    listed = [facet.value for facet in facets if facet.name == "enumeration"]
    return listed or sorted({_version(kind) for kind in kinds})


def _version(kind: MessageKind) -> str:
    return ";".join(part for part in WRITTEN_VERSIONS[kind.type] if part)


def _rows(part: Part, depth: int) -> Iterator[str]:
    name = f"@{part.name}" if part.is_attribute else part.name
    cells = (
        f"{'· ' * depth}`{name}`",
        _number(part),
        _form(part) if part.is_attribute else "",
        part.meaning,
        "own" if part.own else "",
    )
    yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"
    for below in part.parts:
        yield from _rows(below, depth + 1)


def _number(part: Part) -> str:
    most = "n" if part.most is None else str(part.most)
    number = most if str(part.least) == most else f"{part.least}–{most}"
    return f"{number}, or" if part.in_choice else number


def _form(part: Part) -> str:
    if part.fixed:
        return f"`{part.fixed}`"
    if part.value is None:
        return ""
    return f"[{part.value.name}](#forms)" if part.value.name else _restricted(part.value)


def _restricted(value: ValueType) -> str:
    """What a value may be: `text; up to 20 characters`."""
    listed = [facet for facet in value.facets if facet.name == "enumeration"]
    others = [facet for facet in value.facets if facet.name != "enumeration"]
    words = [] if listed and value.base == "xs:string" else [_BASES.get(value.base, value.base)]
    words += [_limit(facet) for facet in others]
    words += [
        ", ".join(
            f"`{facet.value}`" + (f" {facet.meaning.rstrip('.')}" * bool(facet.meaning)) for facet in listed
        )
    ]
    return "; ".join(word for word in words if word)


def _limit(facet: Facet) -> str:
    if facet.name == "pattern":
        return f"form `{facet.value}`"
    return _LIMITS.get(facet.name, f"{facet.name} {{}}").format(facet.value)


def _types(root: Part) -> Iterator[str]:
    """The forms that have a name, in a table of their own."""
    named = {part.value.name: part.value for part in _all(root) if part.value is not None and part.value.name}
    if not named:
        return
    yield "## Forms"
    yield ""
    yield "| form | what it is | meaning |"
    yield "|---|---|---|"
    for name in sorted(named):
        cells = (f"`{name}`", _restricted(named[name]), named[name].meaning)
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"
    yield ""


def _all(part: Part) -> Iterable[Part]:
    yield part
    for below in part.parts:
        yield from _all(below)


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", text)


def main(folder: Path) -> None:
    """Write the pages."""
    folder.mkdir(exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
