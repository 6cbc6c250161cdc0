"""The statement of one table being put together: faults counted, rows seen, terms made once, sums per subject.

It goes in steps, each a common table expression that reads the one before:

    fault_counts   how many faults each row bears (only when a measure asks)
    work           every row that may matter to the period
    step_1, …      what measures have in common, each column one step after those it reads: does the row belong to the
                   period, the terms of the rules, does the row count
    (the last)     what rows give to each measure, summed and counted per subject

Equal columns are made once, however many measures use them.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from congtam.engine.expressions.nodes import walk
from congtam.engine.measuring.columnar import FAULT_OF
from congtam.engine.measuring.evaluate import RowMeasure
from congtam.engine.measuring.sql.nodes import any_of, case, every, is_known, name, paren, whole
from congtam.engine.measuring.sql.sight import HAS_FAULTS, FaultSum, Sight, Window, fault_counts, may_matter

DIALECT = "duckdb"
SUBJECT, N_ITEMS = "subject", "n_items"
ONE, ZERO = whole(1), whole(0)


@dataclass(frozen=True)
class Grouping:
    """Whose sums are made: `key` names the subject of a row, in a table joined `on` when `join` names one.
    `one_official`: every subject is one official."""

    key: exp.Expr
    one_official: bool = False
    join: exp.Expr | None = None
    on: exp.Expr | None = None


class Columns:
    """Columns made from those of a table, in steps: each stands one step after those it reads. The same expression is
    made once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._made: dict[str, tuple[exp.Expr, int]] = {}

    def keep(self, one: exp.Expr) -> exp.Expr:
        """The column that holds an expression; a column or a constant is its own."""
        if isinstance(one, exp.Column) or one.find(exp.Column) is None:
            return one
        text = one.sql(dialect=DIALECT, copy=False)
        if text not in self._names:
            step = 1 + max((self.step(column.name) for column in one.find_all(exp.Column)), default=0)
            self._names[text] = f"c{len(self._made)}"
            self._made[self._names[text]] = (one, step)
        return name(self._names[text])

    def step(self, column: str) -> int:
        """The step in which a column is made; 0 for those of the table."""
        return self._made[column][1] if column in self._made else 0

    def steps(self) -> list[list[exp.Expr]]:
        """The columns of each step."""
        last = max((step for _, step in self._made.values()), default=0)
        made: list[list[exp.Expr]] = [[] for _ in range(last)]
        for alias, (one, step) in self._made.items():
            made[step - 1].append(exp.alias_(one.copy(), alias, quoted=True))
        return made


class Statement:
    """One statement being put together: columns of rows, and sums over them."""

    def __init__(self, table: str, window: Window, grouping: Grouping):
        self.table, self.window, self.grouping = table, window, grouping
        self.fault_sums: set[FaultSum] = set()
        self.uses: Counter[Hashable] = Counter()
        self.columns = Columns()
        self.sums: dict[str, exp.Expr] = {}
        self._sums: dict[str, str] = {}
        self._sights: list[Sight] = []

    def count_uses(self, rules: Iterable[RowMeasure]) -> None:
        """How often each expression stands in the measures, so that common ones become columns."""
        for rule in rules:
            sight = self.sight(rule)
            self._sights.append(sight)
            for node in rule.indicator.nodes.values():
                self.uses.update((one, sight.key(one)) for one in walk(node))

    def sight(self, rule: RowMeasure) -> Sight:
        """How a measure sees the rows."""
        model = rule.indicator.model
        return Sight(self.table, model.measure, model.shared_work, self.window, self.fault_sums, self.columns.keep)

    def total(self, aggregate: exp.Expr, wanted: str | None = None) -> str:
        """The column of the answer that holds an aggregate."""
        text = aggregate.sql(dialect=DIALECT, copy=False)
        if text not in self._sums:
            self._sums[text] = wanted or f"a{len(self.sums)}"
            self.sums[self._sums[text]] = aggregate
        return self._sums[text]

    def sum(self, amount: exp.Expr, of: exp.Expr) -> str:
        """The sum of an amount over the rows of a subject for which a condition holds."""
        if amount == ONE:
            return self.total(exp.Sum(this=exp.cast(paren(of), "INT")))
        return self.total(exp.Sum(this=case((of, amount), otherwise=ZERO.copy())))

    def count_items(self, flags: Sequence[exp.Expr]) -> exp.Expr:
        """Count the distinct items of a subject among the rows with any of the flags; that condition."""
        seen, item = any_of(*flags), name("_item")
        if self.grouping.one_official and self.table == "share":
            several = name("_several")  # most shares are the only one of their item: count those plainly
            once = exp.Sum(this=exp.cast(exp.paren(every(exp.Not(this=several), seen)), "INT"))
            again = exp.func("LIST_UNIQUE", filtered(exp.ArrayAgg(this=item), every(several.copy(), seen.copy())))
            self.total(exp.Add(this=once, expression=exp.Coalesce(this=again, expressions=[ZERO.copy()])), N_ITEMS)
        else:
            self.total(filtered(exp.Count(this=exp.Distinct(expressions=[item])), seen), N_ITEMS)
        return seen

    def totals(self) -> exp.Select:
        """The whole statement."""
        sums = [exp.alias_(one.copy(), alias, quoted=True) for alias, one in self.sums.items()]
        return self._with_steps(exp.select(name(SUBJECT), *sums).group_by(name(SUBJECT)))

    def items(self, seen: exp.Expr) -> exp.Select:
        """Each distinct item of each subject."""
        return self._with_steps(exp.select(name(SUBJECT), name("_item")).distinct().where(seen.copy()))

    def _with_steps(self, made: exp.Select) -> exp.Select:
        """A select from the last step, with all steps before it."""
        if self.fault_sums:
            counts = fault_counts(self.fault_sums, exp.to_table(FAULT_OF[self.table]), self.window)
            made = made.with_("fault_counts", as_=counts, copy=False)
        before, select = "work", self._rows()
        for number, columns in enumerate(self.columns.steps(), start=1):
            made = made.with_(before, as_=select, copy=False)
            before, select = f"step_{number}", exp.select(exp.Star(), *columns).from_(before)
        return made.with_(before, as_=select, copy=False).from_(before)

    def _rows(self) -> exp.Select:
        """The rows that may matter to the period, with their faults counted."""
        rows = exp.select(exp.alias_(self.grouping.key.copy(), SUBJECT), exp.column(exp.Star(), table="rows"))
        rows = rows.from_(exp.alias_(exp.to_table(self.table), "rows", table=True))
        if self.fault_sums:
            on = exp.EQ(this=name("_row", "rows"), expression=name("_row", "fault_counts"))
            has_faults = is_known(name("_row", "fault_counts"))
            rows = rows.select(exp.alias_(has_faults, HAS_FAULTS), *(name(one.column) for one in self._in_order()))
            rows = rows.join("fault_counts", on=on, join_type="left")
        if self.grouping.join is not None:
            rows = rows.join(self.grouping.join.copy(), on=self.grouping.on)
        return rows.where(may_matter(self._sights, self.window, bool(self.fault_sums)))

    def _in_order(self) -> list[FaultSum]:
        return sorted(self.fault_sums, key=lambda one: one.column)


def filtered(aggregate: exp.Expr, condition: exp.Expr) -> exp.Expr:
    """An aggregate over the rows for which a condition holds."""
    return exp.Filter(this=aggregate, expression=exp.Where(this=condition))
