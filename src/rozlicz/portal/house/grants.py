"""What each database role may do, table by table; applied after every migration, always to all tables.

A table with a `provider_id` is a tenant's: row-level security is on, a provider's role sees its own rows, the
payer's role all. A table without one is common to all roles, and must be listed here. Whoever asks to be registered
has no account; its role sees one registration, and of the common tables only those named for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from rozlicz.portal.database import AS_APPLICANT, AS_PAYER, AS_PROVIDER, DOOR

APPEND_ONLY = {
    "contracts_planrow",
    "reports_position",
    "reports_verdict",
    "reports_finding",
    "settlements_capexplanation",
    "settlements_template",
    "settlements_templateline",
    "settlements_templateposition",
    "payments_payment",
    "payments_paymentrun",
    "audit_entry",
    "accounts_securitypolicy",
}
"""Rows are added and never changed: no role is granted UPDATE."""

PROVIDER_ADDS = {
    "reports_report",
    "reports_run",
    "reports_position",
    "reports_verdict",
    "reports_finding",
    "settlements_settlementrequest",
    "bills_bill",
    "bills_attachment",
    "accounts_operator",
    "audit_entry",
}
PROVIDER_CHANGES = {"reports_report", "reports_run", "providers_installation", "accounts_operator"}
"""What a provider's operators and jobs may write; all else is written by the payer. Nobody may delete."""

OF_THE_BRANCH = {"payments_paymentrun", "accounts_securitypolicy"}
"""Tables without a provider that both roles and the door read and the payer writes."""

DOOR_MAY = {
    "accounts_operator": [
        "select",
        "update (last_login, password, password_set_at, temporary_until)",
    ],
    "audit_entry": ["insert", "select (id)"],
    "registration_registration": ["insert", "select (id, token_hash)"],
}
"""Tenant tables that are needed before anybody's context is known: to log in, to record who tried to, to
begin a registration and to find it by its token's hash."""

OF_ONE_REGISTRATION = {
    "registration_registration": ("id", "select, update"),
    "registration_paper": ("registration_id", "select, insert"),
}
"""What an applicant sees and writes of its own registration: the column that says whose it is, and the rights."""

APPLICANT_MAY = {
    "audit_entry": "insert, select (id)",
    "pghistory_context": "select, insert, update",
    "accounts_securitypolicy": "select",
}
"""What else an applicant's role needs: to be recorded, and to hold a password to the branch's rule."""


ANALYZE_REPORTS = """
create or replace function analyze_reports() returns void language plpgsql security definer set search_path = public
as $$ begin
  if to_regclass('reports_position') is not null then
    analyze reports_position; analyze reports_verdict; analyze reports_finding;
  end if;
end $$
"""
"""Statistics of the bulk tables may be renewed by the role that has just loaded them, with the owner's right."""


def apply_grants(**_: Any) -> None:
    """Bring policies and grants in line with the tables, all at once; run as the owner.

    In pieces, whoever works at that moment would find rows gone whose policy is about to be made again.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in grant_statements():
            cursor.execute(statement)


def grant_statements() -> Iterable[str]:
    """All statements, in order; each may be repeated."""
    operators = f"{DOOR}, {AS_PROVIDER}, {AS_PAYER}"
    everyone = f"{operators}, {AS_APPLICANT}"
    yield ANALYZE_REPORTS
    yield f"grant usage on schema public to {everyone}"
    yield f"grant usage, select on all sequences in schema public to {everyone}"
    yield f"grant execute on all functions in schema public to {everyone}"
    for table, columns in _tables():
        yield f"revoke all on {table} from {everyone}"
        if table in APPLICANT_MAY:
            yield f"grant {APPLICANT_MAY[table]} on {table} to {AS_APPLICANT}"
        if table in OF_ONE_REGISTRATION:
            yield from _applicant_statements(table)
        if table.endswith("event") and "pgh_id" in columns:
            yield from _history_statements(table)
        elif table == "providers_provider" or "provider_id" in columns:
            yield from _tenant_statements(table)
        elif table in OF_THE_BRANCH:
            yield f"grant select on {table} to {DOOR}, {AS_PROVIDER}"
            yield f"grant select, insert on {table} to {AS_PAYER}"
        elif table not in OF_ONE_REGISTRATION:
            yield f"grant select, insert, update, delete on {table} to {operators}"


def _tables() -> Iterable[tuple[str, set[str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, array_agg(a.attname::text) from pg_class c join pg_attribute a on a.attrelid = c.oid"
            " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0"
            " group by c.relname order by c.relname"
        )
        return [(table, set(columns)) for table, columns in cursor.fetchall()]


def _tenant_statements(table: str) -> Iterable[str]:
    own = "id" if table == "providers_provider" else "provider_id"
    mine = f"{own} = (select nullif(current_setting('rozlicz.provider', true), '')::bigint)"
    yield f"alter table {table} enable row level security"
    yield f"drop policy if exists provider on {table}"
    yield f"drop policy if exists payer on {table}"
    yield f"create policy provider on {table} to {AS_PROVIDER} using ({mine})"
    yield f"create policy payer on {table} to {AS_PAYER} using (true)"
    yield f"grant select on {table} to {AS_PROVIDER}"
    yield f"grant select, insert on {table} to {AS_PAYER}"
    if table in PROVIDER_ADDS:
        yield f"grant insert on {table} to {AS_PROVIDER}"
    if table not in APPEND_ONLY:
        yield f"grant update on {table} to {AS_PAYER}"
        if table in PROVIDER_CHANGES:
            yield f"grant update on {table} to {AS_PROVIDER}"
    yield f"drop policy if exists door on {table}"
    if table in DOOR_MAY:
        yield f"create policy door on {table} to {DOOR} using (true)"
        for act in DOOR_MAY[table]:
            yield f"grant {act} on {table} to {DOOR}"
    if table == "audit_entry":
        # No operator and no provider: an applicant's own acts, of which it sees the key of the line it adds.
        nobodys = "operator_id is null and provider_id is null"
        yield f"drop policy if exists applicant on {table}"
        yield f"create policy applicant on {table} to {AS_APPLICANT} using ({nobodys})"


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


def _history_statements(table: str) -> Iterable[str]:
    """Triggers write history with the caller's rights; nobody may change it, and only the payer reads it."""
    yield f"grant insert on {table} to {DOOR}, {AS_PROVIDER}, {AS_PAYER}, {AS_APPLICANT}"
    yield f"grant select on {table} to {AS_PAYER}"


def tenant_tables() -> list[str]:
    """Every table that holds rows of a provider, for the test that each has its policy."""
    return [
        model._meta.db_table
        for model in apps.get_models()
        if any(_is_provider(field) for field in model._meta.get_fields())
    ]


def _is_provider(field: Any) -> bool:
    return isinstance(field, models.Field) and field.column == "provider_id"
