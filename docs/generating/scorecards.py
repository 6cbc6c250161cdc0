"""The page of one scorecard."""

from collections.abc import Iterator
from decimal import Decimal

from congtam.engine.rulebook.bound import BoundScorecard, Rulebook
from congtam.engine.rulebook.model import (
    CAP_READINGS,
    Curve,
    Grade,
    Part,
    PopulationRule,
    Scorecard,
    Sourced,
)
from generating import words
from generating.indicators import linked_indicator, phrases_for
from generating.legal import basis_text, own_basis
from generating.markdown import bullets, code, figure, link, page, percent, table
from generating.phrases import Phrases
from generating.shelf import Shelf


def scorecard_page(shelf: Shelf, book: Rulebook, card: BoundScorecard) -> str:
    """One scorecard, in Vietnamese and in English, with the worked examples that show it."""
    path = shelf.scorecard_page(book.id, card.id)
    file = shelf.file(book, f"scorecards/{card.id}.yaml")
    title = card.model.title
    return page(
        f"{title.vi} · {title.en}",
        f"{code(card.id)} · {link(book.head.title.vi, path, shelf.index_page(book.id))} · {link('YAML', path, file)}",
        *_Telling(shelf, book, card, path, "vi").blocks(),
        *_Telling(shelf, book, card, path, "en").blocks(),
        *_examples(shelf, book, card, path),
    )


def _examples(shelf: Shelf, book: Rulebook, card: BoundScorecard, path: str) -> Iterator[str]:
    told = [one for one in shelf.examples[book.id] if one.example.scorecard == card.id]
    if told:
        yield "## Ví dụ tính được kiểm bằng máy · Worked examples, run by the tests"
        for file in dict.fromkeys(one.file for one in told):
            yield link(file.rpartition("/")[2], path, _file(shelf, book, file)) + ":"
            yield bullets(one.example.title for one in told if one.file == file)


def _file(shelf: Shelf, book: Rulebook, told: str) -> str:
    return f"{shelf.folders[book.id]}/{told.removeprefix(book.id + '/')}"


