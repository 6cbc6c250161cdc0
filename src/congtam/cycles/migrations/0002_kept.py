"""Steps and claims are facts, the terms of a cycle and its hand-over are written once: the database keeps them so."""

from django.db import migrations

from congtam.history.dated import append_only, written_once


class Migration(migrations.Migration):
    dependencies = [("cycles", "0001_initial"), ("history", "0002_kept")]

    operations = [
        append_only("cycles_step"),
        append_only("cycles_claim"),
        written_once("cycles_term"),
        written_once("cycles_handed"),
        written_once("cycles_reminder"),
        written_once("cycles_selfreport"),
    ]
