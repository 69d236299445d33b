"""What the roles of the database may do: none of them owns anything, and what nobody has opened is closed."""

from __future__ import annotations

import pghistory
import pytest
from django.apps import apps
from django.db import connection

from rozlicz.portal.accounts.models import Operator
from rozlicz.portal.contracts.models import Contract
from rozlicz.portal.database import AS_APPLICANT, AS_PAYER, AS_PROVIDER, DOOR, OWNER
from rozlicz.portal.house import grant_lists, grants
from rozlicz.portal.providers.models import BankAccount, Provider
from rozlicz.portal.tenancy import acting_for_payer, acting_for_provider
from tests.portal.test_tenancy import refused, sql

pytestmark = pytest.mark.django_db
ROLES = (DOOR, AS_PROVIDER, AS_PAYER, AS_APPLICANT)
HISTORY = [model._meta.db_table for model in apps.get_models() if issubclass(model, pghistory.models.Event)]


def existing_tables() -> set[str]:
    return {name for (name,) in sql("select relname from pg_class where relkind in ('r', 'p')")}


@pytest.mark.parametrize("role", ROLES)
def test_no_role_of_the_portal_is_an_owner_or_exempt(role: str) -> None:
    attributes = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
    assert sql(f"select {attributes} from pg_roles where rolname = %s", role) == [(False,) * 5]
    assert sql("select pg_has_role(%s, %s, 'member')", role, OWNER) == [(False,)]
    for catalogue, owner in (("pg_class", "relowner"), ("pg_proc", "proowner"), ("pg_namespace", "nspowner")):
        assert sql(f"select count(*) from {catalogue} where {owner} = %s::regrole", role) == [(0,)]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "statement",
    [
        "alter table bills_bill disable row level security",
        "alter table bills_bill no force row level security",
        "alter table bills_bill disable trigger all",
        "drop policy provider on bills_bill",
        "create policy mine on bills_bill using (true)",
        "drop table audit_entry",
        "create table public.mine (id int)",
        "create function public.mine() returns int language sql as 'select 1'",
        "alter function _pgh_attach_context() security invoker",
        f"set local role {OWNER}",
    ],
)
def test_no_role_of_the_portal_changes_what_guards_it(role: str, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {role}")
        with refused("permission denied|must be owner"):
            cursor.execute(statement)


@pytest.mark.parametrize("role", [AS_PROVIDER, AS_PAYER, AS_APPLICANT])
def test_nobody_empties_a_table(role: str) -> None:
    """The door may, in the tests' database only: it is emptied between tests that commit."""
    can = "select relname from pg_class where relkind = 'r' and has_table_privilege(%s, oid, 'truncate')"
    assert sql(f"{can} and relnamespace = 'public'::regnamespace", role) == []


@pytest.mark.parametrize("role", ROLES)
def test_rows_are_deleted_only_where_a_list_says_so(role: str) -> None:
    can = "select relname from pg_class where relkind = 'r' and has_table_privilege(%s, oid, 'delete')"
    open_to_delete = {
        table
        for table, roles in grant_lists.OPEN.items()
        if any("delete" in act for act in roles.get(role, ())) and table in existing_tables()
    }
    found = {name for (name,) in sql(f"{can} and relnamespace = 'public'::regnamespace", role)}
    assert found == open_to_delete


def test_every_table_of_a_tenant_has_row_level_security_and_a_policy_for_each_side() -> None:
    tables = {
        name
        for (name,) in sql(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where a.attname = 'provider_id' and c.relkind in ('r', 'p') and not a.attisdropped"
        )
    } | {"providers_provider", "providers_providerevent"}
    guarded = {name for (name,) in sql("select relname from pg_class where relrowsecurity")}
    assert tables - guarded == set()
    policies = {(table, name) for table, name in sql("select tablename, policyname from pg_policies")}
    assert {(table, side) for table in tables for side in ("provider", "payer")} - policies == set()


def test_a_table_in_no_list_is_closed_and_named_here() -> None:
    assert grants.undeclared_tables() == []


def test_the_lists_name_no_table_that_is_gone() -> None:
    listed = (
        grant_lists.APPEND_ONLY
        | grant_lists.PROVIDER_ADDS
        | grant_lists.PROVIDER_CHANGES.keys()
        | {table for rules in grant_lists.ROW_RULES.values() for table in rules}
        | grant_lists.OF_THE_BRANCH
        | grant_lists.DOOR_MAY.keys()
        | grant_lists.OPEN.keys()
        | grant_lists.CLOSED
        | grant_lists.OF_ONE_REGISTRATION.keys()
    )
    assert listed - existing_tables() == set()


@pytest.mark.parametrize("role", [AS_PROVIDER, AS_PAYER, AS_APPLICANT])
def test_closed_tables_are_closed(role: str) -> None:
    """The door may fill two of them, in the tests' database only: Django does after a test that commits."""
    for table in grant_lists.CLOSED:
        for act in ("select", "insert", "update"):
            assert sql("select has_any_column_privilege(%s, %s, %s)", role, table, act) == [(False,)], table


@pytest.mark.parametrize("table", [*HISTORY, "pghistory_context"])
def test_promise_4_nobody_writes_the_row_history_by_hand(table: str) -> None:
    for role in ROLES:
        for act in ("insert", "update"):
            assert sql("select has_any_column_privilege(%s, %s, %s)", role, table, act) == [(False,)], role
        assert sql("select has_table_privilege(%s, %s, 'delete')", role, table) == [(False,)]


def test_promise_6_a_provider_reads_the_history_of_its_own_rows(clinic: Provider, practice: Provider) -> None:
    with acting_for_provider(clinic.pk):
        assert set(sql("select provider_id from contracts_contractevent")) == {(clinic.pk,)}
        assert set(sql("select id from providers_providerevent")) == {(clinic.pk,)}
        for closed in ("pghistory_context", "payments_paymentrunevent", "accounts_securitypolicyevent"):
            with refused():
                sql(f"select * from {closed}")
    with acting_for_payer():
        assert set(sql("select provider_id from contracts_contractevent")) == {(clinic.pk,), (practice.pk,)}


def test_the_history_is_written_by_whoever_changes_a_row(
    clinic: Provider, provider_operator: Operator
) -> None:
    """With the owner's right, under the context of the request; who was asked for later in it is added."""
    with pghistory.context(operator=1, address="192.0.2.7") as change, acting_for_payer():
        Contract.objects.filter(provider=clinic).update(kind_name="inaczej")
        with pghistory.context(reason="aneks"):
            BankAccount.objects.filter(provider=clinic).update(since="2025-02-01")
        rows = sql("select pgh_context_id from contracts_contractevent where kind_name = 'inaczej'")
        assert rows == [(change.id,)]
        [(told,)] = sql("select metadata::text from pghistory_context where id = %s", change.id)
        assert told == '{"reason": "aneks", "address": "192.0.2.7", "operator": 1}'
    with pghistory.context(operator=2) as change, acting_for_provider(clinic.pk):
        Operator.objects.filter(pk=provider_operator.pk).update(full_name="Anna Wrzos-Lipa")
        rows = sql("select full_name from accounts_operatorevent where pgh_context_id = %s", change.id)
        assert rows == [("Anna Wrzos-Lipa",)]


@pytest.mark.parametrize("table", ["procrastinate_jobs", "pghistory_context", "accounts_session"])
def test_inside_a_tenants_context_sessions_and_the_queue_are_not_read(table: str, clinic: Provider) -> None:
    with acting_for_provider(clinic.pk), refused():
        sql(f"select * from {table}")


def test_outside_of_a_context_the_connection_is_the_door(db: None) -> None:
    assert sql("select current_user, session_user") == [(DOOR, connection.settings_dict["USER"])]
