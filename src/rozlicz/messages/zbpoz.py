"""Aggregated services of primary care (ZBPOZ 3;1.5), from the provider to the payer: reading and writing.

Of the Fund's message its purpose, version and extension (.pzx) are publicly known, and that attachment 3b of the
contract decides its contents (mMedica's release notes of 2013). That root and first child are those of the framework
message follows from its version. Every other name is our own.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from rozlicz.messages.aggregates import AggregateCount, AggregateReport, AggregateSet, EntitledAs, Setting
from rozlicz.messages.declarations import Category
from rozlicz.messages.header import Header
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.framework import provider_attributes, read_framework_tree
from rozlicz.messages.wire.root import PROVIDER, ROOT, root_attributes
from rozlicz.messages.wire.stream import FRAMEWORK
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.value_texts import A_NUMBER_FROM_ONE, number_from_one
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to

KIND = "ZBPOZ"

_CONTRACT = "umowa"  # own here; seen in templates
_CONTRACT_CODE = "kod-umowy"  # own here; seen in the contract
_MONTH = "okres"  # own
_VERSION = "nr-wersji"  # own

_SET = "zestaw"  # own
_ITEM = "pozycja-zal"  # own
_NAME = "nazwa"  # own
_CATEGORY = "kategoria"  # own
_SCOPE = "kod-zakresu"  # own here; seen in SWIAD-WYKBAD
_DISTINGUISHER = "wyroznik"  # own here; seen in SWIAD-WYKBAD
_SETTING = "miejsce"  # own

_COUNT = "liczba"  # own
_ENTITLED_AS = "uprawnienie"  # own
_MIN_AGE = "wiek-od"  # own
_MAX_AGE = "wiek-do"  # own
_SERVICES = "liczba-swiad"  # own
_PERSONS = "liczba-osob"  # own


def write_zbpoz(
    report: AggregateReport, *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write the numbers of a contract and month."""
    with written_to(target, zipped=zipped, member_name="zbiorcze.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FRAMEWORK)):
            with writer.element(PROVIDER, provider_attributes(header)):
                attributes = {
                    _CONTRACT_CODE: report.contract,
                    _MONTH: str(report.month),
                    _VERSION: str(report.version),
                }
                with writer.element(_CONTRACT, attributes):
                    for one in report.sets:
                        _write_set(writer, one)


def read_zbpoz(source: Source) -> tuple[Header, AggregateReport]:
    """Read the numbers of a contract and month. Raises MessageRefused, naming line, element and attribute."""
    header, root, provider = read_framework_tree(source, kind=KIND)
    contract = provider.one(_CONTRACT)
    report = AggregateReport(
        contract=contract.text(_CONTRACT_CODE),
        month=contract.month(_MONTH),
        version=contract.take(_VERSION, number_from_one, A_NUMBER_FROM_ONE),
        sets=tuple(_set(element) for element in contract.many(_SET)),
    )
    root.everything_read()
    return header, report


def _write_set(writer: XmlWriter, one: AggregateSet) -> None:
    attributes = {
        _ITEM: one.item,
        _NAME: one.name,
        _CATEGORY: one.category,
        _SCOPE: one.scope,
        _DISTINGUISHER: str(one.distinguisher),
        _SETTING: one.setting,
    }
    with writer.element(_SET, attributes):
        for count in one.counts:
            writer.empty(_COUNT, _count_attributes(count))


def _count_attributes(count: AggregateCount) -> dict[str, str | None]:
    return {
        _ENTITLED_AS: count.entitled_as,
        _MIN_AGE: _number_text(count.min_age),
        _MAX_AGE: _number_text(count.max_age),
        _SERVICES: str(count.services),
        _PERSONS: _number_text(count.persons),
    }


def _number_text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _set(element: Element) -> AggregateSet:
    return AggregateSet(
        item=element.text(_ITEM),
        name=element.text(_NAME),
        category=element.choice(_CATEGORY, Category),
        scope=element.text(_SCOPE),
        distinguisher=element.number(_DISTINGUISHER),
        setting=element.optional_choice(_SETTING, Setting),
        counts=tuple(_count(found) for found in element.many(_COUNT)),
    )


def _count(element: Element) -> AggregateCount:
    return AggregateCount(
        entitled_as=element.choice(_ENTITLED_AS, EntitledAs),
        min_age=element.optional_number(_MIN_AGE),
        max_age=element.optional_number(_MAX_AGE),
        services=element.number(_SERVICES),
        persons=element.optional_number(_PERSONS),
    )
