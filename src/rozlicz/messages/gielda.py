"""Offers of spa places (GIELDA), from the provider to the payer: reading and writing.

The Fund's exchange is a page of its spa settlement system, no message of it is known: the message, its type and every
name below are ours, those seen in other messages used with their meaning there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.header import Header
from rozlicz.messages.spa_notices import OfferOfPlaces
from rozlicz.messages.spa_stays import SpaTreatment
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to

KIND = "GIELDA"

_OFFER = "oferta"
_NUMBER = "nr-oferty"
_VERSION = "nr-wersji"
_WITHDRAWN = "usun"  # seen in SWIAD
_YES = "T"
_CONTRACT = "kod-umowy"  # seen in UMX
_SCOPE = "kod-zakresu"  # seen in SWIAD-WYKBAD
_DISTINGUISHER = "wyroznik"  # seen in SWIAD-WYKBAD
_TREATMENT = "rodzaj"
_PLACES = "liczba-miejsc"
_FROM = "data-od"  # seen in ZPOSP
_TO = "data-do"  # seen in ZPOSP

_NO_SHOW = "niestawienie"
_NOTICE = "nr-zawiadomienia"


def write_gielda(
    offers: Sequence[OfferOfPlaces], *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write offers of places."""
    with written_to(target, zipped=zipped, member_name="gielda.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND)):
            for offer in offers:
                _write_offer(writer, offer)


def read_gielda(source: Source) -> tuple[Header, tuple[OfferOfPlaces, ...]]:
    """Read offers of places. Raises MessageRefused, naming line, element and attribute."""
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND)
    offers = tuple(_offer(found) for found in root.many(_OFFER))
    root.everything_read()
    return header, offers


def _write_offer(writer: XmlWriter, offer: OfferOfPlaces) -> None:
    attributes = {
        _NUMBER: offer.number,
        _VERSION: str(offer.version),
        _WITHDRAWN: _YES if offer.withdrawn else None,
        _CONTRACT: offer.contract,
        _SCOPE: offer.scope,
        _DISTINGUISHER: str(offer.distinguisher),
        _TREATMENT: offer.treatment,
        _PLACES: str(offer.places),
        _FROM: offer.begins_on.isoformat(),
        _TO: offer.ends_on.isoformat(),
    }
    with writer.element(_OFFER, attributes):
        for number in offer.no_shows:
            writer.empty(_NO_SHOW, {_NOTICE: number})


def _offer(element: Element) -> OfferOfPlaces:
    return OfferOfPlaces(
        number=element.text(_NUMBER),
        version=element.number(_VERSION),
        withdrawn=element.flag(_WITHDRAWN),
        contract=element.text(_CONTRACT),
        scope=element.text(_SCOPE),
        distinguisher=element.number(_DISTINGUISHER),
        treatment=element.choice(_TREATMENT, SpaTreatment),
        places=element.number(_PLACES),
        begins_on=element.day(_FROM),
        ends_on=element.day(_TO),
        no_shows=tuple(found.text(_NOTICE) for found in element.many(_NO_SHOW)),
        line=element.line,
    )
