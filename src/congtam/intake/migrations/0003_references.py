"""Checked once per statement: these are the tables that very many rows at a time are appended to."""

import django.db.models.deletion
from django.db import migrations, models

from congtam.history.referring import referring


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0003_referring"),
        ("intake", "0002_came_in"),
        ("sources", "0002_kept"),
        ("work", "0003_lasting"),
    ]

    operations = [
        migrations.AlterField(
            model_name="payload",
            name="record",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.RESTRICT,
                primary_key=True,
                related_name="payload",
                serialize=False,
                to="intake.record",
            ),
        ),
        migrations.AlterField(
            model_name="record",
            name="batch",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="records",
                to="intake.batch",
            ),
        ),
        migrations.AlterField(
            model_name="record",
            name="item",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="records",
                to="work.item",
            ),
        ),
        migrations.AlterField(
            model_name="record",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="records",
                to="sources.source",
            ),
        ),
        referring("intake_record", {"batch_id": "intake_batch", "source_id": "sources_source", "item_id": "work_item"}),
        referring("intake_payload", {"record_id": "intake_record"}),
    ]
