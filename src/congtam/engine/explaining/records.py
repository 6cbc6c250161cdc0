"""Records told: each item that cost points once, what happened to it, and what it did to the score."""

from collections.abc import Iterator
from datetime import timedelta

from congtam.engine.explaining import words
from congtam.engine.explaining.formats import moment, scaled, signed, span
from congtam.engine.explaining.parts import figures_of
from congtam.engine.explaining.speech import Line, Section, Speech, everything
from congtam.engine.expressions.nodes import columns
from congtam.engine.facts.work import Fault, Share
from congtam.engine.periods import local_day
from congtam.engine.rulebook.catalogue import CatalogueBasis
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace, TraceRecord

ONE_DAY = timedelta(days=1)


def basis_in_words(basis: CatalogueBasis, lang: str) -> str:
    """An act with its article, and how sure that is."""
    where = f"{basis.act}, {basis.article}" if basis.article else basis.act
    return f"{where} – {words.CERTAINTIES[basis.certainty].in_(lang)}"


class RecordsTeller(Speech):
    """Items with their shares and faults."""

    def records(self, only: str | None) -> Section:
        """Every record that moved points, once, with all the points it moved."""
        parts = everything(self.trace.parts)
        asked = self.trace.parts if only is None else tuple(part for part in parts if part.id == only)
        wanted = {one.id for one in everything(asked)}
        lines = [
            line
            for record in self.trace.records
            if record.effect.if_good.total > 0 and any(part in wanted for part, _ in record.effect.if_good.parts)
            for line in self._record(record)
        ]
        if lines:
            lines.append(Line(words.OBJECTION.in_(self.lang), "records"))
        return Section(self.say("Công việc làm mất điểm", "Work that cost points"), tuple(lines))

    def _record(self, record: TraceRecord) -> Iterator[Line]:
        node = f"records.{record.item}"
        yield Line(f"{self._item(record)}: {self._happened(record)}.", node)
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
        if (weighed := self._weighed(record)) is not None:
            yield Line(weighed, f"{node}.coefficient", 1)
        seqs = ", ".join(str(seq) for seq in record.records)
        where = f" ({', '.join(record.sources)})" if record.sources else ""
        yield Line(self.say(f"Bản ghi số {seqs}{where}.", f"Records {seqs}{where}."), f"{node}.records", 1)

    def _weighed(self, record: TraceRecord) -> str | None:
        """Where the coefficient comes from when a catalogue gave it: which one, the code, the legal basis."""
        item = record.folded
        if item.coefficient_from is None or item.catalogue is None:
            return None
        catalogues = self.run.rulebook.catalogues
        listed = catalogues.listed(item.catalogue, local_day(item.received_at))
        assert listed is not None, "the fold read the coefficient there"
        catalogue, product = catalogues.by_id[listed.catalogue], listed.product
        basis = catalogue.basis_of(product)
        told = basis_in_words(basis, self.lang) if basis else "–"
        weight, title = scaled(product.hundredths, 2, self.lang), catalogue.title.in_(self.lang)
        return self.say(
            f"Hệ số {weight} theo danh mục “{title}”, mã {product.code}, căn cứ: {told}.",
            f"Coefficient {weight} by the catalogue “{title}”, code {product.code}, basis: {told}.",
        )

    def _part_title(self, part_id: str) -> str:
        return next(one.title.in_(self.lang) for one in everything(self.trace.parts) if one.id == part_id)

    def _item(self, record: TraceRecord) -> str:
        kind = words.KINDS.get(record.kind or "")
        title, code = self.names.get(("item", record.item)), self.code("item", record.item)
        named = f"{kind.in_(self.lang)} {code}" if kind else code
        return f"{named} “{title}”" if title else named

    def _happened(self, record: TraceRecord) -> str:
        told = [text for share in record.shares for text in self._share(share)]
        causes = [late for share in record.shares if (late := self._late(share))] + self._faults(record)
        missed = self._missed(record)
        causes += [text for share in record.shares for text in self._cost(share, missed)]
        unfinished = any(share.finished_at is None for share in record.shares)
        if missed and not causes and not unfinished:
            titles = [self.trace.indicators[name].title.in_(self.lang) for name in missed]
            causes.append(self.say(f"chưa đạt: {', '.join(titles)}", f"not met: {', '.join(titles)}"))
        ledger = record.folded.ledger
        if record.shares and ledger and ledger.provisional:
            causes.append(
                self.say("hạn tạm tính, chưa có lịch chính thức", "deadline provisional: no official calendar yet")
            )
        return ", ".join(told + causes) or self.say("không đủ dữ liệu để tả", "nothing recorded")

    def _faults(self, record: TraceRecord) -> list[str]:
        said, item = [self._fault(fault) for fault in record.faults if not fault.derived], record.folded
        if item.returns:
            said.append(self.say(f"bị trả lại {item.returns} lần", f"sent back {item.returns} times"))
        if item.reopened:
            said.append(self.say(f"mở lại {item.reopened} lần", f"reopened {item.reopened} times"))
        if item.late_extensions:
            said.append(self.say("có xin lùi hạn sau khi đã quá hạn", "an extension was asked after expiry"))
        return said

    def _missed(self, record: TraceRecord) -> list[str]:
        """The figures of the parts it moved in which the item does not count in full."""
        moved = {part for part, _ in record.effect.if_good.parts}
        parts = [part for part in everything(self.trace.parts) if part.id in moved]
        names = dict.fromkeys(name for part in parts for name in figures_of(self.run, part))
        return [name for name in names if self._is_short(name, record.item)]

    def _is_short(self, name: str, item: str) -> bool:
        one = self.trace.indicators.get(name)
        if one is None or self.run.rulebook.indicators[name].model.measure.kind not in ("share_of", "ratio_of"):
            return False
        rows = [row for row in one.rows if row.item == item and not row.unknown]
        scale = 10 ** max(0, one.top_scale - one.bottom_scale), 10 ** max(0, one.bottom_scale - one.top_scale)
        return any(row.top * scale[1] < row.bottom * scale[0] if one.direction == "up" else row.top > 0 for row in rows)

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

    def _cost(self, share: Share, missed: list[str]) -> Iterator[str]:
        """What of a share cost points though it was in time: taken up late, or marked low by the counterpart."""
        read = {column for name in missed for column in self._columns(name)}
        if "taken_up_at" in read:
            end = share.taken_up_at or share.finished_at
            waited = int(((end or self.run.asked.as_of) - share.received_at).total_seconds()) // 60
            told = span(waited, self.lang)
            if end is None:
                yield self.say(f"sau {told} chưa tiếp nhận", f"not taken up after {told}")
            else:
                yield self.say(f"tiếp nhận sau {told}", f"taken up after {told}")
        if "rating" in read and share.rating is not None:
            mark = scaled(share.rating, 6, self.lang)
            yield self.say(f"đối tác chấm {mark}/5", f"marked {mark}/5 by the counterpart")

    def _columns(self, name: str) -> frozenset[str]:
        nodes = self.run.rulebook.indicators[name].nodes
        return frozenset().union(*(columns(node) for key, node in nodes.items() if key != "among"))

    def _late(self, share: Share) -> str | None:
        end = share.finished_at or self.run.asked.as_of
        if share.due_at is None or end <= share.due_at:
            return None
        first, last = local_day(share.due_at), local_day(end - timedelta(microseconds=1))
        days = self.run.calendar.working_days(first + ONE_DAY, last + ONE_DAY)
        if days:
            return self.say(f"quá hạn {days} ngày làm việc", f"{days} working days late")
        return self.say("quá hạn chưa đến 1 ngày làm việc", "less than a working day late")

    def _fault(self, fault: Fault) -> str:
        title = words.FAULTS.get(fault.kind, Text(vi=fault.kind, en=fault.kind)).in_(self.lang)
        text = title if fault.fault.startswith(f"{fault.kind}:") else f"{title} {fault.fault}"  # else a name of its own
        if fault.voided_by:
            text += self.say(f" (đã miễn trừ theo {fault.voided_by})", f" (voided by {fault.voided_by})")
        return text


def happened(run: Run, trace: Trace, record: TraceRecord, lang: str) -> str:
    """What happened to one record that cost points, as part of a sentence: due when, done when, what went wrong."""
    return RecordsTeller(run, trace, lang)._happened(record)
