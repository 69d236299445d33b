"""With which access token a program did what it did; of older acts it is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_matching_words")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="token",
            field=models.CharField(blank=True, default="", max_length=70),
            preserve_default=False,
        )
    ]
