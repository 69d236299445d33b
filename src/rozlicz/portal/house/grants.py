"""What each database role may do, table by table; applied after every migration, always to all tables.

A table with a `provider_id` is a tenant's: row-level security is on, a provider's role sees its own rows, the
payer's role all. Row history is written by its triggers alone, with the owner's right, and read like the rows it is
about. Whoever asks to be registered has no account; its role sees one registration. A table that is none of these
must be listed here; one that is in no list is closed to everybody, and a test names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from rozlicz.portal.database import AS_APPLICANT, AS_PAYER, AS_PROVIDER, DOOR
from rozlicz.portal.house.grant_lists import (
    APPEND_ONLY,
    APPLICANT_MAY,
    BRANCH_CHANGES,
    BRANCH_SHOWS,
    CLOSED,
    DOOR_MAY,
    DOOR_SEES,
    OF_ONE_REGISTRATION,
    OF_OPERATORS,
    OF_THE_BRANCH,
    OPEN,
    PROVIDER_ADDS,
    PROVIDER_CHANGES,
    ROW_RULES,
)

ANALYZE_REPORTS = """
create or replace function analyze_reports() returns void language plpgsql security definer set search_path = public
as $$ begin
  if to_regclass('reports_position') is not null then
    analyze reports_position; analyze reports_verdict; analyze reports_finding;
  end if;
end $$
"""
"""Statistics of the bulk tables may be renewed by the role that has just loaded them, with the owner's right."""

HISTORY_BY_THE_OWNER = """
do $$ declare one regprocedure; begin
  for one in select oid from pg_proc where pronamespace = 'public'::regnamespace
    and (proname = '_pgh_attach_context' or proname like 'pgtrigger%' and prorettype = 'trigger'::regtype) loop
    execute format('alter function %s security definer set search_path = public', one);
  end loop;
end $$
"""
"""The triggers that keep the row history write with the owner's right; nobody else can, so nothing is forged."""

WITHOUT_ROW_RULES = """
do $$ declare one record; begin
  for one in select tablename, policyname from pg_policies
    where schemaname = 'public' and permissive = 'RESTRICTIVE' loop
    execute format('drop policy %I on %I', one.policyname, one.tablename);
  end loop;
end $$
"""


def apply_grants(**_: Any) -> None:
    """Bring policies and grants in line with the tables, all at once; run as the owner.

    In pieces, whoever works at that moment would find rows gone whose policy is about to be made again.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in grant_statements():
            cursor.execute(statement)


def grant_statements() -> Iterable[str]:
    """All statements, in order; each may be repeated."""
    everyone = f"{DOOR}, {AS_PROVIDER}, {AS_PAYER}, {AS_APPLICANT}"
    yield ANALYZE_REPORTS
    yield HISTORY_BY_THE_OWNER
    yield "revoke create on schema public from public"
    yield f"grant usage on schema public to {everyone}"
    yield f"revoke all on all sequences in schema public from {everyone}"
    yield f"grant usage on all sequences in schema public to {everyone}"
    yield f"grant execute on all functions in schema public to {everyone}"
    for table, columns in _tables():
        yield f"revoke all on {table} from {everyone}"
        if table in APPLICANT_MAY:
            yield f"grant {APPLICANT_MAY[table]} on {table} to {AS_APPLICANT}"
        if table in OF_ONE_REGISTRATION:
            yield from _applicant_statements(table)
        if is_history(table, columns):
            yield from _history_statements(table, columns)
        elif own := _own(table, columns):
            yield from _tenant_statements(table, own)
        elif table in OF_THE_BRANCH:
            yield from _branch_statements(table)
        if table in OF_OPERATORS:
            yield from _operators_statements(table)
        for role, acts in OPEN.get(table, {}).items():
            for act in acts:
                yield f"grant {act} on {table} to {role}"
    yield from _row_rule_statements()


def _row_rule_statements() -> Iterable[str]:
    """The rules of rows, each made anew, so that one that has left its list is gone."""
    yield WITHOUT_ROW_RULES
    existing = {table for table, _columns in _tables()}
    for role, tables in ROW_RULES.items():
        for table in existing & tables.keys():
            for act, rule in tables[table].items():
                yield f"create policy {role}_{act}s on {table} as restrictive for {act} to {role} {rule}"


def undeclared_tables() -> list[str]:
    """Tables that are in no list: a test fails until somebody has decided who may do what there."""
    declared = OF_THE_BRANCH | OF_ONE_REGISTRATION.keys() | OPEN.keys() | CLOSED
    return [
        table
        for table, columns in _tables()
        if table not in declared and not _own(table, columns) and not is_history(table, columns)
    ]


def is_history(table: str, columns: Collection[str]) -> bool:
    """Whether a table with these columns keeps the versions of another's rows."""
    return table.endswith("event") and "pgh_id" in columns


