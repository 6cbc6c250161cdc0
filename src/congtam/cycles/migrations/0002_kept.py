"""Steps are facts: the database keeps them from being rewritten."""

from django.db import migrations

from congtam.history.dated import append_only


class Migration(migrations.Migration):
    dependencies = [("cycles", "0001_initial"), ("history", "0002_kept")]

    operations = [append_only("cycles_step")]
