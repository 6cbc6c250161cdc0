"""Shares know up to when they may have something to say, and the deadlines ahead: all work is folded again for it."""

from datetime import UTC, datetime

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models.deletion import RESTRICT

OPEN = datetime(9999, 1, 1, tzinfo=UTC)
FOLD = "INSERT INTO work_tofold (item_id) SELECT item_id FROM work_standing ON CONFLICT DO NOTHING"


class Migration(migrations.Migration):
    dependencies = [("work", "0002_kept")]
    operations = [
        migrations.AddField("share", "lasts_until", models.DateTimeField(default=OPEN), preserve_default=False),
        migrations.AddField(
            "share", "deadlines", ArrayField(models.DateTimeField(), default=list), preserve_default=False
        ),
        migrations.AddIndex("share", models.Index(fields=["official", "lasts_until"], name="work_share_lasting")),
        migrations.AddIndex(
            "standing", models.Index(fields=["item"], condition=models.Q(("moving", True)), name="work_moving")
        ),
        migrations.AlterField(
            "share",
            "official",
            models.ForeignKey(db_index=False, on_delete=RESTRICT, related_name="shares", to="people.person"),
        ),
        migrations.RunSQL(FOLD, migrations.RunSQL.noop),
    ]
