"""Lines of one provider that hold certain words, through the index of words.

Row-level security lets only operators that give nothing away look into rows before its policy has spoken, and that of
words is none of them: under a provider's policy each of its lines would be read. This function stands in for the
policy: it runs with the owner's right, asks for the same provider, and gives back nothing but keys of its lines.
"""

from django.db import migrations

MATCHING = """
create function audit_matching_of_provider(wanted text, most integer) returns setof bigint
language sql stable security definer
set search_path = public set enable_seqscan = off set enable_indexscan = off
as $$
  select id from audit_entry
  where audit_words(subject, reason) @@ to_tsquery('simple'::regconfig, wanted)
    and provider_id = nullif(current_setting('rozlicz.provider', true), '')::bigint
  limit most
$$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_tokens_of_programs")]
    operations = [migrations.RunSQL(MATCHING, "drop function audit_matching_of_provider(text, integer)")]
