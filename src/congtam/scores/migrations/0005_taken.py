"""Runs of one agency, taken for its cycle."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_kept"),
        ("scores", "0004_units"),
    ]

    operations = [
        migrations.AddField(
            model_name="run",
            name="agency",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
            ),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(
                condition=models.Q(("agency__isnull", False)), fields=["agency", "period"], name="run_of_agency"
            ),
        ),
    ]
