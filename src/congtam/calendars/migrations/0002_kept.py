"""Days are facts: never deleted, closed once."""

from django.db import migrations

from congtam.history.dated import append_only


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial"), ("history", "0002_kept")]
    operations = [append_only("calendars_day")]
