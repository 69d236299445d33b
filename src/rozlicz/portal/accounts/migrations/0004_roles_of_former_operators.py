"""Until now everybody might do everything on their side: those who are there keep it until an administrator looks."""

from django.db import migrations

_GIVE = """
update accounts_operator set roles = case when provider_id is null
  then array['registrations', 'contracts', 'verification', 'bills', 'payments', 'administration', 'audit']
  else array['administrator', 'reporting', 'billing', 'signing', 'potential'] end
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_roles_and_policy")]

    operations = [migrations.RunSQL(_GIVE, migrations.RunSQL.noop)]
