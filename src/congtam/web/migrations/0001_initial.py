"""Filters kept, and tries counted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Kept",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("page", models.CharField(max_length=32)),
                ("query", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("account", "page"), name="filters_kept_once")],
            },
        ),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("who", models.CharField(max_length=64)),
                ("since", models.DateTimeField(db_index=True)),
                ("count", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("who", "since"), name="tries_counted_once")],
            },
        ),
    ]
