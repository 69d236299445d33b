"""What the books hold of a contract, read once at the start of a calculation and handed to the law."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import uuid4

from django.db import connection

from rozlicz.kernel.countries import normal_country
from rozlicz.kernel.months import Month, SettlementPeriod
from rozlicz.messages.contracts import Contract as ContractTerms
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.settlements import sql
from rozlicz.portal.settlements.models import TemplateLine
from rozlicz.settlement.books import Billed, Candidate, CapUnit, Issued
from rozlicz.settlement.coordination import Finding, Route, route
from rozlicz.settlement.unit_price import cap_units

_CHUNK = 10_000


class Books(NamedTuple):
    """By cap unit: candidates (read when iterated), changed billed positions, templates, value performed by month."""

    candidates: dict[CapUnit, Iterator[Candidate]]
    billed: dict[CapUnit, list[Billed]]
    issued: dict[CapUnit, list[Issued]]
    performed: dict[CapUnit, dict[int, int]]


@contextmanager
def open_books(*, contract: Contract, terms: ContractTerms, period: SettlementPeriod) -> Iterator[Books]:
    """The books of one contract and settlement period, read through temporary tables of this transaction.

    The caller holds the contract's lock.
    """
    keys = {
        "provider": contract.provider_id,
        "contract": contract.pk,
        "code": contract.code,
        "first": period.first.number,
        "last": period.last.number,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.STATE, keys)
        _route_persons(cursor)
        cursor.execute(sql.HOLDINGS, keys)
        cursor.execute(sql.ANALYZE)
        billed = _by_cap_unit(_rows(cursor, sql.CHANGED, keys), _billed)
        issued = _by_cap_unit(_rows(cursor, sql.ISSUED, keys), _issued)
        yield Books(
            candidates={unit: _candidates(unit, keys) for unit in cap_units(terms)},
            billed=billed,
            issued=issued,
            performed=_performed(_rows(cursor, sql.PERFORMED, keys)),
        )
        cursor.execute("drop table state, holding")


def issued_by_cap(contract: Contract) -> dict[CapUnit, list[Issued]]:
    """What the templates of a contract hold, of all settlement periods, by cap unit."""
    found: dict[CapUnit, list[Issued]] = {}
    lines = TemplateLine.objects.filter(template__contract=contract).values_list(
        "scope",
        "distinguisher",
        "template__number",
        "template__month",
        "amount",
        "template__corrects__number",
    )
    for scope, distinguisher, *issued in lines.order_by("template__number", "number"):
        found.setdefault(CapUnit(scope, distinguisher), []).append(Issued(*issued))
    return found


def _route_persons(cursor: Any) -> None:
    """Who is insured in another state is billed as the coordination rules of the reporting month say."""
    cursor.execute(sql.FOREIGN_DOCUMENTS)
    for document, country, month in cursor.fetchall():
        keys = {"document": document, "country": country, "month": month, "state": normal_country(country)}
        match route(document=document, country=country, month=Month.from_number(month)):
            case Route(is_individual=True):
                cursor.execute(sql.INDIVIDUAL, keys)
            case Finding():
                cursor.execute(sql.UNBILLABLE, keys)


def _candidates(unit: CapUnit, keys: dict[str, Any]) -> Iterator[Candidate]:
    with connection.connection.cursor(name=f"candidates_{uuid4().hex}") as cursor:
        cursor.itersize = _CHUNK
        cursor.execute(sql.CANDIDATES, keys | unit._asdict())
        for service_id, position, month, last_day, product, price, units, bill, country, held in cursor:
            yield Candidate(
                (service_id, position), month, last_day, product, price, units, bill, country, held
            )


def _rows(cursor: Any, query: str, keys: dict[str, Any]) -> list[tuple[Any, ...]]:
    cursor.execute(query, keys)
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _billed(row: tuple[Any, ...]) -> tuple[CapUnit, Billed]:
    service_id, position, template, month, product, price, units, bill, country, *now, scope, number = row
    return CapUnit(scope, number), Billed(
        (service_id, position), template, month, product, price, units, bill, country, *now
    )


def _issued(row: tuple[Any, ...]) -> tuple[CapUnit, Issued]:
    scope, distinguisher, template, month, amount, corrects = row
    return CapUnit(scope, distinguisher), Issued(template, month, amount, corrects)


def _performed(rows: list[tuple[Any, ...]]) -> dict[CapUnit, dict[int, int]]:
    found: dict[CapUnit, dict[int, int]] = {}
    for scope, distinguisher, month, value in rows:
        found.setdefault(CapUnit(scope, distinguisher), {})[month] = value
    return found


def _by_cap_unit(rows: list[tuple[Any, ...]], entry: Any) -> dict[CapUnit, list[Any]]:
    found: dict[CapUnit, list[Any]] = {}
    for row in rows:
        unit, value = entry(row)
        found.setdefault(unit, []).append(value)
    return found
