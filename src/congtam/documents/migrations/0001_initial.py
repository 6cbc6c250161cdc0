"""Papers as kept, and whose certificates sign them. Neither is ever rewritten."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import congtam.history.dated
from congtam.history.dated import append_only, written_once


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("evidence", "0002_kept"),
        ("orgs", "0004_closed"),
        ("people", "0004_closed"),
        ("history", "0002_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPaper",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=14)),
                ("form", models.CharField(choices=[("pdf", "pdf"), ("docx", "docx"), ("xlsx", "xlsx")], max_length=4)),
                ("version", models.SmallIntegerField()),
                ("kind", models.CharField(max_length=16)),
                ("period", models.CharField(max_length=8)),
                ("seal", models.BigIntegerField(null=True)),
                ("number", models.CharField(blank=True, max_length=64)),
                ("dated", models.DateField(null=True)),
                ("for_agency", models.BooleanField(default=False)),
                ("signer", models.CharField(blank=True, max_length=200)),
                ("made_by", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="evidence.stored"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["agency", "period"], name="paper_of_period"),
                    models.Index(fields=["file"], name="paper_by_digest"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "form", "version"), name="kept_paper_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SignerCertificate",
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
                ("fingerprint", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("issuer", models.CharField(max_length=200)),
                ("begins", models.DateTimeField()),
                ("ends", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="orgs.unit"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_by__isnull", True)),
                        fields=("fingerprint",),
                        name="certificate_stands_once",
                    )
                ],
            },
        ),
        written_once("documents_keptpaper"),
        append_only("documents_signercertificate"),
    ]
