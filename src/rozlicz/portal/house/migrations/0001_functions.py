"""What tables of other apps need before they can be made: the Polish sort key, and the number sequences."""

from django.db import migrations

from rozlicz.kernel.sorting import SQL_FUNCTION


class Migration(migrations.Migration):
    initial = True
    run_before = [("providers", "0001_initial")]
    dependencies = []
    operations = [
        migrations.RunSQL(SQL_FUNCTION, "drop function polish_sort_key"),
        migrations.RunSQL("create sequence receipt_number", "drop sequence receipt_number"),
        migrations.RunSQL("create sequence template_number", "drop sequence template_number"),
    ]
