"""Rows that are kept may lose the words in them when somebody's data are erased by a decision, and nothing else.

Which columns, a trigger says by its arguments (`history.dated.erasable`); `*`: whole rows may go. Only inside
`history.erasing.erasing()`, which sets `congtam.erasing` for the transaction.
"""

from importlib import import_module

from django.db import migrations

before = import_module("congtam.history.migrations.0002_kept")

ERASED = """
    IF TG_NARGS > 0 AND current_setting('congtam.erasing', true) = 'on' THEN
        IF TG_OP = 'DELETE' AND TG_ARGV[0] = '*' THEN
            RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' AND to_jsonb(OLD) - TG_ARGV::text[] = to_jsonb(NEW) - TG_ARGV::text[] THEN
            RETURN NEW;
        END IF;
    END IF;
"""


def with_erasing(function: str) -> str:
    """The same function, which lets erasing pass first."""
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION").replace("BEGIN\n", f"BEGIN{ERASED}", 1)


def as_before(function: str) -> str:
    return function.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


class Migration(migrations.Migration):
    dependencies = [("history", "0003_referring")]
    operations = [migrations.RunSQL(with_erasing(one), as_before(one)) for one in (before.FACTS, before.ROWS)]
