"""What whoever holds work does with it: takes it up, reports, delivers, passes it on, asks for time."""

from datetime import datetime

from django.utils import timezone

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.desk.acting import Current, Happening, person_of, write
from congtam.desk.models import CAUSES, Question
from congtam.desk.parties import called, decider, giver_of, held, must_be_there, open_work, work_of
from congtam.desk.questions import answered, ask, drop, silence_ends, still_open
from congtam.desk.silence import silent
from congtam.engine.explaining import formats
from congtam.engine.facts.cells import instant_text
from congtam.engine.facts.work import Share
from congtam.engine.periods import local_day
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.queries import units_of_all
from congtam.work.models import Event

UNASKED = ("more_time", "refusal", "confirmation", "recognition")
OF_A_HOLDER = ("more_time", "refusal")  # questions that have lost their sense once the work was handed on or delivered


def take_up(seat: Seat, item: int, *, now: datetime | None = None) -> None:
    """Start on one's share. Raises `Refused` when it was taken up already."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = work_of(item, seen)
        begun = held(found, who).taken_up_at
        if begun is not None:
            raise Refused(
                f"Việc này đã được tiếp nhận lúc {formats.moment(begun, 'vi')}; lần bấm này không ghi thêm gì.",
                f"This was taken up at {formats.moment(begun, 'en')}; nothing more was written.",
            )
        write(seat, "desk.take_up", found.root, [Happening("taken_up", who)], seen)


def report(seat: Seat, item: int, text: str, *, now: datetime | None = None) -> None:
    """Tell how one's share stands. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = work_of(item, seen)
        held(found, who)
        if not text.strip():
            raise Refused("Báo cáo còn trống. Hãy ghi tình hình.", "The report is empty. Say how the work stands.")
        write(seat, "desk.report", found.root, [Happening("step", who, value="report")], seen, why=text.strip())


