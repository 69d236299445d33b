"""Rows of a structured invoice as lines of a bill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rozlicz.kernel.texts import Text
from rozlicz.messages.bills import BillLine
from rozlicz.messages.ksef import names
from rozlicz.messages.ksef.fields import (
    Descriptions,
    content_of,
    grosze,
    needed,
    one_of,
    optional,
    pass_over,
    told,
    units,
)
from rozlicz.messages.wire.tree import Element
from rozlicz.messages.wire.value_texts import A_WHOLE_NUMBER, whole_from_text

_GROSZE = Text(pl="liczba o najwyżej 2 miejscach po kropce", en="a number of at most 2 decimals")
_UNITS = Text(pl="liczba o najwyżej 4 miejscach po kropce", en="a number of at most 4 decimals")
_EXEMPT = Text(pl="zw: świadczenia są zwolnione z VAT", en="zw: the services are exempt from VAT")


def bill_lines(
    rows: Sequence[Element], descriptions: Descriptions, lacking: list[str]
) -> tuple[BillLine, ...]:
    """The lines that the rows make. What a row does not say goes to `lacking`.

    A correction may show an item before (`StanPrzed`) and after it; a bill holds the difference. Items that are the
    same in everything but their quantity become one line, unchanged ones none, and the lines are numbered anew.
    """
    read = [(_line(row, descriptions, lacking), pass_over(row, names.ROW_BEFORE, names.YES)) for row in rows]
    if not any(before for _, before in read):
        return tuple(line for line, _ in read)
    return _differences([(_negated(line) if before else line) for line, before in read])


def _differences(lines: Sequence[BillLine]) -> tuple[BillLine, ...]:
    sums: dict[BillLine, BillLine] = {}
    for line in lines:
        kind = replace(line, number=0, units=0, amount=0)
        before = sums.get(kind, kind)
        sums[kind] = replace(before, units=before.units + line.units, amount=before.amount + line.amount)
    changed = [line for line in sums.values() if line.units or line.amount]
    return tuple(replace(line, number=number) for number, line in enumerate(changed, start=1))


def _negated(line: BillLine) -> BillLine:
    return replace(line, units=-line.units, amount=-line.amount)


def _line(row: Element, descriptions: Descriptions, lacking: list[str]) -> BillLine:
    number = needed(row, names.ROW_NUMBER, whole_from_text, A_WHOLE_NUMBER)
    needed(row, names.ROW_RATE, one_of(names.EXEMPT_RATE), _EXEMPT)
    path = f"lines.{number}"
    product = descriptions.take(names.PRODUCT_KEY, str, row=number)
    distinguisher = descriptions.take(names.DISTINGUISHER_KEY, whole_from_text, A_WHOLE_NUMBER, row=number)
    line = BillLine(
        number=number,
        scope=told(row, names.ROW_CODE, f"{path}.scope", lacking),
        distinguisher=distinguisher or 0,
        product=product or "",
        name=told(row, names.ROW_NAME, f"{path}.name", lacking),
        pkwiu=optional(row, names.ROW_PKWIU),
        unit_name=told(row, names.ROW_UNIT, f"{path}.unit_name", lacking),
        units=needed(row, names.ROW_UNITS, units, _UNITS),
        price=_money(row, names.ROW_PRICE, names.ROW_PRICE_WITH_TAX),
        amount=_money(row, names.ROW_AMOUNT, names.ROW_AMOUNT_WITH_TAX),
    )
    lacking += [
        f"{path}.{field}"
        for field, value in (("distinguisher", distinguisher), ("product", product))
        if value is None
    ]
    return line


def _money(row: Element, name: str, with_tax: str) -> int:
    """A price or value; without tax and with it are the same where there is none, so either may stand there."""
    found = row.maybe(name) or row.maybe(with_tax)
    if found is None:
        raise row.refusal("element-missing", name=name)
    return content_of(found, grosze, _GROSZE)
