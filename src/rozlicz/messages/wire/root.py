"""The root `komunikat` of every message: its header on the wire, and which message a file is.

Attribute names are the Fund's as seen in a SWIAD of 2018. In framework messages (SWIAD) the Fund's own
attributes carry the prefix `nfz`; in the Fund's own messages everything stands in one namespace.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from rozlicz.kernel.texts import Text
from rozlicz.messages.header import WRITTEN_VERSIONS, Header
from rozlicz.messages.wire.envelope import Source, opened
from rozlicz.messages.wire.refusals import MessageRefused, excerpt, refused
from rozlicz.messages.wire.stream import FRAMEWORK, FUND, XSI, Attributes, Walker, shown_name

ROOT = "komunikat"
PROVIDER = "swiadczeniodawca"

KIND = "typ"
AREA = "obszar"
VERSION = "wersja"
RECEIVER = "id-odb"
SENDER = "id-nad"
INSTALLATION = "id-inst-nad"
GENERATION = "nr-gen"
GENERATED_AT = "czas-gen"
PROGRAM = "info-aplik-nad"
CONTACT = "info-kontakt-nad"

PROVIDER_CODE = "id-swd"
PROVIDER_INSTALLATION = "id-inst-swd"

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?")
_A_NUMBER = Text(pl="liczba całkowita bez znaku", en="a whole number without a sign")
_A_MOMENT = Text(
    pl="data i godzina, np. 2026-11-05T12:36:26", en="a date and time such as 2026-11-05T12:36:26"
)
_SOME_TEXT = Text(pl="tekst", en="a text")


def header_attributes(header: Header, *, namespace: str) -> dict[str, str | None]:
    """The attributes of the root, in the Fund's order; those that say nothing are None.

    `namespace` is the message's own: in a framework message the Fund's attributes get the prefix.
    """
    prefix = "nfz:" if namespace == FRAMEWORK else ""
    return {
        KIND: header.kind,
        AREA: header.area or None,
        VERSION: header.version,
        f"nfz:{VERSION}": header.detailed_version if prefix else None,
        RECEIVER: header.receiver,
        SENDER: header.sender,
        INSTALLATION: header.installation or None,
        GENERATION: str(header.generation),
        GENERATED_AT: header.generated_at.isoformat(),
        prefix + PROGRAM: header.program or None,
        prefix + CONTACT: header.contact or None,
    }


def root_attributes(
    header: Header, *, kind: str, namespace: str, versions: Collection[str] = ()
) -> dict[str, str | None]:
    """Namespaces and header of a message to be written. A header of another kind or version raises ValueError.

    `versions` are those of a message that is written in several, by what it holds; none: the one of the table.
    """
    if header.kind != kind:
        raise ValueError(f"a message {kind} cannot have the header of {header.kind}")
    written = [(version, "") for version in versions] or [WRITTEN_VERSIONS[kind]]
    if (header.version, header.detailed_version) not in written:
        raise ValueError(f"{kind} is not written in version {header.version};{header.detailed_version}")
    namespaces: dict[str, str | None] = {"xmlns": namespace}
    if namespace == FRAMEWORK:
        namespaces["xmlns:nfz"] = FUND
    return namespaces | header_attributes(header, namespace=namespace)


def header_of(
    attributes: Mapping[str, str],
    *,
    kind: str | tuple[str, ...],
    namespace: str,
    line: int,
    provider: Mapping[str, str] | None = None,
) -> Header:
    """The header that the root's attributes tell. Raises MessageRefused.

    `kind` is what the caller can read, `provider` the attributes of the first child where the message has it.
    """
    fields = _Fields(attributes, line)
    found = fields.text(KIND)
    kinds = (kind,) if isinstance(kind, str) else kind
    if found not in kinds:
        expected = " / ".join(kinds)
        raise refused("kind", line=line, path=f"/{ROOT}", found=excerpt(found), expected=expected)
    prefix = f"{FUND} " if namespace == FRAMEWORK else ""
    named = provider or {}
    return Header(
        kind=found,
        area=fields.optional(AREA),
        version=fields.text(VERSION),
        detailed_version=fields.text(prefix + VERSION) if prefix else "",
        receiver=fields.text(RECEIVER),
        sender=fields.text(SENDER),
        installation=fields.optional(INSTALLATION),
        generation=fields.number(GENERATION),
        generated_at=fields.moment(GENERATED_AT),
        program=fields.optional(prefix + PROGRAM),
        contact=fields.optional(prefix + CONTACT),
        provider=named.get(PROVIDER_CODE, ""),
        short_installation=named.get(PROVIDER_INSTALLATION, ""),
    )


HEADER_NAMES = frozenset(
    {KIND, AREA, VERSION, RECEIVER, SENDER, INSTALLATION, GENERATION, GENERATED_AT, PROGRAM, CONTACT}
)
"""Attributes of the root in the message's own namespace (in a framework message the last two are `nfz:`)."""