def _tables() -> Iterable[tuple[str, set[str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, array_agg(a.attname::text) from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0"
            " group by c.relname order by c.relname"
        )
        return [(table, set(columns)) for table, columns in cursor.fetchall()]


def _own(table: str, columns: Collection[str]) -> str | None:
    """The column that says whose a row is, in a tenant's table and in its history."""
    if table in {"providers_provider", "providers_providerevent"}:
        return "id"
    return "provider_id" if "provider_id" in columns else None


def _policies(table: str, own: str) -> Iterable[str]:
    mine = f"{own} = (select nullif(current_setting('rozlicz.provider', true), '')::bigint)"
    yield f"alter table {table} enable row level security"
    yield f"drop policy if exists provider on {table}"
    yield f"drop policy if exists payer on {table}"
    yield f"create policy provider on {table} to {AS_PROVIDER} using ({mine})"
    yield f"create policy payer on {table} to {AS_PAYER} using (true)"


def _tenant_statements(table: str, own: str) -> Iterable[str]:
    yield from _policies(table, own)
    yield f"grant select on {table} to {AS_PROVIDER}"
    yield f"grant select, insert on {table} to {AS_PAYER}"
    if table in PROVIDER_ADDS:
        yield f"grant insert on {table} to {AS_PROVIDER}"
    if table not in APPEND_ONLY:
        yield f"grant update on {table} to {AS_PAYER}"
        if table in PROVIDER_CHANGES:
            columns = PROVIDER_CHANGES[table]
            yield f"grant update {f'({columns})' if columns else ''} on {table} to {AS_PROVIDER}"
    yield f"drop policy if exists door on {table}"
    if table in DOOR_MAY:
        yield f"create policy door on {table} to {DOOR} using ({DOOR_SEES.get(table, 'true')})"
        for act in DOOR_MAY[table]:
            yield f"grant {act} on {table} to {DOOR}"
    if table == "audit_entry":
        # No operator and no provider: an applicant's own acts, of which it sees the key of the line it adds.
        nobodys = "operator_id is null and provider_id is null"
        yield f"drop policy if exists applicant on {table}"
        yield f"create policy applicant on {table} to {AS_APPLICANT} using ({nobodys})"


def _branch_statements(table: str) -> Iterable[str]:
    readers = BRANCH_SHOWS.get(table, dict.fromkeys((DOOR, AS_PROVIDER), "true"))
    yield f"grant select on {table} to {', '.join(readers)}"
    yield f"grant select, insert{', update' if table in BRANCH_CHANGES else ''} on {table} to {AS_PAYER}"
    if table in BRANCH_SHOWS:
        yield f"alter table {table} enable row level security"
        for role, condition in (readers | {AS_PAYER: "true"}).items():
            yield f"drop policy if exists {role} on {table}"
            yield f"create policy {role} on {table} to {role} using ({condition})"


def _operators_statements(table: str) -> Iterable[str]:
    """The door, at which operators log in, sees all such rows; the acting roles those of the operators they see."""
    seen = f"exists (select from accounts_operator o where o.id = {OF_OPERATORS[table]})"
    yield f"alter table {table} enable row level security"
    yield f"drop policy if exists door on {table}"
    yield f"drop policy if exists of_operators on {table}"
    yield f"create policy door on {table} to {DOOR} using (true)"
    yield f"create policy of_operators on {table} to {AS_PROVIDER}, {AS_PAYER} using ({seen})"


def _applicant_statements(table: str) -> Iterable[str]:
    """The applicant's side of a registration's tables; a part without a provider is the payer's to read as well."""
    own, rights = OF_ONE_REGISTRATION[table]
    mine = f"{own} = (select nullif(current_setting('rozlicz.registration', true), '')::bigint)"
    yield f"alter table {table} enable row level security"
    yield f"drop policy if exists applicant on {table}"
    yield f"drop policy if exists payer on {table}"
    yield f"create policy applicant on {table} to {AS_APPLICANT} using ({mine})"
    yield f"create policy payer on {table} to {AS_PAYER} using (true)"
    yield f"grant {rights} on {table} to {AS_APPLICANT}"
    yield f"grant select on {table} to {AS_PAYER}"


def _history_statements(table: str, columns: Collection[str]) -> Iterable[str]:
    """A provider reads the history of its own rows, the payer all; nobody writes it but the triggers."""
    yield f"grant select on {table} to {AS_PAYER}"
    if own := _own(table, columns):
        yield from _policies(table, own)
        yield f"grant select on {table} to {AS_PROVIDER}"


def tenant_tables() -> list[str]:
    """Every table that holds rows of a provider, for the test that each has its policy."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if any(_is_provider(field) for field in model._meta.get_fields())
    ]


def _is_provider(field: Any) -> bool:
    return isinstance(field, models.Field) and field.column == "provider_id"
