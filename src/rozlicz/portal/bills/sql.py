"""The query of a bill, with its name and sentence."""

from __future__ import annotations

from rozlicz.portal.reports.sql import ACCEPTED

ENTITLEMENTS = f"""
with held as (
  select distinct service_id, position from settlements_templateposition where template_id = %(template)s
), accepted as (
  select p.* from {ACCEPTED}
  where p.provider_id = %(provider)s and p.service_id in (select service_id from held)
), newest as (
  select service_id, max(service_version) as service_version from accepted group by service_id
)
select a.entitlement_document, a.entitlement_number, coalesce(a.entitlement_country, ''),
  min(a.entitlement_from), max(a.entitlement_to), min(a.day_from), max(a.day_to)
from accepted a join newest using (service_id, service_version) join held using (service_id, position)
where a.entitlement_document = any(%(documents)s)
group by a.entitlement_document, a.entitlement_number, a.entitlement_country
order by 1, 2
"""
"""The entitlement documents on which the positions of a template rest, of the kinds that ask for attachments."""

FIRST_SERVICE = f"""
select min(p.day_from) from {ACCEPTED}
where p.provider_id = %(provider)s and p.service_id in (
  select service_id from settlements_templateposition where template_id = %(template)s)
"""
"""The first day of any service that a template settles (R1: e-documents begin with 2014)."""
