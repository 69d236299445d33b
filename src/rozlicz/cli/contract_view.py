"""A contract on the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from rozlicz.cli.context import said, say
from rozlicz.cli.contract_terms import (
    address_line,
    age_words,
    coefficients_table,
    financing_table,
    followed_scopes,
    groups_table,
    increases_table,
    locations_table,
    rates_table,
)
from rozlicz.cli.shown import amount, day, days, facts, message_in_words, number, plain_table
from rozlicz.kernel.branches import BRANCHES
from rozlicz.messages.contract_words import SETTLED_BY
from rozlicz.messages.contracts import Cell, Contract, Scope, UnitProduct
from rozlicz.messages.header import Header


def contract_page(header: Header, contract: Contract) -> RenderableType:
    """Head, scopes at a glance, then each scope with plan, products and cells; coefficients last."""
    parts: list[RenderableType] = [_title(say("Umowa", "Contract"), contract.printed_code)]
    parts.append(_head(header, contract))
    parts += [Line(), _title(say("Zakresy świadczeń", "Scopes of services"), ""), _overview(contract)]
    for scope in contract.scopes:
        parts += [Line(), *_scope(scope, contract)]
    if contract.coefficients:
        parts += [Line(), _title(say("Współczynniki korygujące", "Correction coefficients"), "")]
        parts.append(coefficients_table(contract.coefficients))
    if contract.locations:
        parts += [Line(), _title(say("Miejsca", "Places"), ""), locations_table(contract.locations)]
    if contract.financing:
        parts += [Line(), _title(say("Zwiększenia finansowania", "Increases of financing"), "")]
        parts.append(financing_table(contract))
    return Group(*parts)


def _title(label: str, name: str) -> Line:
    return Line(f"{label} {name}".strip(), style="bold underline")


def _head(header: Header, contract: Contract) -> Table:
    branch = BRANCHES.get(contract.branch)
    provider = contract.provider
    printed = contract.printed_code
    annex = f"{contract.annex} ({day(contract.annexed_on)})" if contract.annex else say("brak", "none")
    return facts(
        (say("Rodzaj świadczeń", "Kind of services"), f"{contract.kind} – {contract.kind_name}"),
        (say("Typ umowy", "Contract type"), contract.contract_type),
        (say("Kod techniczny", "Technical code"), contract.code if contract.code != printed else ""),
        (
            say("Kod pierwotny", "Original code"),
            contract.original_code if contract.original_code != printed else "",
        ),
        (say("Aneks", "Annex"), annex),
        (say("Podpisana", "Signed"), day(contract.signed_on)),
        (say("Obowiązuje", "In force"), days(contract.valid_from, contract.valid_to)),
        (say("Okresy rozliczeniowe", "Settlement periods"), _periods(contract)),
        (say("Płatnik", "Payer"), f"{contract.branch} {branch.name if branch else ''}".strip()),
        (say("Świadczeniodawca", "Provider"), f"{provider.code} {provider.name}"),
        ("", address_line(provider.address)),
        ("", f"NIP {provider.nip}, REGON {provider.regon}"),
        (say("Kwota zobowiązania", "Commitment"), Line(amount(contract.amount), style="bold")),
        (
            say("Zwiększenia planu", "Increases of the plan"),
            amount(contract.increase) if contract.increase else "",
        ),
        (say("Plik", "File"), message_in_words(header)),
    )


def _periods(contract: Contract) -> str:
    return ", ".join(
        f"{said(period.first.name)} – {said(period.last.name)}" for period in contract.settlement_periods
    )


def _overview(contract: Contract) -> Table:
    table = plain_table(
        say("Zakres", "Scope"),
        say("Nazwa", "Name"),
        say("Plan", "Plan"),
        say("Kwota", "Amount"),
        right=(2, 3),
        fixed=(0,),
    )
    for scope in contract.scopes:
        units = sum(row.units for row in scope.plan)
        table.add_row(_code(scope), Line(scope.name), number(units), amount(_amount(scope)))
    table.add_section()
    table.add_row(
        "", Line(say("Razem", "Total"), style="bold"), "", Line(amount(contract.amount), style="bold")
    )
    return table


def _code(scope: Scope) -> str:
    return f"{scope.code}/{scope.distinguisher}"


def _amount(scope: Scope) -> int:
    return sum(row.amount for row in scope.plan)


def _scope(scope: Scope, contract: Contract) -> Iterator[RenderableType]:
    yield _title(say("Zakres", "Scope"), f"{_code(scope)}  {scope.name}")
    yield facts(
        (say("Jednostka", "Unit"), scope.unit_name),
        (say("Rozliczany za", "Settled by"), said(SETTLED_BY[scope.settled_by])),
        (say("Deklaracje zakresu", "Declarations of scope"), followed_scopes(scope)),
        (
            say("Limit", "Cap"),
            say("bez limitu", "none") if scope.unlimited else say("poniższy plan", "the plan below"),
        ),
    )
    parts = (
        (scope.plan, _plan(scope)),
        (scope.increases, increases_table(scope.increases)),
        (scope.rates, rates_table(scope.rates)),
        (scope.groups, groups_table(scope.groups)),
        (scope.coefficients, coefficients_table(scope.coefficients)),
        (scope.products, _products(scope.products, contract)),
        (scope.cells, _cells(scope.cells)),
    )
    for found, part in parts:
        if found:
            yield Line()
            yield _indented(part)


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))


def _plan(scope: Scope) -> Table:
    table = plain_table(
        say("Miesiąc", "Month"),
        say("Liczba", "Units"),
        say("Cena", "Price"),
        say("Kwota", "Amount"),
        right=(1, 2, 3),
        fixed=(0,),
    )
    for row in scope.plan:
        table.add_row(said(row.month.name), number(row.units), amount(row.price), amount(row.amount))
    table.add_row(
        *(
            Line(text, style="bold")
            for text in (
                say("Razem", "Total"),
                number(sum(row.units for row in scope.plan)),
                "",
                amount(_amount(scope)),
            )
        )
    )
    return table


def _products(products: Iterable[UnitProduct], contract: Contract) -> Table:
    table = plain_table(
        say("Produkt", "Product"),
        say("Nazwa", "Name"),
        say("Waga", "Weight"),
        say("Warunki", "Conditions"),
        right=(2,),
        fixed=(0,),
    )
    for product in products:
        table.add_row(
            product.code,
            Line(product.name),
            number(product.weight),
            Line("; ".join(_conditions(product, contract))),
        )
    return table


def _conditions(product: UnitProduct, contract: Contract) -> Iterator[str]:
    """What the contract demands of a position with the product, in words; its days when it is not always valid."""
    if ages := age_words(product.min_age, product.max_age):
        yield ages
    if product.max_multiplicity is not None:
        most = number(product.max_multiplicity)
        yield say(f"krotność do {most}", f"multiplicity up to {most}")
    if product.referral_required:
        yield say("skierowanie", "referral")
    if product.valid_from > contract.valid_from or product.valid_to < contract.valid_to:
        yield days(product.valid_from, product.valid_to)


def _cells(cells: Iterable[Cell]) -> Table:
    table = plain_table(
        say("Komórka", "Cell"),
        say("Nazwa", "Name"),
        say("Miejsce", "Place"),
        say("Ważna", "Valid"),
        fixed=(0,),
    )
    for cell in cells:
        table.add_row(
            cell.code, Line(cell.name), Line(cell.place), Line(days(cell.valid_from, cell.valid_to))
        )
    return table
