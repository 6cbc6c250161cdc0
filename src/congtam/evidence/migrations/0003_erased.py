"""Files whose content was erased by a decision; names and notes of evidence may lose words then."""

import django.db.models.deletion
from django.db import migrations, models

from congtam.history.dated import erasable


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_kept"), ("history", "0004_erasing")]
    operations = [
        migrations.CreateModel(
            name="ErasedFile",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        primary_key=True,
                        related_name="erased",
                        serialize=False,
                        to="evidence.stored",
                    ),
                ),
                ("number", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        erasable("evidence_evidence", "name", "note"),
    ]
