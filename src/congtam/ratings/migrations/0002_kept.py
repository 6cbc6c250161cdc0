"""Marks, reported figures and decisions are facts: never deleted, closed once."""

from django.db import migrations

from congtam.history.dated import append_only


class Migration(migrations.Migration):
    dependencies = [("ratings", "0001_initial"), ("history", "0002_kept")]
    operations = [append_only("ratings_rating"), append_only("ratings_reported"), append_only("ratings_decision")]
