"""The reply to a report (P_SWI), from the payer to the provider: written and read as a stream.

Of the Fund's reply only its purpose and its file extension (.swz) are publicly known, and that the state of an
examination is called `stan-weryf-poz-badania` (notice 8018), so every other name here is our own: the receipt, the
summary, then every position of the report with its findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.header import Header
from rozlicz.messages.replies import Receipt, ReplyPosition, ReplySummary
from rozlicz.messages.swiad.names import EXAMINATIONS
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.limits import REPORT_LIMITS, Limits
from rozlicz.messages.wire.reader import ItemReader
from rozlicz.messages.wire.reply_wire import (
    LINE,
    STATE,
    STATES,
    read_findings,
    read_optional_summary,
    read_receipt,
    read_summary,
    write_receipt,
    write_summary,
    write_with_findings,
)
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND, shown_name
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to

KIND = "P_SWI"

_POSITIONS = "pozycje"
_POSITION = "pozycja"
_SERVICE_ID = "id-swiad"
_VERSION = "nr-wersji"
_NUMBER = "lp"

_EXAMINATION = "stan-weryf-poz-badania"  # the Fund's; its attributes are ours
_SET_ID = "id-zest"
_EXAMINATION_NUMBER = "id-bad"

_OF_SERVICES = (_POSITION, _SERVICE_ID, _NUMBER)
_OF_EXAMINATIONS = (_EXAMINATION, _SET_ID, _EXAMINATION_NUMBER)


def write_p_swi(
    *,
    receipt: Receipt,
    summary: ReplySummary | None = None,
    positions: Iterable[ReplyPosition] = (),
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write a reply; positions are taken one by one, so memory does not grow with their number.

    Without a summary the reply is a receipt only: the report was taken in, and is not checked yet. The area of the
    header is that of the report (none: services).
    """
    with written_to(target, zipped=zipped, member_name="odpowiedz.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            write_receipt(writer, receipt)
            if summary is None:
                return
            write_summary(writer, summary)
            with writer.element(_POSITIONS, {}):
                for position in positions:
                    _write_position(writer, position, _names(header))


class ReplyReader(ItemReader[ReplyPosition]):
    """A reply being read: `header`, `receipt`, `summary` at once, then the positions in the order of the report.

    `summary` is None, and there are no positions, when the report was only taken in and is not checked yet.
    """

    receipt: Receipt
    summary: ReplySummary | None

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, kind=KIND, items=_POSITIONS, item=(_POSITION, _EXAMINATION), limits=limits)

    def read_head(self, root: Element) -> None:
        """Take receipt and summary."""
        self.receipt = read_receipt(root)
        self.summary = read_summary(root) if self._tree.has_items else read_optional_summary(root)
        self.items_expected = self.summary is not None

    def read_item(self, element: Element) -> ReplyPosition:
        """A position."""
        name, identifier, number = _names(self.header)
        found = shown_name(element.name, default=FUND)
        if found != name:
            raise element.refusal("element-unknown", name=found)
        return ReplyPosition(
            service_id=element.text(identifier),
            service_version=element.text(_VERSION),
            position=element.text(number),
            line=element.number(LINE),
            accepted=element.word(STATE, STATES),
            findings=read_findings(element),
        )


def _names(header: Header) -> tuple[str, str, str]:
    """The element of a position in the reply to a report of that area, its identifier and its number."""
    return _OF_EXAMINATIONS if header.area == EXAMINATIONS else _OF_SERVICES


def _write_position(writer: XmlWriter, position: ReplyPosition, names: tuple[str, str, str]) -> None:
    name, identifier, number = names
    attributes: dict[str, str | None] = {
        identifier: position.service_id,
        _VERSION: position.service_version,
        number: position.position,
        LINE: str(position.line),
        STATE: STATES[position.accepted],
    }
    write_with_findings(writer, name, attributes, position.findings)
