"""The reply to a report (P_SWI), from the payer to the provider: written and read as a stream.

Of the Fund's reply only its purpose and its file extension (.swz) are publicly known, so every name here is
our own: the receipt, the summary, then every position of the report with its findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from weakref import finalize

from rozlicz.kernel.money import text_from_grosze
from rozlicz.kernel.texts import Text
from rozlicz.messages.envelope import Source, opened
from rozlicz.messages.header import Header
from rozlicz.messages.limits import REPORT_LIMITS, Limits
from rozlicz.messages.replies import Receipt, ReplyFinding, ReplyPosition, ReplySummary
from rozlicz.messages.root import ROOT, root_attributes
from rozlicz.messages.stream import FUND
from rozlicz.messages.tree import Element, header_of_tree
from rozlicz.messages.tree_stream import ItemStream
from rozlicz.messages.xml_writer import XmlWriter, written_to

KIND = "P_SWI"

_RECEIPT = "potwierdzenie"
_RECEIPT_NUMBER = "nr-potw"
_RECEIVED_AT = "czas-odb"
_SHA256 = "skrot-sha256"
_REPORT_GENERATION = "nr-gen-raportu"

_SUMMARY = "podsumowanie"
_ACCEPTED_COUNT = "poz-przyjete"
_REJECTED_COUNT = "poz-odrzucone"
_ACCEPTED_VALUE = "wart-przyjeta"
_REJECTED_VALUE = "wart-odrzucona"

_POSITIONS = "pozycje"
_POSITION = "pozycja"
_SERVICE_ID = "id-swiad"
_SERVICE_VERSION = "nr-wersji"
_NUMBER = "lp"
_LINE = "wiersz"
_STATE = "stan"
_STATES = {True: "P", False: "O"}

_FINDING = "wynik"
_CODE = "kod"
_SEVERITY = "waga"
_SEVERITIES = {"error": "B", "warning": "O"}
_MESSAGE = "opis"
_BASIS = "podstawa"
_REMEDY = "sposob-poprawy"
_IN_ENGLISH = "-en"


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
            writer.empty(_RECEIPT, _receipt_attributes(receipt))
            writer.empty(_SUMMARY, _summary_attributes(summary))
            with writer.element(_POSITIONS, {}):
                for position in positions:
                    _write_position(writer, position)


class ReplyReader:
    """A reply being read: `header`, `receipt` and `summary` at once, then the positions one by one.

    Raises MessageRefused, naming line, element and attribute, also while the positions are read. It closes
    at its end, at the end of a `with`, or when it is forgotten.
    """

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        self._closing = ExitStack()
        # a reader of whom only the header was wanted is closed when it is forgotten
        finalize(self, self._closing.close)
        try:
            stream = self._closing.enter_context(opened(source, limits=limits))
            self._tree = ItemStream(stream, namespace=FUND, items=_POSITIONS, item=_POSITION, limits=limits)
            self._root = root = self._tree.head()
            self.header: Header = header_of_tree(root, kind=KIND)
            self.receipt: Receipt = _receipt(root.one(_RECEIPT))
            self.summary: ReplySummary = _summary(root.one(_SUMMARY))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; reading further is not possible."""
        self._closing.close()

    def __iter__(self) -> Iterator[ReplyPosition]:
        """The positions, in the order of the report; once only."""
        with self._closing:
            for element in self._tree.items():
                position = _position(element)
                element.everything_read()
                yield position
            self._root.one(_POSITIONS)
            self._root.everything_read()


def _receipt_attributes(receipt: Receipt) -> dict[str, str | None]:
    return {
        _RECEIPT_NUMBER: receipt.number,
        _RECEIVED_AT: receipt.received_at.isoformat(),
        _SHA256: receipt.sha256,
        _REPORT_GENERATION: str(receipt.report_generation),
    }


def _receipt(element: Element) -> Receipt:
    return Receipt(
        number=element.text(_RECEIPT_NUMBER),
        received_at=element.moment(_RECEIVED_AT),
        sha256=element.text(_SHA256),
        report_generation=element.number(_REPORT_GENERATION),
    )


def _summary_attributes(summary: ReplySummary) -> dict[str, str | None]:
    return {
        _ACCEPTED_COUNT: str(summary.accepted),
        _REJECTED_COUNT: str(summary.rejected),
        _ACCEPTED_VALUE: text_from_grosze(summary.accepted_value),
        _REJECTED_VALUE: text_from_grosze(summary.rejected_value),
    }


def _summary(element: Element) -> ReplySummary:
    return ReplySummary(
        accepted=element.number(_ACCEPTED_COUNT),
        rejected=element.number(_REJECTED_COUNT),
        accepted_value=element.grosze(_ACCEPTED_VALUE),
        rejected_value=element.grosze(_REJECTED_VALUE),
    )


def _write_position(writer: XmlWriter, position: ReplyPosition) -> None:
    attributes = {
        _SERVICE_ID: position.service_id,
        _SERVICE_VERSION: position.service_version,
        _NUMBER: position.position,
        _LINE: str(position.line),
        _STATE: _STATES[position.accepted],
    }
    if not position.findings:
        writer.empty(_POSITION, attributes)
        return
    writer.start(_POSITION, attributes)
    for finding in position.findings:
        writer.empty(_FINDING, _finding_attributes(finding))
    writer.end()


def _position(element: Element) -> ReplyPosition:
    return ReplyPosition(
        service_id=element.text(_SERVICE_ID),
        service_version=element.text(_SERVICE_VERSION),
        position=element.text(_NUMBER),
        line=element.number(_LINE),
        accepted=element.word(_STATE, _STATES),
        findings=tuple(_finding(found) for found in element.many(_FINDING)),
    )


def _finding_attributes(finding: ReplyFinding) -> dict[str, str]:
    texts = {_MESSAGE: finding.message, _BASIS: finding.basis, _REMEDY: finding.remedy}
    return (
        {_CODE: finding.code, _SEVERITY: _SEVERITIES[finding.severity]}
        | {name: text.pl for name, text in texts.items()}
        | {name + _IN_ENGLISH: text.en for name, text in texts.items()}
    )


def _finding(element: Element) -> ReplyFinding:
    return ReplyFinding(
        code=element.text(_CODE),
        severity=element.word(_SEVERITY, _SEVERITIES),
        message=_text(element, _MESSAGE),
        basis=_text(element, _BASIS),
        remedy=_text(element, _REMEDY),
    )


def _text(element: Element, name: str) -> Text:
    return Text(pl=element.text(name), en=element.text(name + _IN_ENGLISH))
