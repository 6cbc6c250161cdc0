"""Versions that were taken back are found by their key, as the others are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_references")]

    operations = [
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("taken_back__isnull", False)), fields=["source", "key"], name="record_taken_back"
            ),
        ),
    ]
