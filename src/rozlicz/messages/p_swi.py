"""The reply to a report (P_SWI), from the payer to the provider: written and read as a stream.

Of the Fund's reply only its purpose and its file extension (.swz) are publicly known, so every name here is
our own: the receipt, the summary, then every position of the report with its findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.envelope import Source
from rozlicz.messages.header import Header
from rozlicz.messages.limits import REPORT_LIMITS, Limits
from rozlicz.messages.reader import ItemReader
from rozlicz.messages.replies import Receipt, ReplyPosition, ReplySummary
from rozlicz.messages.reply_wire import (
    LINE,
    STATE,
    STATES,
    read_findings,
    read_receipt,
    read_summary,
    write_receipt,
    write_summary,
    write_with_findings,
)
from rozlicz.messages.root import ROOT, root_attributes
from rozlicz.messages.stream import FUND
from rozlicz.messages.tree import Element
from rozlicz.messages.xml_writer import XmlWriter, written_to

KIND = "P_SWI"

_POSITIONS = "pozycje"
_POSITION = "pozycja"
_SERVICE_ID = "id-swiad"
_SERVICE_VERSION = "nr-wersji"
_NUMBER = "lp"


def write_p_swi(
    *,
    receipt: Receipt,
    summary: ReplySummary,
    positions: Iterable[ReplyPosition],
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write a reply; positions are taken one by one, so memory does not grow with their number."""
    with written_to(target, zipped=zipped, member_name="odpowiedz.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            write_receipt(writer, receipt)
            write_summary(writer, summary)
            with writer.element(_POSITIONS, {}):
                for position in positions:
                    _write_position(writer, position)


class ReplyReader(ItemReader[ReplyPosition]):
    """A reply being read: `header`, `receipt`, `summary` at once, then the positions in the order of the report."""

    receipt: Receipt
    summary: ReplySummary

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, kind=KIND, items=_POSITIONS, item=_POSITION, limits=limits)

    def read_head(self, root: Element) -> None:
        """Take receipt and summary."""
        self.receipt = read_receipt(root)
        self.summary = read_summary(root)

    def read_item(self, element: Element) -> ReplyPosition:
        """A position."""
        return ReplyPosition(
            service_id=element.text(_SERVICE_ID),
            service_version=element.text(_SERVICE_VERSION),
            position=element.text(_NUMBER),
            line=element.number(LINE),
            accepted=element.word(STATE, STATES),
            findings=read_findings(element),
        )


def _write_position(writer: XmlWriter, position: ReplyPosition) -> None:
    attributes: dict[str, str | None] = {
        _SERVICE_ID: position.service_id,
        _SERVICE_VERSION: position.service_version,
        _NUMBER: position.position,
        LINE: str(position.line),
        STATE: STATES[position.accepted],
    }
    write_with_findings(writer, _POSITION, attributes, position.findings)
