"""Incidents and exemptions stay as they were written; a correction is another row."""

from django.db import migrations

from congtam.history.dated import append_only, written_once


class Migration(migrations.Migration):
    dependencies = [("exemptions", "0001_initial"), ("history", "0002_kept")]
    operations = [
        append_only("exemptions_incident"),
        append_only("exemptions_exemption"),
        written_once("exemptions_exemptionline"),
    ]
