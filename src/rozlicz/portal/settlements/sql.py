"""The queries of a calculation, each with a name and a sentence. They run as the payer, one contract at a time."""

from __future__ import annotations

STATE = """
create temporary table state on commit drop as
with plan as (
  select distinct on (scope, distinguisher, month) scope, distinguisher, month, price from contracts_planrow
  where contract_file_id = (
    select id from contracts_contractfile where contract_id = %(contract)s order by annex desc limit 1)
  order by scope, distinguisher, month, id
)
select p.service_id collate "C" as service_id, p.position, p.scope, p.distinguisher, p.month, p.day_to, p.product,
  coalesce(plan.price, p.price) as price, p.units, p.entitlement_document, p.entitlement_number,
  p.entitlement_country, ''::text as bill, ''::text as country
from reports_position p
join reports_report r on r.id = p.report_id
cross join lateral (
  select from reports_verdict v where v.run_id = r.current_run_id and v.row = p.row and v.accepted offset 0) v
left join plan on plan.scope = p.scope and plan.distinguisher = p.distinguisher and plan.month = p.month
where p.provider_id = %(provider)s and p.contract = %(code)s and not p.deleted and not exists (
  select from (
    select n.report_id, n.row from reports_position n
    where n.provider_id = %(provider)s and n.service_id = p.service_id and n.service_version > p.service_version
    offset 0) later
  join reports_report lr on lr.id = later.report_id
  join reports_verdict lv on lv.run_id = lr.current_run_id and lv.row = later.row and lv.accepted)
"""
"""What each service of the contract is now: the newest version that its report's current run accepted.

The price is that of the newest annex, also where it reaches back: with another price a billed position has changed.
`offset 0` keeps each look-up on its index: the cost follows the contract's positions, whatever the statistics say.
"""

FOREIGN_DOCUMENTS = """
select distinct entitlement_document, entitlement_country, month from state
where entitlement_country is not null and entitlement_country not in ('', 'PL')
"""
"""The documents of other states among the positions; how each is billed depends on its month too."""

INDIVIDUAL = """
update state set bill = entitlement_number, country = %(state)s
where entitlement_document = %(document)s and entitlement_country = %(country)s and month = %(month)s
"""
"""Positions on such a document go to an individual bill of the person (R59, R61); EL is billed as GR, UK as GB."""

UNBILLABLE = """
delete from state
where entitlement_document = %(document)s and entitlement_country = %(country)s and month = %(month)s
"""
"""Positions whose document fits no way of billing are no candidates; what was billed of them is corrected."""

HOLDINGS = """
create temporary table holding on commit drop as
select coalesce(t.corrects_id, t.id) as template_id, t.month between %(first)s and %(last)s as in_period,
  tp.service_id collate "C" as service_id, tp.position, tp.scope, tp.distinguisher,
  tp.product, tp.price, t.person as bill, t.country, sum(tp.units)::bigint as units
from settlements_templateposition tp join settlements_template t on t.id = tp.template_id
where tp.contract_id = %(contract)s
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
having sum(tp.units) <> 0
"""
"""What each template, its corrections counted, holds of each position."""

ANALYZE = "analyze state; analyze holding"
"""Everything that follows joins whole tables by hash: for a million positions faster than making indexes."""

CANDIDATES = """
select s.service_id, s.position, s.month, s.day_to, s.product, s.price, s.units - coalesce(h.units, 0), s.bill,
  s.country, coalesce(h.units, 0)
from state s
left join (
  select service_id, position, product, price, bill, country, sum(units)::bigint as units from holding
  where scope = %(scope)s and distinguisher = %(distinguisher)s and in_period
  group by service_id, position, product, price, bill, country
) h using (service_id, position, product, price, bill, country)
where s.scope = %(scope)s and s.distinguisher = %(distinguisher)s and s.month between %(first)s and %(last)s
  and s.units > coalesce(h.units, 0)
order by s.month, s.day_to, s.service_id, s.position
"""
"""Positions of one cap unit and settlement period of which something is in no template yet, in the law's order."""

PERFORMED = """
select scope, distinguisher, month, sum(units::numeric * price)::bigint
from state where month between %(first)s and %(last)s
group by scope, distinguisher, month
"""
"""The exact value of all accepted positions by cap unit and reporting month, in ten-thousandths of a grosz."""

CHANGED = """
with changed as (
  select h.service_id, h.position, h.scope, h.distinguisher
  from holding h
  left join state n on n.service_id = h.service_id and n.position = h.position and n.scope = h.scope
    and n.distinguisher = h.distinguisher and n.product = h.product and n.price = h.price and n.bill = h.bill
    and n.country = h.country and h.in_period = (n.month between %(first)s and %(last)s)
  group by h.service_id, h.position, h.scope, h.distinguisher, h.product, h.price, h.bill, h.country, n.units
  having coalesce(n.units, 0) < sum(h.units)::bigint
)
select b.service_id, b.position, t.number, t.month, b.product, b.price, b.units, b.bill, b.country,
  coalesce(s.units, 0), coalesce(s.month, 0), coalesce(s.product, ''), coalesce(s.price, 0), coalesce(s.bill, ''),
  coalesce(s.country, ''), b.scope, b.distinguisher
from (select distinct service_id, position, scope, distinguisher from changed) c
join holding b using (service_id, position, scope, distinguisher)
join settlements_template t on t.id = b.template_id
left join state s using (service_id, position, scope, distinguisher)
order by t.number, b.service_id, b.position
"""
"""Billed positions that were deleted, changed or verified negatively, with every template that holds a part.

Templates of other settlement periods too: what was paid too much there is corrected at once, and a position that
moved from one period to another is taken back there and paid here.
"""

ISSUED = """
select l.scope, l.distinguisher, t.number, t.month, sum(l.amount)::bigint, c.number
from settlements_templateline l
join settlements_template t on t.id = l.template_id
left join settlements_template c on c.id = t.corrects_id
where t.contract_id = %(contract)s and t.month between %(first)s and %(last)s
group by l.scope, l.distinguisher, t.number, t.month, c.number
order by t.number
"""
"""What the issued templates hold in each cap unit, in grosze."""

INCOMING = """
create temporary table if not exists incoming_held (
  service_id text, position bigint, scope text, distinguisher bigint, product text, price bigint, units bigint
) on commit drop
"""

STORE_POSITIONS = """
insert into settlements_templateposition (
  provider_id, template_id, contract_id, service_id, position, scope, distinguisher, product, price, units)
select %(provider)s, %(template)s, %(contract)s, service_id, position, scope, distinguisher, product, price, units
from incoming_held
"""
