"""What keeps facts as they were written, in the database itself. TRUNCATE is left to whoever owns the tables."""

from django.db import migrations

FACTS = """
CREATE FUNCTION keep_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are facts and stay: close one by replaced_by instead of deleting it', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.replaced_by IS NOT NULL OR NEW.replaced_by IS NULL
        OR to_jsonb(OLD) - 'replaced_by' IS DISTINCT FROM to_jsonb(NEW) - 'replaced_by'
    THEN
        RAISE EXCEPTION 'rows of % are facts and stay as written: add a corrected row and close row % once by replaced_by',
            TG_TABLE_NAME, OLD.seq USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$
"""
ROWS = """
CREATE FUNCTION keep_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are written once and stay: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]
    operations = [
        migrations.RunSQL(FACTS, "DROP FUNCTION keep_facts()"),
        migrations.RunSQL(ROWS, "DROP FUNCTION keep_rows()"),
    ]
