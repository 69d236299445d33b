import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

import rozlicz.portal.audit.models

WORDS = """
create function audit_words(subject text, reason text) returns tsvector language sql immutable parallel safe
as $$ select to_tsvector('simple'::regconfig, regexp_replace(subject || ' ' || reason, '[^[:alnum:]]+', ' ', 'g')) $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_acts_for_subordinates'),
        ('providers', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(WORDS, "drop function audit_words(text, text)"),
        migrations.RemoveIndex(model_name='entry', name='audit_of_a_provider'),
        migrations.RemoveIndex(model_name='entry', name='audit_of_an_operator'),
        migrations.RemoveIndex(model_name='entry', name='audit_by_time'),
        migrations.AlterField(
            model_name='entry',
            name='operator',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='entry',
            name='provider',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='providers.provider'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['-at', '-id'], name='audit_newest'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['provider', '-at', '-id'], name='audit_newest_of_provider'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['operator', '-at', '-id'], name='audit_newest_of_operator'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['act', '-at', '-id'], name='audit_newest_of_act'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['address', '-at', '-id'], name='audit_newest_from_address'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('change__isnull', False)), fields=['change'], name='audit_of_one_request'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('acting_for', True)), fields=['operator', '-id'], name='audit_newest_for_subordinates'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=django.contrib.postgres.indexes.GinIndex(
                rozlicz.portal.audit.models.Words(F('subject'), F('reason')), name='audit_words'
            ),
        ),
    ]
