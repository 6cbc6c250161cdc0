"""A digest tells of things that are no piece of work: a reminder, what recurs, work left behind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AlterField("line", "item", models.BigIntegerField(null=True)),
        migrations.RemoveConstraint("line", "line_told_once"),
        migrations.AddConstraint(
            "line",
            models.UniqueConstraint(
                fields=["person", "item", "what", "key"], nulls_distinct=False, name="line_told_once"
            ),
        ),
    ]
