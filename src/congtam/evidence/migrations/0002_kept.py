"""What was handed in, by whom and when, stays as it was written."""

from django.db import migrations

from congtam.history.dated import written_once


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial"), ("history", "0002_kept")]
    operations = [written_once("evidence_evidence"), written_once("evidence_stored")]
