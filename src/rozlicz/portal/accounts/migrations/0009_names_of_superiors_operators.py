"""What a provider may know of a superior's operator: the name and the party, nothing else of the account."""

from django.db import migrations

NAME_OF_SUPERIORS_OPERATOR = """
create or replace function name_of_superiors_operator(operator bigint) returns text
language sql stable security definer set search_path = public
as $$
  select o.full_name || ' (' || o.party_code || ')'
  from accounts_operator o
  where o.id = operator and exists (
    select from accounts_subordination s
    where s.provider_id = o.provider_id
      and s.subordinate_id = nullif(current_setting('rozlicz.provider', true), '')::bigint
  )
$$
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_access_tokens")]
    operations = [
        migrations.RunSQL(NAME_OF_SUPERIORS_OPERATOR, "drop function name_of_superiors_operator(bigint)")
    ]