def deliver(seat: Seat, item: int, text: str = "", *, now: datetime | None = None) -> Question | None:
    """Hand over what was asked for: one's share ends now. Who leads ends the whole item, with it the parts of those
    who helped, and asks for acceptance; None where nobody stands above to accept. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = work_of(item, seen)
        share = held(found, who)
        happened = [Happening("finished", who)]
        if [one.official for one in found.answering] != [share.official]:
            write(seat, "desk.deliver", found.root, happened, seen, why=text.strip())
            drop(found.root, seen, who, of=who, kinds=OF_A_HOLDER)
            return None
        others = [one for one in found.shares if one.state == "open" and one is not share]
        happened += [Happening("finished", int(one.official)) for one in others]
        if share.role != "lead":  # nobody leads: the item ends by an event of its own
            happened.append(Happening("finished"))
        write(seat, "desk.deliver", found.root, happened, seen, why=text.strip())
        drop(found.root, seen, who, kinds=OF_A_HOLDER)
        to = decider(found.root, who, local_day(seen))
        if to is None:
            return None
        return ask(found.root, "acceptance", who, to, seen, until=silence_ends(found.calendar, seen))


def take_back(seat: Seat, item: int, *, now: datetime | None = None) -> None:
    """Take back what one delivered by mistake, as long as nobody answered it: it was never finished. Raises
    `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = work_of(item, seen)
        waits = Question.objects.filter(item=found.root, kind="acceptance", by=who, state="open").first()
        own = [one for one in found.shares if one.official == str(who) and one.state == "finished"]
        late = waits is not None and silent(waits, seen)
        if not own or late or (waits is None and found.item is not None and found.item.state != "open"):
            raise Refused(
                "Không có lần giao nộp nào của bạn đang chờ nghiệm thu nên không rút lại được. Nếu kết quả đã được "
                "nghiệm thu, hãy đề nghị người giao mở lại việc.",
                "Nothing you delivered waits for acceptance, so there is nothing to take back. Once it was accepted, "
                "ask who gave the work to open it again.",
            )
        gone = [Happening("withdrawn", value=str(seq)) for seq in _written_with(found.root, own[-1])]
        write(seat, "desk.take_back", found.root, gone, seen)
        if waits is not None:
            answered(waits, "taken_back", seen, who)


def _written_with(item: int, share: Share) -> list[int]:
    """The numbers of the events by which a share was ended in Công Tâm. Raises `Refused` when another source did."""
    last = Event.objects.filter(item=item, seq__in=share.records, activity="finished").order_by("-seq").first()
    if last is None or not last.place.startswith("journal "):
        raise Refused(
            "Lần hoàn thành này do nguồn dữ liệu khác ghi. Hãy đính chính ở nguồn đó.",
            "Another source recorded that this was finished. Mend it there.",
        )
    same = Event.objects.filter(item=item, place=last.place, activity="finished")
    return list(same.order_by("seq").values_list("seq", flat=True))


def pass_on(
    seat: Seat, item: int, receiver: int, why: str = "", holder: int | None = None, *, now: datetime | None = None
) -> None:
    """Hand a share on to `receiver`, who has it from now on; what was late stays with who had it. `holder`: whose
    share, when a head moves it (None: one's own). Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = open_work(item, seen)
        whose = who if holder is None else holder
        share = held(found, whose)
        _may_pass(seat, whose, receiver, found)
        _not_in_a_circle(seat, whose, receiver, found)
        must_be_there(receiver, seen, share.due_at)
        write(seat, "desk.pass_on", found.root, [handed(found, share, receiver)], seen, why=why.strip(),
              of=whose, to=receiver)  # fmt: skip
        drop(found.root, seen, who, of=whose, kinds=OF_A_HOLDER)


def handed(found: Current, share: Share, receiver: int) -> Happening:
    """A share handed on: with its own deadline, where it has one that still lies ahead."""
    of_item = found.item.due_at if found.item else None
    own = share.due_at if share.due_at != of_item else None
    given = {"due_at": instant_text(own)} if own is not None and own > found.now else {}
    return Happening("passed_on", int(share.official), receiver, attributes=given)


def refuse_work(seat: Seat, item: int, why: str, *, now: datetime | None = None) -> Question:
    """Ask who gave the work to take it back; until they do, it stays where it is. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = open_work(item, seen)
        held(found, who)
        _says(why)
        question = ask(found.root, "refusal", who, decider(found.root, who, local_day(seen)), seen, text=why.strip())
        write(seat, "desk.refuse_work", found.root, [], seen)
        return question


def ask_time(
    seat: Seat,
    item: int,
    wanted: datetime,
    why: str,
    cause: str,
    proof: str = "",
    *,
    now: datetime | None = None,
) -> Question:
    """Ask for a later deadline. `cause`: own or outside, as the holder declares it; `proof`: the document that confirms
    it. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        found = open_work(item, seen)
        share = held(found, who)
        _says(why)
        if cause not in CAUSES:
            raise Refused(
                "Cần ghi nguyên nhân là chủ quan hay khách quan.", "Say whether the cause is one's own or outside."
            )
        if share.due_at is None:
            raise Refused("Việc này không có hạn nên không cần gia hạn.", "This work has no deadline to be moved.")
        if wanted <= max(seen, share.due_at):
            raise Refused(
                f"Hạn xin lùi phải sau thời điểm này và sau hạn đang có ({formats.moment(share.due_at, 'vi')}).",
                f"The deadline asked for has to lie ahead and after the present one "
                f"({formats.moment(share.due_at, 'en')}).",
            )
        question = ask(
            found.root, "more_time", who, decider(found.root, who, local_day(seen)), seen,
            text=why.strip(), wanted=wanted, cause=cause, proof=proof.strip(),
        )  # fmt: skip
        write(seat, "desk.ask_time", found.root, [], seen, wanted=instant_text(wanted), cause=cause)
        return question


def unask(seat: Seat, question: Question, *, now: datetime | None = None) -> None:
    """Take back what one asked, as long as nobody answered it. Raises `Refused`."""
    with in_order():
        seen, who = now or timezone.now(), person_of(seat)
        waits = still_open(question.pk)
        if waits.by_id != who or waits.kind not in UNASKED:
            raise Refused(
                "Chỉ người gửi được rút đề nghị của mình; kết quả đã giao nộp và yêu cầu phối hợp có nút riêng để rút.",
                "Only who asked may take the question back; work delivered and requests to units are taken back apart.",
            )
        write(seat, "desk.unask", waits.item_id, [], seen, to=waits.to_id)
        answered(waits, "taken_back", seen, who)


def _may_pass(seat: Seat, holder: int, receiver: int, found: Current) -> None:
    """Raises `Refused` for work that is not theirs to move, or that cannot go there."""
    name = called([receiver])
    heads = over_person(seat, Right.GIVE_WORK, receiver)
    if holder != seat.person and not over_person(seat, Right.GIVE_WORK, holder):
        raise Refused(
            "Chỉ người đang giữ việc hoặc người phụ trách đơn vị được chuyển việc này.",
            "Only who holds this work, or the head of their unit, may pass it on.",
        )
    homes = units_of_all([holder, receiver], local_day(found.now))
    if not heads and not set(homes.get(holder, [])) & set(homes.get(receiver, [])):
        raise Refused(
            f"{name} ở đơn vị khác. Hãy gửi yêu cầu phối hợp, hoặc đề nghị người phụ trách chung chuyển việc.",
            f"{name} works in another unit. Ask that unit for coordination, or have the head of both move the work.",
        )
    if receiver == holder or found.open_share(receiver) is not None:
        raise Refused(
            f"{name} đang cùng làm việc này rồi. Hãy chọn người khác.",
            f"{name} has a part in this work already. Choose somebody else.",
        )
    if receiver == giver_of(found.root):
        raise Refused(
            f"{name} là người giao việc này. Nếu không nhận được việc, hãy gửi đề nghị không nhận.",
            f"{name} gave this work. If it cannot be taken, ask to be relieved of it instead.",
        )


def _not_in_a_circle(seat: Seat, holder: int, receiver: int, found: Current) -> None:
    """Raises `Refused`, naming who had it, when work would come back to somebody who passed it on; a head of both may
    decide so."""
    had = [one for one in found.shares if one.official == str(receiver) and one.state == "passed_on"]
    if not had or (holder != seat.person and over_person(seat, Right.GIVE_WORK, receiver)):
        return
    way = [one for one in found.shares if one.received_at >= had[-1].received_at]
    names = " → ".join(called([int(one.official)]) for one in way)
    since = had[-1].finished_at or found.now
    raise Refused(
        f"{called([receiver])} đã giữ việc này và chuyển đi lúc {formats.moment(since, 'vi')} ({names}); việc không "
        "chuyển vòng. Hãy chọn người khác, hoặc đề nghị người phụ trách quyết định.",
        f"{called([receiver])} had this work and passed it on at {formats.moment(since, 'en')} ({names}); work "
        "does not go in a circle. Choose somebody else, or have the head of the unit decide.",
    )


def _says(why: str) -> None:
    if not why.strip():
        raise Refused("Cần ghi lý do.", "Give a reason.")
