"""The queries behind pages and downloads, each with a name and a sentence. They run under the caller's policies."""

from __future__ import annotations

FIRST_FINDINGS = """
select wanted.code, first.parameters
from unnest(%(codes)s::text[]) as wanted(code)
cross join lateral (
  select parameters from reports_finding f
  where f.run_id = %(run)s and f.code = wanted.code order by f.row limit 1
) as first
"""
"""One finding of each asked rule, the first in the report, as the example on the page."""

COUNTS_BY_RULE = """
select f.code, f.severity, count(*)
from reports_finding f
where f.run_id = %(run)s
group by f.code, f.severity
order by f.code
"""
"""How many findings each rule has in a run: what the list's filter offers, without touching the positions."""

VERSIONS_OF_SERVICE = """
select r.id, r.receipt_number, r.received_at, r.state, p.service_version, bool_or(p.deleted),
  min(p.row), count(*), count(v.row), count(*) filter (where v.accepted)
from reports_position p
join reports_report r on r.id = p.report_id
left join reports_verdict v on v.run_id = r.current_run_id and v.row = p.row
where p.provider_id = %(provider)s and p.service_id = %(service)s
group by r.id, p.service_version
order by p.service_version desc nulls last, r.id desc
limit 100
"""
"""Every version in which a service was reported, the newest first: where, how many positions, judged, accepted."""

FINDINGS_TO_DOWNLOAD = """
select f.row, p.line, p.service_id, p.service_version, p.position, f.code, f.severity, f.parameters, f.value
from reports_finding f
join reports_position p on p.report_id = %(report)s and p.row = f.row
where f.run_id = %(run)s
  and (%(code)s = '' or f.code = %(code)s)
  and (%(severity)s = '' or f.severity = %(severity)s)
  and (%(service)s = '' or p.service_id = %(service)s)
order by f.row, f.id
"""
"""The findings of a run in the order of the report, filtered as on the page."""

POSITIONS_TO_REPLY = """
select p.row, coalesce(p.service_id, ''), coalesce(p.service_version::text, v.record ->> 'service_version', ''),
  coalesce(p.position::text, v.record ->> 'position', ''), p.line, v.accepted, f.code, f.severity, f.parameters
from reports_position p
join reports_verdict v on v.run_id = %(run)s and v.row = p.row
left join reports_finding f on f.run_id = %(run)s and f.row = p.row
where p.report_id = %(report)s
order by p.row, f.id
"""
"""Every position of a report with its verdict, once for each of its findings, in the order of the report."""
