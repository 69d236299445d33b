"""The queries behind pages and downloads, each with a name and a sentence. They run under the caller's policies.

The tables grow by millions of rows between two collections of statistics; a plain join by two columns may then be
planned as "the whole report for each row". `offset 0` keeps each look-up a look-up by key.
"""

from __future__ import annotations

COUNTS_BY_RULE = """
select f.code, f.severity, count(*)
from reports_finding f
where f.run_id = %(run)s
group by f.code, f.severity
order by f.code
"""
"""How many findings each rule has in a run: what the list's filter offers, without touching the positions."""

VERSIONS_OF_SERVICE = """
with version as materialized (
  select p.report_id, p.row, p.service_version, p.deleted from reports_position p
  where p.provider_id = %(provider)s and p.service_id = %(service)s
)
select r.id, r.receipt_number, r.received_at, r.state, p.service_version, bool_or(p.deleted),
  min(p.row), count(*), count(v.accepted), count(*) filter (where v.accepted)
from version p
join reports_report r on r.id = p.report_id
left join lateral (
  select v.accepted from reports_verdict v where v.run_id = r.current_run_id and v.row = p.row offset 0) v on true
group by r.id, p.service_version
order by p.service_version desc nulls last, r.id desc
limit 100
"""
"""Every version in which a service was reported, the newest first: where, how many positions, judged, accepted."""

FINDINGS_TO_DOWNLOAD = """
select f.row, p.line, p.service_id, p.service_version, p.position, f.code, f.severity, f.parameters, f.value
from reports_finding f
cross join lateral (
  select p.line, p.service_id, p.service_version, p.position
  from reports_position p where p.report_id = %(report)s and p.row = f.row offset 0) p
where f.run_id = %(run)s
  and (%(code)s = '' or f.code = %(code)s)
  and (%(severity)s = '' or f.severity = %(severity)s)
  and (%(service)s = '' or p.service_id = %(service)s)
order by f.row, f.id
"""
"""The findings of a run in the order of the report, filtered as on the page."""

POSITIONS_TO_REPLY = """
select p.row, coalesce(p.service_id, ''), coalesce(p.service_version::text, v.record ->> 'service_version', ''),
  coalesce(p.position::text, v.record ->> 'position', ''), p.line, v.accepted
from reports_position p
cross join lateral (
  select v.accepted, v.record from reports_verdict v where v.run_id = %(run)s and v.row = p.row offset 0) v
where p.report_id = %(report)s
order by p.row
"""
"""Every position of a report with its verdict, in the order of the report."""

FINDINGS_TO_REPLY = """
select f.row, f.code, f.severity, f.parameters
from reports_finding f
where f.run_id = %(run)s
order by f.row, f.id
"""
"""Every finding of a run in the order of the report, to be merged with its positions."""
