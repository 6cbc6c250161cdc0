"""Questions what would be under other rules, kept for a while with their answers."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scores", "0002_told"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("tried", models.JSONField()),
                ("units", models.JSONField()),
                ("persons", models.JSONField()),
                ("period", models.CharField(max_length=8)),
                ("seq", models.BigIntegerField()),
                ("key", models.CharField(max_length=64)),
                ("state", models.CharField(default="waiting", max_length=16)),
                ("done", models.IntegerField(default=0)),
                ("answer", models.JSONField(null=True)),
                ("problem", models.JSONField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "key"), name="question_asked_once")],
            },
        ),
    ]
