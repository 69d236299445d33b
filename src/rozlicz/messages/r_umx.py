"""Bill templates (R_UMX 2.5 to 2.8, by what they are for), from the payer to the provider: reading and writing.

Seen in the Fund's notices and used exactly: `komunikat@rodz-nalicz`; `umowa` with `nr-umowy`, `oddz-nfz`, `typ-planu`
(of its values only F), `nr-planu`; `szablon-rach` with `id-szablonu`, `id-szablonu-kor`, `nr-aneksu-ugodowego`;
`przeznacz-dod-srodk-fin@kod` and `poz-umowy-ilosc` (used for POZ PLUS), whose places are our inference. The other
positions of a template and every name marked `own` are ours. One message concerns one contract; without new positions
it holds no template. What is sent in which version stands in `template_versions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.kernel.texts import Text
from rozlicz.messages.header import Header
from rozlicz.messages.template_versions import REPAYMENT_VERSION, VERSIONS, contents_of, version_of
from rozlicz.messages.templates import (
    CalculatedBy,
    Capitation,
    PlanKind,
    Template,
    TemplateLine,
    TemplateSet,
)
from rozlicz.messages.wire.envelope import Source
from rozlicz.messages.wire.root import ROOT, root_attributes
from rozlicz.messages.wire.stream import FUND
from rozlicz.messages.wire.tree import Element, header_of_tree, read_tree
from rozlicz.messages.wire.value_texts import A_NUMBER_FROM_ONE, number_from_one
from rozlicz.messages.wire.xml_writer import XmlWriter, written_to

KIND = "R_UMX"

_CALCULATED_BY = "rodz-nalicz"

_CONTRACT = "umowa"
_CONTRACT_CODE = "nr-umowy"
_BRANCH = "oddz-nfz"
_PROVIDER = "id-swd"  # own here; seen in SWIAD
_CONTRACT_TYPE = "typ-umowy"  # own
_PLAN = "typ-planu"
_MEDICAL_FUND = "F"
_PLAN_NUMBER = "nr-planu"

_TEMPLATE = "szablon-rach"
_NUMBER = "id-szablonu"
_CORRECTS = "id-szablonu-kor"
_FINANCING_DOCUMENT = "nr-aneksu-ugodowego"
_ANNEX = "nr-aneksu"  # own
_MONTH = "okres"  # own
_ISSUED_AT = "czas-naliczenia"  # own
_PERSON = "id-dokumentu-osoby"  # own
_COUNTRY = "panstwo"  # own here; seen as a term
_TOTAL = "wartosc"  # own here; seen in e-LEKZR

_PURPOSE = "przeznacz-dod-srodk-fin"
_PURPOSE_CODE = "kod"

_LINE = "poz-szablonu"  # own
_DMP_LINE = "poz-umowy-ilosc"
_SCOPE = "kod-zakresu"  # own here; seen in SWIAD-WYKBAD
_DISTINGUISHER = "wyroznik"  # own here; seen in SWIAD-WYKBAD
_PRODUCT = "kod-produktu"  # own
_NAME = "nazwa"  # own here
_UNIT_NAME = "jedn-miary"  # own
_UNITS = "ilosc"  # own
_PRICE = "cena"  # own
_AMOUNT = "wartosc"  # own here; seen in e-LEKZR

_CAPITATION = "kapitacja"  # own
_PERSONS = "liczba-osob"  # own
_COEFFICIENT = "wspolczynnik"  # own here; seen in SWIAD
_ANNUAL_RATE = "stawka-roczna"  # own
_COUNTED_ON = "stan-na-dzien"  # own
_DAYS = "dni"  # own
_OF_DAYS = "dni-okresu"  # own

_ANOTHER = Text(pl="numer innego szablonu", en="the number of another template")


def write_r_umx(
    templates: Sequence[Template],
    *,
    header: Header,
    target: Path | BinaryIO,
    contract: str = "",
    zipped: bool = False,
) -> None:
    """Write the templates of one contract; `write_template_set` with the message that they make.

    `contract` is needed only when there is no template. Templates of several contracts, branches, providers,
    plans or processes raise ValueError.
    """
    if not templates and not contract:
        raise ValueError("a message without templates must be told its contract")
    message = (
        TemplateSet.of(templates)
        if templates
        else TemplateSet(contract=contract, branch=header.sender, provider=header.receiver)
    )
    write_template_set(message, header=header, target=target, zipped=zipped)


def write_template_set(
    message: TemplateSet, *, header: Header, target: Path | BinaryIO, zipped: bool = False
) -> None:
    """Write a message of templates, in the version that they are sent in, whatever version the header says."""
    header = replace(header, version=version_of(message))
    attributes = root_attributes(header, kind=KIND, namespace=FUND, versions=VERSIONS)
    attributes[_CALCULATED_BY] = str(message.calculated_by.value)
    line_name = _line_name(message.calculated_by)
    with written_to(target, zipped=zipped, member_name="szablony.xml") as writer:
        with writer.element(ROOT, attributes):
            with writer.element(_CONTRACT, _contract_attributes(message)):
                for template in message.templates:
                    _write_template(writer, template, line_name)


def read_r_umx(source: Source) -> tuple[Header, tuple[Template, ...]]:
    """Read the templates of a message. Raises MessageRefused, naming line, element and attribute."""
    header, message = read_template_set(source)
    return header, message.templates


def read_template_set(source: Source) -> tuple[Header, TemplateSet]:
    """Read a message of templates, also one that holds none. Raises MessageRefused.

    Refused is also a message whose contents are sent in another version than it says.
    """
    root = read_tree(source, namespace=FUND)
    header = header_of_tree(root, kind=KIND, versions=VERSIONS)
    umowa = root.one(_CONTRACT)
    message = _message(umowa, root.choice(_CALCULATED_BY, CalculatedBy), version=header.version)
    if version_of(message) != header.version:
        contents, expected = contents_of(message), version_of(message)
        raise root.refusal("version-contents", found=header.version, contents=contents, expected=expected)
    message = replace(message, templates=_templates(umowa, message))
    root.everything_read()
    return header, message


def _line_name(calculated_by: CalculatedBy) -> str:
    return _DMP_LINE if calculated_by is CalculatedBy.DMP_PRIMARY_CARE else _LINE


# ---- writing -------------------------------------------------------------------------------------------------------


def _contract_attributes(message: TemplateSet) -> dict[str, str | None]:
    return {
        _CONTRACT_CODE: message.contract,
        _BRANCH: message.branch,
        _PLAN: _MEDICAL_FUND if message.plan is PlanKind.MEDICAL_FUND else None,
        _PLAN_NUMBER: message.plan_number or None,
        _PROVIDER: message.provider,
        _CONTRACT_TYPE: message.contract_type or None,
    }


def _write_template(writer: XmlWriter, template: Template, line_name: str) -> None:
    attributes = {
        _NUMBER: str(template.number),
        _CORRECTS: None if template.corrects is None else str(template.corrects),
        _FINANCING_DOCUMENT: template.financing_document or None,
        _ANNEX: str(template.annex),
        _MONTH: str(template.month),
        _ISSUED_AT: template.issued_at.isoformat(),
        _PERSON: template.person or None,
        _COUNTRY: template.country or None,
        _TOTAL: text_from_grosze(template.amount),
    }
    with writer.element(_TEMPLATE, attributes):
        writer.leaf(_PURPOSE, {_PURPOSE_CODE: template.purpose or None})
        for line in template.lines:
            _write_line(writer, line, line_name)


def _write_line(writer: XmlWriter, line: TemplateLine, name: str) -> None:
    attributes = {
        _SCOPE: line.scope,
        _DISTINGUISHER: str(line.distinguisher),
        _PRODUCT: line.product or None,
        _NAME: line.name,
        _UNIT_NAME: line.unit_name,
        _UNITS: text_from_units(line.units),
        _PRICE: text_from_grosze(line.price),
        _AMOUNT: text_from_grosze(line.amount),
    }
    if line.capitation is None:
        writer.empty(name, attributes)
        return
    with writer.element(name, attributes):
        writer.empty(_CAPITATION, _capitation_attributes(line.capitation))


def _capitation_attributes(capitation: Capitation) -> dict[str, str | None]:
    return {
        _PERSONS: str(capitation.persons),
        _COEFFICIENT: text_from_units(capitation.coefficient),
        _ANNUAL_RATE: text_from_grosze(capitation.annual_rate),
        _COUNTED_ON: capitation.counted_on.isoformat(),
        _DAYS: str(capitation.days) if capitation.of_days else None,
        _OF_DAYS: str(capitation.of_days) if capitation.of_days else None,
    }


# ---- reading -------------------------------------------------------------------------------------------------------


def _message(umowa: Element, calculated_by: CalculatedBy, *, version: str) -> TemplateSet:
    """What stands around the templates. Only its version marks a repayment plan."""
    if _PLAN in umowa.attributes:
        plan = umowa.word(_PLAN, {PlanKind.MEDICAL_FUND: _MEDICAL_FUND})
    else:
        plan = PlanKind.REPAYMENT if version == REPAYMENT_VERSION else PlanKind.BASIC
    return TemplateSet(
        contract=umowa.text(_CONTRACT_CODE),
        branch=umowa.text(_BRANCH),
        provider=umowa.text(_PROVIDER),
        contract_type=umowa.optional(_CONTRACT_TYPE),
        calculated_by=calculated_by,
        plan=plan,
        plan_number=umowa.optional(_PLAN_NUMBER) if plan is PlanKind.MEDICAL_FUND else "",
    )


def _templates(umowa: Element, message: TemplateSet) -> tuple[Template, ...]:
    found: dict[int, Template] = {}
    for element in umowa.many(_TEMPLATE):
        number = element.number(_NUMBER)
        if number in found:
            raise element.refusal("record-repeated", name=_TEMPLATE, key=number)
        found[number] = _template(element, number, message)
    return tuple(found.values())


def _template(element: Element, number: int, message: TemplateSet) -> Template:
    lines = element.many(_line_name(message.calculated_by))
    template = Template(
        number=number,
        corrects=_corrected(element, number),
        financing_document=element.optional(_FINANCING_DOCUMENT),
        annex=element.number(_ANNEX),
        month=element.month(_MONTH),
        issued_at=element.moment(_ISSUED_AT),
        person=element.optional(_PERSON),
        country=element.optional(_COUNTRY),
        purpose=_purpose(element) if message.plan is PlanKind.MEDICAL_FUND else "",
        lines=tuple(_line(found) for found in lines),
        contract=message.contract,
        branch=message.branch,
        provider=message.provider,
        calculated_by=message.calculated_by,
        contract_type=message.contract_type,
        plan=message.plan,
        plan_number=message.plan_number,
    )
    element.amount_equal_to(_TOTAL, template.amount, Text(pl="suma pozycji", en="the sum of the lines"))
    return template


def _corrected(element: Element, number: int) -> int | None:
    corrected = element.optional_number(_CORRECTS)
    if corrected == number:
        raise element.refusal("attribute-wrong", name=_CORRECTS, value=number, expected=_ANOTHER)
    return corrected


def _purpose(element: Element) -> str:
    found = element.maybe(_PURPOSE)
    return "" if found is None else found.text(_PURPOSE_CODE)


def _line(element: Element) -> TemplateLine:
    capitation = element.maybe(_CAPITATION)
    return TemplateLine(
        scope=element.text(_SCOPE),
        distinguisher=element.number(_DISTINGUISHER),
        product=element.optional(_PRODUCT),
        name=element.text(_NAME),
        unit_name=element.text(_UNIT_NAME),
        units=element.units(_UNITS),
        price=element.grosze(_PRICE),
        amount=element.grosze(_AMOUNT),
        capitation=None if capitation is None else _capitation(capitation),
    )


def _capitation(element: Element) -> Capitation:
    is_part = _DAYS in element.attributes
    return Capitation(
        persons=element.number(_PERSONS),
        coefficient=element.units(_COEFFICIENT),
        annual_rate=element.grosze(_ANNUAL_RATE),
        counted_on=element.day(_COUNTED_ON),
        days=element.number(_DAYS) if is_part else 0,
        of_days=element.take(_OF_DAYS, number_from_one, A_NUMBER_FROM_ONE) if is_part else 0,
    )
