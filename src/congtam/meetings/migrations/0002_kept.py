"""Conclusions, and meetings as they were closed, are facts; the words of a conclusion stand apart."""

from django.db import migrations

from congtam.history.dated import append_only


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("history", "0002_kept")]
    operations = [append_only("meetings_conclusion"), append_only("meetings_closing")]
