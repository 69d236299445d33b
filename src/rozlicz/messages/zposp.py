"""Supply of medical devices (ZPOSP), phase I, from the provider to the payer: written and read as a stream.

Seen in the Fund's notice 7728 and used exactly: `dane-pr-zposp` with `kod`, `data-od`, `data-do`, `nfz:pacjent` and
`nfz:potw-upraw-dod`, with their levels; that positions have a type, of which `N` is the normal one. That root and
first child are those of the framework message, as in SWIAD, follows from the prefix `nfz:`. Names marked `own` are
ours.

A value is text until verification has looked at it: one wrong position never stops the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.envelope import Source
from rozlicz.messages.framework import FrameworkReader, provider_attributes
from rozlicz.messages.header import Header
from rozlicz.messages.limits import REPORT_LIMITS, Limits
from rozlicz.messages.places import Place
from rozlicz.messages.root import PROVIDER, ROOT, root_attributes
from rozlicz.messages.services import Patient
from rozlicz.messages.stream import FRAMEWORK, Attributes, framework, fund
from rozlicz.messages.supply import (
    AdditionalEntitlement,
    CoordinationRight,
    Device,
    MonthlySupply,
    SuppliedPatient,
    Supply,
    SupplyOrder,
    SupplyPosition,
    SupplySettlement,
)
from rozlicz.messages.xml_writer import XmlWriter, written_to

KIND = "ZPOSP"

# Elements as they stand in the file: without prefix those of the framework.
_POSITION = "pozycja"  # own
_SUPPLY = "dane-pr-zposp"
_ORDER = "zlecenie"  # own here; seen as the root of an order (eZWM)
_DEVICE = "wyrob"  # own
_MONTHLY = "zaopatrzenie-mies"  # own
_PATIENT = "nfz:pacjent"
_RIGHT = "nfz:dokument"  # own
_ADDITIONAL = "nfz:potw-upraw-dod"
_SETTLEMENT = "nfz:rozliczenie"  # own

# Attributes by the field they fill.
_OF_POSITION = {"id": "id-poz", "version": "nr-wersji", "type": "typ"}  # own
_OF_SUPPLY = {
    "service_code": "kod",
    "accepted_on": "data-od",
    "completed_on": "data-do",
    "handed_over": "sposob-wydania",  # own
    "place": "id-miejsca",  # own
    "pesel": "pesel",  # own
}
_OF_ORDER = {
    "kind": "rodzaj",  # own
    "number": "nr-zlecenia-nfz",  # own here; seen in eZWM
    "paper_number": "nr-zlecenia",  # own
    "issued_on": "data-wystawienia",  # own here; seen in eZWM
    "issuer_type": "typ-pers-zlec",  # own here; seen in eZWM
    "issuer": "id-zlec",  # own here; seen in eZWM
    "confirmation": "nr-potw",  # own
    "confirmed_on": "data-potw",  # own
}
_OF_DEVICE = {  # own
    "code": "kod-wyrobu",
    "side": "strona",
    "quantity": "ilosc",
    "name": "nazwa-handl",
    "serial_number": "nr-seryjny",
}
_OF_MONTHLY = {"part": "nr-czesci", "first_month": "okres-od", "last_month": "okres-do"}  # own
_OF_PERSON = {
    "id_type": "typ-id",  # own here; seen in SWIAD
    "id": "id-osoby",  # own here; seen in SWIAD
    "country": "panstwo-dok",  # own here; seen in DEKL
    "sex": "plec",  # own
    "birth_date": "data-ur",  # own
    "surname": "nazwisko",  # own here; seen in eZWM
    "first_name": "imie",  # own here; seen in eZWM
}
_OF_RIGHT = {  # own
    "document": "typ",
    "number": "numer",
    "country": "panstwo",
    "institution": "instytucja",
    "valid_from": "data-od",
    "valid_to": "data-do",
}
_OF_ADDITIONAL = {  # own
    "code": "kod",
    "document": "typ",
    "number": "numer",
    "issued_on": "data-wystawienia",
    "valid_from": "data-od",
    "valid_to": "data-do",
}
_OF_SETTLEMENT = {  # own
    "contract": "kod-umowy",
    "month": "okres",
    "scope": "kod-zakresu",
    "distinguisher": "wyroznik",
    "price": "cena",
    "value": "wartosc",
    "limit": "limit",
    "share": "procent-nfz",
    "due": "kwota-nfz",
    "own_share": "udzial-wlasny",
    "over_limit": "doplata",
}


def write_zposp(
    positions: Iterable[SupplyPosition],
    *,
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write a report of supply; positions are taken one by one, so memory does not grow with their number."""
    with written_to(target, zipped=zipped, member_name="zaopatrzenie.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FRAMEWORK)):
            with writer.element(PROVIDER, provider_attributes(header)):
                for position in positions:
                    _write_position(writer, position)


class SupplyReader(FrameworkReader):
    """A report of supply being read: `header` at once, then the positions in the order of the message.

    Raises MessageRefused when the file is no such report: while it is opened or at any later step. `unread` tells
    what the file holds and a position does not; of several elements where one counts the first counts.
    """

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, limits=limits)
        self._count = 0
        self._line = 0
        self._found: dict[str, Attributes] = {}
        self._additional: list[Attributes] = []
        self._ready: list[SupplyPosition] = []
        self.header: Header = self.open_report(kind=KIND)

    @property
    def rows_read(self) -> int:
        """How many positions were found so far."""
        return self._count

    def add_places(self, provider: Place) -> None:
        """Positions, and what stands in them."""
        position = provider.holds(_qualified(_POSITION), self._take_position)
        supply = self._once(position, _SUPPLY, _OF_SUPPLY)
        patient = self._once(supply, _PATIENT, _OF_PERSON)
        self._once(patient, _RIGHT, _OF_RIGHT)
        supply.holds(_qualified(_ADDITIONAL), self._take_additional)
        self._once(supply, _ORDER, _OF_ORDER)
        self._once(supply, _DEVICE, _OF_DEVICE)
        self._once(supply, _MONTHLY, _OF_MONTHLY)
        self._once(supply, _SETTLEMENT, _OF_SETTLEMENT)

    def __iter__(self) -> Iterator[SupplyPosition]:
        """The positions, in the order of the message; once only."""
        with self._closing:
            while self._walker.step():
                yield from self._taken()
            self._close_position()
            yield from self._taken()

    def _taken(self) -> list[SupplyPosition]:
        ready, self._ready = self._ready, []
        return ready

    def _take_position(self, attributes: Attributes) -> None:
        self._close_position()
        self._count += 1
        if self._count > self._limits.max_records:
            raise self._walker.refusal("too-many-elements", limit=self._limits.max_records)
        self._line = self._walker.line
        self._found[_POSITION] = attributes
        self._note(_POSITION, attributes, _KNOWN_OF_POSITION)

    def _once(self, outer: Place, element: str, fields: Mapping[str, str]) -> Place:
        """The place of an element that may stand once in a position."""
        known = frozenset(fields.values())

        def take(attributes: Attributes) -> None:
            self._note(element, attributes, known)
            if element in self._found:
                self._notes.note_place(f"{element}[2]")
            else:
                self._found[element] = attributes

        return outer.holds(_qualified(element), take)

    def _take_additional(self, attributes: Attributes) -> None:
        self._note(_ADDITIONAL, attributes, _KNOWN_OF_ADDITIONAL)
        self._additional.append(attributes)

    def _note(self, element: str, attributes: Attributes, known: frozenset[str]) -> None:
        if not attributes.keys() <= known:
            self._notes.note(element, attributes, known)

    def _close_position(self) -> None:
        """The position that was open is complete when the next one begins, or at the end."""
        if self._found:
            self._ready.append(self._position(self._found))
            self._found, self._additional = {}, []

    def _position(self, found: Mapping[str, Attributes]) -> SupplyPosition:
        return SupplyPosition(
            **_texts(found[_POSITION], _OF_POSITION),
            supply=self._supply(found) if _SUPPLY in found else None,
            row=self._count,
            line=self._line,
        )

    def _supply(self, found: Mapping[str, Attributes]) -> Supply:
        order, device = found.get(_ORDER), found.get(_DEVICE)
        monthly, settlement = found.get(_MONTHLY), found.get(_SETTLEMENT)
        return Supply(
            **_texts(found[_SUPPLY], _OF_SUPPLY),
            patient=_patient(found) if _PATIENT in found else None,
            additional_entitlements=tuple(
                AdditionalEntitlement(**_texts(one, _OF_ADDITIONAL)) for one in self._additional
            ),
            order=None if order is None else SupplyOrder(**_texts(order, _OF_ORDER)),
            device=None if device is None else Device(**_texts(device, _OF_DEVICE)),
            monthly=None if monthly is None else MonthlySupply(**_texts(monthly, _OF_MONTHLY)),
            settlement=None if settlement is None else SupplySettlement(**_texts(settlement, _OF_SETTLEMENT)),
        )


