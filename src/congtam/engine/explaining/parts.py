"""Parts told: what each earned, from which figures, and on how many rows each figure stands."""

import re
from collections.abc import Iterator
from fractions import Fraction

from congtam.engine.explaining import words
from congtam.engine.explaining.formats import figure, scaled
from congtam.engine.explaining.speech import Line, Section, Speech, everything, grade_title
from congtam.engine.expressions.nodes import columns
from congtam.engine.measuring.rows import Row
from congtam.engine.measuring.select import Membership, select
from congtam.engine.rulebook.model import Part
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.tree import PartScore
from congtam.engine.states import State
from congtam.engine.trace import TraceIndicator

_MEAN = re.compile(r"mean\([a-z0-9_, ]+\)")
_ALL_BELOW = re.compile(r"all\(subordinates\.grade >= ([a-z0-9_]+)\)")
ABSENT = (State.NOT_APPLICABLE, State.EXCUSED)


def figures_behind(run: Run, name: str) -> tuple[str, ...]:
    """The indicators that an indicator by formula reads."""
    bound = run.rulebook.indicators[name]
    node = bound.nodes.get("formula")
    return tuple(sorted(one for one in columns(node) if one in run.rulebook.indicators)) if node else ()


def figures_of(run: Run, part: PartScore) -> tuple[str, ...]:
    """Every indicator a part stands on, also through formulas."""
    found: dict[str, None] = {}

    def add(name: str) -> None:
        found[name] = None
        for behind in figures_behind(run, name):
            if behind not in found:
                add(behind)

    for inside in everything((part,)):
        for name in inside.indicators:
            add(name)
    return tuple(found)


