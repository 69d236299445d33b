"""Tables of a contract's terms beside plan, products and cells: rates, groups, increases, places, coefficients."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.table import Table
from rich.text import Text as Line

from rozlicz.cli.context import said, say
from rozlicz.cli.shown import amount, day, days, number, plain_table
from rozlicz.kernel.branches import PostalAddress
from rozlicz.messages.contract_words import COEFFICIENT_USE, FINANCING_KIND, PERSON_GROUP, RATE_PER
from rozlicz.messages.contracts import Coefficient, Contract, Location, PlanIncrease, Scope
from rozlicz.messages.rates import CapitationGroup, Rate


def address_line(address: PostalAddress) -> str:
    """Street, postal code and town in one line."""
    return f"{address.street}, {address.postal_code} {address.town}"


def age_words(least: int | None, most: int | None) -> str:
    """`wiek 7–19`, `wiek od 76`, `wiek do 6`; empty without a bound."""
    if least is not None and most is not None:
        return say(f"wiek {least}–{most}", f"age {least}–{most}")
    if least is not None:
        return say(f"wiek od {least}", f"age from {least}")
    if most is not None:
        return say(f"wiek do {most}", f"age up to {most}")
    return ""


def followed_scopes(scope: Scope) -> str:
    """The scopes whose declarations a scope is settled by, with their contract where it is another one."""
    return "; ".join(
        f"{one.code}/{one.distinguisher}" + (f" ({one.contract})" if one.contract else "")
        for one in scope.follows
    )


def increases_table(increases: Iterable[PlanIncrease]) -> Table:
    """Increases of the plan, month by month."""
    table = plain_table(
        say("Zwiększenie planu", "Increase of the plan"),
        say("Kwota", "Amount"),
        say("Dokument", "Document"),
        say("Cel", "Purpose"),
        right=(1,),
        fixed=(0,),
    )
    for row in increases:
        table.add_row(said(row.month.name), amount(row.amount), Line(row.document), Line(row.purpose))
    return table


def rates_table(rates: Iterable[Rate]) -> Table:
    """Rates with what they are paid for; what an emergency ward's rate consists of stands below it."""
    table = plain_table(
        say("Stawka za", "Rate per"),
        say("Kwota", "Amount"),
        say("Warunek", "Condition"),
        say("Obowiązuje", "In force"),
        right=(1,),
    )
    for rate in rates:
        table.add_row(
            said(RATE_PER[rate.per]),
            amount(rate.amount),
            Line("; ".join(_rate_conditions(rate))),
            Line(days(rate.valid_from, rate.valid_to)),
        )
    return table


def _rate_conditions(rate: Rate) -> Iterator[str]:
    if rate.variant:
        yield rate.variant
    if ward := rate.ward:
        share, base, function = (
            number(100 * ward.structure_share),
            amount(ward.base),
            amount(ward.function_part),
        )
        yield say(
            f"baza {base}, struktura {share} %, funkcja {function}",
            f"base {base}, structure {share} %, function {function}",
        )


def groups_table(groups: Iterable[CapitationGroup]) -> Table:
    """Groups of a capitation list with their coefficients."""
    table = plain_table(
        say("Grupa", "Group"),
        say("Nazwa", "Name"),
        say("Współczynnik", "Coefficient"),
        say("Osoby", "Persons"),
        right=(2,),
        fixed=(0,),
    )
    for group in groups:
        persons = (
            said(PERSON_GROUP[group.persons]) if group.persons else age_words(group.min_age, group.max_age)
        )
        table.add_row(group.code, Line(group.name), number(group.coefficient), Line(persons))
    return table


def locations_table(locations: Iterable[Location]) -> Table:
    """Places with their codes."""
    table = plain_table(say("Kod", "Code"), say("Nazwa", "Name"), say("Adres", "Address"), fixed=(0,))
    for one in locations:
        table.add_row(one.code, Line(one.name), Line(address_line(one.address)))
    return table


def financing_table(contract: Contract) -> Table:
    """Financing documents with what their means are for."""
    purposes = {one.code: one.name for one in contract.purposes}
    table = plain_table(
        say("Dokument", "Document"),
        say("Rodzaj", "Kind"),
        say("Z dnia", "Dated"),
        say("Cel", "Purpose"),
        fixed=(0,),
    )
    for one in contract.financing:
        purpose = f"{one.purpose} {purposes.get(one.purpose, '')}".strip()
        table.add_row(one.number, said(FINANCING_KIND[one.kind]), day(one.dated), Line(purpose))
    return table


def coefficients_table(coefficients: Iterable[Coefficient]) -> Table:
    """Correction coefficients, of the dictionary or of a scope."""
    table = plain_table(
        say("Kod", "Code"),
        say("Nazwa", "Name"),
        say("Wartość", "Value"),
        say("Użycie", "Use"),
        say("Ważny", "Valid"),
        right=(2,),
        fixed=(0,),
    )
    for one in coefficients:
        table.add_row(
            one.code,
            Line(one.name),
            number(one.value),
            said(COEFFICIENT_USE[one.use]),
            Line(days(one.valid_from, one.valid_to)),
        )
    return table
