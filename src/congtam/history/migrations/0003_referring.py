"""What keeps references that are checked once per statement."""

from django.db import migrations

REFERENCES = """
CREATE FUNCTION keep_references() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % keep their number and go on naming the same rows', TG_TABLE_NAME
        USING ERRCODE = 'foreign_key_violation';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0002_kept")]
    operations = [migrations.RunSQL(REFERENCES, "DROP FUNCTION keep_references()")]
