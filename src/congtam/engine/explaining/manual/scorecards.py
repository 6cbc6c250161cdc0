"""A scorecard in sentences: whom it is for, how each part earns its points, what follows from the total.

The manual on paper and the page on screen say the same; how they name and link things is theirs (`Marks`).
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from congtam.engine.explaining.manual import words
from congtam.engine.explaining.manual.legal import basis_text, own_basis
from congtam.engine.explaining.manual.phrases import Phrases
from congtam.engine.explaining.manual.plain import figure, percent
from congtam.engine.explaining.rule_words import CODES
from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.model import (
    CAP_READINGS,
    Curve,
    Grade,
    Part,
    PopulationRule,
    Scorecard,
    Sourced,
    StepTerm,
)
from congtam.engine.scoring.population import allowed

WORKED = 12  # people, up to whom a limit is shown in numbers


class Marks(Protocol):
    """How a page names things."""

    def indicator(self, name: str) -> str:
        """An indicator of the rulebook."""
        ...

    def card(self, name: str) -> str:
        """Another scorecard of the rulebook."""
        ...

    def parameter(self, name: str) -> str:
        """A parameter of the rulebook."""
        ...

    def named(self, title: str, id_: str) -> str:
        """The title of a rule that has an id."""
        ...

    def coded(self, text: str, code: str) -> str:
        """A word for a code."""
        ...

    def written(self, said: str, text: str) -> str:
        """An expression in words, and as the rulebook writes it."""
        ...


class CardTelling:
    """Tells one scorecard in one language."""

    def __init__(self, book: Rulebook, card: BoundScorecard, phrases: Phrases, marks: Marks):
        self.book, self.card, self.phrases, self.marks = book, card, phrases, marks
        self.lang = phrases.lang
        self.model: Scorecard = card.model

    def _in(self, vi: str, en: str) -> str:
        return en if self.lang == "en" else vi

    def _number(self, value: Decimal) -> str:
        return figure(value, self.lang)

    def facts(self) -> Iterator[tuple[str, str]]:
        """What the card is, as pairs of name and value."""
        model = self.model
        yield self._in("Chấm cho", "For"), self._whom()
        yield self._in("Kỳ", "Period"), words.PERIOD[model.period].in_(self.lang)
        if model.points:
            yield self._in("Tổng điểm", "Points"), self._number(model.points)
        if model.by:
            yield self._in("Tách theo", "Broken down by"), ", ".join(words.GROUPING[c].in_(self.lang) for c in model.by)
        legal = ("có: kết quả theo pháp luật", "yes: the result by law") if model.legal else ("không", "no")
        yield self._in("Là kết quả theo luật", "Counts by law"), self._in(*legal)
        if model.roll_up:
            yield self._in("Cộng dồn", "Roll-up"), self._roll_up()
        if minimum := self._minimum():
            yield self._in("Số liệu tối thiểu", "Minimum"), minimum
        if not model.by:
            yield self._in("Làm tròn", "Rounding"), self._rounding()
        if model.combine_spells == "by_days":
            days = ("theo số ngày ở mỗi vị trí", "by days in each post")
            yield self._in("Đổi vị trí trong kỳ", "A change of post"), self._in(*days)
        basis = basis_text(model.legal_basis or self.book.head.legal_basis, self.lang)
        yield self._in("Căn cứ", "Legal basis"), basis

    def _whom(self) -> str:
        kinds = ", ".join(words.STAFF_KIND[kind].in_(self.lang) for kind in self.model.staff_kind)
        subject = words.SUBJECT[self.model.subject].in_(self.lang)
        return f"{subject} ({kinds})" if kinds else subject

    def _roll_up(self) -> str:
        roll_up = self.model.roll_up
        assert roll_up is not None
        named = self.marks.card(roll_up.of)
        text = self._in(f"trung bình các kỳ đã đủ số liệu của {named}", f"the mean of complete periods of {named}")
        if roll_up.due_before:
            month, day = roll_up.due_before.split("-")
            text += self._in(f"; xếp loại trước {day}/{month}", f"; graded before {day}/{month}")
        if roll_up.received:
            text += self._in(
                "; kỳ do cơ quan khác đánh giá thì lấy kết quả cơ quan ấy gửi",
                "; a period graded elsewhere counts as the other body sent it",
            )
        return f"{text}. {own_basis(roll_up, self.lang)}".strip()

    def _minimum(self) -> str:
        least = self.model.minimum
        counted = [
            (least.items, self._in("công việc", "items")),
            (least.working_days, self._in("ngày làm việc", "working days")),
            (least.months, self._in("tháng", "months")),
        ]
        parts = [f"{number} {what}" for number, what in counted if number]
        if not parts:
            return ""
        below = self._in(
            "dưới mức này thì chưa đủ dữ liệu để xếp loại", "below it there is not enough data for a grade"
        )
        return f"{', '.join(parts)}; {below}. {own_basis(least, self.lang)}".strip()

    def _rounding(self) -> str:
        shown, compare = self.model.rounding.shown, self.model.rounding.compare
        return self._in(
            f"hiện {shown} chữ số thập phân; so mức ở {compare} chữ số, nửa làm tròn lên",
            f"{shown} decimals shown; bands compare at {compare}, half up",
        )

    # -- parts

    def points(self, part: Part) -> str:
        """The most a part can give."""
        return self._in(f"{self._number(part.points)} điểm", f"{self._number(part.points)} points")

    def way(self, part: Part) -> Iterator[str]:
        """How a part earns its points, and on what that stands."""
        if part.from_:
            yield self._in("từ chỉ số ", "from the indicator ") + self.marks.indicator(part.from_)
        for variant in part.formula:
            said = self.phrases.say(self.card.formulas[part.id][variant.for_])
            yield f"{words.ROLE[variant.for_].in_(self.lang)}: {self.marks.written(said, variant.is_)}"
        if not part.parts:
            direction = self.book.indicators[part.from_].model.direction if part.from_ else "up"
            yield self._curve(part.curve, direction)
        if basis := own_basis(part, self.lang):
            yield basis

    def _curve(self, curve: Curve, direction: str) -> str:
        """How a rate becomes points."""
        if curve.target is not None:
            target = self._number(curve.target)
            return self._in(
                f"điểm = giá trị ÷ {target}, nhiều nhất là trọn điểm", f"value ÷ {target}, at most all points"
            )
        if curve.steps:
            begin, points = self._in("từ", "from"), self._in("điểm", "points")
            steps = (f"{begin} {self._number(s.from_)}: {self._number(s.points)} {points}" for s in curve.steps)
            return self._in("theo bậc: ", "by steps: ") + "; ".join(steps)
        if curve.between:
            zero, full = self._number(curve.between.zero), self._number(curve.between.full)
            return self._in(
                f"trọn điểm khi giá trị là {full}, 0 điểm khi là {zero}, ở giữa thì theo tỷ lệ",
                f"all points at {full}, none at {zero}, in proportion between",
            )
        if direction == "down":
            return self._in("điểm theo tỷ lệ của phần còn lại (1 − giá trị)", "points in proportion to 1 − value")
        return self._in("điểm theo tỷ lệ của giá trị", "points in proportion to the value")

    # -- what follows from the total

    def information(self) -> Iterator[str]:
        """Indicators shown beside the points."""
        return (self.marks.indicator(name) for name in self.model.information)

    def decides(self) -> str:
        """Who grades what no band or condition settles."""
        if not self.model.grades:
            return ""
        decide = self._in(
            "Đủ điểm mà thiếu điều kiện, hoặc rơi vào khoảng bỏ trống: máy không xếp, người có thẩm quyền quyết định.",
            "Points without the condition, or a hole in the bands: the machine names no grade, a person decides.",
        )
        if self.model.by_conditions:
            decide = self._in(
                "Xét từ mức cao nhất: mức đầu tiên đạt điều kiện là mức được xếp; "
                "không đạt điều kiện của mức nào thì người có thẩm quyền quyết định.",
                "From the best down, the first grade whose condition holds; where none holds, a person decides.",
            )
        return decide

    def band(self, grade: Grade) -> str:
        """The points of a grade."""
        parts = []
        if grade.from_ is not None:
            parts.append(self._in(f"từ {self._number(grade.from_)}", f"from {self._number(grade.from_)}"))
        if grade.above is not None:
            parts.append(self._in(f"trên {self._number(grade.above)}", f"above {self._number(grade.above)}"))
        if grade.below is not None:
            parts.append(self._in(f"dưới {self._number(grade.below)}", f"below {self._number(grade.below)}"))
        return ", ".join(parts)

    def condition(self, grade: Grade) -> str:
        """What a grade asks for on top of points; nothing where the rule sets no condition."""
        if grade.when is None:
            return ""
        return self.marks.written(self.phrases.say(self.card.conditions[grade.id]), grade.when)

    def vetoes(self) -> Iterator[str]:
        """What makes the machine propose a grade, which a person decides."""
        for veto in self.model.vetoes:
            said = self.phrases.say(self.card.vetoes[veto.id])
            proposed = self.phrases.grade(veto.propose)
            name = self.marks.named(veto.title.in_(self.lang), veto.id)
            text = self._in(
                f"{name}: nếu {said}, máy đề xuất mức {proposed}. ",
                f"{name}: if {said}, the machine proposes {proposed}. ",
            )
            if veto.min_items:
                text += self._in(
                    f"Dưới {veto.min_items} việc thì chỉ nêu để xem xét. ",
                    f"On fewer than {veto.min_items} rows it is only shown for consideration. ",
                )
            decides = (
                "Chỉ có hiệu lực khi người có tên quyết định.",
                "It takes effect only when a named person decides.",
            )
            yield f"{text}{self._in(*decides)} {self._basis(veto)}".strip()

    def ceilings(self) -> Iterator[str]:
        """Whose grade may not be above which other."""
        for ceiling in self.model.ceilings:
            whom, above = words.ROLE[ceiling.for_].in_(self.lang), words.RELATED[ceiling.not_above].in_(self.lang)
            rule = self._in(f"{whom}, không cao hơn {above}", f"{whom}, not above {above}")
            name = self.marks.named(ceiling.title.in_(self.lang), ceiling.id)
            yield f"{name}: {rule}. {self._basis(ceiling)}".strip()

    def _basis(self, block: Sourced) -> str:
        return own_basis(block, self.lang)

    def population(self, rule: PopulationRule) -> Iterator[str]:
        """How many may hold a grade, in which groups."""
        capped, limit = self.phrases.grade(rule.cap), percent(rule.limit, self.lang)
        yield self._in(f"mức {capped}: nhiều nhất {limit} của mẫu số", f"{capped}: at most {limit} of the base")
        if rule.limit_if:
            when = self.phrases.say(self.card.limits[rule.id])
            other = percent(rule.limit_if.limit, self.lang)
            yield self._in(f"{other} nếu {when}", f"{other} if {when}")
        yield from self._readings(rule)
        groups = "; ".join(" × ".join(words.GROUPING[c].in_(self.lang) for c in group) for group in rule.each_of)
        yield self._in(f"tính lần lượt trong từng: {groups}", f"applied in turn within each: {groups}")
        if rule.applies_in:
            periods = ", ".join(CODES["period"][one].in_(self.lang).lower() for one in rule.applies_in)
            yield self._in(f"chỉ áp dụng khi xếp loại: {periods}", f"applies only to: {periods}")
        yield words.ROUNDING[rule.rounding].in_(self.lang)
        if rule.minimum:
            yield self._in(f"ít nhất {rule.minimum} người", f"at least {rule.minimum}")
        if rule.pool_below:
            yield self._in(
                f"các nhóm dưới {rule.pool_below} người gộp lại tính chung",
                f"groups of fewer than {rule.pool_below} are pooled and counted as one",
            )
        if rule.small:
            yield self._in(
                f"nhóm dưới {rule.small.below}: nhiều nhất {rule.small.allowed}",
                f"a group of fewer than {rule.small.below} may have at most {rule.small.allowed}",
            ) + (f". {basis}" if (basis := self._basis(rule.small)) else "")
        yield from self._worked(rule)
        yield words.TIES[rule.ties].in_(self.lang)
        if rule.tie_break:
            names = ", ".join(self._part_title(part) for part in rule.tie_break)
            yield self._in(f"bằng tổng điểm thì xét tiếp: {names}", f"equal totals are compared by: {names}")
        yield words.AFTER_SEAL[rule.after_seal].in_(self.lang)
        if basis := self._basis(rule):
            yield basis

    def _worked(self, rule: PopulationRule) -> Iterator[str]:
        """How many a group of few may have, where that hangs on its size alone: all of them are candidates."""
        reading = self._chosen(rule)
        if reading == "good_before":
            return
        most = {n: allowed(rule, reading, Fraction(rule.limit), n, 0) for n in range(1, WORKED + 1)}
        if rule.small:
            most |= {n: min(n, rule.small.allowed) for n in range(1, min(rule.small.below, WORKED + 1))}
        said = ", ".join(f"{n}: {number}" for n, number in most.items())
        yield self._in(
            f"số người được giữ mức, theo số người đạt từ mức liền dưới trở lên: {said}",
            f"how many may hold it, by the number of people at least one grade below: {said}",
        )

    def _chosen(self, rule: PopulationRule) -> str:
        parameter = self.book.head.parameters.get(rule.base)
        return str(parameter.values[-1].value) if parameter else rule.base

    def _readings(self, rule: PopulationRule) -> Iterator[str]:
        parameter = self.book.head.parameters.get(rule.base)
        chosen = self._chosen(rule)
        yield self._in("mẫu số: ", "base: ") + self.marks.coded(words.READING[chosen].in_(self.lang), chosen)
        if parameter:
            name = self.marks.parameter(rule.base)
            others = [name for name in (parameter.choices or CAP_READINGS) if name != chosen]
            said = "; ".join(self.marks.coded(words.READING[name].in_(self.lang), name) for name in others)
            yield self._in(
                f"cơ quan có thể chọn cách đọc khác bằng tham số {name}: {said}",
                f"a site may choose another reading by the parameter {name}: {said}",
            )

    def _part_title(self, part_id: str) -> str:
        """A part of this card, or of the card it rolls up."""
        of = self.model.roll_up.of if self.model.roll_up else None
        parts = self.book.scorecards[of].model.parts if of else self.model.parts
        return next((part.title.in_(self.lang) for part in parts if part.id == part_id), part_id)

    def strata(self) -> Iterator[str]:
        """Who is graded before whom."""
        titles = {stratum.id: words.ROLE[stratum.for_].in_(self.lang) for stratum in self.model.strata}
        for stratum in self.model.strata:
            reads = ", ".join(titles[other] for other in stratum.reads)
            after = self._in(f", sau {reads} vì đọc mức của họ", f", after {reads}, whose grades they read")
            yield titles[stratum.id] + (after if reads else "")

    def timetable(self) -> Iterator[str]:
        """By when each step of a period's evaluation is over, and on what that stands."""
        last = self._in("kỳ đánh giá kết thúc", "the end of the period")
        for step in self.model.timetable:
            title = step.title.in_(self.lang)
            if step.before is not None:
                month, day = step.before.split("-")
                due = self._in(f"trước {day}/{month}", f"before {day}/{month}") + self._special(step)
            elif step.count == "calendar_days":
                due = self._in(f"{step.days} ngày kể từ khi {last}", f"{step.days} days after {last}")
            else:
                due = self._in(f"{step.days} ngày làm việc kể từ khi {last}", f"{step.days} working days after {last}")
            over = self._in("; tự kết thúc khi hết hạn", "; over by itself") if step.by_itself else ""
            yield f"{title}: {due}{over}. {self._basis(step)}".strip()
            last = self._in(f"hết bước “{title}”", f"“{title}”")

    def _special(self, step: StepTerm) -> str:
        if step.special is None:
            return ""
        (month, day), basis = step.special.before.split("-"), self._basis(step.special)
        found = self._in(f"cơ quan đặc thù trước {day}/{month}", f"special agencies before {day}/{month}")
        return f" ({found}{'. ' + basis if basis else ''})"

    def published(self) -> Iterator[str]:
        """Official results to which ours are held."""
        for one in self.model.published:
            value, tolerance = self._number(one.value), self._number(one.tolerance)
            yield f"{one.subject}, {one.period}: {value} ± {tolerance}. {self._basis(one)}".strip()
