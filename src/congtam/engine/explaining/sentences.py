"""One subject's score as sentences: the total, each part, each record that moved points, and what is within reach."""

from congtam.engine.explaining import words
from congtam.engine.explaining.parts import PartsTeller, figures_of
from congtam.engine.explaining.records import RecordsTeller
from congtam.engine.explaining.speech import Line, Section, everything, grade_title, known, seen
from congtam.engine.facts.sealed import by_month
from congtam.engine.findings import Unusable, did_you_mean, unusable
from congtam.engine.rulebook.model import Certainty
from congtam.engine.scoring.grades import By, Proposal
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace


def explain(run: Run, trace: Trace, lang: str = "vi", part: str | None = None) -> list[Section]:
    """The sections that explain a score. With `part`, only that part and the records that moved it.

    Raises `Unusable` when there is no such part.
    """
    teller = _Teller(run, trace, lang)
    if part is not None and part not in (ids := [one.id for one in everything(trace.parts)]):
        raise _no_part(run, trace, part, ids)
    sections = [teller.summary(), teller.parts(part), teller.records(part), teller.within_reach(), teller.basis(part)]
    if part is None:
        sections.insert(2, teller.conditions())
    return [section for section in sections if section.lines]


def _no_part(run: Run, trace: Trace, asked: str, ids: list[str]) -> Unusable:
    holding = [one.id for one in everything(trace.parts) if asked in figures_of(run, one) and not one.parts]
    if not holding:
        return unusable("unknown-part", f"there is no part {asked!r}", did_you_mean(asked, ids))
    named = ", ".join(repr(one) for one in holding)
    advice = " or ".join(f"--part {one}" for one in holding)
    return unusable("unknown-part", f"{asked!r} is an indicator of the part {named}, no part itself", f"ask {advice}")


