"""Notices of spa treatment (ZAWUZD), from the provider by way of the payer to the branch that confirmed the referral.

The Fund's exchange format is not publicly known: the message, its type and every name below are ours, those seen in
other messages used with their meaning there. One message holds notices for one branch.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.header import Header
from rozlicz.messages.spa_notices import NoticeDocument, NoticeKind, SpaNotice, SpaNotices
from rozlicz.messages.spa_stays import SpaTreatment
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.person_wire import read_person, write_person
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import XmlWriter, iso_text, written_to

KIND = "ZAWUZD"

_NOTICES = "zawiadomienia"
_CONFIRMED_BY = "oddz-nfz"  # seen in R_UMX

_NOTICE = "zawiadomienie"
_NUMBER = "nr-zawiadomienia"
_VERSION = "nr-wersji"
_WITHDRAWN = "usun"  # seen in SWIAD
_YES = "T"
_WHAT = "rodzaj"
_HAPPENED_ON = "data"
_ARRIVED_ON = "data-przyj"
_REASON = "przyczyna"

_PLANNED = "leczenie"
_REFERRAL = "nr-skierowania"
_CONTRACT = "kod-umowy"  # seen in UMX
_TREATMENT = "rodzaj"
_ROUND = "nr-turnusu"
_FROM = "data-od"  # seen in ZPOSP
_TO = "data-do"  # seen in ZPOSP

_PATIENT = "pacjent"

_DOCUMENT = "dokument"
_DOCUMENT_NAME = "nazwa"  # seen in e-LEKZR
_DOCUMENT_NUMBER = "numer"
_ISSUED_ON = "data-wystawienia"  # seen in e-LEKZR


def write_zawuzd(
    notices: SpaNotices, *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write notices for one branch."""
    with written_to(target, zipped=zipped, member_name="zawiadomienia.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            with writer.element(_NOTICES, {_CONFIRMED_BY: notices.confirmed_by}):
                for notice in notices.notices:
                    _write_notice(writer, notice)


def read_zawuzd(source: Source) -> tuple[Header, SpaNotices]:
    """Read notices. Raises MessageRefused, naming line, element and attribute."""
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND)
    element = root.one(_NOTICES)
    notices = SpaNotices(
        confirmed_by=element.text(_CONFIRMED_BY),
        notices=tuple(_notice(found) for found in element.many(_NOTICE)),
    )
    root.everything_read()
    return header, notices


def _write_notice(writer: XmlWriter, notice: SpaNotice) -> None:
    attributes = {
        _NUMBER: notice.number,
        _VERSION: str(notice.version),
        _WITHDRAWN: _YES if notice.withdrawn else None,
        _WHAT: notice.kind,
        _HAPPENED_ON: notice.happened_on.isoformat(),
        _ARRIVED_ON: iso_text(notice.arrived_on),
        _REASON: notice.reason,
    }
    planned = {
        _REFERRAL: notice.referral,
        _CONTRACT: notice.contract,
        _TREATMENT: notice.treatment,
        _ROUND: notice.round_number or None,
        _FROM: notice.planned_from.isoformat(),
        _TO: notice.planned_to.isoformat(),
    }
    with writer.element(_NOTICE, attributes):
        writer.empty(_PLANNED, planned)
        write_person(writer, _PATIENT, notice.patient)
        for document in notice.documents:
            writer.empty(
                _DOCUMENT,
                {
                    _DOCUMENT_NAME: document.name,
                    _DOCUMENT_NUMBER: document.number,
                    _ISSUED_ON: document.issued_on.isoformat(),
                },
            )


def _notice(element: Element) -> SpaNotice:
    planned = element.one(_PLANNED)
    return SpaNotice(
        number=element.text(_NUMBER),
        version=element.number(_VERSION),
        withdrawn=element.flag(_WITHDRAWN),
        kind=element.choice(_WHAT, NoticeKind),
        happened_on=element.day(_HAPPENED_ON),
        arrived_on=element.optional_day(_ARRIVED_ON),
        reason=element.text(_REASON),
        referral=planned.text(_REFERRAL),
        contract=planned.text(_CONTRACT),
        treatment=planned.choice(_TREATMENT, SpaTreatment),
        round_number=planned.optional(_ROUND),
        planned_from=planned.day(_FROM),
        planned_to=planned.day(_TO),
        patient=read_person(element.one(_PATIENT)),
        documents=tuple(
            NoticeDocument(
                name=found.text(_DOCUMENT_NAME),
                number=found.text(_DOCUMENT_NUMBER),
                issued_on=found.day(_ISSUED_ON),
            )
            for found in element.many(_DOCUMENT)
        ),
        line=element.line,
    )
