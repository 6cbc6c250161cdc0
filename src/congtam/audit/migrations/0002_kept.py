"""Entries and batches are written once; texts may only be erased; writers share a lock that closing a batch has alone."""

from django.db import migrations

from congtam.history.dated import written_once

LOCK = """
CREATE FUNCTION audit_share_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(4277002);
    RETURN NULL;
END $$;
CREATE TRIGGER shared BEFORE INSERT ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_share_lock();
"""
UNLOCK = "DROP TRIGGER shared ON audit_entry; DROP FUNCTION audit_share_lock();"
ERASE = """
CREATE FUNCTION audit_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.entry_id = OLD.entry_id AND NEW.salt = OLD.salt
        AND NEW.body = '{"erased": true}'::jsonb THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'texts of the audit are erased as a whole or stay: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON audit_entrytext FOR EACH ROW EXECUTE FUNCTION audit_only_erased();
"""
UNERASE = "DROP TRIGGER kept ON audit_entrytext; DROP FUNCTION audit_only_erased();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("history", "0002_kept")]
    operations = [
        migrations.RunSQL(LOCK, UNLOCK),
        migrations.RunSQL(ERASE, UNERASE),
        written_once("audit_entry"),
        written_once("audit_batch"),
    ]
