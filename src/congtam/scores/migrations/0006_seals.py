"""Seals with what they hold, their texts apart, and what each says of whom."""

import django.db.models.deletion
from django.db import migrations, models

from congtam.history.dated import written_once


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0002_kept"),
        ("orgs", "0004_closed"),
        ("people", "0004_closed"),
        ("scores", "0005_taken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("period", models.CharField(max_length=24)),
                ("number", models.IntegerField()),
                ("seq", models.BigIntegerField()),
                ("as_of", models.DateTimeField()),
                ("body", models.CharField(max_length=64)),
                ("head", models.CharField(max_length=64, unique=True)),
                ("envelope", models.JSONField()),
                ("people", models.IntegerField()),
                ("made_at", models.DateTimeField()),
                ("by", models.BigIntegerField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="scores.seal"
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="scores.seal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealFile",
            fields=[
                (
                    "seal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="scores.seal",
                    ),
                ),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="SealedScore",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("rulebook", models.CharField(max_length=120)),
                ("scorecard", models.CharField(max_length=64)),
                ("points", models.BigIntegerField(null=True)),
                ("before", models.CharField(max_length=32, null=True)),
                ("grade", models.CharField(max_length=32, null=True)),
                ("by", models.CharField(max_length=32)),
                ("cap", models.CharField(max_length=64, null=True)),
                ("role", models.CharField(max_length=8)),
                ("post_title", models.CharField(max_length=120)),
                ("duty_group", models.CharField(max_length=64)),
                ("staff_kind", models.CharField(max_length=32)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="scores", to="scores.seal"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealSecret",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("secret", models.BinaryField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_seal_secret")],
            },
        ),
        migrations.CreateModel(
            name="SealText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("place", models.IntegerField()),
                ("salt", models.BinaryField()),
                ("row", models.BinaryField()),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="texts", to="scores.seal"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="seal",
            constraint=models.UniqueConstraint(fields=("agency", "period", "number"), name="seal_numbered_once"),
        ),
        migrations.AddIndex(
            model_name="sealedscore",
            index=models.Index(fields=["person"], name="scores_seal_person__a53dab_idx"),
        ),
        migrations.AddConstraint(
            model_name="sealedscore",
            constraint=models.UniqueConstraint(fields=("seal", "person"), name="sealed_once"),
        ),
        migrations.AddConstraint(
            model_name="sealtext",
            constraint=models.UniqueConstraint(fields=("seal", "place"), name="seal_text_once"),
        ),
        migrations.RunSQL(  # it is packed already
            "ALTER TABLE scores_sealfile ALTER COLUMN data SET STORAGE EXTERNAL", migrations.RunSQL.noop
        ),
        written_once("scores_seal"),
        written_once("scores_sealfile"),
        written_once("scores_sealedscore"),
        written_once("scores_sealsecret"),
    ]
