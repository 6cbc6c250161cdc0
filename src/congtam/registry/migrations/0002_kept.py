"""Copies, cards, drafts and choices stay as written; the database sees to it."""

from django.db import migrations

from congtam.history.dated import append_only


class Migration(migrations.Migration):
    dependencies = [("history", "0002_kept"), ("registry", "0001_initial")]
    operations = [
        append_only("registry_copy"),
        append_only("registry_card"),
        append_only("registry_draft"),
        append_only("registry_sitechoice"),
    ]
