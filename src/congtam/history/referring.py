"""References that are checked once per statement, for tables that many rows at a time are appended to.

PostgreSQL checks a foreign key row by row, which for such rows costs more than writing them. These triggers keep the
same: a row names only rows that are there, and these are neither deleted nor renumbered while they are named. A row
that names others goes on naming the same ones.
"""

from collections.abc import Mapping

from django.db import migrations

_INSERT = """
    SELECT array_agg(DISTINCT {column}) FILTER (WHERE {column} IS NOT NULL) INTO named FROM added;
    SELECT count(*) INTO there FROM (SELECT FROM {to} WHERE id = ANY(named) FOR KEY SHARE) AS held;
    IF there < cardinality(named) THEN
        RAISE EXCEPTION 'a row of {table} names by {column} a row of {to} that is not there'
            USING ERRCODE = 'foreign_key_violation';
    END IF;"""
_TABLE = """
CREATE FUNCTION {table}_refers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named bigint[];
    there bigint;
BEGIN{checks}
    RETURN NULL;
END $$;
CREATE TRIGGER refers AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refers();
CREATE TRIGGER refers_to_the_same BEFORE UPDATE OF {columns} ON {table}
    FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION keep_references();
"""
_NAMED = """
CREATE FUNCTION {table}_named_by_{column}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM {table} WHERE {column} IN (SELECT id FROM gone)) THEN
        RAISE EXCEPTION 'rows of {table} name by {column} a row of {to} that is deleted'
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER named_{table}_{column} AFTER DELETE ON {to} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_named_by_{column}();
CREATE TRIGGER number_{table}_{column} BEFORE UPDATE OF id ON {to}
    FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION keep_references();
"""


def referring(table: str, references: Mapping[str, str]) -> migrations.RunSQL:
    """A migration step by which columns of `table` refer to the `id` of other tables: column, table. Their models say
    `db_constraint=False`. Put it after `("history", "0003_referring")`."""
    checks = "".join(_INSERT.format(table=table, column=column, to=to) for column, to in references.items())
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in references)
    made = [_TABLE.format(table=table, checks=checks, columns=", ".join(references), changed=changed)]
    gone = [f"DROP FUNCTION {table}_refers() CASCADE; DROP TRIGGER refers_to_the_same ON {table};"]
    for column, to in references.items():
        made.append(_NAMED.format(table=table, column=column, to=to))
        gone.append(f"DROP FUNCTION {table}_named_by_{column}() CASCADE; DROP TRIGGER number_{table}_{column} ON {to};")
    return migrations.RunSQL("".join(made), "".join(gone))
