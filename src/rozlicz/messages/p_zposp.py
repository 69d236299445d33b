"""The reply to a report of supply (P_ZPOSP), from the payer to the provider: written and read as a stream.

The Fund's reply is not publicly known: the message, its type and every name are our own, those of the reply to a
report of services (P_SWI) used with their meaning there. Receipt and summary, then every position with its findings.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.header import Header
from rozlicz.messages.replies import Receipt, ReplySummary
from rozlicz.messages.supply import SupplyResult
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.limits import REPORT_LIMITS, Limits
from rozlicz.messages.wire.reader import ItemReader
from rozlicz.messages.wire.reply_wire import (
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
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to

KIND = "P_ZPOSP"

_POSITIONS = "pozycje"
_POSITION = "pozycja"
_ID = "id-poz"
_VERSION = "nr-wersji"
_ROW = "lp"
_ORDER = "nr-zlecenia"


def write_p_zposp(
    *,
    receipt: Receipt,
    summary: ReplySummary,
    results: Iterable[SupplyResult],
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write a reply; results are taken one by one, so memory does not grow with their number.

    The values in the summary are what the payer owes, in grosze.
    """
    with written_to(target, zipped=zipped, member_name="odpowiedz.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            write_receipt(writer, receipt)
            write_summary(writer, summary)
            with writer.element(_POSITIONS, {}):
                for result in results:
                    _write_result(writer, result)


class SupplyReplyReader(ItemReader[SupplyResult]):
    """A reply being read: `header`, `receipt`, `summary` at once, then the results in the order of the report."""

    receipt: Receipt
    summary: ReplySummary

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, kind=KIND, items=_POSITIONS, item=_POSITION, limits=limits)

    def read_head(self, root: Element) -> None:
        """Take receipt and summary."""
        self.receipt = read_receipt(root)
        self.summary = read_summary(root)

    def read_item(self, element: Element) -> SupplyResult:
        """The result of a position."""
        return SupplyResult(
            id=element.text(_ID),
            version=element.text(_VERSION),
            row=element.number(_ROW),
            line=element.number(LINE),
            order=element.optional(_ORDER),
            accepted=element.word(STATE, STATES),
            findings=read_findings(element),
        )


def _write_result(writer: XmlWriter, result: SupplyResult) -> None:
    attributes: dict[str, str | None] = {
        _ID: result.id,
        _VERSION: result.version,
        _ROW: str(result.row),
        LINE: str(result.line),
        _ORDER: result.order or None,
        STATE: STATES[result.accepted],
    }
    write_with_findings(writer, _POSITION, attributes, result.findings)
