"""One subject's score as sentences: the total, each part, each record that moved points, and what is within reach."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from congtam.engine.explaining import words
from congtam.engine.explaining.formats import figure, moment, names, points, scaled, signed
from congtam.engine.facts.work import Fault, Share
from congtam.engine.findings import did_you_mean, unusable
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Certainty, Text
from congtam.engine.scoring.grades import Proposal
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.tree import PartScore
from congtam.engine.states import State
from congtam.engine.trace import Trace, TraceIndicator, TraceRecord

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One sentence, and the node of the trace it was rendered from."""

    text: str
    node: str
    indent: int = 0


@dataclass(frozen=True)
class Section:
    """A heading with its sentences."""

    title: str
    lines: tuple[Line, ...]


def explain(run: Run, trace: Trace, lang: str = "vi", part: str | None = None) -> list[Section]:
    """The sections that explain a score. With `part`, only that part and the records that moved it.

    Raises `Unusable` when there is no such part.
    """
    teller = _Teller(run, trace, lang)
    if part is not None:
        known = [one.id for one in _all(trace.parts)]
        if part not in known:
            raise unusable("unknown-part", f"there is no part {part!r}", did_you_mean(part, known))
    sections = [teller.summary(), teller.parts(part), teller.records(part), teller.within_reach(), teller.basis(part)]
    return [section for section in sections if section.lines]


def _all(parts: tuple[PartScore, ...]) -> list[PartScore]:
    return [one for part in parts for one in (part, *_all(part.parts))]