class PartsTeller(Speech):
    """Parts, their figures, and what these stand on."""

    def parts(self, only: str | None) -> Section:
        """All parts, or one with what is inside it."""
        lines = [line for part in self.trace.parts for line in self._part(part, 0, only)]
        return Section(self.say("Điểm từng mục", "Points by part"), tuple(lines))

    def conditions(self) -> Section:
        """The figures that the conditions of grades read and no part shows, with the items behind a figure that is
        better low."""
        shown = {name for part in self.trace.parts for name in figures_of(self.run, part)}
        nodes = self.run.card.conditions.values()
        read = dict.fromkeys(name for node in nodes for name in sorted(columns(node)) if name not in shown)
        lines = []
        for one in (self.trace.indicators[name] for name in read if name in self.trace.indicators):
            items = [self.code("item", row.item) for row in one.rows if row.top] if one.direction == "down" else []
            named = f" {self.say('Gồm', 'These are')}: {', '.join(items)}." if items else ""
            lines.append(Line(self._indicator(one) + named, f"indicators.{one.id}"))
        return Section(self.say("Điều kiện của các mức", "What the conditions of grades read"), tuple(lines))

    def _part(self, part: PartScore, indent: int, only: str | None) -> Iterator[Line]:
        if only is not None and only not in [one.id for one in everything((part,))]:
            return
        alone = self._same_figure(part)
        yield Line(self._part_text(part, alone), f"parts.{part.id}", indent)
        names = figures_behind(self.run, alone.id) if alone else part.indicators
        yield from self._figures(names, indent + 1)
        for child in part.parts:
            yield from self._part(child, indent + 1, None if only == part.id else only)

    def _figures(self, names: tuple[str, ...], indent: int) -> Iterator[Line]:
        for name in names:
            if (one := self.trace.indicators.get(name)) is not None:
                yield Line(self._indicator(one), f"indicators.{name}", indent)
                yield from self._figures(figures_behind(self.run, name), indent + 1)

    def _same_figure(self, part: PartScore) -> TraceIndicator | None:
        """The only figure of a part when it is called as the part is: then one line says both."""
        if len(part.indicators) != 1:
            return None
        one = self.trace.indicators[part.indicators[0]]
        return one if one.title == part.title else None

    def _part_text(self, part: PartScore, alone: TraceIndicator | None) -> str:
        said = [f"{part.title.in_(self.lang)}: {self._points(part)}"]
        if part.points is not None and part.lost:
            said.append(self.say(f"điểm bị mất {self.pts(part.lost)}", f"lost {self.pts(part.lost)}"))
        text = ", ".join(said) + self._from_figures(part, alone)
        if alone and alone.state is State.VALUE:
            text += self._given_by(alone) if alone.unit == "points" else f"; {self._value(alone)}"
        elif alone:
            text += self._unknown(alone)
        return f"{text}."

    def _points(self, part: PartScore) -> str:
        if part.points is not None:
            return f"{self.pts(part.points)}/{self.pts(part.maximum)}"
        if part.state in ABSENT:
            state = words.STATES[part.state].in_(self.lang)
            if not part.stated:
                return state
            return state + self.say(
                f"; {self.pts(part.stated)} điểm chia cho các mục khác",
                f"; its {self.pts(part.stated)} points go to the other parts",
            )
        if not part.measurable:
            return words.STATES[part.state].in_(self.lang)
        sofar, missing = f"{self.pts(part.earned)}/{self.pts(part.measurable)}", part.maximum - part.measurable
        return self.say(
            f"{sofar} điểm đã đo được; {self.pts(missing)} điểm chưa có số liệu",
            f"{sofar} points measured so far; {self.pts(missing)} points have no figures yet",
        )

    def _from_figures(self, part: PartScore, alone: TraceIndicator | None) -> str:
        """How figures became points: the share of the points that they gave, where it is not the figure itself."""
        model = next((one for one in _models(self.run.card.model.parts) if one.id == part.id), None)
        if part.points is None or part.lowest is None or model is None or part.parts:
            return ""
        if model.from_ and not (model.curve.target or model.curve.steps or model.curve.between):
            return "" if alone else f" ({self._of_points(part)})"
        role = self.trace.subject.role
        texts: dict[str, str] = {one.for_: one.is_ for one in model.formula}
        if _MEAN.fullmatch(texts.get(role, texts.get("all", "")).strip()):
            return self.say(f" (bình quân {self._of_points(part)})", f" (on average {self._of_points(part)})")
        return f" ({self._of_points(part)})"

    def _of_points(self, part: PartScore) -> str:
        share = figure(part.lowest, "percent", self.lang)
        return self.say(f"{share} của {self.pts(part.maximum)}", f"{share} of {self.pts(part.maximum)}")

    # -- one figure

    def _indicator(self, one: TraceIndicator) -> str:
        title = one.title.in_(self.lang)
        if one.state is not State.VALUE:
            return f"{title}: {words.STATES[one.state].in_(self.lang)}{self._unknown(one)}."
        return f"{title}: {self._value(one)}."

    def _value(self, one: TraceIndicator) -> str:
        if one.unit == "points":
            given = f"{scaled(one.top, 6, self.lang)}/{scaled(one.bottom, 6, self.lang)}"
            return given + self._given_by(one)
        value = figure(Fraction(one.value or 0), one.unit, self.lang)
        if not one.rows:
            return f"{value}{self._given_by(one)}{self._pair(one)}{self._unknown(one)}"
        top, bottom = scaled(one.top, one.top_scale, self.lang), scaled(one.bottom, one.bottom_scale, self.lang)
        of = f" = {top}/{bottom}" if one.unit == "percent" else ""
        return f"{value}{of} {self._stands_on(one)}"

    def _given_by(self, one: TraceIndicator) -> str:
        if not one.given_by:
            return ""
        by = self.name("official", one.given_by)
        return self.say(f", người chấm: {by}", f", given by {by}")

    def _pair(self, one: TraceIndicator) -> str:
        """Whose grades brought a figure of two rates to the lower one."""
        pair = self.run.rulebook.indicators[one.id].model.measure.pair
        floor = _ALL_BELOW.fullmatch(pair.when.strip()) if pair else None
        if pair is None or floor is None or Fraction(one.value or 0) != Fraction(pair.values[1]):
            return ""
        grades = self.run.card.grades
        related = self.run.related.get(self.trace.subject.code)
        low = frozenset(grades[grades.index(floor[1]) + 1 :]) if floor[1] in grades else frozenset()
        who = [self.name("official", code) for code, grade in getattr(related, "below", ()) if grade in low]
        if not who:
            return ""
        title = grade_title(self.run, floor[1], self.lang)
        return self.say(f", vì {', '.join(who)} dưới mức {title}", f", because {', '.join(who)} is below {title}")

    def _stands_on(self, one: TraceIndicator) -> str:
        rows = words.ROWS[self.run.rulebook.indicators[one.id].model.measure.source].in_(self.lang)
        return f"({self.say(f'tính trên {one.n} {rows}', f'over {one.n} {rows}')}{self._unknown(one)})"

    def _unknown(self, one: TraceIndicator) -> str:
        """Rows that did not count: a value is missing, the deadline lies ahead, or they are not finished."""
        rows = words.ROWS[self.run.rulebook.indicators[one.id].model.measure.source].in_(self.lang)
        ahead = min(len(self.ahead(one.id)), one.n_pending) if one.n_pending else 0
        text = ""
        if one.n_unknown:
            text += self.say(f"; {one.n_unknown} {rows} thiếu số liệu", f"; {one.n_unknown} {rows} without figures")
        if ahead:
            text += self.say(f"; {ahead} {rows} chưa đến hạn", f"; {ahead} {rows} not yet due")
        if one.n_pending > ahead:
            left = one.n_pending - ahead
            text += self.say(f"; {left} {rows} chưa xong", f"; {left} {rows} not finished")
        return text

    def ahead(self, name: str) -> list[Row]:
        """Rows of a figure that are not decided because their deadline lies ahead."""
        rule = self.run.scorer.rules(self.trace.subject).over_rows.get(name)
        if rule is None:
            return []
        model, asked = rule.indicator.model, self.run.asked
        rows = self.run.scorer.subject_rows(self.trace.subject, model.measure.source)
        return [
            row
            for belongs, row in select(rows, model.measure, model.shared_work, asked.period, asked.as_of)
            if belongs is Membership.PENDING
            and rule.part(row) is not None
            and row["due_at"] is not None
            and row["due_at"] >= asked.as_of
        ]


def _models(parts: tuple[Part, ...]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _models(part.parts)
