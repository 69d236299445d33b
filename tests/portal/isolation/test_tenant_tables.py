"""Promise 6 without any page: what a provider's role sees and writes in the tables themselves."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from rozlicz.portal.database import AS_PROVIDER
from rozlicz.portal.house.grants import tenant_tables
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from tests.portal.isolation.furnishing import Tenant

pytestmark = pytest.mark.django_db
OWN = dict.fromkeys(tenant_tables(), "provider_id") | {
    "providers_provider": "id",
    "providers_providerevent": "id",
}


def rows(table: str, condition: str = "true") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table} where {condition}")
        return int(cursor.fetchone()[0])


def told(statement: str) -> str:
    """How many rows a statement changed, or why it was refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return str(cursor.rowcount)
    except ProgrammingError as error:
        return str(error).split("\n", 1)[0]


def may_insert(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select has_table_privilege(%s, %s, 'insert')", [AS_PROVIDER, table])
        return bool(cursor.fetchone()[0])


@pytest.mark.slow
def test_a_providers_role_sees_its_own_rows_and_no_other_in_every_table(
    tenants: tuple[Tenant, Tenant],
) -> None:
    for me, other in (tenants, tuple(reversed(tenants))):
        for table, own in OWN.items():
            with acting_for_payer():
                mine, theirs = (rows(table, f"{own} = {one.provider.pk}") for one in (me, other))
            assert mine, table
            assert theirs, table
            with acting_for_provider(me.provider.pk):
                assert rows(table) == mine, table
                assert rows(table, f"{own} = {other.provider.pk}") == 0, table


@pytest.mark.slow
def test_a_providers_role_adds_changes_and_deletes_nothing_of_another(tenants: tuple[Tenant, Tenant]) -> None:
    me, other = tenants
    mine, theirs = me.provider.pk, other.provider.pk
    for table, own in OWN.items():
        with acting_for_payer(), connection.cursor() as cursor:
            cursor.execute(
                f"create temporary table taken on commit drop as select * from {table} where {own} = {theirs}"
            )
            cursor.execute(f"grant select on taken to {AS_PROVIDER}")
        with acting_for_provider(mine):
            refused = ("permission denied", "new row violates row-level security policy")
            if may_insert(table):
                assert told(f"insert into {table} select * from taken").startswith(refused), table
            for statement in (
                f"update {table} set {own} = {own} where {own} = {theirs}",
                f"delete from {table} where {own} = {theirs}",
            ):
                answer = told(statement)
                assert answer == "0" or answer.startswith("permission denied"), (statement, answer)
            given_away = told(f"update {table} set {own} = {theirs}")
            assert given_away.startswith(refused), (table, given_away)
        with acting_for_payer(), connection.cursor() as cursor:
            cursor.execute("drop table taken")
