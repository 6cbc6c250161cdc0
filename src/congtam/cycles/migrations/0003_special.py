"""Which agencies are special, as a fact with its document."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import congtam.history.dated
from congtam.history.dated import append_only


class Migration(migrations.Migration):
    dependencies = [("cycles", "0002_kept"), ("orgs", "0004_closed")]

    operations = [
        migrations.CreateModel(
            name="SpecialAgency",
            fields=[
                (
                    "seq",
                    models.BigIntegerField(
                        db_default=congtam.history.dated.NextSeq(), primary_key=True, serialize=False
                    ),
                ),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("recorded_by", models.BigIntegerField(null=True)),
                ("replaced_by", models.BigIntegerField(null=True)),
                ("special", models.BooleanField()),
                ("basis", models.CharField(max_length=64)),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_by__isnull", True)), fields=("agency",), name="agency_kind_once"
                    )
                ],
            },
        ),
        append_only("cycles_specialagency"),
    ]
