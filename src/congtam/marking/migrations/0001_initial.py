"""Raters admitted from outside, as facts that the database keeps."""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import congtam.history.dated
from congtam.history.dated import append_only


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0004_closed"),
        ("people", "0004_closed"),
        ("history", "0002_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Admission",
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
                (
                    "criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("decision", models.CharField(max_length=64)),
                ("days", django.contrib.postgres.fields.ranges.DateRangeField()),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "rater",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("replaced_by__isnull", False)),
                        fields=["replaced_by"],
                        name="admission_closed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("unit__isnull", True)),
                            models.Q(("person__isnull", True), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="admission_for_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True),
                            models.Q(("person", models.F("rater")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_admitted_to_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__isempty", True), _negated=True), name="admission_holds_a_day"
                    ),
                ],
            },
        ),
        append_only("marking_admission"),
    ]
