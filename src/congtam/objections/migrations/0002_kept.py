"""Slips, what was said to them, requests and answers stay as they were written; a correction is another row."""

from django.db import migrations

from congtam.history.dated import append_only, written_once


class Migration(migrations.Migration):
    dependencies = [("objections", "0001_initial"), ("history", "0002_kept")]
    operations = [
        append_only("objections_slip"),
        append_only("objections_saying"),
        append_only("objections_request"),
        append_only("objections_answer"),
        written_once("objections_touched"),
    ]
