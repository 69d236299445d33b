"""The request for settlement (Z_ROZ) and its refusal (P_ROZ): reading and writing. Granted, it is answered by R_UMX.

No file of the Fund's is publicly known for it, so the kinds, their extensions (`.zrx`, since `.zrz` answers it and
`.swz` answers `.swx`; `.zrp`) and every name below the root are our own, except `fakt-wykonanie` and `nr-umowy`.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.money import text_from_grosze
from rozlicz.kernel.months import Month
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import SettledBy
from rozlicz.messages.header import Header
from rozlicz.messages.requests import MonthRequest, RepaymentRequest, RequestRefusal, SettlementRequest
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.reply_wire import (
    FINDING,
    read_findings,
    read_receipt,
    write_receipt,
    write_with_findings,
)
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to

KIND = "Z_ROZ"
REFUSAL_KIND = "P_ROZ"
VERSIONS = ("1.0",)

_MONTH_REQUEST = "zadanie-rozliczenia"
_CONTRACT = "nr-umowy"
_MONTH = "okres"
_WAY = "podstawa"
_SETTLED_BY = "fakt-wykonanie"

_REPAYMENT_REQUEST = "plan-splaty"
_YEAR = "rok"
_AMOUNT = "kwota"
_PLAN = "nr-planu-splaty"

_REFUSAL = "odmowa"

_A_YEAR = Text(pl="rok, np. 2026", en="a year such as 2026")


def write_settlement_request(
    request: SettlementRequest, *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write a request for settlement."""
    with written_to(target, zipped=zipped, member_name="zadanie.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            _write_request(writer, request)


def read_settlement_request(source: Source) -> tuple[Header, SettlementRequest]:
    """Read a request for settlement. Raises MessageRefused, naming line, element and attribute."""
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND, versions=VERSIONS)
    request = _request(root)
    root.everything_read()
    return header, request


def write_request_refusal(
    refusal: RequestRefusal, *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write the refusal of a request."""
    with written_to(target, zipped=zipped, member_name="odmowa.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=REFUSAL_KIND, namespace=FUND)):
            write_receipt(writer, refusal.receipt)
            _write_request(writer, refusal.request)
            write_with_findings(writer, _REFUSAL, {}, refusal.reasons)


def read_request_refusal(source: Source) -> tuple[Header, RequestRefusal]:
    """Read the refusal of a request. Raises MessageRefused, naming line, element and attribute."""
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=REFUSAL_KIND, versions=VERSIONS)
    receipt = read_receipt(root)
    element = root.one(_REFUSAL)
    reasons = read_findings(element)
    if not reasons:
        raise element.refusal("element-missing", name=FINDING)
    refusal = RequestRefusal(receipt=receipt, request=_request(root), reasons=reasons)
    root.everything_read()
    return header, refusal


def _write_request(writer: XmlWriter, request: SettlementRequest) -> None:
    match request:
        case MonthRequest():
            attributes = {_CONTRACT: request.contract, _MONTH: str(request.month)}
            if not request.settled_by:
                writer.empty(_MONTH_REQUEST, attributes)
                return
            with writer.element(_MONTH_REQUEST, attributes):
                for way in request.settled_by:
                    writer.empty(_WAY, {_SETTLED_BY: way.value})
        case RepaymentRequest():
            writer.empty(
                _REPAYMENT_REQUEST,
                {
                    _CONTRACT: request.contract,
                    _YEAR: str(request.year),
                    _AMOUNT: text_from_grosze(request.amount),
                    _PLAN: request.plan or None,
                },
            )


def _request(parent: Element) -> SettlementRequest:
    """The one thing that is asked for."""
    repayment = parent.maybe(_REPAYMENT_REQUEST)
    if repayment is not None:
        return RepaymentRequest(
            contract=repayment.text(_CONTRACT),
            year=repayment.take(_YEAR, _year, _A_YEAR),
            amount=repayment.grosze(_AMOUNT),
            plan=repayment.optional(_PLAN),
        )
    element = parent.one(_MONTH_REQUEST)
    return MonthRequest(
        contract=element.text(_CONTRACT),
        month=element.month(_MONTH),
        settled_by=tuple(found.choice(_SETTLED_BY, SettledBy) for found in element.many(_WAY)),
    )


def _year(text: str) -> int:
    return Month.parse(f"{text}-01").year
