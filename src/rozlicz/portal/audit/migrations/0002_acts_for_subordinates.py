"""What a provider may read of a subordinate's book of acts: what its own operators did there."""

from django.db import migrations

ACTS_FOR_SUBORDINATES = """
create or replace function acts_for_subordinates(number integer)
returns table (at timestamptz, act varchar, login varchar, subordinate text, subject varchar, reason varchar)
language sql stable security definer set search_path = public
as $$
  select e.at, e.act, e.login, p.code || ' ' || p.name, e.subject, e.reason
  from audit_entry e
  join accounts_operator o on o.id = e.operator_id
  join providers_provider p on p.id = e.provider_id
  where e.acting_for and o.provider_id = nullif(current_setting('rozlicz.provider', true), '')::bigint
  order by e.id desc
  limit number
$$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("accounts", "0005_acting_for_others")]
    operations = [migrations.RunSQL(ACTS_FOR_SUBORDINATES, "drop function acts_for_subordinates(integer)")]
