"""A seal has a place in the order in which things became known, so that a year can name the months known to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scores", "0006_seals")]

    operations = [migrations.AddField("seal", "known", models.BigIntegerField(null=True))]
