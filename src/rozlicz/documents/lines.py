"""Do the lines of a bill say what its template says, and do they add up (promise: Σ template = Σ bill)?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from rozlicz.documents.bases import INVOICE_CONTENT, TEMPLATE_QUOTED, UNIT_NAME_LIMIT
from rozlicz.documents.refusals import Reason, Refusal, reason
from rozlicz.kernel.money import amount_text, exact_value, round_half_up, units_text
from rozlicz.kernel.texts import Text, same
from rozlicz.messages.bills import Bill, BillLine
from rozlicz.messages.templates import Template, TemplateLine

UNIT_NAME_LENGTH = 10
"""Characters that the unit of measure may have in an e-document."""

_FOLLOW_TEMPLATE = Text(
    pl="Proszę wystawić pozycję tak jak w szablonie: {expected}.",
    en="Make the line as in the template: {expected}.",
)

LINE_MISSING = reason(
    "B-201",
    Text(pl="pozycje rachunku", en="lines"),
    Text(
        pl="Na rachunku brakuje pozycji szablonu: {expected}.",
        en="The bill lacks a line of the template: {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=Text(
        pl="Proszę dodać tę pozycję: rachunek obejmuje cały szablon.",
        en="Add this line: a bill takes in its whole template.",
    ),
)

LINE_UNKNOWN = reason(
    "B-202",
    Text(pl="pozycje rachunku", en="lines"),
    Text(
        pl="Pozycji {line} rachunku ({found}) nie ma w szablonie.",
        en="Line {line} of the bill ({found}) is not in the template.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=Text(
        pl="Proszę usunąć tę pozycję albo poprawić kody zakresu, wyróżnika i produktu.",
        en="Remove this line or correct its scope, distinguishing number and product.",
    ),
)

LINE_UNITS = reason(
    "B-203",
    Text(pl="liczba jednostek", en="quantity"),
    Text(
        pl="Pozycja {line}: liczba jednostek {found}, w szablonie {expected}.",
        en="Line {line}: the quantity is {found}; in the template it is {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=_FOLLOW_TEMPLATE,
)

LINE_PRICE = reason(
    "B-204",
    Text(pl="cena", en="price"),
    Text(
        pl="Pozycja {line}: cena {found}, w szablonie {expected}.",
        en="Line {line}: the price is {found}; in the template it is {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=_FOLLOW_TEMPLATE,
)

LINE_AMOUNT = reason(
    "B-205",
    Text(pl="wartość pozycji", en="line value"),
    Text(
        pl="Pozycja {line}: wartość {found}, w szablonie {expected}.",
        en="Line {line}: the value is {found}; in the template it is {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=_FOLLOW_TEMPLATE,
)

LINE_PRODUCT = reason(
    "B-206",
    Text(pl="wartość pozycji", en="line value"),
    Text(
        pl="Pozycja {line}: wartość {found}, a {units} × {price} to {expected}.",
        en="Line {line}: the value is {found}, but {units} × {price} makes {expected}.",
    ),
    basis=INVOICE_CONTENT,
    remedy=Text(
        pl="Proszę poprawić wartość na {expected} (zaokrąglenie raz, połówki w górę).",
        en="Correct the value to {expected} (rounded once, half-up).",
    ),
)

TOTAL_SUM = reason(
    "B-207",
    Text(pl="wartość rachunku", en="total"),
    Text(
        pl="Wartość rachunku to {found}, a suma jego pozycji to {expected}.",
        en="The total of the bill is {found}; its lines add up to {expected}.",
    ),
    basis=INVOICE_CONTENT,
    remedy=Text(
        pl="Proszę poprawić wartość rachunku lub pozycje, aby się zgadzały.",
        en="Correct the total or the lines so that they agree.",
    ),
)

TOTAL_TEMPLATE = reason(
    "B-208",
    Text(pl="wartość rachunku", en="total"),
    Text(
        pl="Wartość rachunku to {found}, a wartość szablonu to {expected}.",
        en="The total of the bill is {found}; the template's is {expected}.",
    ),
    basis=TEMPLATE_QUOTED,
    remedy=Text(
        pl="Proszę wystawić rachunek na {expected}. Inna kwota wymaga nowego naliczenia.",
        en="Bill {expected}. Another amount needs a new calculation.",
    ),
)

UNIT_NAME = reason(
    "B-209",
    Text(pl="jednostka miary", en="unit of measure"),
    Text(
        pl="Pozycja {line}: jednostka miary „{found}” jest pusta lub dłuższa niż {limit} znaków.",
        en="Line {line}: the unit of measure “{found}” is empty or longer than {limit} characters.",
    ),
    basis=UNIT_NAME_LIMIT,
    remedy=Text(
        pl="Proszę wpisać krótką nazwę, na przykład: punkt, porada, osobodzień, ryczałt.",
        en="Enter a short name, for example: punkt, porada, osobodzień, ryczałt.",
    ),
)

LINE_NAME = reason(
    "B-210",
    Text(pl="nazwa usługi", en="name of the service"),
    Text(pl="Pozycja {line} nie ma nazwy usługi.", en="Line {line} has no name of the service."),
    basis=INVOICE_CONTENT,
    remedy=Text(
        pl="Proszę wpisać nazwę, na przykład: {expected}.", en="Enter a name, for example: {expected}."
    ),
)

LINE_NUMBERS = reason(
    "B-211",
    Text(pl="numer pozycji", en="line number"),
    Text(
        pl="Pozycja ma numer {found}, a z kolei powinna mieć {expected}.",
        en="A line has the number {found}; in its place it should have {expected}.",
    ),
    basis=INVOICE_CONTENT,
    remedy=Text(pl="Ponumeruj pozycje kolejno od 1.", en="Number the lines in order, from 1."),
)

REASONS: tuple[Reason, ...] = (
    LINE_MISSING,
    LINE_UNKNOWN,
    LINE_UNITS,
    LINE_PRICE,
    LINE_AMOUNT,
    LINE_PRODUCT,
    TOTAL_SUM,
    TOTAL_TEMPLATE,
    UNIT_NAME,
    LINE_NAME,
    LINE_NUMBERS,
)

_SOME_UNIT = "jednostka"
_Codes = tuple[str, int, str]


def short_unit_name(name: str) -> str:
    """The unit of measure as an e-document can hold it: `osobodzień` as it is, `porada lekarska` as `porada le`."""
    return name.strip()[:UNIT_NAME_LENGTH].rstrip() or _SOME_UNIT


def line_refusals(bill: Bill, *, template: Template | None) -> Iterator[Refusal]:
    """Every difference of the lines from the template's, and every sum that is wrong in itself.

    Without a template (unknown number) the sums are still checked.
    """
    yield from _own_refusals(bill)
    if template is not None:
        yield from _template_refusals(bill, template)


def _own_refusals(bill: Bill) -> Iterator[Refusal]:
    for place, line in enumerate(bill.lines, start=1):
        if line.number != place:
            yield LINE_NUMBERS.because(
                field=_path(line, "number"), found=str(line.number), expected=str(place)
            )
        if not 0 < len(line.unit_name.strip()) <= UNIT_NAME_LENGTH:
            yield UNIT_NAME.because(
                field=_path(line, "unit_name"),
                found=line.unit_name,
                line=line.number,
                limit=UNIT_NAME_LENGTH,
            )
        value = round_half_up(exact_value(units=line.units, price=line.price))
        if line.amount != value:
            yield LINE_PRODUCT.because(
                field=_path(line, "amount"),
                found=amount_text(line.amount),
                expected=amount_text(value),
                line=line.number,
                units=units_text(line.units),
                price=amount_text(line.price),
            )
    total = sum(line.amount for line in bill.lines)
    if bill.amount != total:
        yield TOTAL_SUM.because(field="amount", found=amount_text(bill.amount), expected=amount_text(total))


def _template_refusals(bill: Bill, template: Template) -> Iterator[Refusal]:
    pairs, lacking, unknown = _matched(bill.lines, template.lines)
    for line, expected in pairs:
        yield from _pair_refusals(line, expected)
    for expected in lacking:
        yield LINE_MISSING.because(field="lines", expected=_described(expected))
    for line in unknown:
        yield LINE_UNKNOWN.because(field=_path(line, "product"), found=_described(line), line=line.number)
    if bill.amount != template.amount:
        yield TOTAL_TEMPLATE.because(
            field="amount", found=amount_text(bill.amount), expected=amount_text(template.amount)
        )


def _pair_refusals(line: BillLine, expected: TemplateLine) -> Iterator[Refusal]:
    compared = (
        (LINE_UNITS, "units", line.units, expected.units, units_text),
        (LINE_PRICE, "price", line.price, expected.price, amount_text),
        (LINE_AMOUNT, "amount", line.amount, expected.amount, amount_text),
    )
    for why, field, found, wanted, as_text in compared:
        if found != wanted:
            yield why.because(
                field=_path(line, field),
                found=as_text(found),
                expected=as_text(wanted),
                line=line.number,
            )
    if not line.name.strip():
        yield LINE_NAME.because(field=_path(line, "name"), expected=expected.name, line=line.number)


def _matched(
    lines: tuple[BillLine, ...], expected: tuple[TemplateLine, ...]
) -> tuple[list[tuple[BillLine, TemplateLine]], list[TemplateLine], list[BillLine]]:
    """Lines of bill and template side by side, then template lines left over, then bill lines left over.

    A template has one line for each scope, distinguishing number, product and price. Lines that agree in all
    four are paired first, so that a wrong price is told of the line it stands in.
    """
    waiting: dict[_Codes, list[TemplateLine]] = defaultdict(list)
    for one in expected:
        waiting[_codes(one)].append(one)
    pairs: dict[int, TemplateLine] = {}
    for by_price in (True, False):
        for index, line in enumerate(lines):
            if index in pairs:
                continue
            fitting = waiting[_codes(line)]
            found = next((one for one in fitting if not by_price or one.price == line.price), None)
            if found is not None:
                fitting.remove(found)
                pairs[index] = found
    side_by_side = [(line, pairs[index]) for index, line in enumerate(lines) if index in pairs]
    unknown = [line for index, line in enumerate(lines) if index not in pairs]
    return side_by_side, [one for left in waiting.values() for one in left], unknown


def _codes(line: BillLine | TemplateLine) -> _Codes:
    return (line.scope, line.distinguisher, line.product)


def _described(line: BillLine | TemplateLine) -> Text:
    codes = same(f"{line.scope}/{line.distinguisher}, {line.product}")
    return Text(
        pl="{codes}: {units} × {price} = {amount}", en="{codes}: {units} × {price} = {amount}"
    ).filled(
        codes=codes,
        units=units_text(line.units),
        price=amount_text(line.price),
        amount=amount_text(line.amount),
    )


def _path(line: BillLine, field: str) -> str:
    return f"lines.{line.number}.{field}"