_KNOWN_OF_POSITION = frozenset(_OF_POSITION.values())
_KNOWN_OF_ADDITIONAL = frozenset(_OF_ADDITIONAL.values())


def _patient(found: Mapping[str, Attributes]) -> SuppliedPatient:
    right = found.get(_RIGHT)
    return SuppliedPatient(
        person=Patient(**_texts(found[_PATIENT], _OF_PERSON)),
        right=None if right is None else CoordinationRight(**_texts(right, _OF_RIGHT)),
    )


def _qualified(element: str) -> str:
    """An element's name as the walker gives it."""
    local = element.removeprefix("nfz:")
    return framework(element) if local == element else fund(local)


def _texts(attributes: Attributes, fields: Mapping[str, str]) -> dict[str, str | None]:
    """The values of an element by the fields they fill."""
    get = attributes.get
    return {field: get(name) for field, name in fields.items()}


def _attributes(value: object, fields: Mapping[str, str]) -> dict[str, str | None]:
    """The reverse: what an element writes of a value."""
    return {name: getattr(value, field) for field, name in fields.items()}


def _write_position(writer: XmlWriter, position: SupplyPosition) -> None:
    attributes = _attributes(position, _OF_POSITION)
    if position.supply is None:
        writer.empty(_POSITION, attributes)
        return
    with writer.element(_POSITION, attributes):
        with writer.element(_SUPPLY, _attributes(position.supply, _OF_SUPPLY)):
            _write_supply(writer, position.supply)


def _write_supply(writer: XmlWriter, supply: Supply) -> None:
    if supply.patient is not None:
        _write_patient(writer, supply.patient)
    for entitlement in supply.additional_entitlements:
        writer.empty(_ADDITIONAL, _attributes(entitlement, _OF_ADDITIONAL))
    parts: tuple[tuple[str, object | None, Mapping[str, str]], ...] = (
        (_ORDER, supply.order, _OF_ORDER),
        (_DEVICE, supply.device, _OF_DEVICE),
        (_MONTHLY, supply.monthly, _OF_MONTHLY),
        (_SETTLEMENT, supply.settlement, _OF_SETTLEMENT),
    )
    for name, value, fields in parts:
        if value is not None:
            writer.empty(name, _attributes(value, fields))


def _write_patient(writer: XmlWriter, patient: SuppliedPatient) -> None:
    attributes = _attributes(patient.person, _OF_PERSON)
    if patient.right is None:
        writer.empty(_PATIENT, attributes)
        return
    with writer.element(_PATIENT, attributes):
        writer.empty(_RIGHT, _attributes(patient.right, _OF_RIGHT))
