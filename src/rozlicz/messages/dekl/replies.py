"""The three replies to a report of declarations (P_DEKL, W_DEKL, R_DEKL), from the payer to the provider, as streams.

Of the Fund's replies only purposes and file extensions are publicly known (.pzp confirmation with wrong declarations,
.pzw unrecognised ones, .pzr numbers of recognised ones): the types and every name here are our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from rozlicz.kernel.money import text_from_units
from rozlicz.messages.declaration_replies import (
    CertificateHolder,
    GroupCount,
    ListResult,
    ListsReply,
    Population,
    UnrecognisedDeclaration,
    UnrecognisedReason,
    WrongDeclaration,
)
from rozlicz.messages.declarations import Category
from rozlicz.messages.dekl.names import (
    CATEGORY,
    CONTRACT,
    CONTRACT_CODE,
    DECLARATION_ID,
    LIST,
    MONTH,
    VERSION,
)
from rozlicz.messages.header import Header
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.limits import REPORT_LIMITS, Limits
from rozlicz.messages.wire.person_wire import (
    ENTITLEMENT,
    read_entitlement,
    read_person,
    write_entitlement,
    write_person,
)
from rozlicz.messages.wire.reader import ItemReader
from rozlicz.messages.wire.reply_wire import (
    LINE,
    read_findings,
    read_receipt,
    write_receipt,
    write_with_findings,
)
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import XmlWriter, iso_text, written_to

CONFIRMATION = "P_DEKL"
UNRECOGNISED = "W_DEKL"
NUMBERS = "R_DEKL"

_COUNTED_ON = "data-graniczna"
_ACCEPTED = "dekl-przyjete"
_REJECTED = "dekl-odrzucone"

_WRONG_ITEMS = "deklaracje-bledne"
_WRONG = "deklaracja-bledna"
_UNRECOGNISED_ITEMS = "deklaracje-nierozpoznane"
_UNRECOGNISED = "deklaracja-nierozpoznana"
_REASON = "przyczyna"
_SINCE = "data-od"

_GROUP = "grupa"
_PROVISIONAL_FROM = "okres-liczby"
_SCOPE = "kod-zakresu"
_DISTINGUISHER = "wyroznik"
_GROUP_CODE = "kod-grupy"
_NAME = "nazwa"
_COEFFICIENT = "wspolczynnik"
_PERSONS = "liczba-osob"
_HOLDERS = "w-tym-z-poswiadczeniem"
_HOLDER_ITEMS = "osoby-z-poswiadczeniem"
_HOLDER = "osoba-z-poswiadczeniem"
_PERSON = "pacjent"

Record = TypeVar("Record")


def write_p_dekl(
    head: ListsReply,
    wrong: Iterable[WrongDeclaration],
    *,
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write a confirmation; wrong declarations are taken one by one."""
    with _reply(CONFIRMATION, head, header=header, target=target, zipped=zipped) as writer:
        with writer.element(_WRONG_ITEMS, {}):
            for one in wrong:
                write_with_findings(writer, _WRONG, _place_of(one), one.findings)


