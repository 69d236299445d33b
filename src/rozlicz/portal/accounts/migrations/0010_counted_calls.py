"""Counts of the calls of programs, minute by minute."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_names_of_superiors_operators")]
    operations = [
        migrations.CreateModel(
            name="CallCount",
            fields=[
                ("key", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("minute", models.BigIntegerField(db_index=True)),
                ("calls", models.PositiveIntegerField()),
            ],
        )
    ]
