"""Tens of thousands of rows written as the database's COPY: several times as fast as any other way."""

from collections.abc import Iterable

from django.db import connection, models


def copy(rows: Iterable[models.Model]) -> None:
    """Write new rows of one table. All are made before, for nothing else can be asked on the connection meanwhile."""
    made = list(rows)
    if not made:
        return
    kind = type(made[0])
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]
    named = ", ".join(field.column for field in fields)
    with connection.cursor() as cursor, cursor.copy(f"COPY {kind._meta.db_table} ({named}) FROM STDIN") as writing:
        for one in made:
            writing.write_row([field.get_db_prep_save(getattr(one, field.attname), connection) for field in fields])
