"""Draft slips: shown to everyone of a cycle, spoken to line by line, shown again when their figures changed; whoever
says nothing until the term passed had no remark."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of, require, seen_from
from congtam.engine.explaining import formats
from congtam.engine.rulebook.model import StepTerm
from congtam.history.actor import SYSTEM, Actor
from congtam.history.conflict import expect_standing
from congtam.history.laying import put
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.objections.lines import differs, lines_of, row_of, rows_of
from congtam.objections.models import AGREE, REMARK, SILENT, Remark, Saying, Slip
from congtam.objections.sayings import said_to
from congtam.objections.terms import days_of, rules_of, terms_of
from congtam.scores.models import Run, RunScore
from congtam.scores.taking import take

SETTLED = timedelta(days=30)  # so long after its seal nothing of a cycle's slips waits to be written any more
LONGEST = 2000  # letters of a remark


def show_slips(seat: Seat, cycle: Cycle, *, now: datetime | None = None) -> list[Slip]:
    """Take a draft run and show everyone what it gave them; those who see the same figures already keep their slip.
    Once the step is over, only slips that changed are shown again. The slips that were shown.

    Raises `Refused` without the right, before the step of draft slips, and after the seal."""
    seen = now or timezone.now()
    if not over_unit(seat, Right.KEEP_CYCLE, cycle.agency_id):
        raise Refused(
            "Bạn không giữ việc đánh giá của cơ quan này nên không đưa phiếu cho cán bộ xem được. "
            "Hãy nhờ bộ phận tổ chức cán bộ của cơ quan.",
            "You do not keep the evaluation of this agency, so you cannot show slips. Ask its personnel office.",
        )
    new = _shows_new(cycle, seen)
    taken = take(cycle.agency_id, period_of(cycle), seen, "draft", as_of=seen_from(cycle, seen))
    with in_order():
        return _show(seat.actor, cycle, taken.runs.values(), seen, new=new and _shows_new(cycle, seen))


def show_again(cycle: Cycle, now: datetime) -> list[Slip]:
    """Take a draft run again and show those whose figures changed their slip once more, with a term of its own. A
    sealed cycle shows nothing more."""
    if terms_of(cycle, now).sealed or not Slip.standing().filter(cycle=cycle).exists():
        return []
    taken = take(cycle.agency_id, period_of(cycle), now, "draft", as_of=seen_from(cycle, now))
    with in_order():
        return _show(SYSTEM, cycle, taken.runs.values(), now, new=False)


def slip_of(cycle: Cycle, person: int) -> Slip | None:
    """The slip somebody was shown last; None while they were shown none."""
    return Slip.objects.filter(cycle=cycle, person=person, replaced_by=None).first()


def say(seat: Seat, slip: Slip, line: str, said: str, text: str = "", *, now: datetime | None = None) -> Saying:
    """Say something to one line of one's own slip: `agree`, or `remark` with words. Said again until the term passes,
    the last one counts.

    Raises `Refused`: another's slip, no words, after its term or the seal; `Conflict` when it was shown again
    meanwhile; `LookupError` for no such line.
    """
    with in_order():
        seen = now or timezone.now()
        standing = _open_to(seat, slip, seen)
        if line not in {one.id for one in lines_of(row_of(standing))}:
            raise LookupError(line)
        made = _put(seat, standing, line, said, text, seen)
        note(seat.actor, "objections.say", "person", standing.person_id, {"line": line, "said": said})
        return made


def agree_to_rest(seat: Seat, slip: Slip, *, now: datetime | None = None) -> int:
    """Agree to every line nothing was said to yet; how many. Raises as `say` does."""
    with in_order():
        seen = now or timezone.now()
        standing = _open_to(seat, slip, seen)
        terms = terms_of(standing.cycle, seen)
        found = said_to([standing], terms)[standing.seq]
        left = [one.id for one in lines_of(row_of(standing)) if one.id not in found]
        for line in left:
            _put(seat, standing, line, AGREE, "", seen)
        if left:
            note(seat.actor, "objections.agree", "person", standing.person_id, {"lines": left})
        return len(left)


def settle_silence(now: datetime) -> int:
    """Write down who said nothing until their term passed, at that instant; to how many slips that was."""
    count = 0
    for cycle in Cycle.objects.filter(pk__in=Slip.standing().values("cycle")):
        with in_order():
            terms = terms_of(cycle, now)
            seal = terms.steps.get("seal")
            if seal is not None and seal.state == "done" and seal.since < now - SETTLED:
                continue
            slips = list(Slip.objects.filter(cycle=cycle, replaced_by=None).select_related("cycle").order_by("seq"))
            found = said_to(slips, terms)
            for slip in slips:
                silent = [
                    line for line, one in found[slip.seq].items() if one.said == SILENT and _unwritten(slip, line)
                ]
                until = terms.speak_until(slip)
                for line in silent if until <= now else ():
                    put(SYSTEM, Saying(slip=slip, line=line, said=SILENT, at=until))
                if silent and until <= now:
                    told = {"lines": silent, "at": formats.moment(until, "vi")}
                    note(SYSTEM, "objections.silence", "person", slip.person_id, told)
                    count += 1
    return count


def _shows_new(cycle: Cycle, now: datetime) -> bool:
    """Whether slips go to who has none yet: while the step is open. Raises `Refused` where nothing is shown."""
    terms = terms_of(cycle, now)
    step = terms.steps.get("draft_slip")
    over = step is not None and step.state == "done" and not terms.sealed
    if over and Slip.objects.filter(cycle=cycle).exists():
        return False
    require(cycle, "draft_slip", now)
    return True


def _unwritten(slip: Slip, line: str) -> bool:
    return not Saying.objects.filter(slip=slip, line=line, replaced_by=None).exists()


def _open_to(seat: Seat, slip: Slip, now: datetime) -> Slip:
    """The slip, when this seat may still say something to it."""
    if seat.person != slip.person_id:
        raise Refused(
            "Chỉ người được đánh giá mới cho ý kiến trên phiếu của mình. Hãy đăng nhập bằng tài khoản của người ấy.",
            "Only who is graded speaks to the own slip. Sign in as that person.",
        )
    standing = expect_standing(Slip, slip.seq)
    terms = terms_of(standing.cycle, now)
    until = terms.speak_until(standing)
    if terms.sealed or until <= now:
        vi, en = formats.moment(until, "vi"), formats.moment(until, "en")
        raise Refused(
            f"Hạn cho ý kiến trên phiếu đã hết lúc {vi} nên không ghi thêm. Dòng nào chưa đúng thì gửi đề nghị "
            "xem xét lại cho riêng dòng đó, khi bước xem xét lại còn mở.",
            f"The term for remarks ended at {en}, so nothing more is written. Where a line is wrong, ask for a review "
            "of that line while such requests are taken.",
        )
    return standing


def _put(seat: Seat, slip: Slip, line: str, said: str, text: str, now: datetime) -> Saying:
    words = text.strip()[:LONGEST]
    if said not in (AGREE, REMARK):
        raise LookupError(said)
    if said == REMARK and not words:
        raise Refused(
            "Có ý kiến thì phải ghi ý kiến. Hãy viết vài chữ ở dòng ấy rồi gửi lại.",
            "A remark needs words. Write some at that line, then send again.",
        )
    before = Saying.objects.filter(slip=slip, line=line, replaced_by=None).first()
    made = put(seat.actor, Saying(slip=slip, line=line, said=said, at=now), instead_of=before)
    if said == REMARK:
        Remark.objects.create(seq=made.seq, text=words)
    return made


def _show(actor: Actor, cycle: Cycle, runs: Iterable[Run], now: datetime, *, new: bool) -> list[Slip]:
    """Put a slip in the place of each that shows other figures; with `new` also to who has none. Inside
    `in_order()`."""
    standing = {one.person_id: one for one in Slip.objects.filter(cycle=cycle, replaced_by=None)}
    rows = rows_of(standing.values())
    shown, rules = [], dict[str, dict[str, StepTerm]]()
    for row in RunScore.objects.filter(run__in=list(runs)).select_related("run").order_by("person"):
        before = standing.get(row.person_id)
        if before is None and not new:
            continue
        if before is not None and not differs(rows[before.seq], row):
            continue
        if row.card not in rules:
            rules[row.card] = dict(rules_of(cycle, row.card))
        slip = Slip(
            cycle=cycle,
            person_id=row.person_id,
            run=row.run,
            turn=before.turn + 1 if before else 1,
            shown_at=now,
            alone_days=days_of(rules[row.card], "draft_slip"),
            speak_days=days_of(rules[row.card], "review"),
        )
        shown.append(put(actor, slip, instead_of=before))
    if shown:
        note(actor, "objections.show_slips", "cycle", cycle.pk, {"period": cycle.period, "people": len(shown)})
    return shown
