"""People have odd numbers, units even ones: facts speak of both by number, and no number may mean two."""

from django.db import migrations

ODD = """
ALTER TABLE people_person ALTER COLUMN id SET INCREMENT BY 2 SET START WITH 1;
SELECT setval(pg_get_serial_sequence('people_person', 'id'), (coalesce(max(id), 0) + 1) / 2 * 2 + 1, false)
    FROM people_person;
ALTER TABLE people_person ADD CONSTRAINT odd_numbers CHECK (id % 2 = 1) NOT VALID;
"""
BACK = """
ALTER TABLE people_person DROP CONSTRAINT odd_numbers;
ALTER TABLE people_person ALTER COLUMN id SET INCREMENT BY 1;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_kept")]
    operations = [migrations.RunSQL(ODD, BACK)]
