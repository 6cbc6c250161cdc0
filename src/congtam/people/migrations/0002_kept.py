"""Facts about persons and posts stay as they were written."""

from django.db import migrations

from congtam.history.dated import append_only

TABLES = ("people_postspan", "people_spell", "people_absence", "people_delegation")


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("history", "0002_kept")]
    operations = [append_only(table) for table in TABLES]
