"""Who received what in a handover stays as it was written; texts stand apart, so that they can be erased."""

from django.db import migrations

from congtam.history.dated import written_once


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial"), ("history", "0002_kept")]
    operations = [written_once("desk_handoverline")]
