"""Checked once per statement: these are the tables that very many rows at a time are appended to."""

import django.db.models.deletion
from django.db import migrations, models

from congtam.history.referring import referring


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0003_referring"),
        ("orgs", "0002_kept"),
        ("people", "0002_kept"),
        ("sources", "0002_kept"),
        ("work", "0003_lasting"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="item",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.RESTRICT, related_name="events", to="work.item"
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="official",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="orgs.unit",
            ),
        ),
        migrations.AlterField(
            model_name="item",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="items",
                to="sources.source",
            ),
        ),
        migrations.AlterField(
            model_name="tofold",
            name="item",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.RESTRICT,
                primary_key=True,
                related_name="+",
                serialize=False,
                to="work.item",
            ),
        ),
        referring("work_item", {"source_id": "sources_source"}),
        referring("work_event", {"item_id": "work_item", "official_id": "people_person", "unit_id": "orgs_unit"}),
        referring("work_tofold", {"item_id": "work_item"}),
    ]
