"""Terms, holds and lists are facts; what is kept elsewhere may lose its words by such a list."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import congtam.history.dated
from congtam.history.dated import append_only, erasable, written_once


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("history", "0004_erasing"),
        ("orgs", "0004_closed"),
        ("people", "0004_closed"),
        ("access", "0002_kept"),
        ("documents", "0001_initial"),
        ("exemptions", "0002_kept"),
        ("cycles", "0002_kept"),
        ("objections", "0002_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("series", models.BigIntegerField(db_index=True)),
                ("key", models.CharField(max_length=64)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("ended_on", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
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
                ("series", models.BigIntegerField()),
                ("kind", models.CharField(max_length=16)),
                ("as_of", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("proposed", "proposed"), ("approved", "approved"), ("refused", "refused")],
                        default="proposed",
                        max_length=8,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
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
                ("kind", models.CharField(blank=True, max_length=16)),
                ("period", models.CharField(blank=True, max_length=8)),
                ("number", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Term",
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
                ("kind", models.CharField(max_length=16)),
                ("years", models.SmallIntegerField()),
                ("act", models.CharField(max_length=200)),
                ("article", models.CharField(max_length=120)),
                ("number", models.CharField(max_length=64)),
                ("first", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Why",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("text", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Done",
            fields=[
                (
                    "line",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        primary_key=True,
                        related_name="done",
                        serialize=False,
                        to="retention.line",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("counts", models.JSONField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(fields=("series", "key"), name="erasure_line_once"),
        ),
        migrations.AddField(
            model_name="erasure",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
        ),
        migrations.AddField(
            model_name="erasure",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"),
        ),
        migrations.AddField(
            model_name="erasure",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
        ),
        migrations.AddField(
            model_name="hold",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="agency",
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("state", "proposed")),
                    models.Q(models.Q(("state", "proposed"), _negated=True), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="erasure_decided_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("number", ""), _negated=True),
                    _connector="OR",
                ),
                name="erasure_by_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_by", models.F("by")), _negated=True), name="erasure_two_people"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_by__isnull", True)), fields=("series",), name="erasure_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="hold",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="hold_by_document"
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("years__gte", 1), ("years__lte", 100)), name="term_years_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("act", ""), _negated=True),
                    models.Q(("article", ""), _negated=True),
                    models.Q(("number", ""), _negated=True),
                ),
                name="term_has_its_basis",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_by__isnull", True)),
                fields=("agency", "kind", "first"),
                name="retention_term_once",
            ),
        ),
        *(append_only(f"retention_{table}") for table in ("term", "hold", "erasure")),
        *(written_once(f"retention_{table}") for table in ("line", "done")),
        erasable("access_look", "*"),
        erasable("documents_signercertificate", "name", facts=True),
        erasable("exemptions_incident", "title", "reason", facts=True),
        erasable("cycles_claim", "evidence_name", facts=True),
        erasable("objections_request", "file_name", facts=True),
    ]
