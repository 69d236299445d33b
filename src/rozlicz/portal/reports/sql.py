"""The queries over bulk tables, each with a name and a sentence. They run under the caller's policies."""

from __future__ import annotations

ACCEPTED = """
  reports_position p
  join reports_report r on r.id = p.report_id
  join reports_verdict v on v.run_id = r.current_run_id and v.row = p.row and v.accepted
"""
"""Positions that the current run of their report accepted; `p`, `r` and `v` may be used by what follows."""

LATEST_VERSIONS = """
with hit as materialized (
  select p.* from unnest(%(services)s::text[]) as wanted(service_id)
  cross join lateral (
    select p.service_id, p.service_version, p.report_id, p.row from reports_position p
    where p.provider_id = %(provider)s and p.service_id = wanted.service_id offset 0) p
)
select hit.service_id, max(hit.service_version)
from hit
join reports_report r on r.id = hit.report_id and r.id < %(report)s
join reports_verdict v on v.run_id = r.current_run_id and v.row = hit.row and v.accepted
group by hit.service_id
"""
"""The highest version accepted before, of each of the asked services, from the provider's earlier reports.

`offset 0` keeps each look-up on the index, whatever the statistics say of tables that grow by millions a day.
"""

SAME_SERVICE = """
with hit as materialized (
  select wanted.row as wanted_row, p.* from unnest(%(rows)s::bigint[], %(keys)s::text[]) as wanted(row, key)
  cross join lateral (
    select p.service_id, p.service_version, p.report_id, p.row from reports_position p
    where p.provider_id = %(provider)s and p.duplicate_hash = hashtextextended(wanted.key, 0) and not p.deleted
    offset 0) p
), accepted as materialized (
  select hit.wanted_row, hit.service_id, hit.service_version from hit
  join reports_report r on r.id = hit.report_id and r.id < %(report)s
  join reports_verdict v on v.run_id = r.current_run_id and v.row = hit.row and v.accepted
)
select wanted_row, min(service_id) from accepted
where not exists (
  select from reports_position later
  join reports_report lr on lr.id = later.report_id
  join reports_verdict lv on lv.run_id = lr.current_run_id and lv.row = later.row and lv.accepted
  where later.provider_id = %(provider)s and later.service_id = accepted.service_id
    and later.service_version > accepted.service_version)
group by wanted_row
"""
"""Which accepted service, still in force, has the same patient, product and day as the asked rows."""

PLACES_IN = """
with hit as materialized (
  select p.* from unnest(%(services)s::text[]) as wanted(service_id)
  cross join lateral (
    select p.service_id, p.service_version, p.report_id, p.row, p.contract, p.scope, p.distinguisher, p.month
    from reports_position p
    where p.provider_id = %(provider)s and p.service_id = wanted.service_id
      and p.month = any(%(months)s::integer[]) and not p.deleted offset 0) p
)
select distinct hit.service_id, hit.contract, hit.scope, hit.distinguisher, hit.month
from hit
join reports_report r on r.id = hit.report_id and r.id < %(report)s
join reports_verdict v on v.run_id = r.current_run_id and v.row = hit.row and v.accepted
where not exists (
  select from reports_position later
  join reports_report lr on lr.id = later.report_id and lr.id < %(report)s
  join reports_verdict lv on lv.run_id = lr.current_run_id and lv.row = later.row and lv.accepted
  where later.provider_id = %(provider)s and later.service_id = hit.service_id
    and later.service_version > hit.service_version)
"""
"""Where in these months the accepted positions in force of the asked services stand."""

INCOMING = """
create temporary table if not exists incoming (
  row bigint, line bigint, contract text, service_id text, service_version bigint, position bigint,
  deleted boolean, month integer, scope text, distinguisher bigint, product text, day_from date, day_to date,
  units bigint, price bigint, value bigint, duplicate_key text, entitlement_basis text, entitlement_document text,
  entitlement_number text, entitlement_country text, entitlement_from date, entitlement_to date,
  accepted boolean, record jsonb
) on commit drop
"""
"""Where a batch arrives: COPY straight into a table with row-level security is refused by PostgreSQL."""

STORE_POSITIONS = """
insert into reports_position (
  report_id, row, provider_id, line, contract, service_id, service_version, position, deleted, month, scope,
  distinguisher, product, day_from, day_to, units, price, value, duplicate_hash, entitlement_basis,
  entitlement_document, entitlement_number, entitlement_country, entitlement_from, entitlement_to)
select %(report)s, row, %(provider)s, line, contract, service_id, service_version, position, deleted, month, scope,
  distinguisher, product, day_from, day_to, units, price, value, hashtextextended(duplicate_key, 0),
  entitlement_basis, entitlement_document, entitlement_number, entitlement_country, entitlement_from, entitlement_to
from incoming
on conflict do nothing
"""
"""What was reported is stored once, whatever number of runs goes over it."""

STORE_VERDICTS = """
insert into reports_verdict (run_id, row, provider_id, accepted, record)
select %(run)s, row, %(provider)s, accepted, record from incoming
"""

INCOMING_FINDINGS = """
create temporary table if not exists incoming_finding (
  row bigint, code text, severity text, parameters jsonb, value bigint
) on commit drop
"""

STORE_FINDINGS = """
insert into reports_finding (run_id, row, provider_id, code, severity, parameters, value)
select %(run)s, row, %(provider)s, code, severity, parameters, value from incoming_finding
"""

FINDINGS_BY_RULE = """
with summed as (
  select f.code, f.severity, count(*) as records, count(distinct p.service_id) as services,
    sum(f.value)::bigint as value, min(f.row) as first_row
  from reports_finding f
  cross join lateral (
    select p.service_id from reports_position p where p.report_id = %(report)s and p.row = f.row offset 0) p
  where f.run_id = %(run)s
  group by f.code, f.severity
)
select summed.code, summed.severity, records, services, value, first.parameters
from summed
cross join lateral (
  select parameters from reports_finding f
  where f.run_id = %(run)s and f.code = summed.code and f.row = summed.first_row limit 1
) as first
order by (summed.severity = 'error') desc, value desc, summed.code
"""
"""The findings of a run by rule, errors first, then the costliest: records, services, value at stake, an example.

As a plain join this read the whole report once for each finding, as long as no statistics were taken of it.
"""

RENEW_STATISTICS = "select analyze_reports()"
"""After a large load the planner would otherwise believe the tables as small as they were (see house.grants)."""
