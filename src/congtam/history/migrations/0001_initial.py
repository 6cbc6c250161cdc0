"""The sequence from which every fact takes its number."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunSQL("CREATE SEQUENCE known_seq AS bigint", "DROP SEQUENCE known_seq")]
