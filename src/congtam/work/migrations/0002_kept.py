"""Events stay as they were written; and what changes how work is folded marks it to be folded again, whoever wrote it.

The rooms of people and sources know nothing of work. So the database marks: work of a person whose spells changed, of a
post or unit that moved, and of a kind whose authoritative source changed.
"""

from django.db import migrations

from congtam.history.dated import written_once

MARKS = {
    "people_spell": "SELECT item_id FROM work_share WHERE official_id = NEW.person_id",
    "people_postspan": """
        SELECT share.item_id FROM work_share share
        JOIN people_spell spell ON spell.person_id = share.official_id AND spell.post_id = NEW.post_id""",
    "orgs_unitspan": "SELECT item_id FROM work_share WHERE unit_id = NEW.unit_id",
    "sources_authority": """
        SELECT standing.item_id FROM work_standing standing
        JOIN sources_datum datum ON datum.id = NEW.datum_id AND datum.work_kind = standing.kind
        WHERE (standing.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date <@ NEW.days""",
}
ADD = """
CREATE FUNCTION fold_again_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO work_tofold (item_id)
    SELECT DISTINCT marked.item_id FROM ({which}) marked
    ON CONFLICT (item_id) DO UPDATE SET since = work_tofold.since;
    RETURN NEW;
END $$;
CREATE TRIGGER fold_again AFTER INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION fold_again_{table}();
"""
REMOVE = "DROP TRIGGER fold_again ON {table}; DROP FUNCTION fold_again_{table}()"


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial"), ("history", "0002_kept"), ("sources", "0002_kept")]
    operations = [
        written_once("work_event"),
        *(
            migrations.RunSQL(ADD.format(table=table, which=which), REMOVE.format(table=table))
            for table, which in MARKS.items()
        ),
    ]
