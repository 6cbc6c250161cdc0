"""Faults that were told, by the time in which they count: a batch of scores looks for them among all there ever were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("work", "0004_references")]

    operations = [
        migrations.AddIndex(
            model_name="fault",
            index=models.Index(condition=models.Q(("derived", False)), fields=["at"], name="work_fault_told"),
        ),
        migrations.AddIndex(
            model_name="fault",
            index=models.Index(
                condition=models.Q(("charged_to__isnull", False)), fields=["charged_to"], name="work_fault_charged"
            ),
        ),
    ]
