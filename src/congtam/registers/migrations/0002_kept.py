"""What happened to a document, and its files, stay as written; a number that was given never changes or goes."""

from django.db import migrations

from congtam.history.dated import written_once

NUMBERS = """
CREATE FUNCTION registers_number_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'documents stay: cancel one with a reason instead of deleting it'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.number IS NOT NULL AND (OLD.agency_id, OLD.direction, OLD.year, OLD.number)
        IS DISTINCT FROM (NEW.agency_id, NEW.direction, NEW.year, NEW.number)
    THEN
        RAISE EXCEPTION 'number % of document % was given and stays', OLD.number, OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER number_stays BEFORE UPDATE OR DELETE ON registers_document
    FOR EACH ROW EXECUTE FUNCTION registers_number_stays();
"""
GONE = "DROP TRIGGER number_stays ON registers_document; DROP FUNCTION registers_number_stays();"


class Migration(migrations.Migration):
    dependencies = [("registers", "0001_initial"), ("history", "0002_kept")]
    operations = [
        written_once("registers_step"),
        written_once("registers_paper"),
        migrations.RunSQL(NUMBERS, GONE),
    ]
