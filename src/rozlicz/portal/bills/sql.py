"""The queries of a bill, each with its name and sentence."""

from __future__ import annotations

from rozlicz.portal.reports.sql import ACCEPTED

ENTITLEMENTS = """
with held as materialized (
  select distinct service_id, position from settlements_templateposition where template_id = %(template)s
)
select p.entitlement_document, p.entitlement_number, coalesce(p.entitlement_country, ''),
  min(p.entitlement_from), max(p.entitlement_to), min(p.day_from), max(p.day_to)
from held
cross join lateral (
  select p.* from reports_position p
  where p.provider_id = %(provider)s and p.service_id = held.service_id and p.position = held.position
    and p.entitlement_document = any(%(documents)s) offset 0) p
join reports_report r on r.id = p.report_id
join reports_verdict v on v.run_id = r.current_run_id and v.row = p.row and v.accepted
where not exists (
  select from (
    select n.report_id, n.row from reports_position n
    where n.provider_id = %(provider)s and n.service_id = p.service_id and n.service_version > p.service_version
    offset 0) later
  join reports_report lr on lr.id = later.report_id
  join reports_verdict lv on lv.run_id = lr.current_run_id and lv.row = later.row and lv.accepted)
group by p.entitlement_document, p.entitlement_number, p.entitlement_country
order by 1, 2
"""
"""The entitlement documents on which the positions of a template rest, of the kinds that ask for attachments.

`offset 0` keeps each look-up on its index: the cost follows the positions of the template, and the operator waits.
"""

FIRST_SERVICE = f"""
select min(p.day_from) from {ACCEPTED}
where p.provider_id = %(provider)s and p.service_id in (
  select service_id from settlements_templateposition where template_id = %(template)s)
"""
"""The first day of any service that a template settles (R1: e-documents begin with 2014)."""
