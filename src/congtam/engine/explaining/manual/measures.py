"""A measure in sentences: which rows it looks at, and what is divided by what."""

from collections.abc import Iterator

from congtam.engine.explaining.manual import words
from congtam.engine.explaining.manual.legal import own_basis
from congtam.engine.explaining.manual.phrases import Phrases
from congtam.engine.explaining.manual.plain import figure, percent
from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.model import Anchors, InPeriod, Measure, SharedWork

_GIVEN = ("rating_of", "reported", "survey", "formula", "pair")


def measure_sentences(indicator: BoundIndicator, phrases: Phrases) -> list[str]:
    """How an indicator is measured, one sentence after the other."""
    told = _Telling(indicator, phrases)
    kind = indicator.model.measure.kind
    lines = list(getattr(told, f"_{kind}")())
    return lines if kind in _GIVEN else [told.looked_at(), *lines, *told.further()]


class _Telling:
    """Tells one indicator in one language; each kind of measure has a method of its name."""

    def __init__(self, indicator: BoundIndicator, phrases: Phrases):
        self.model, self.nodes, self.phrases = indicator.model, indicator.nodes, phrases
        self.measure: Measure = indicator.model.measure
        self.table = self.measure.source
        self.one = words.TABLE[self.table].in_(phrases.lang)
        self.noun = self.one + ("s" if phrases.lang == "en" else "")

    def _in(self, vi: str, en: str) -> str:
        return en if self.phrases.lang == "en" else vi

    def _say(self, key: str) -> str:
        return self.phrases.say(self.nodes[key], table=self.table)

    def looked_at(self) -> str:
        """Which rows count."""
        when = words.IN_PERIOD[self.measure.in_period].in_(self.phrases.lang)
        if self.table == "fault":
            when = self._in("phát hiện trong kỳ", "found in the period")
        line = self._in(f"Xét các {self.noun} {when}", f"Looks at {self.noun} {when}")
        if "among" in self.nodes:
            line += self._in(f", chỉ tính {self.one} {self._say('among')}", f", only where {self._say('among')}")
        return f"{line}."

    def further(self) -> Iterator[str]:
        """What else the rule says about rows."""
        measure = self.measure
        if measure.carry_over == "once" and measure.in_period in (InPeriod.DUE_OR_CARRIED, InPeriod.DUE_OR_OPEN):
            yield self._in(
                "Việc còn mở từ kỳ trước không bị tính lại: mỗi việc chỉ tính ở kỳ đến hạn.",
                "Work still open from before is not charged again: each counts in the period it was due.",
            )
        if measure.charged_later:
            yield self._in(
                "Lỗi phát hiện sau khi kỳ của công việc đã qua thì trừ vào kỳ ghi trên lỗi.",
                "A fault found after the item's own period is charged to the period named on the fault.",
            )
        if measure.cap is not None:
            most = percent(measure.cap, self.phrases.lang)
            yield self._in(f"Không vượt quá {most}.", f"Never more than {most}.")
        if self.table == "share":
            yield self._shared(self.model.shared_work)

    def _shared(self, shared: SharedWork) -> str:
        lang = self.phrases.lang
        credit, blame = words.CREDIT[shared.credit].in_(lang), words.BLAME[shared.blame].in_(lang)
        due = words.DUE[shared.due].in_(lang)
        return self._in(
            f"Việc nhiều người làm: công {credit}; lỗi: {blame}; hạn: {due}.",
            f"Work of several people: credit {credit}; faults: {blame}; deadline: {due}.",
        )

    def _weight(self) -> str:
        if "weigh" not in self.nodes:
            return self._in(f"số {self.noun}", f"the number of {self.noun}")
        return self._in(
            f"tổng {self._say('weigh')} của các {self.noun}", f"the sum of {self._say('weigh')} over {self.noun}"
        )

    def _share_of(self) -> Iterator[str]:
        that = self._say("that")
        yield self._in(f"Tử số: {self._weight()} mà {that}.", f"Numerator: {self._weight()} where {that}.")
        yield self._in(f"Mẫu số: {self._weight()} được xét.", f"Denominator: {self._weight()} looked at.")

    def _ratio_of(self) -> Iterator[str]:
        yield self._in(f"Tử số: tổng của {self._say('top')}.", f"Numerator: the sum of {self._say('top')}.")
        yield self._in(f"Mẫu số: tổng của {self._say('bottom')}.", f"Denominator: the sum of {self._say('bottom')}.")

    def _count_of(self) -> Iterator[str]:
        that = self._in(f" mà {self._say('that')}", f" where {self._say('that')}") if "that" in self.nodes else ""
        yield self._in(f"Giá trị: {self._weight()}{that}.", f"Value: {self._weight()}{that}.")

    def _sum_of(self) -> Iterator[str]:
        yield self._in(f"Giá trị: tổng của {self._say('value')}.", f"Value: the sum of {self._say('value')}.")

    def _mean_of(self) -> Iterator[str]:
        yield self._in(f"Giá trị: trung bình của {self._say('value')}.", f"Value: the mean of {self._say('value')}.")

    def _quantile_of(self) -> Iterator[str]:
        assert self.measure.quantile_of is not None
        at = percent(self.measure.quantile_of.at, self.phrases.lang)
        value = self._say("value")
        yield self._in(
            f"Giá trị: mức mà {at} số {self.noun} không vượt quá, tính theo {value}.",
            f"Value: what {at} of the {self.noun} do not exceed, in {value}.",
        )

    def _rating_of(self) -> Iterator[str]:
        rating = self.measure.rating_of
        assert rating is not None
        stage, out_of = words.STAGE[rating.stage].in_(self.phrases.lang), figure(rating.out_of, self.phrases.lang)
        yield self._in(
            f"Điểm do người chấm cho tiêu chí `{rating.criterion}` ({stage}), chia cho {out_of}.",
            f"The mark a person gives on the criterion `{rating.criterion}` ({stage}), divided by {out_of}.",
        )
        if rating.outcomes:
            told = self._in(" hoặc ", " or ").join(figure(one, self.phrases.lang) for one in rating.outcomes)
            yield self._in(f"Chỉ có các mức {told}.", f"There is only {told}.")
        if rating.anchors:
            yield from self._anchors(rating.anchors)

    def _anchors(self, anchors: Anchors) -> Iterator[str]:
        """What marks stand for, and who says so."""
        for one in anchors.levels:
            start, says = figure(one.from_, self.phrases.lang), one.says.in_(self.phrases.lang)
            why = self._in(" Cần ghi lý do.", " Needs a reason.") if one.reason else ""
            yield self._in(f"Từ {start}: {says}{why}", f"From {start}: {says}{why}")
        if basis := own_basis(anchors, self.phrases.lang):
            yield basis

    def _reported(self) -> Iterator[str]:
        yield self._in(
            f"Số liệu được báo cáo cho `{self.measure.reported}` trong kỳ; chưa báo cáo là thiếu, không phải 0.",
            f"The figure reported for `{self.measure.reported}` in the period; not reported is missing, not 0.",
        )

    def _survey(self) -> Iterator[str]:
        survey = self.measure.survey
        assert survey is not None
        floor = figure(survey.from_, self.phrases.lang)
        yield self._in(
            f"Tử số: số câu trả lời cho câu hỏi `{survey.question}` từ {floor} trở lên.",
            f"Numerator: answers to the question `{survey.question}` of at least {floor}.",
        )
        yield self._in("Mẫu số: số câu trả lời trong kỳ.", "Denominator: answers given in the period.")

    def _formula(self) -> Iterator[str]:
        said = self.phrases.say(self.nodes["formula"])
        yield self._in(f"Giá trị: {said}.", f"Value: {said}.")

    def _pair(self) -> Iterator[str]:
        assert self.measure.pair is not None
        holds, fails = (percent(value, self.phrases.lang) for value in self.measure.pair.values)
        when = self.phrases.say(self.nodes["when"])
        yield self._in(f"{holds} nếu {when}, không thì {fails}.", f"{holds} if {when}, otherwise {fails}.")