class _Teller(PartsTeller, RecordsTeller):
    """The whole of one trace."""

    def summary(self) -> Section:
        """What is scored, the total, the grade, and what waits for people."""
        subject, trace = self.trace.subject, self.trace
        title = self.name("unit" if subject.units else "official", subject.code)
        period = self.run.asked.period.title(self.lang)
        head = f"{self.run.card.model.title.in_(self.lang)}, {period}; {seen(self.run, self.lang)}."
        lines = [Line(head, "header")]
        if self.run.trial:
            lines.append(Line(words.TRIAL.in_(self.lang) + ".", "header.trial"))
        lines += [Line(self._total(), "total"), Line(self._grade(), "graded")]
        lines += [Line(self._proposal(p), f"graded.proposals.{p.veto}") for p in trace.graded.proposals]
        if self.run.card.model.roll_up:
            lines.append(Line(self._months(), "months"))
        return Section(title, tuple(lines))

    def _total(self) -> str:
        if self.run.card.model.by_conditions:
            return self.say("Xếp loại theo điều kiện, không tính điểm.", "Graded by conditions, without points.")
        trace, whole = self.trace, self.pts(int(self.run.card.model.points * 1_000_000))
        if trace.total is not None and (trace.parts or any(total is not None for _, total in trace.months)):
            return self.say(f"Tổng {self.pts(trace.total)}/{whole} điểm.", f"Total {self.pts(trace.total)} of {whole}.")
        nothing = words.NOTHING_MEASURED.in_(self.lang)
        low, high = self.pts(trace.lowest), self.pts(trace.highest)
        if trace.measurable:
            earned, most = self.pts(trace.earned), self.pts(trace.measurable)
            vi, en = f"{earned}/{most} điểm đã đo được", f"{earned} of the {most} points that can be measured"
        elif trace.lowest == trace.highest:
            return self.say(f"Đến nay {nothing}.", f"So far {nothing}.")
        else:
            vi, en = nothing, nothing
        return self.say(f"Đến nay {vi}; tổng có thể từ {low} đến {high}.", f"So far {en}; total {low} to {high}.")

    def _grade(self) -> str:
        graded = self.trace.graded
        if graded.by is By.INSUFFICIENT and (lacking := self._lacking()):
            return lacking
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
        return f"{words.BEFORE_CAPS.in_(self.lang)}: {title.in_(self.lang)}{reason}{decided}."

    def _lacking(self) -> str:
        """Why there is too little for a grade: what there is, and what the scorecard asks for at least."""
        minimum, subject = self.run.card.model.minimum, self.trace.subject
        held = sum(1 for _, total in self.trace.months if total is not None)
        items = None if self.run.card.model.roll_up else self.run.scores[subject.code].n_items
        months = held if self.run.card.model.roll_up else None
        counted = (
            (items, minimum.items, "việc", "", "items"),
            (subject.working_days, minimum.working_days, "ngày làm việc", "", "working days"),
            (months, max(1, minimum.months), "tháng", " đủ số liệu", "months with all figures"),
        )
        asked = [(there, least, vi, w, en) for there, least, vi, w, en in counted if there is not None and least]
        short = [(there, vi, w, en) for there, least, vi, w, en in asked if there < least]
        if not short:
            return ""
        nothing = not any(there for there, *_ in short)
        has = " và ".join(f"{vi} nào{w}" if nothing else f"{there} {vi}{w}" for there, vi, w, _ in short)
        needs = " và ".join(f"{least} {vi}{w}" for _, least, vi, w, _ in asked)
        has_en = " and ".join(f"{there} {en}" for there, _, _, en in short)
        needs_en = " and ".join(f"{least} {en}" for _, least, _, _, en in asked)
        return self.say(
            f"{'Chưa có' if nothing else 'Mới có'} {has}; cần ít nhất {needs} để xếp loại.",
            f"Only {has_en} so far; a grade needs at least {needs_en}.",
        )

    def _proposal(self, p: Proposal) -> str:
        title = next(g.title for g in self.run.card.model.grades if g.id == p.propose)
        state = words.PROPOSALS[p.state].in_(self.lang)
        return self.say(
            f"{p.title.vi} (tính trên {p.n} việc): đề xuất “{title.vi}” – {state}.",
            f"{p.title.en} (over {p.n} items): proposes “{title.en}” – {state}.",
        )

    def _months(self) -> str:
        held = [f"{label}: {self.pts(total)}" for label, total in self.trace.months if total is not None]
        none = [label for label, total in self.trace.months if total is None]
        settled = by_month(self.run.facts.sealed)
        gaps = [
            label for label in none if (row := settled.get(label, {}).get(self.trace.subject.code)) and not row.seal
        ]
        empty = [label for label in none if label not in gaps]
        text = self.say("Chưa có tháng nào đủ số liệu", "No month has all its figures yet")
        if held:
            text = self.say(
                f"Gồm {len(held)} tháng ({'; '.join(held)})", f"Holds {len(held)} months ({'; '.join(held)})"
            )
        if self.trace.received:
            sent = ", ".join(self.trace.received)
            text += self.say(f"; {sent} theo kết quả nơi khác gửi", f"; {sent} as another body sent it")
        if settled and self.trace.provisional:
            open_ = ", ".join(self.trace.provisional)
            text += self.say(f"; {open_} tạm tính từ số liệu, chưa chốt", f"; {open_} provisional, not sealed")
        if gaps:
            text += self.say(f"; không gồm {', '.join(gaps)} (chưa chốt)", f"; without {', '.join(gaps)} (not sealed)")
        if empty:
            text += self.say(
                f"; không gồm {', '.join(empty)} (chưa đủ dữ liệu hoặc còn thiếu số liệu)",
                f"; without {', '.join(empty)} (not enough data, or figures missing)",
            )
        return text + "."

    # -- what is within reach, and on what it all stands

    def within_reach(self) -> Section:
        """Work not yet due, and the fewest items that would have given a better grade."""
        lines = []
        scored = {name for part in self.trace.parts for name in figures_of(self.run, part)}
        pending = {row["_item"] for name in scored for row in self.ahead(name)} if self.run.live else set()
        if pending:
            lines.append(
                Line(
                    self.say(
                        f"Còn {len(pending)} việc của kỳ chưa đến hạn: làm xong đúng hạn sẽ được tính đủ.",
                        f"{len(pending)} items are not yet due: done in time they count in full.",
                    ),
                    "pending",
                )
            )
        if reach := self.trace.reach:
            title = next(g.title for g in self.run.card.model.grades if g.id == reach.grade).in_(self.lang)
            items, n = ", ".join(self.code("item", one) for one in reach.items), len(reach.items)
            least = self.say(
                "số việc ít nhất cần làm được" if reach.smallest else "số việc ít nhất tìm được",
                "the fewest items that do" if reach.smallest else "the fewest items found",
            )
            total = self.pts(reach.total)
            lines.append(
                Line(
                    self.say(
                        f"Nếu {n} việc sau đúng hạn và không lỗi thì được “{title}” ({total} điểm; {least}): {items}.",
                        f"Had these {n} items been in time and without faults: “{title}” "
                        f"({total} points; {least}): {items}.",
                    ),
                    "reach",
                )
            )
        return Section(self.say("Điều gì thay đổi được kết quả", "What would change the result"), tuple(lines))

    def basis(self, only: str | None) -> Section:
        """The rulebook's notice, what is unverified, and what it was computed from."""
        header, lines = self.trace.header, []
        head = self.run.rulebook.head
        if head.notice:
            lines.append(Line(head.notice.in_(self.lang), "rulebook.notice"))
        lines += [
            Line(f"{words.CERTAINTIES[Certainty.UNVERIFIED].in_(self.lang)}: {', '.join(titles)}. {note}", "indicators")
            for note, titles in self._unverified(only).items()
        ]
        used, meaning, calendar = known(self.run, self.lang), header.meaning[:12], header.calendar[:12]
        lines.append(
            Line(
                self.say(
                    f"Bộ quy tắc {header.rulebook} (mã nội dung quy tắc {meaning}), lịch {calendar}; "
                    f"bản ghi đến số {header.seq}, {used}.",
                    f"Rulebook {header.rulebook} (code of its rules {meaning}), calendar {calendar}; "
                    f"records up to {header.seq}, {used}.",
                ),
                "header",
            )
        )
        return Section(self.say("Căn cứ", "Basis"), tuple(lines))

    def _unverified(self, only: str | None) -> dict[str, list[str]]:
        """Titles of the unverified figures that were looked at, by what is not known about them."""
        asked = [part for part in everything(self.trace.parts) if only in (None, part.id)]
        read = {name for part in asked for name in figures_of(self.run, part)}
        found: dict[str, list[str]] = {}
        for one in self.trace.indicators.values():
            if one.certainty is Certainty.UNVERIFIED and one.id in read:
                note = one.note or (one.legal_basis.note if one.legal_basis else None)
                found.setdefault(note.in_(self.lang) if note else "", []).append(one.title.in_(self.lang))
        return found


__all__ = ["Line", "Section", "explain", "grade_title"]