class _Teller:
    def __init__(self, run: Run, trace: Trace, lang: str):
        self.run, self.trace, self.lang = run, trace, lang
        self.names = names(run.facts)

    def say(self, vi: str, en: str) -> str:
        return en if self.lang == "en" else vi

    def name(self, kind: str, code: str | None) -> str:
        if code is None:
            return "–"
        text = self.names.get((kind, code))
        return f"{text} ({code})" if text else code

    def pts(self, micro: int | None) -> str:
        return points(micro, self.lang, self.run.card.model.rounding.shown)

    # -- the total

    def summary(self) -> Section:
        subject, trace = self.trace.subject, self.trace
        title = self.name("unit" if subject.units else "official", subject.code)
        period = self.run.asked.period.title(self.lang)
        seen = moment(self.run.asked.as_of, self.lang)
        lines = [
            Line(
                f"{self.run.card.model.title.in_(self.lang)}, {period}; "
                + self.say(f"nhìn lúc {seen}", f"seen at {seen}")
                + (f" ({words.LIVE.in_(self.lang)})" if self.run.live else ""),
                "header",
            ),
        ]
        if self.run.trial:
            lines.append(Line(words.TRIAL.in_(self.lang) + ".", "header.trial"))
        lines.append(Line(self._total(), "total"))
        lines.append(Line(self._grade(), "graded"))
        lines += [Line(self._proposal(p), f"graded.proposals.{p.veto}") for p in trace.graded.proposals]
        if trace.months:
            lines.append(Line(self._months(), "months"))
        return Section(title, tuple(lines))

    def _total(self) -> str:
        trace, whole = self.trace, self.pts(int(self.run.card.model.points * 1_000_000))
        if trace.total is not None:
            return self.say(f"Tổng {self.pts(trace.total)}/{whole} điểm.", f"Total {self.pts(trace.total)} of {whole}.")
        low, high = self.pts(trace.lowest), self.pts(trace.highest)
        return self.say(
            f"Đến nay được {self.pts(trace.earned)} trên {self.pts(trace.measurable)} điểm đã đo được; "
            f"tổng có thể từ {low} đến {high}.",
            f"So far {self.pts(trace.earned)} of the {self.pts(trace.measurable)} points that can be measured; "
            f"the total may be {low} to {high}.",
        )

    def _grade(self) -> str:
        graded = self.trace.graded
        title = next((g.title for g in self.run.card.model.grades if g.id == graded.grade), None)
        reason = f" ({graded.reason.in_(self.lang)})" if graded.reason and title else ""
        if title is None:
            return graded.reason.in_(self.lang) + "." if graded.reason else words.BY[graded.by].in_(self.lang) + "."
        decided = ""
        if graded.decision:
            decided = self.say(
                f"; quyết định {graded.decision.number} của ", f"; decision {graded.decision.number} by "
            )
            decided += self.name("official", graded.decision.by)
        before = self.say("Xếp loại trước khi áp tỷ lệ", "Grade before caps")
        return f"{before}: {title.in_(self.lang)}{reason}{decided}."

    def _proposal(self, p: Proposal) -> str:
        title = next(g.title for g in self.run.card.model.grades if g.id == p.propose)
        state = words.PROPOSALS[p.state].in_(self.lang)
        return self.say(
            f"{p.title.vi} (n = {p.n}): đề xuất “{title.vi}” – {state}.",
            f"{p.title.en} (n = {p.n}): proposes “{title.en}” – {state}.",
        )

    def _months(self) -> str:
        held = [f"{label}: {self.pts(total)}" for label, total in self.trace.months if total is not None]
        empty = [label for label, total in self.trace.months if total is None]
        text = self.say(f"Gồm {len(held)} tháng ({'; '.join(held)})", f"Holds {len(held)} months ({'; '.join(held)})")
        if empty:
            text += self.say(
                f"; không gồm {', '.join(empty)} (chưa đủ dữ liệu hoặc còn thiếu số liệu)",
                f"; without {', '.join(empty)} (not enough data, or figures missing)",
            )
        return text + "."

    # -- parts and indicators

    def parts(self, only: str | None) -> Section:
        lines = [line for part in self.trace.parts for line in self._part(part, 0, only)]
        return Section(self.say("Điểm từng mục", "Points by part"), tuple(lines))

    def _part(self, part: PartScore, indent: int, only: str | None) -> Iterator[Line]:
        inside = [one.id for one in _all((part,))]
        if only is None or only in inside:
            yield Line(self._part_text(part), f"parts.{part.id}", indent)
            for name in part.indicators:
                yield Line(self._indicator(self.trace.indicators[name]), f"indicators.{name}", indent + 1)
            for child in part.parts:
                yield from self._part(child, indent + 1, None if only == part.id else only)

    def _part_text(self, part: PartScore) -> str:
        title = part.title.in_(self.lang)
        if part.points is None:
            state = words.STATES[part.state].in_(self.lang)
            moved = ""
            if part.state in (State.NOT_APPLICABLE, State.EXCUSED) and part.stated:
                moved = self.say(
                    f"; {self.pts(part.stated)} điểm chia cho các mục khác",
                    f"; its {self.pts(part.stated)} points go to the other parts",
                )
            return f"{title}: {state}{moved}."
        text = f"{title}: {self.pts(part.points)}/{self.pts(part.maximum)}"
        if part.lost:
            text += self.say(f", mất {self.pts(part.lost)}", f", lost {self.pts(part.lost)}")
        return text + "."

    def _indicator(self, one: TraceIndicator) -> str:
        title = one.title.in_(self.lang)
        if one.state is not State.VALUE:
            return f"{title}: {words.STATES[one.state].in_(self.lang)}{self._unknown(one)}."
        if one.unit == "points":
            given = f"{scaled(one.top, 6, self.lang)}/{scaled(one.bottom, 6, self.lang)}"
            by = (
                self.say(
                    f", người chấm: {self.name('official', one.given_by)}",
                    f", given by {self.name('official', one.given_by)}",
                )
                if one.given_by
                else ""
            )
            return f"{title}: {given}{by}."
        value = figure(Fraction(one.value or 0), one.unit, self.lang)
        if one.rows:
            top, bottom = (scaled(one.top, one.top_scale, self.lang), scaled(one.bottom, one.bottom_scale, self.lang))
            of = f" = {top} / {bottom}" if one.unit == "percent" else ""
            return f"{title}: {value}{of} (n = {one.n}{self._unknown(one)})."
        return f"{title}: {value}{self._unknown(one)}."

    def _unknown(self, one: TraceIndicator) -> str:
        text = ""
        if one.n_unknown:
            text += self.say(f"; {one.n_unknown} chưa có số liệu", f"; {one.n_unknown} unknown")
        if one.n_pending:
            text += self.say(f"; {one.n_pending} chưa đến hạn", f"; {one.n_pending} not yet due")
        return text

    # -- records

    def records(self, only: str | None) -> Section:
        """Every record that moved points, once, with all the points it moved."""
        asked = self.trace.parts if only is None else tuple(p for p in _all(self.trace.parts) if p.id == only)
        wanted = {one.id for one in _all(asked)}
        lines = [
            line
            for record in self.trace.records
            if record.effect.if_good.total > 0 and any(part in wanted for part, _ in record.effect.if_good.parts)
            for line in self._record(record)
        ]
        return Section(self.say("Công việc làm mất điểm", "Work that cost points"), tuple(lines))

    def _record(self, record: TraceRecord) -> Iterator[Line]:
        node = f"records.{record.item}"
        yield Line(f"{self._item(record)}: {self._happened(record)}", node)
        good, without = record.effect.if_good, record.effect.without
        moved = "; ".join(f"{self._part_title(part)} {signed(micro, self.lang)}" for part, micro in good.parts)
        yield Line(
            self.say(
                f"Nếu đúng hạn và không lỗi: {signed(good.total, self.lang)} điểm ({moved}). "
                f"Nếu không có việc này: {signed(without.total, self.lang)}.",
                f"If in time and without faults: {signed(good.total, self.lang)} points ({moved}). "
                f"Without it: {signed(without.total, self.lang)}.",
            ),
            f"{node}.effect",
            1,
        )
        seqs = ", ".join(str(seq) for seq in record.records[:8]) + (" …" if len(record.records) > 8 else "")
        where = f" ({', '.join(record.sources[:3])})" if record.sources else ""
        yield Line(self.say(f"Bản ghi số {seqs}{where}.", f"Records {seqs}{where}."), f"{node}.records", 1)

    def _part_title(self, part_id: str) -> str:
        return next(one.title.in_(self.lang) for one in _all(self.trace.parts) if one.id == part_id)

    def _item(self, record: TraceRecord) -> str:
        kind = words.KINDS.get(record.kind or "")
        title = self.names.get(("item", record.item))
        named = f"{kind.in_(self.lang)} {record.item}" if kind else record.item
        return f"{named} “{title}”" if title else named

    def _happened(self, record: TraceRecord) -> str:
        said = [text for share in record.shares for text in self._share(share)]
        said += [self._fault(fault) for fault in record.faults if not fault.derived]
        item = record.folded
        if item.returns:
            said.append(self.say(f"bị trả lại {item.returns} lần", f"sent back {item.returns} times"))
        if item.late_extensions:
            said.append(self.say("có xin lùi hạn sau khi đã quá hạn", "an extension was asked after expiry"))
        if record.shares and item.ledger and item.ledger.provisional:
            said.append(
                self.say("hạn tạm tính, chưa có lịch chính thức", "deadline provisional: no official calendar yet")
            )
        return (", ".join(said) or self.say("không đủ dữ liệu để tả", "nothing recorded")) + "."

    def _share(self, share: Share) -> Iterator[str]:
        if share.role == "support":
            yield words.SHARE_ROLES["support"].in_(self.lang)
        if share.due_at is None:
            yield self.say("không có hạn riêng", "no deadline of its own")
        else:
            yield self.say(f"hạn {moment(share.due_at, self.lang)}", f"due {moment(share.due_at, self.lang)}")
        end = share.finished_at
        if end is None:
            yield self.say("chưa hoàn thành", "not finished")
        else:
            handed = share.state == "passed_on"
            done = self.say("chuyển tiếp", "passed on") if handed else self.say("hoàn thành", "finished")
            yield f"{done} {moment(end, self.lang)}"
        if late := self._late(share):
            yield late

    def _late(self, share: Share) -> str | None:
        end = share.finished_at or self.run.asked.as_of
        if share.due_at is None or end <= share.due_at:
            return None
        first, last = local_day(share.due_at), local_day(end - timedelta(microseconds=1))
        days = self.run.calendar.working_days(first + ONE_DAY, last + ONE_DAY)
        if days:
            return self.say(f"quá hạn {days} ngày làm việc", f"{days} working days late")
        return self.say("quá hạn trong ngày", "late on the day")

    def _fault(self, fault: Fault) -> str:
        title = words.FAULTS.get(fault.kind, Text(vi=fault.kind, en=fault.kind)).in_(self.lang)
        text = f"{title} {fault.fault}"
        if fault.voided_by:
            text += self.say(f" (đã miễn trừ theo {fault.voided_by})", f" (voided by {fault.voided_by})")
        return text

    # -- what is within reach, and on what it all stands

    def within_reach(self) -> Section:
        lines = []
        pending = max((one.n_pending for one in self.trace.indicators.values()), default=0)
        if self.run.live and pending:
            lines.append(
                Line(
                    self.say(
                        f"Còn {pending} việc của kỳ chưa đến hạn: làm xong đúng hạn sẽ được tính đủ.",
                        f"{pending} items are not yet due: done in time they count in full.",
                    ),
                    "pending",
                )
            )
        if reach := self.trace.reach:
            title = next(g.title for g in self.run.card.model.grades if g.id == reach.grade).in_(self.lang)
            items = ", ".join(reach.items)
            kind = self.say(
                "nhỏ nhất" if reach.smallest else "nhỏ nhất tìm được",
                "smallest" if reach.smallest else "smallest found",
            )
            lines.append(
                Line(
                    self.say(
                        f"Nếu {len(reach.items)} việc sau đúng hạn và không lỗi thì được “{title}” "
                        f"({self.pts(reach.total)} điểm; bộ {kind}): {items}.",
                        f"Had these {len(reach.items)} items been in time and without faults: “{title}” "
                        f"({self.pts(reach.total)} points; {kind} set): {items}.",
                    ),
                    "reach",
                )
            )
        return Section(self.say("Điều gì thay đổi được kết quả", "What would change the result"), tuple(lines))

    def basis(self, only: str | None) -> Section:
        header, lines = self.trace.header, []
        head = self.run.rulebook.head
        if head.notice:
            lines.append(Line(head.notice.in_(self.lang), "rulebook.notice"))
        lines += [
            Line(f"{words.CERTAINTIES[Certainty.UNVERIFIED].in_(self.lang)}: {', '.join(titles)}. {note}", "indicators")
            for note, titles in self._unverified(only).items()
        ]
        known = moment(header.known_at, self.lang) if header.known_at else self.say("mọi bản ghi", "all records")
        lines.append(
            Line(
                self.say(
                    f"Bộ quy tắc {header.rulebook} (ý nghĩa {header.meaning[:12]}), lịch {header.calendar[:12]}, "
                    f"bản ghi đến số {header.seq}, biết đến: {known}.",
                    f"Rulebook {header.rulebook} (meaning {header.meaning[:12]}), calendar {header.calendar[:12]}, "
                    f"records up to {header.seq}, known: {known}.",
                ),
                "header",
            )
        )
        return Section(self.say("Căn cứ", "Basis"), tuple(lines))

    def _unverified(self, only: str | None) -> dict[str, list[str]]:
        """Titles of the unverified figures that were looked at, by what is not known about them."""
        asked = [part for part in _all(self.trace.parts) if only in (None, part.id)]
        read = {name for part in asked for inside in _all((part,)) for name in inside.indicators}
        found: dict[str, list[str]] = {}
        for one in self.trace.indicators.values():
            if one.certainty is Certainty.UNVERIFIED and one.id in read:
                note = one.note or (one.legal_basis.note if one.legal_basis else None)
                found.setdefault(note.in_(self.lang) if note else "", []).append(one.title.in_(self.lang))
        return found


def grade_title(run: Run, grade: str | None, lang: str) -> str:
    """What a grade is called in a table, or a dash."""
    titles: Mapping[str, Text] = {one.id: one.short or one.title for one in run.card.model.grades}
    return titles[grade].in_(lang) if grade is not None and grade in titles else "–"


__all__ = ["Line", "Section", "explain", "grade_title"]
