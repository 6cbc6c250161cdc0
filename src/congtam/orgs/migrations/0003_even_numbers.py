"""Units have even numbers, people odd ones: facts speak of both by number, and no number may mean two."""

from django.db import migrations

EVEN = """
ALTER TABLE orgs_unit ALTER COLUMN id SET INCREMENT BY 2 SET START WITH 2;
SELECT setval(pg_get_serial_sequence('orgs_unit', 'id'), (coalesce(max(id), 0) + 2) / 2 * 2, false) FROM orgs_unit;
ALTER TABLE orgs_unit ADD CONSTRAINT even_numbers CHECK (id % 2 = 0) NOT VALID;
"""
BACK = """
ALTER TABLE orgs_unit DROP CONSTRAINT even_numbers;
ALTER TABLE orgs_unit ALTER COLUMN id SET INCREMENT BY 1;
"""


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_kept")]
    operations = [migrations.RunSQL(EVEN, BACK)]
