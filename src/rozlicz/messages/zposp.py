"""Supply of medical devices (ZPOSP), phase I, from the provider to the payer: written and read as a stream.

Seen in the Fund's notice 7728 and used exactly: `dane-pr-zposp` with `kod`, `data-od`, `data-do`, `nfz:pacjent` and
`nfz:potw-upraw-dod`, with their levels; that positions have a type, of which `N` is the normal one. That root and
first child are those of the framework message, as in SWIAD, follows from the prefix `nfz:`. Names marked `own` are
ours.

A value is text until verification has looked at it: one wrong position never stops the rest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from rozlicz.messages.header import Header
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
from rozlicz.messages.wire.element_kinds import Kind, write_tree
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.framework import provider_attributes
from rozlicz.messages.wire.limits import REPORT_LIMITS, Limits
from rozlicz.messages.wire.places import Place
from rozlicz.messages.wire.records import RecordStream
from rozlicz.messages.wire.root import PROVIDER, ROOT, root_attributes
from rozlicz.messages.wire.stream import FRAMEWORK
from rozlicz.messages.wire.value_gatherer import Gatherer
from rozlicz.messages.wire.xml_writer import written_to

KIND = "ZPOSP"

# Elements by what they hold: attribute → field of the value.

_RIGHT = Kind(
    "nfz:dokument",  # own
    {
        "typ": "document",  # own
        "numer": "number",  # own
        "panstwo": "country",  # own here; seen as a term
        "instytucja": "institution",  # own
        "data-od": "valid_from",  # own here
        "data-do": "valid_to",  # own here
    },
    made=CoordinationRight,
    into="right",
)
_PATIENT = Kind(
    "nfz:pacjent",
    {
        "typ-id": "id_type",  # own here; seen in SWIAD
        "id-osoby": "id",  # own here; seen in SWIAD
        "panstwo-dok": "country",  # own here; seen in DEKL
        "plec": "sex",  # own
        "data-ur": "birth_date",  # own
        "nazwisko": "surname",  # own here; seen in eZWM
        "imie": "first_name",  # own here; seen in eZWM
    },
    _RIGHT,
    made=SuppliedPatient,
    into="patient",
)
_ADDITIONAL = Kind(
    "nfz:potw-upraw-dod",
    {
        "kod": "code",  # own here
        "typ": "document",  # own
        "numer": "number",  # own
        "data-wystawienia": "issued_on",  # own here; seen in eZWM
        "data-od": "valid_from",  # own here
        "data-do": "valid_to",  # own here
    },
    made=AdditionalEntitlement,
    into="additional_entitlements",
    many=True,
)
_ORDER = Kind(
    "zlecenie",  # own here; seen as the root of an order (eZWM)
    {
        "rodzaj": "kind",  # own
        "nr-zlecenia-nfz": "number",  # own here; seen in eZWM
        "nr-zlecenia": "paper_number",  # own
        "data-wystawienia": "issued_on",  # own here; seen in eZWM
        "typ-pers-zlec": "issuer_type",  # own here; seen in eZWM
        "id-zlec": "issuer",  # own here; seen in eZWM
        "nr-potw": "confirmation",  # own
        "data-potw": "confirmed_on",  # own
    },
    made=SupplyOrder,
    into="order",
)
_DEVICE = Kind(
    "wyrob",  # own
    {
        "kod-wyrobu": "code",  # own
        "strona": "side",  # own
        "ilosc": "quantity",  # own
        "nazwa-handl": "name",  # own
        "nr-seryjny": "serial_number",  # own
    },
    made=Device,
    into="device",
)
_MONTHLY = Kind(
    "zaopatrzenie-mies",  # own
    {
        "nr-czesci": "part",  # own
        "okres-od": "first_month",  # own
        "okres-do": "last_month",  # own
    },
    made=MonthlySupply,
    into="monthly",
)
_SETTLEMENT = Kind(
    "nfz:rozliczenie",  # own
    {
        "kod-umowy": "contract",  # own here; seen in UMX
        "okres": "month",  # own
        "kod-zakresu": "scope",  # own here; seen in SWIAD-WYKBAD
        "wyroznik": "distinguisher",  # own here; seen in SWIAD-WYKBAD
        "cena": "price",  # own
        "wartosc": "value",  # own here; seen in e-LEKZR
        "limit": "limit",  # own
        "procent-nfz": "share",  # own
        "kwota-nfz": "due",  # own
        "udzial-wlasny": "own_share",  # own
        "doplata": "over_limit",  # own here; seen in e-LEKZR
    },
    made=SupplySettlement,
    into="settlement",
)
_SUPPLY = Kind(
    "dane-pr-zposp",
    {
        "kod": "service_code",
        "data-od": "accepted_on",
        "data-do": "completed_on",
        "sposob-wydania": "handed_over",  # own
        "id-miejsca": "place",  # own
        "pesel": "pesel",  # own
    },
    *(_PATIENT, _ADDITIONAL, _ORDER, _DEVICE, _MONTHLY, _SETTLEMENT),
    made=Supply,
    into="supply",
)
_POSITION = Kind(
    "pozycja",  # own
    {"id-poz": "id", "nr-wersji": "version", "typ": "type"},  # own
    _SUPPLY,
    made=SupplyPosition,
)


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
                    write_tree(writer, _POSITION.tree(position))


class SupplyReader(RecordStream[SupplyPosition]):
    """A report of supply being read: `header` at once, then the positions in the order of the message.

    Raises MessageRefused when the file is no such report: while it is opened or at any later step. `unread` tells
    what the file holds and a position does not; of several elements where one counts the first counts.
    """

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, limits=limits)
        self._line = 0
        self._gatherer = Gatherer(_POSITION, self._notes, begun=self._begin_position, deliver=self._deliver)
        try:
            self.header = self.open_report(kind=KIND)
        except BaseException:
            self.close()
            raise

    def add_places(self, provider: Place) -> None:
        """Positions, and what stands in them."""
        self._gatherer.add_places(provider, _POSITION)

    def close_record(self) -> None:
        """The position that was open is complete."""
        self._gatherer.end_record()

    def _begin_position(self) -> None:
        self.count_record()
        self._line = self._walker.line

    def _deliver(self, value: object) -> None:
        position = cast("SupplyPosition", value)
        self._ready.append(replace(position, row=self.rows_read, line=self._line))
