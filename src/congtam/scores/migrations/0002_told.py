"""Whatever scores read wakes the worker of live scores when it is told; no room that writes facts needs to know of it."""

from django.db import migrations

TABLES = (
    *("ratings_rating", "ratings_reported", "ratings_decision"),
    *("people_spell", "people_postspan", "people_absence", "orgs_unitspan"),
    *("calendars_day", "registry_copy", "registry_card", "registry_draft", "registry_sitechoice"),
)
FUNCTION = """
CREATE FUNCTION tell_scores() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY congtam_live;
    RETURN NULL;
END $$
"""


def _told(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER told AFTER INSERT OR UPDATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION tell_scores()",
        f"DROP TRIGGER told ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("scores", "0001_initial"),
        ("ratings", "0001_initial"),
        ("people", "0001_initial"),
        ("orgs", "0001_initial"),
        ("calendars", "0001_initial"),
        ("registry", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION tell_scores()"), *map(_told, TABLES)]
