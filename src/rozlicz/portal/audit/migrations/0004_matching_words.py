"""Lines that hold certain words, through the index of words whatever the planner thinks of it.

The planner knows little of how rare a beginning of a word is. Where it walks through the newest lines in hope of
fifty, a rare word makes it walk through all of them.
"""

from django.db import migrations

MATCHING = """
create function audit_matching(wanted text, most integer) returns setof bigint language sql stable
set enable_seqscan = off set enable_indexscan = off
as $$
  select id from audit_entry where audit_words(subject, reason) @@ to_tsquery('simple'::regconfig, wanted) limit most
$$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_newest_first_and_words")]
    operations = [migrations.RunSQL(MATCHING, "drop function audit_matching(text, integer)")]
