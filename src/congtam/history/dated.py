"""Facts of the product as rows: numbered, never rewritten, dated, with no two standing ones on one key at a time."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import migrations, models
from django.db.models import F, Func, Q
from django.db.models.functions import Now


class NextSeq(Func):
    """The next number of the order in which things become known."""

    function = "nextval"
    template = "nextval('known_seq')"
    arity = 0
    output_field = models.BigIntegerField()


class Fact(models.Model):
    """One thing we were told: its number, when, by which account, and the number of the fact that took its place.

    A correction is a new row; the old one is closed by `replaced_by`, the number of the row (or of the withdrawal) that
    closed it, and is otherwise never changed. `standing()` gives what holds now, `known_at(seq)` what held then.
    """

    seq = models.BigIntegerField(primary_key=True, db_default=NextSeq())
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.BigIntegerField(null=True)
    replaced_by = models.BigIntegerField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def standing(cls) -> "models.QuerySet[Fact]":
        """The rows no other row took the place of."""
        return cls._default_manager.filter(replaced_by__isnull=True)

    @classmethod
    def known_at(cls, seq: int) -> "models.QuerySet[Fact]":
        """The rows that stood when `seq` was the last number known."""
        return cls._default_manager.filter(seq__lte=seq).filter(Q(replaced_by__isnull=True) | Q(replaced_by__gt=seq))


class _One(Func):
    """A number as a range of itself, so that an index of ranges can hold it without an extension."""

    function = "int8range"
    template = "int8range(%(expressions)s, '[]')"


def never_two(name: str, *keys: str, days: str = "days") -> ExclusionConstraint:
    """No two standing rows of the same keys on one day."""
    same = [(_One(F(key), F(key)), RangeOperators.OVERLAPS) for key in keys]
    return ExclusionConstraint(
        name=name,
        expressions=[*same, (F(days), RangeOperators.OVERLAPS)],
        condition=Q(replaced_by__isnull=True),
    )


def closed(name: str) -> models.Index:
    """By when a row was closed: so that what changed since is found without reading all rows."""
    return models.Index(fields=["replaced_by"], condition=Q(replaced_by__isnull=False), name=name)


def not_empty(name: str, days: str = "days") -> models.CheckConstraint:
    """The stretch of days holds at least one day."""
    return models.CheckConstraint(condition=~Q(**{f"{days}__isempty": True}), name=name)


def append_only(table: str) -> migrations.RunSQL:
    """A migration step by which the database itself keeps a table of facts: no row is ever deleted, and none changed
    but for closing it once by `replaced_by`. Put it in the room's `0002_…` after `("history", "0002_kept")`."""
    return _kept(table, "keep_facts")


def written_once(table: str) -> migrations.RunSQL:
    """The same for tables without `replaced_by` (events, entries of the audit): no row is ever changed or deleted."""
    return _kept(table, "keep_rows")


def erasable(table: str, *columns: str, facts: bool = False) -> migrations.RunSQL:
    """A migration step by which these columns of a kept table may lose what they say while somebody's data are erased
    (`erasing.erasing`); `*`: whole rows may go. `facts`: the table is `append_only`, else `written_once`."""
    function = "keep_facts" if facts else "keep_rows"
    trigger = (
        f"CREATE OR REPLACE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}"
    )
    named = ", ".join(f"'{column}'" for column in columns)
    return migrations.RunSQL(f"{trigger}({named})", f"{trigger}()")


def _kept(table: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER kept ON {table}",
    )


__all__ = ["DateRangeField", "Fact", "append_only", "closed", "erasable", "never_two", "not_empty", "written_once"]
