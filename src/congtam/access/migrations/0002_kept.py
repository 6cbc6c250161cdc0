"""Mandates stay as they were written; looks are written once."""

from django.db import migrations

from congtam.history.dated import append_only, written_once


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("history", "0002_kept")]
    operations = [append_only("access_mandate"), written_once("access_look")]
