"""Digests, their sendings, ways, hooks, and calendar feeds."""

import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0003_odd_numbers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Round",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("began_at", models.DateTimeField()),
                ("seq", models.BigIntegerField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("made_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("content", models.CharField(blank=True, max_length=64)),
                ("changed_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hook",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("url", models.CharField(max_length=500)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("url",), name="hook_stands_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("url__startswith", "https://")), name="hook_is_https"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("person", models.BigIntegerField()),
                ("item", models.BigIntegerField()),
                ("what", models.CharField(max_length=24)),
                ("key", models.CharField(max_length=40)),
                ("at", models.DateTimeField(null=True)),
                ("who", models.BigIntegerField(null=True)),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="lines", to="notices.digest"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("way", models.CharField(choices=[("email", "email"), ("webhook", "webhook")], max_length=8)),
                ("made_at", models.DateTimeField()),
                ("first_at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
                ("begun", models.IntegerField(default=0)),
                ("failed", models.IntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("given_up_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=300)),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="sendings", to="notices.digest"
                    ),
                ),
                (
                    "hook",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="notices.hook"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ways",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.RESTRICT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("email", models.BooleanField(default=True)),
                ("webhook", models.BooleanField(default=False)),
                ("loud_from", models.TimeField(default=datetime.time(7, 0))),
                ("loud_until", models.TimeField(default=datetime.time(19, 0))),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("loud_from__lt", models.F("loud_until"))), name="ways_hours_follow"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="digest",
            constraint=models.UniqueConstraint(fields=("person", "day"), name="digest_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at", None)), fields=("account",), name="feed_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(fields=("person", "item", "what", "key"), name="line_told_once"),
        ),
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(
                condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="notices_sending_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                fields=("digest", "way", "hook"), name="sending_once_by_each_way", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(("way", "webhook"), ("hook", None), _connector="XOR"), name="sending_hook_paired"
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_at", None), models.Q(("sent_at", None), ("given_up_at", None)), _connector="XOR"
                ),
                name="sending_waits_or_ended",
            ),
        ),
    ]
