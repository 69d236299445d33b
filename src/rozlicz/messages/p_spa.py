"""Replies to messages of spa treatment (P_TUR, P_ZAW, P_GIE), from the payer to the provider: reading and writing.

The Fund's are not publicly known: types and names are ours, receipt and findings the same as in every reply of ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.header import Header
from rozlicz.messages.spa_replies import SpaRecord, SpaReply, SpaReplyTo, SpaResult
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.reply_wire import (
    LINE,
    STATE,
    STATES,
    read_findings,
    read_receipt,
    write_receipt,
    write_with_findings,
)
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to

_KINDS = tuple(kind.value for kind in SpaReplyTo)

_RESULT = "zapis"
_RECORD = "rodzaj"
_NUMBER = "numer"
_VERSION = "nr-wersji"
_PERSON_DAYS = "osobodni"


def write_p_spa(reply: SpaReply, *, header: Header, target: Path | BinaryIO, zipped: bool = False) -> None:
    """Write a reply; the header's kind must be the reply's."""
    with written_to(target, zipped=zipped, member_name="odpowiedz.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=reply.to, namespace=FUND)):
            write_receipt(writer, reply.receipt)
            for result in reply.results:
                _write_result(writer, result)


def read_p_spa(source: Source) -> tuple[Header, SpaReply]:
    """Read a reply of any of the three kinds. Raises MessageRefused, naming line, element and attribute."""
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=_KINDS)
    reply = SpaReply(
        to=SpaReplyTo(header.kind),
        receipt=read_receipt(root),
        results=tuple(_result(found) for found in root.many(_RESULT)),
    )
    root.everything_read()
    return header, reply


def _write_result(writer: XmlWriter, result: SpaResult) -> None:
    attributes: dict[str, str | None] = {
        _RECORD: result.record,
        _NUMBER: result.number,
        _VERSION: str(result.version),
        LINE: str(result.line),
        STATE: STATES[result.accepted],
        _PERSON_DAYS: None if result.person_days is None else str(result.person_days),
    }
    write_with_findings(writer, _RESULT, attributes, result.findings)


def _result(element: Element) -> SpaResult:
    return SpaResult(
        record=element.choice(_RECORD, SpaRecord),
        number=element.text(_NUMBER),
        version=element.number(_VERSION),
        line=element.number(LINE),
        accepted=element.word(STATE, STATES),
        person_days=element.optional_number(_PERSON_DAYS),
        findings=read_findings(element),
    )
