"""Facts about sources stay as they were written."""

from django.db import migrations

from congtam.history.dated import append_only


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial"), ("history", "0002_kept")]
    operations = [append_only("sources_authority"), append_only("sources_owncount")]
