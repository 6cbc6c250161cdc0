"""Events stay as they were written; and a change of the authoritative source marks the work it speaks of to be folded again.

The room of sources knows nothing of work, so the database marks it.
"""

from django.db import migrations

from congtam.history.dated import written_once

MARK = """
CREATE FUNCTION fold_again_by_authority() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO work_tofold (item_id)
    SELECT standing.item_id FROM work_standing standing
    JOIN sources_datum datum ON datum.id = NEW.datum_id AND datum.work_kind IN ('', standing.kind)
    WHERE (standing.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <@ NEW.days
    ON CONFLICT (item_id) DO UPDATE SET not_before = NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER fold_again AFTER INSERT OR UPDATE ON sources_authority
    FOR EACH ROW EXECUTE FUNCTION fold_again_by_authority();

CREATE FUNCTION fold_again_by_datum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO work_tofold (item_id)
    SELECT DISTINCT standing.item_id FROM work_standing standing
    JOIN sources_authority authority ON authority.datum_id = NEW.id AND authority.replaced_by IS NULL
    WHERE ('' IN (OLD.work_kind, NEW.work_kind) OR standing.kind IN (OLD.work_kind, NEW.work_kind))
        AND (standing.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <@ authority.days
    ON CONFLICT (item_id) DO UPDATE SET not_before = NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER fold_again AFTER UPDATE OF work_kind ON sources_datum
    FOR EACH ROW WHEN (OLD.work_kind IS DISTINCT FROM NEW.work_kind) EXECUTE FUNCTION fold_again_by_datum();
"""
UNMARK = """
DROP TRIGGER fold_again ON sources_datum; DROP FUNCTION fold_again_by_datum();
DROP TRIGGER fold_again ON sources_authority; DROP FUNCTION fold_again_by_authority()
"""


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("history", "0002_kept"), ("sources", "0002_kept")]
    operations = [written_once("work_event"), migrations.RunSQL(MARK, UNMARK)]
