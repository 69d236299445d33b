"""Measurements below the portal: bare parsers, reading, checking, the law alone, writing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from time import perf_counter
from xml.parsers import expat

from lxml import etree

from bench import world
from rozlicz.messages.header import new_header
from rozlicz.messages.swiad import SwiadReader
from rozlicz.messages.umx import read_umx, write_umx
from rozlicz.settlement.books import Candidate
from rozlicz.settlement.parameters import policy_for
from rozlicz.settlement.unit_price import cap_units, settle_contract
from rozlicz.verification.checker import Checker, Terms

_CHECKED_TOGETHER = 10_000
_CONTRACTS = 50


def write(positions: int) -> float:
    return timed(lambda: world.write(positions))


def expat_alone(positions: int) -> float:
    """The same parser as ours, every element and its attributes handed to a function that does nothing."""
    with world.report(positions).open("rb") as file:
        return timed(lambda: bare(file))


def iterparse_alone(positions: int) -> float:
    """The usual loop over lxml: every element touched, its attributes taken, then cleared and removed."""

    def loop() -> None:
        for _, element in etree.iterparse(world.report(positions), events=("end",)):
            dict(element.attrib)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]

    return timed(loop)


def read(positions: int) -> float:
    def loop() -> None:
        for _ in SwiadReader(world.report(positions)):
            pass

    return timed(loop)


def check(positions: int) -> tuple[float, dict[str, float]]:
    """Reading and checking off-line; the part of the rules alone beside it."""
    terms = world.contract()
    checker = Checker(
        terms=Terms.of([terms]),
        provider=terms.provider.code,
        branch=terms.branch,
        received_on=world.NOON.date(),
    )
    rules = 0.0

    def loop() -> None:
        nonlocal rules
        for batch in SwiadReader(world.report(positions), _CHECKED_TOGETHER):
            rules += timed(lambda batch=batch: checker.check(batch))

    return timed(loop), {"rules": rules}


def contract_alone(_: int) -> float:
    message = _contract_message()
    return timed(lambda: [bare(io.BytesIO(message)) for _ in range(_CONTRACTS)]) / _CONTRACTS


def contract(_: int) -> float:
    message = _contract_message()
    return timed(lambda: [read_umx(io.BytesIO(message)) for _ in range(_CONTRACTS)]) / _CONTRACTS


def law(positions: int) -> float:
    """The calculation of one contract, candidates made up on the way and kept by nobody."""
    terms = world.contract()
    unit = cap_units(terms)[0]
    scope = terms.scope(*unit)
    assert scope is not None
    price = scope.price_in(world.MONTH) or 0
    days = [date(2026, 10, 1) + timedelta(days=n) for n in range(31)]
    products = [product.code for product in scope.products]

    def candidates() -> Iterator[Candidate]:
        for n in range(positions):
            key = (f"S{n:09d}", 1)
            day = days[n * len(days) // positions]
            yield Candidate(key, world.MONTH.number, day, products[n % len(products)], price, 450_000)

    return timed(
        lambda: settle_contract(
            contract=terms,
            month=world.MONTH,
            candidates_by_cap={unit: candidates()},
            billed_by_cap={},
            issued_by_cap={},
            performed_by_cap={unit: {world.MONTH.number: positions * 450_000 * price}},
            policy=policy_for(month=world.MONTH, branch=terms.branch),
            ordered=True,
        )
    )


def _contract_message() -> bytes:
    target, terms = io.BytesIO(), world.contract()
    header = new_header(
        kind="UMX",
        receiver=terms.provider.code,
        sender=terms.branch,
        installation="",
        generation=1,
        generated_at=world.NOON.replace(tzinfo=None),
        program="bench",
    )
    write_umx(terms, header=header, target=target)
    return target.getvalue()


def bare(file: io.BufferedReader | io.BytesIO) -> None:
    parser = expat.ParserCreate(None, " ")
    parser.StartElementHandler = lambda _name, _attributes: None
    parser.EndElementHandler = lambda _name: None
    parser.ParseFile(file)


def timed(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
