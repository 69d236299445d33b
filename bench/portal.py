"""Measurements through the portal, in a database of the benchmark's own that each round begins empty."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from time import perf_counter

import django
import psycopg

from bench import world

DATABASE = "rozlicz_bench"
OWNER = "rozlicz_owner"
_DATA = world.FOLDER / "portal"
_COLUMNS = """report_id, p.row, p.provider_id, line, contract, service_id, service_version, position, deleted, month,
  scope, distinguisher, product, day_from, day_to, units, price, value, duplicate_hash, entitlement_basis,
  entitlement_document, entitlement_number, entitlement_country, entitlement_from, entitlement_to, v.accepted"""
_FROM = "from reports_position p join reports_verdict v on v.row = p.row"


def prepare(_: int) -> float:
    """A new database and a new folder of files, with the clinic and its contract."""
    shutil.rmtree(_DATA, ignore_errors=True)
    _DATA.mkdir(parents=True)
    with _connected("postgres") as owner:
        owner.execute(f"drop database if exists {DATABASE} with (force)")
        owner.execute(f"create database {DATABASE}")
    _set_up()
    from django.core.management import call_command

    from rozlicz.portal.accounts.operations import add_operator
    from rozlicz.portal.accounts.rights import Role
    from rozlicz.portal.contracts.operations import publish_contract
    from rozlicz.portal.providers.operations import accept_installation, register_provider
    from rozlicz.portal.tenancy import acting_for_payer

    call_command("prepare")
    one, terms = world.clinic(), world.contract()
    with acting_for_payer():
        provider = register_provider(party=one.party, account_number=one.bank_account, since=terms.valid_from)
        accept_installation(provider=provider, short_id=one.installation.short, long_id=one.installation.long)
        publish_contract(terms=terms, at=world.NOON)
        add_operator(
            provider=provider,
            party_code=provider.code,
            user_name="bench",
            full_name="Bench",
            roles=[Role.REPORTING, Role.BILLING],
            password=os.urandom(12).hex(),
            temporary=False,
            at=world.NOON,
        )
    return 0.0


def whole_way(positions: int) -> tuple[float, dict[str, float]]:
    """From the file to verdicts in the tables: what happens when a report is sent and the worker takes its job."""
    _set_up()
    from django.db import connection

    from rozlicz.portal.reports.models import Report
    from rozlicz.portal.reports.operations import receive_report, verify_report
    from rozlicz.portal.tenancy import acting_for_provider

    statements = 0

    def count(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal statements
        statements += 1
        return execute(*arguments)

    operator = _operator()
    start = perf_counter()
    with world.report(positions).open("rb") as file, operator.context():
        report = receive_report(operator=operator, content=file, file_name="report.swx", at=world.NOON).report
    with connection.execute_wrapper(count):
        verify_report(provider_id=operator.provider_id, report_id=report.pk, now=lambda: world.NOON)
    seconds = perf_counter() - start
    with acting_for_provider(operator.provider_id):
        run = Report.objects.get(pk=report.pk).current_run
    assert run.rows_done == positions, report.refusals
    return seconds, {"statements": statements, "accepted": run.accepted}


def copy_alone(_: int) -> float:
    """The rows that the report left, copied once more into a table without index, key or policy."""
    with _connected(DATABASE) as owner:
        owner.execute(f"create temporary table bare as select {_COLUMNS} {_FROM} limit 0")
        rows = io.BytesIO()
        with owner.cursor().copy(f"copy (select {_COLUMNS} {_FROM}) to stdout") as out:
            for chunk in out:
                rows.write(chunk)
        owner.execute("create table bare_rows (like bare)")
        rows.seek(0)
        start = perf_counter()
        with owner.cursor().copy("copy bare_rows from stdin") as into:
            while chunk := rows.read(2**16):
                into.write(chunk)
        return perf_counter() - start


def calculate(_: int) -> tuple[float, dict[str, float]]:
    """The calculation of the month, with every accepted position a candidate, all of them billed."""
    _set_up()
    from rozlicz.portal.contracts.models import Contract
    from rozlicz.portal.settlements.models import RequestState, SettlementRequest, TemplatePosition
    from rozlicz.portal.settlements.operations import calculate_request, request_settlement

    operator = _operator()
    with operator.context():
        request = request_settlement(
            operator=operator, contract=Contract.objects.get(), month=world.MONTH, at=world.NOON
        )
    start = perf_counter()
    calculate_request(request_id=request.pk, at=world.NOON)
    seconds = perf_counter() - start
    with operator.context():
        assert SettlementRequest.objects.get().state == RequestState.CALCULATED
        return seconds, {"billed": TemplatePosition.objects.count()}


def _set_up() -> None:
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "rozlicz.portal.settings",
        "ROZLICZ_BRANCH": world.contract().branch,
        "ROZLICZ_DATA": str(_DATA),
        "ROZLICZ_PG_DATABASE": DATABASE,
    }
    django.setup()


def _operator() -> object:
    from rozlicz.portal.accounts.models import Operator

    return Operator.objects.get(user_name="bench")


def _connected(database: str) -> psycopg.Connection[tuple[object, ...]]:
    """As the owner, past all policies."""
    return psycopg.connect(host=os.environ["ROZLICZ_PG_SOCKET"], user=OWNER, dbname=database, autocommit=True)