class _Telling:
    """Tells one scorecard in one language; a section stands only where the scorecard says something."""

    def __init__(self, shelf: Shelf, book: Rulebook, card: BoundScorecard, path: str, lang: str):
        self.shelf, self.book, self.card, self.path, self.lang = shelf, book, card, path, lang
        self.model: Scorecard = card.model
        self.phrases: Phrases = phrases_for(shelf, book, path, lang)

    def _in(self, vi: str, en: str) -> str:
        return en if self.lang == "en" else vi

    def _number(self, value: Decimal) -> str:
        return figure(value, self.lang)

    def _indicator(self, name: str) -> str:
        return linked_indicator(self.shelf, self.book, self.path, name, self.lang)

    def blocks(self) -> Iterator[str]:
        yield f"## {self._in('Tiếng Việt', 'English')}"
        yield table(["", ""], self.facts())
        sections = (
            (self._in("Mục điểm", "Parts"), "\n".join(self.parts(self.model.parts))),
            (self._in("Thông tin kèm theo, không tính điểm", "Shown beside the points"), bullets(self.information())),
            (self._in("Mức xếp loại", "Grades"), self.grades()),
            (
                self._in("Máy đề xuất, người quyết định", "The machine proposes, a person decides"),
                bullets(self.vetoes()),
            ),
            (self._in("Trần", "Ceilings"), bullets(self.ceilings())),
            (self._in("Giới hạn tỷ lệ", "Limits on how many"), "\n\n".join(self.population())),
            (self._in("Thứ tự xếp loại", "Who is graded first"), bullets(self.strata())),
            (self._in("Kết quả chính thức để đối chiếu", "Official results to hold it to"), bullets(self.published())),
        )
        for title, body in sections:
            if body:
                yield f"### {title}"
                yield body

    def facts(self) -> Iterator[tuple[str, str]]:
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
        of = self.book.scorecards[roll_up.of].model.title.in_(self.lang)
        linked = link(of, self.path, self.shelf.scorecard_page(self.book.id, roll_up.of))
        text = self._in(f"trung bình các kỳ đã đủ số liệu của {linked}", f"the mean of complete periods of {linked}")
        if roll_up.due_before:
            month, day = roll_up.due_before.split("-")
            text += self._in(f"; xếp loại trước {day}/{month}", f"; graded before {day}/{month}")
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

    def parts(self, parts: tuple[Part, ...], depth: int = 0) -> Iterator[str]:
        """The tree, each part below what it is part of."""
        indent = "  " * depth
        for part in parts:
            points = self._in(f"{self._number(part.points)} điểm", f"{self._number(part.points)} points")
            yield f"{indent}- **{part.title.in_(self.lang)}** ({code(part.id)}): {points}"
            for line in self._way(part):
                yield f"{indent}  - {line}"
            yield from self.parts(part.parts, depth + 1)

    def _way(self, part: Part) -> Iterator[str]:
        if part.from_:
            yield self._in("từ chỉ số ", "from the indicator ") + self._indicator(part.from_)
        for variant in part.formula:
            said = self.phrases.say(self.card.formulas[part.id][variant.for_])
            yield f"{words.ROLE[variant.for_].in_(self.lang)}: {said}: {code(variant.is_)}"
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
        return (self._indicator(name) for name in self.model.information)

    def grades(self) -> str:
        rows = [
            [grade.title.in_(self.lang), code(grade.id), self._band(grade), self._condition(grade)]
            for grade in self.model.grades
        ]
        header = [self._in("Mức", "Grade"), "", self._in("Điểm", "Points"), self._in("Điều kiện kèm theo", "Condition")]
        made = table(header, rows)
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
        return f"{made}\n\n{decide}" if made else ""

    def _band(self, grade: Grade) -> str:
        parts = []
        if grade.from_ is not None:
            parts.append(self._in(f"từ {self._number(grade.from_)}", f"from {self._number(grade.from_)}"))
        if grade.above is not None:
            parts.append(self._in(f"trên {self._number(grade.above)}", f"above {self._number(grade.above)}"))
        if grade.below is not None:
            parts.append(self._in(f"dưới {self._number(grade.below)}", f"below {self._number(grade.below)}"))
        return ", ".join(parts)

    def _condition(self, grade: Grade) -> str:
        if grade.when is None:
            return ""
        return f"{self.phrases.say(self.card.conditions[grade.id])}: {code(grade.when)}"

    def vetoes(self) -> Iterator[str]:
        for veto in self.model.vetoes:
            said = self.phrases.say(self.card.vetoes[veto.id])
            proposed = self.phrases.grade(veto.propose)
            text = self._in(
                f"**{veto.title.vi}** ({code(veto.id)}): nếu {said}, máy đề xuất mức {proposed}. ",
                f"**{veto.title.en}** ({code(veto.id)}): if {said}, the machine proposes {proposed}. ",
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
        for ceiling in self.model.ceilings:
            whom, above = words.ROLE[ceiling.for_].in_(self.lang), words.RELATED[ceiling.not_above].in_(self.lang)
            rule = self._in(f"{whom}, không cao hơn {above}", f"{whom}, not above {above}")
            yield f"**{ceiling.title.in_(self.lang)}** ({code(ceiling.id)}): {rule}. {self._basis(ceiling)}".strip()

    def _basis(self, block: Sourced) -> str:
        return own_basis(block, self.lang)

    def population(self) -> Iterator[str]:
        for rule in self.model.population_rules:
            yield f"**{rule.title.in_(self.lang)}** ({code(rule.id)})"
            yield bullets(self._population(rule))

    def _population(self, rule: PopulationRule) -> Iterator[str]:
        capped, limit = self.phrases.grade(rule.cap), percent(rule.limit, self.lang)
        yield self._in(f"mức {capped}: nhiều nhất {limit} của mẫu số", f"{capped}: at most {limit} of the base")
        if rule.limit_if:
            when = self.phrases.say(self.card.limits[rule.id])
            other = percent(rule.limit_if.limit, self.lang)
            yield self._in(f"{other} nếu {when}", f"{other} if {when}")
        yield from self._readings(rule)
        groups = "; ".join(" × ".join(words.GROUPING[c].in_(self.lang) for c in group) for group in rule.each_of)
        yield self._in(f"tính lần lượt trong từng: {groups}", f"applied in turn within each: {groups}")
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
        yield words.TIES[rule.ties].in_(self.lang)
        if rule.tie_break:
            names = ", ".join(self._part_title(part) for part in rule.tie_break)
            yield self._in(f"bằng tổng điểm thì xét tiếp: {names}", f"equal totals are compared by: {names}")
        if basis := self._basis(rule):
            yield basis

    def _readings(self, rule: PopulationRule) -> Iterator[str]:
        parameter = self.book.head.parameters.get(rule.base)
        chosen = str(parameter.values[-1].value) if parameter else rule.base
        yield self._in("mẫu số: ", "base: ") + f"{words.READING[chosen].in_(self.lang)} ({code(chosen)})"
        if parameter:
            others = [name for name in (parameter.choices or CAP_READINGS) if name != chosen]
            said = "; ".join(f"{words.READING[name].in_(self.lang)} ({code(name)})" for name in others)
            yield self._in(
                f"cơ quan có thể chọn cách đọc khác bằng tham số {code(rule.base)}: {said}",
                f"a site may choose another reading by the parameter {code(rule.base)}: {said}",
            )

    def _part_title(self, part_id: str) -> str:
        """A part of this card, or of the card it rolls up."""
        of = self.model.roll_up.of if self.model.roll_up else None
        parts = self.book.scorecards[of].model.parts if of else self.model.parts
        return next((part.title.in_(self.lang) for part in parts if part.id == part_id), part_id)

    def strata(self) -> Iterator[str]:
        titles = {stratum.id: words.ROLE[stratum.for_].in_(self.lang) for stratum in self.model.strata}
        for stratum in self.model.strata:
            reads = ", ".join(titles[other] for other in stratum.reads)
            after = self._in(f", sau {reads} vì đọc mức của họ", f", after {reads}, whose grades they read")
            yield titles[stratum.id] + (after if reads else "")

    def published(self) -> Iterator[str]:
        for one in self.model.published:
            value, tolerance = self._number(one.value), self._number(one.tolerance)
            yield f"{one.subject}, {one.period}: {value} ± {tolerance}. {self._basis(one)}".strip()
