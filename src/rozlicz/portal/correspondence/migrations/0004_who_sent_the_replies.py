"""Who sent a reply is known from its history: the person of the first row with this moment of sending."""

from django.db import migrations

FILL = """
update correspondence_surveyreply r set sender = e.person, sent_by_id = e.saved_by_id
from (
  select distinct on (pgh_obj_id, sent_at) pgh_obj_id, sent_at, person, saved_by_id
  from correspondence_surveyreplyevent where sent_at is not null order by pgh_obj_id, sent_at, pgh_id
) e
where e.pgh_obj_id = r.id and e.sent_at = r.sent_at
"""


class Migration(migrations.Migration):
    dependencies = [
        ("correspondence", "0003_senders_of_replies_and_parcels_taken_back"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
