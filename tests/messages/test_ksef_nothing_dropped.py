"""Whatever stands anywhere in an invoice is part of the bill, or listed as unread, or refused; never just gone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree

from rozlicz.messages.ksef import KsefReading
from rozlicz.messages.ksef.names import NAMESPACE
from rozlicz.messages.ksef.reader import read_ksef
from rozlicz.messages.wire.refusals import MessageRefused

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ["faktura-ksef.xml", "faktura-ksef-korygujaca.xml"]


def reading(tree: etree._ElementTree) -> KsefReading | None:
    try:
        return read_ksef(io.BytesIO(etree.tostring(tree, xml_declaration=True, encoding="UTF-8")))
    except MessageRefused:
        return None


def place(element: etree._Element) -> str:
    """As the reader names it: a first element of its name carries no number."""
    parent = element.getparent()
    if parent is None:
        return f"/{etree.QName(element).localname}"
    number = 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    return f"{place(parent)}/{etree.QName(element).localname}" + (f"[{number}]" if number > 1 else "")


@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_element_is_listed_wherever_it_stands(name: str) -> None:
    tree = etree.parse(EXAMPLES / name)
    whole = reading(tree)
    for element in tree.iter():
        if not len(element):
            continue
        added = etree.SubElement(element, f"{{{NAMESPACE}}}Nowe")
        added.text = "wartość"
        found = reading(tree)
        assert found
        assert found.invoice == whole.invoice
        assert [(one.place, one.text) for one in found.unread] == [(place(added), "wartość")]
        element.remove(added)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_an_unknown_attribute_is_listed_wherever_it_stands(name: str) -> None:
    tree = etree.parse(EXAMPLES / name)
    for element in tree.iter():
        element.set("nowy", "wartość")
        found = reading(tree)
        assert found
        assert [(one.place, one.text) for one in found.unread] == [(f"{place(element)}/@nowy", "wartość")]
        del element.attrib["nowy"]


@pytest.mark.slow
@pytest.mark.parametrize("put", ["7", "inaczej"])
@pytest.mark.parametrize("name", NAMES)
def test_a_changed_value_changes_the_bill_or_is_listed_or_refused(name: str, put: str) -> None:
    tree = etree.parse(EXAMPLES / name)
    whole = reading(tree)
    for element in tree.iter():
        if len(element):
            continue
        before, element.text = element.text, put
        found = reading(tree)
        assert found is None or found.unread or found.invoice != whole.invoice, place(element)
        element.text = before


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_second_element_of_a_kind_is_part_of_the_bill_or_listed_or_refused(name: str) -> None:
    tree = etree.parse(EXAMPLES / name)
    whole = reading(tree)
    for element in list(tree.iter())[1:]:
        copy = etree.fromstring(etree.tostring(element))
        element.addnext(copy)
        found = reading(tree)
        assert found is None or found.unread or found.invoice != whole.invoice, place(element)
        copy.getparent().remove(copy)
