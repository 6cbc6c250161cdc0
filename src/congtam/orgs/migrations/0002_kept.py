"""Facts about units stay as they were written."""

from django.db import migrations

from congtam.history.dated import append_only, written_once


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial"), ("history", "0002_kept")]
    operations = [append_only("orgs_unitspan"), append_only("orgs_changeevent"), written_once("orgs_changeshare")]
