from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial")]

    operations = [
        migrations.AddField("record", "came_in", models.BigIntegerField(null=True)),
        migrations.AddField("setaside", "came_in", models.BigIntegerField(null=True)),
    ]
