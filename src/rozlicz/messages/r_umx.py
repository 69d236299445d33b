"""Bill templates (R_UMX 2.5), from the payer to the provider: reading and writing.

Seen in the Fund's notices and used exactly: `komunikat@rodz-nalicz`; `umowa` with `nr-umowy` and `oddz-nfz`;
`szablon-rach` with `id-szablonu` and `id-szablonu-kor`. The positions of a template and every name marked
`own` are ours. One message concerns one contract; without new positions it holds no template.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.kernel.texts import Text
from rozlicz.messages.envelope import Source
from rozlicz.messages.header import Header
from rozlicz.messages.root import ROOT, root_attributes
from rozlicz.messages.stream import FUND
from rozlicz.messages.templates import CalculatedBy, Template, TemplateLine
from rozlicz.messages.tree import Element, header_of_tree, read_tree
from rozlicz.messages.xml_writer import XmlWriter, written_to

KIND = "R_UMX"

_CALCULATED_BY = "rodz-nalicz"

_CONTRACT = "umowa"
_CONTRACT_CODE = "nr-umowy"
_BRANCH = "oddz-nfz"
_PROVIDER = "id-swd"  # own here; seen in SWIAD

_TEMPLATE = "szablon-rach"
_NUMBER = "id-szablonu"
_CORRECTS = "id-szablonu-kor"
_ANNEX = "nr-aneksu"  # own
_MONTH = "okres"  # own
_ISSUED_AT = "czas-naliczenia"  # own
_PERSON = "id-dokumentu-osoby"  # own
_COUNTRY = "panstwo"  # own here; seen as a term
_TOTAL = "wartosc"  # own here; seen in e-LEKZR

_LINE = "poz-szablonu"  # own
_SCOPE = "kod-zakresu"  # own here; seen in SWIAD-WYKBAD
_DISTINGUISHER = "wyroznik"  # own here; seen in SWIAD-WYKBAD
_PRODUCT = "kod-produktu"  # own
_NAME = "nazwa"  # own here
_UNIT_NAME = "jedn-miary"  # own
_UNITS = "ilosc"  # own
_PRICE = "cena"  # own
_AMOUNT = "wartosc"  # own here; seen in e-LEKZR


def write_r_umx(
    templates: Sequence[Template],
    *,
    header: Header,
    target: Path | BinaryIO,
    contract: str = "",
    zipped: bool = False,
) -> None:
    """Write the templates of one contract.

    `contract` is needed only when there is no template. Templates of several contracts, branches, providers or
    processes raise ValueError: the message has one place for each of these.
    """
    root, umowa = _shared(templates, header, contract)
    with written_to(target, zipped=zipped, member_name="szablony.xml") as writer:
        with writer.element(ROOT, root_attributes(header, kind=KIND, namespace=FUND) | root):
            with writer.element(_CONTRACT, umowa):
                for template in templates:
                    _write_template(writer, template)


def read_r_umx(source: Source) -> tuple[Header, tuple[Template, ...]]:
    """Read the templates of a message. Raises MessageRefused, naming line, element and attribute."""
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND)
    calculated_by = root.choice(_CALCULATED_BY, CalculatedBy)
    umowa = root.one(_CONTRACT)
    contract, branch, provider = (umowa.text(name) for name in (_CONTRACT_CODE, _BRANCH, _PROVIDER))
    templates = tuple(
        _template(element, contract=contract, branch=branch, provider=provider, calculated_by=calculated_by)
        for element in umowa.many(_TEMPLATE)
    )
    root.everything_read()
    return header, templates


def _shared(
    templates: Sequence[Template], header: Header, contract: str
) -> tuple[dict[str, str | None], dict[str, str | None]]:
    """The attributes of root and `umowa` that all templates have in common."""
    if not templates:
        if not contract:
            raise ValueError("a message without templates must be told its contract")
        calculated_by, code, branch, provider = (
            CalculatedBy.SERVICES,
            contract,
            header.sender,
            header.receiver,
        )
    else:
        kinds = {(t.calculated_by, t.contract, t.branch, t.provider) for t in templates}
        if len(kinds) > 1:
            raise ValueError("one message holds templates of one contract and one process")
        ((calculated_by, code, branch, provider),) = kinds
    return {_CALCULATED_BY: str(calculated_by.value)}, {
        _CONTRACT_CODE: code,
        _BRANCH: branch,
        _PROVIDER: provider,
    }


def _write_template(writer: XmlWriter, template: Template) -> None:
    attributes = {
        _NUMBER: str(template.number),
        _CORRECTS: None if template.corrects is None else str(template.corrects),
        _ANNEX: str(template.annex),
        _MONTH: str(template.month),
        _ISSUED_AT: template.issued_at.isoformat(),
        _PERSON: template.person or None,
        _COUNTRY: template.country or None,
        _TOTAL: text_from_grosze(template.amount),
    }
    with writer.element(_TEMPLATE, attributes):
        for line in template.lines:
            writer.empty(_LINE, _line_attributes(line))


def _line_attributes(line: TemplateLine) -> dict[str, str | None]:
    return {
        _SCOPE: line.scope,
        _DISTINGUISHER: str(line.distinguisher),
        _PRODUCT: line.product,
        _NAME: line.name,
        _UNIT_NAME: line.unit_name,
        _UNITS: text_from_units(line.units),
        _PRICE: text_from_grosze(line.price),
        _AMOUNT: text_from_grosze(line.amount),
    }


def _template(
    element: Element, *, contract: str, branch: str, provider: str, calculated_by: CalculatedBy
) -> Template:
    template = Template(
        number=element.number(_NUMBER),
        corrects=element.optional_number(_CORRECTS),
        annex=element.number(_ANNEX),
        month=element.month(_MONTH),
        issued_at=element.moment(_ISSUED_AT),
        person=element.optional(_PERSON),
        country=element.optional(_COUNTRY),
        lines=tuple(_line(found) for found in element.many(_LINE)),
        contract=contract,
        branch=branch,
        provider=provider,
        calculated_by=calculated_by,
    )
    element.amount_equal_to(_TOTAL, template.amount, Text(pl="suma pozycji", en="the sum of the lines"))
    return template


def _line(element: Element) -> TemplateLine:
    return TemplateLine(
        scope=element.text(_SCOPE),
        distinguisher=element.number(_DISTINGUISHER),
        product=element.text(_PRODUCT),
        name=element.text(_NAME),
        unit_name=element.text(_UNIT_NAME),
        units=element.units(_UNITS),
        price=element.grosze(_PRICE),
        amount=element.grosze(_AMOUNT),
    )
