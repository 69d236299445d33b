"""Receipts, summaries, states and findings on the wire, alike in the replies to every report. Names are our own."""

from __future__ import annotations

from collections.abc import Iterable

from rozlicz.kernel.money import text_from_grosze
from rozlicz.kernel.texts import Text
from rozlicz.messages.replies import Receipt, ReplyFinding, ReplySummary
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import XmlWriter

RECEIPT = "potwierdzenie"
RECEIPT_NUMBER = "nr-potw"
RECEIVED_AT = "czas-odb"
SHA256 = "skrot-sha256"
REPORT_GENERATION = "nr-gen-raportu"

SUMMARY = "podsumowanie"
ACCEPTED_COUNT = "poz-przyjete"
REJECTED_COUNT = "poz-odrzucone"
ACCEPTED_VALUE = "wart-przyjeta"
REJECTED_VALUE = "wart-odrzucona"

LINE = "wiersz"
STATE = "stan"
STATES = {True: "P", False: "O"}
"""Of a record of the report: its line there, and whether it was accepted or rejected."""

FINDING = "wynik"
CODE = "kod"
SEVERITY = "waga"
SEVERITIES = {"error": "B", "warning": "O"}
MESSAGE = "opis"
BASIS = "podstawa"
REMEDY = "sposob-poprawy"
IN_ENGLISH = "-en"


def write_receipt(writer: XmlWriter, receipt: Receipt) -> None:
    """The element `potwierdzenie`."""
    writer.empty(
        RECEIPT,
        {
            RECEIPT_NUMBER: receipt.number,
            RECEIVED_AT: receipt.received_at.isoformat(),
            SHA256: receipt.sha256,
            REPORT_GENERATION: str(receipt.report_generation),
        },
    )


def read_receipt(root: Element) -> Receipt:
    """The receipt among the children of the root."""
    return _receipt(root.one(RECEIPT))


def read_optional_receipt(root: Element) -> Receipt | None:
    """The receipt among the children of the root, None when there is none."""
    element = root.maybe(RECEIPT)
    return None if element is None else _receipt(element)


def _receipt(element: Element) -> Receipt:
    return Receipt(
        number=element.text(RECEIPT_NUMBER),
        received_at=element.moment(RECEIVED_AT),
        sha256=element.text(SHA256),
        report_generation=element.number(REPORT_GENERATION),
    )


def write_summary(writer: XmlWriter, summary: ReplySummary) -> None:
    """The element `podsumowanie`."""
    writer.empty(
        SUMMARY,
        {
            ACCEPTED_COUNT: str(summary.accepted),
            REJECTED_COUNT: str(summary.rejected),
            ACCEPTED_VALUE: text_from_grosze(summary.accepted_value),
            REJECTED_VALUE: text_from_grosze(summary.rejected_value),
        },
    )


def read_summary(root: Element) -> ReplySummary:
    """The summary among the children of the root."""
    return _summary(root.one(SUMMARY))


def read_optional_summary(root: Element) -> ReplySummary | None:
    """The summary among the children of the root, None when there is none."""
    element = root.maybe(SUMMARY)
    return None if element is None else _summary(element)


def _summary(element: Element) -> ReplySummary:
    return ReplySummary(
        accepted=element.number(ACCEPTED_COUNT),
        rejected=element.number(REJECTED_COUNT),
        accepted_value=element.grosze(ACCEPTED_VALUE),
        rejected_value=element.grosze(REJECTED_VALUE),
    )


def write_with_findings(
    writer: XmlWriter, name: str, attributes: dict[str, str | None], findings: Iterable[ReplyFinding]
) -> None:
    """An element with a finding a child."""
    found = tuple(findings)
    if not found:
        writer.empty(name, attributes)
        return
    with writer.element(name, attributes):
        write_findings(writer, found)


def write_findings(writer: XmlWriter, findings: Iterable[ReplyFinding]) -> None:
    """An element for each finding, inside the one that is open."""
    for finding in findings:
        writer.empty(FINDING, _finding_attributes(finding))


def read_findings(element: Element) -> tuple[ReplyFinding, ...]:
    """The findings among the children of an element, in order."""
    return tuple(_finding(found) for found in element.many(FINDING))


def _finding_attributes(finding: ReplyFinding) -> dict[str, str]:
    texts = {MESSAGE: finding.message, BASIS: finding.basis, REMEDY: finding.remedy}
    return (
        {CODE: finding.code, SEVERITY: SEVERITIES[finding.severity]}
        | {name: text.pl for name, text in texts.items()}
        | {name + IN_ENGLISH: text.en for name, text in texts.items()}
    )


def _finding(element: Element) -> ReplyFinding:
    return ReplyFinding(
        code=element.text(CODE),
        severity=element.word(SEVERITY, SEVERITIES),
        message=_text(element, MESSAGE),
        basis=_text(element, BASIS),
        remedy=_text(element, REMEDY),
    )


def _text(element: Element, name: str) -> Text:
    return Text(pl=element.text(name), en=element.text(name + IN_ENGLISH))
