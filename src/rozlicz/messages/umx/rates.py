"""Rates of a contract and groups of a capitation list on the wire (UMX)."""

from __future__ import annotations

from rozlicz.kernel.money import text_from_grosze, text_from_units
from rozlicz.kernel.texts import Text
from rozlicz.messages.contracts import Cell, Coefficient, UnitProduct
from rozlicz.messages.rates import CapitationGroup, Rate, WardRate
from rozlicz.messages.umx import names
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.xml_writer import XmlWriter

Attributes = dict[str, str | None]

_SUM_OF_PARTS = Text(
    pl="stawka bazowa × (1 + ocena struktury) + część funkcjonalna",
    en="base rate × (1 + share of the structure) + function part",
)


def validity(of: Rate | CapitationGroup | UnitProduct | Cell | Coefficient) -> Attributes:
    """First and last day of anything that holds for a time."""
    return {names.FROM: of.valid_from.isoformat(), names.TO: of.valid_to.isoformat()}


def ages(of: CapitationGroup | UnitProduct) -> Attributes:
    """Least and greatest age in completed years, where there is one."""
    return {
        names.MIN_AGE: None if of.min_age is None else str(of.min_age),
        names.MAX_AGE: None if of.max_age is None else str(of.max_age),
    }


def write_rate(writer: XmlWriter, rate: Rate) -> None:
    """The element `stawka`."""
    attributes: Attributes = {
        names.PER: names.PERS[rate.per],
        names.RATE_AMOUNT: text_from_grosze(rate.amount),
        names.VARIANT: rate.variant or None,
        **validity(rate),
    }
    if rate.ward is None:
        writer.empty(names.RATE, attributes)
        return
    with writer.element(names.RATE, attributes):
        parts = {
            names.WARD_BASE: text_from_grosze(rate.ward.base),
            names.WARD_SHARE: text_from_units(rate.ward.structure_share),
            names.WARD_FUNCTION: text_from_grosze(rate.ward.function_part),
        }
        writer.empty(names.WARD, parts)


def group_attributes(group: CapitationGroup) -> Attributes:
    """The element `grupa-osob`."""
    return {
        names.ITEM_CODE: group.code,
        names.NAME: group.name,
        names.VALUE: text_from_units(group.coefficient),
        **ages(group),
        names.PERSONS: None if group.persons is None else names.PERSON_GROUPS[group.persons],
        **validity(group),
    }


def read_rate(element: Element) -> Rate:
    """The element `stawka`."""
    parts = element.maybe(names.WARD)
    ward = None if parts is None else _ward(parts)
    if ward is not None:
        amount = ward.amount
        element.amount_equal_to(names.RATE_AMOUNT, amount, _SUM_OF_PARTS)
    else:
        amount = element.grosze(names.RATE_AMOUNT)
    return Rate(
        per=element.word(names.PER, names.PERS),
        amount=amount,
        valid_from=element.day(names.FROM),
        valid_to=element.day(names.TO),
        variant=element.optional(names.VARIANT),
        ward=ward,
    )


def _ward(element: Element) -> WardRate:
    return WardRate(
        base=element.grosze(names.WARD_BASE),
        structure_share=element.units(names.WARD_SHARE),
        function_part=element.grosze(names.WARD_FUNCTION),
    )


def read_group(element: Element) -> CapitationGroup:
    """The element `grupa-osob`."""
    is_marked = names.PERSONS in element.attributes
    return CapitationGroup(
        code=element.text(names.ITEM_CODE),
        name=element.text(names.NAME),
        coefficient=element.units(names.VALUE),
        valid_from=element.day(names.FROM),
        valid_to=element.day(names.TO),
        min_age=element.optional_number(names.MIN_AGE),
        max_age=element.optional_number(names.MAX_AGE),
        persons=element.word(names.PERSONS, names.PERSON_GROUPS) if is_marked else None,
    )