def write_w_dekl(
    head: ListsReply,
    unrecognised: Iterable[UnrecognisedDeclaration],
    *,
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write the unrecognised declarations; they are taken one by one."""
    with _reply(UNRECOGNISED, head, header=header, target=target, zipped=zipped) as writer:
        with writer.element(_UNRECOGNISED_ITEMS, {}):
            for one in unrecognised:
                attributes = _place_of(one) | {_REASON: one.reason, _SINCE: iso_text(one.since)}
                write_with_findings(writer, _UNRECOGNISED, attributes, one.findings)


def write_r_dekl(
    head: ListsReply,
    population: Population,
    holders: Iterable[CertificateHolder],
    *,
    header: Header,
    target: Path | BinaryIO,
    zipped: bool = False,
) -> None:
    """Write the numbers of recognised declarations; holders of certificates are taken one by one."""
    with _reply(NUMBERS, head, population, header=header, target=target, zipped=zipped) as writer:
        with writer.element(_HOLDER_ITEMS, {}):
            for holder in holders:
                _write_holder(writer, holder)


class DeclarationReplyReader(ItemReader[Record]):
    """A reply being read: `header` and `head` at once, then its records."""

    head: ListsReply

    def read_head(self, root: Element) -> None:
        """Take receipt, contract and lists."""
        receipt, contract = read_receipt(root), root.one(CONTRACT)
        day = contract.optional_day if self.header.kind == CONFIRMATION else contract.day
        self.head = ListsReply(
            receipt=receipt,
            contract=contract.text(CONTRACT_CODE),
            month=contract.month(MONTH),
            counted_on=day(_COUNTED_ON),
            lists=tuple(_list_result(element) for element in contract.many(LIST)),
        )
        self.read_contract(contract)

    def read_contract(self, contract: Element) -> None:
        """Take what else the reply says of the contract."""


class ConfirmationReader(DeclarationReplyReader[WrongDeclaration]):
    """A confirmation (P_DEKL) being read: the records are the wrong declarations."""

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, kind=CONFIRMATION, items=_WRONG_ITEMS, item=_WRONG, limits=limits)

    def read_item(self, element: Element) -> WrongDeclaration:
        """A wrong declaration."""
        return WrongDeclaration(
            category=element.choice(CATEGORY, Category),
            id=element.text(DECLARATION_ID),
            line=element.number(LINE),
            findings=read_findings(element),
        )


class UnrecognisedReader(DeclarationReplyReader[UnrecognisedDeclaration]):
    """Unrecognised declarations (W_DEKL) being read."""

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(
            source, kind=UNRECOGNISED, items=_UNRECOGNISED_ITEMS, item=_UNRECOGNISED, limits=limits
        )

    def read_item(self, element: Element) -> UnrecognisedDeclaration:
        """An unrecognised declaration."""
        return UnrecognisedDeclaration(
            category=element.choice(CATEGORY, Category),
            id=element.text(DECLARATION_ID),
            line=element.number(LINE),
            reason=element.choice(_REASON, UnrecognisedReason),
            since=element.optional_day(_SINCE),
            findings=read_findings(element),
        )


class PopulationReader(DeclarationReplyReader[CertificateHolder]):
    """The numbers of a month (R_DEKL) being read: `population` at once, the records are holders of certificates."""

    population: Population

    def __init__(self, source: Source, *, limits: Limits = REPORT_LIMITS) -> None:
        super().__init__(source, kind=NUMBERS, items=_HOLDER_ITEMS, item=_HOLDER, limits=limits)

    def read_contract(self, contract: Element) -> None:
        """Take the counts."""
        self.population = Population(
            provisional_from=contract.month(_PROVISIONAL_FROM)
            if _PROVISIONAL_FROM in contract.attributes
            else None,
            counts=tuple(_count(element) for element in contract.many(_GROUP)),
        )

    def read_item(self, element: Element) -> CertificateHolder:
        """A holder of a certificate."""
        return CertificateHolder(
            category=element.choice(CATEGORY, Category),
            scope=element.text(_SCOPE),
            distinguisher=element.number(_DISTINGUISHER),
            group=element.text(_GROUP_CODE),
            declaration=element.text(DECLARATION_ID),
            person=read_person(element.one(_PERSON)),
            document=read_entitlement(element.one(ENTITLEMENT)),
        )


@contextmanager
def _reply(
    kind: str,
    head: ListsReply,
    population: Population | None = None,
    *,
    header: Header,
    target: Path | BinaryIO,
    zipped: bool,
) -> Iterator[XmlWriter]:
    """A reply with its head written, ready for the items."""
    with written_to(target, zipped=zipped, member_name="odpowiedz.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=kind, namespace=FUND)):
            write_receipt(writer, head.receipt)
            attributes = {
                CONTRACT_CODE: head.contract,
                MONTH: str(head.month),
                _COUNTED_ON: iso_text(head.counted_on),
            }
            if population is not None and population.provisional_from is not None:
                attributes[_PROVISIONAL_FROM] = str(population.provisional_from)
            with writer.element(CONTRACT, attributes):
                for one in head.lists:
                    write_with_findings(writer, LIST, _list_attributes(one), one.findings)
                for count in () if population is None else population.counts:
                    writer.empty(_GROUP, _count_attributes(count))
            yield writer


def _list_attributes(result: ListResult) -> dict[str, str | None]:
    return {
        CATEGORY: result.category,
        VERSION: str(result.version),
        _ACCEPTED: str(result.accepted),
        _REJECTED: str(result.rejected),
    }


def _list_result(element: Element) -> ListResult:
    return ListResult(
        category=element.choice(CATEGORY, Category),
        version=element.number(VERSION),
        accepted=element.number(_ACCEPTED),
        rejected=element.number(_REJECTED),
        findings=read_findings(element),
    )


def _count_attributes(count: GroupCount) -> dict[str, str | None]:
    return {
        CATEGORY: count.category,
        _SCOPE: count.scope,
        _DISTINGUISHER: str(count.distinguisher),
        _GROUP_CODE: count.group,
        _NAME: count.name,
        _COEFFICIENT: text_from_units(count.coefficient),
        _PERSONS: str(count.persons),
        _HOLDERS: str(count.certificate_holders),
    }


def _count(element: Element) -> GroupCount:
    return GroupCount(
        category=element.choice(CATEGORY, Category),
        scope=element.text(_SCOPE),
        distinguisher=element.number(_DISTINGUISHER),
        group=element.text(_GROUP_CODE),
        name=element.text(_NAME),
        coefficient=element.units(_COEFFICIENT),
        persons=element.number(_PERSONS),
        certificate_holders=element.number(_HOLDERS),
    )


def _place_of(one: WrongDeclaration | UnrecognisedDeclaration) -> dict[str, str | None]:
    return {CATEGORY: one.category, DECLARATION_ID: one.id, LINE: str(one.line)}


def _write_holder(writer: XmlWriter, holder: CertificateHolder) -> None:
    attributes = {
        CATEGORY: holder.category,
        _SCOPE: holder.scope,
        _DISTINGUISHER: str(holder.distinguisher),
        _GROUP_CODE: holder.group,
        DECLARATION_ID: holder.declaration,
    }
    with writer.element(_HOLDER, attributes):
        write_person(writer, _PERSON, holder.person)
        write_entitlement(writer, holder.document)