def is_schema_hint(name: str) -> bool:
    """Whether an attribute only tells a validator where to look (`xsi:schemaLocation` and its like)."""
    return name.startswith(f"{XSI} ")


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTag:
    """What the first tag of a file says: name and namespace of the root, and `typ` and `obszar` of a message."""

    name: str
    namespace: str
    line: int
    type: str = ""
    area: str = ""

    def wrong_root(self) -> MessageRefused:
        """The refusal of a file that begins with something else than a message."""
        found = shown_name(f"{self.namespace} {self.name}" if self.namespace else self.name)
        return refused("root", line=self.line, found=found, root=ROOT, expected=FRAMEWORK)


def first_tag(source: Source) -> FirstTag:
    """The first tag of an XML file, zipped or not, whatever its format. Raises MessageRefused.

    Only the beginning is read, so that files of any size are recognised at once.
    """
    tags: list[FirstTag] = []

    def start(name: str, attributes: Attributes) -> None:
        if tags:
            return
        namespace, _, local = name.rpartition(" ")
        kind = _Fields(attributes, walker.line).text(KIND) if local == ROOT else ""
        area = attributes.get(AREA, "")
        tags.append(FirstTag(name=local, namespace=namespace, line=walker.line, type=kind, area=area))

    with opened(source) as stream:
        walker = Walker(stream, where=lambda: "", progress=lambda: len(tags))
        walker.use(start, lambda _name: None)
        while not tags and walker.step():
            pass
    if not tags:
        raise refused("cut-off", line=walker.line)
    return tags[0]


def recognise(source: Source) -> str:
    """The type of a message (`komunikat@typ`: SWIAD, UMX, R_UMX, FAKT, RACH, P_SWI, …) by its first tag.

    Raises MessageRefused when the file is no message. The table of `kinds` knows formats with other roots too.
    """
    tag = first_tag(source)
    if tag.name != ROOT:
        raise tag.wrong_root()
    return tag.type


def wrong_root(name: str, *, namespace: str, line: int, root: str = ROOT) -> MessageRefused:
    """The refusal of a document with another root than `root` of that namespace."""
    found = shown_name(name)
    return refused("root", line=line, path=f"/{found}", found=found, root=root, expected=namespace)


class _Fields:
    """Typed reading of the root's attributes, with a refusal that names what is wrong."""

    def __init__(self, attributes: Mapping[str, str], line: int) -> None:
        self._attributes = attributes
        self._line = line

    def optional(self, name: str) -> str:
        return self._attributes.get(name, "")

    def text(self, name: str, expected: Text = _SOME_TEXT) -> str:
        value = self._attributes.get(name)
        if value is None:
            raise refused(
                "attribute-missing",
                line=self._line,
                path=f"/{ROOT}",
                name=shown_name(name),
                expected=expected,
            )
        return value

    def number(self, name: str) -> int:
        value = self.text(name, _A_NUMBER)
        if not (value.isascii() and value.isdigit() and len(value) <= 18):
            raise self._wrong(name, value, _A_NUMBER)
        return int(value)

    def moment(self, name: str) -> datetime:
        value = self.text(name, _A_MOMENT)
        if not _MOMENT.fullmatch(value):
            raise self._wrong(name, value, _A_MOMENT)
        try:
            return datetime.fromisoformat(value)
        except ValueError as error:
            raise self._wrong(name, value, _A_MOMENT) from error

    def _wrong(self, name: str, value: str, expected: Text) -> MessageRefused:
        return refused(
            "attribute-wrong",
            line=self._line,
            path=f"/{ROOT}",
            name=shown_name(name),
            value=excerpt(value),
            expected=expected,
        )
