"""Which deeds a person may do on a piece of work now, what each asks for, and what it does.

Only what the desk would not refuse is offered: each rule here says in a line what the desk says in its refusals.
"""

from collections.abc import Callable
from dataclasses import dataclass

from congtam.access.gate import Right, over_person
from congtam.access.seats import Seat
from congtam.desk import coordinating, deciding, doing
from congtam.desk.parties import decides
from congtam.engine.facts.work import Share
from congtam.engine.rulebook.model import Text
from congtam.people.queries import units_of_all
from congtam.web.pages.task import act_forms as forms
from congtam.web.pages.task import whom
from congtam.web.pages.task.reading import Piece


@dataclass(frozen=True)
class Stand:
    """Where a person stands to a piece of work. `mine`: the share they hold now; `leading`: the share of whoever leads,
    that they may move as a head; `decides`: they gave it, or are a head over who did; `asked`: they asked another unit
    for it; `delivered`: they delivered, and nobody has answered yet."""

    seat: Seat
    piece: Piece
    mine: Share | None
    leading: Share | None
    decides: bool
    asked: bool
    delivered: bool

    @property
    def open(self) -> bool:
        """Whether the work is open."""
        return self.piece.state == "open"

    def waits(self, kind: str) -> bool:
        """Whether something of this kind that they asked waits for an answer."""
        return self.seat.person is not None and self.piece.open_question(kind, self.seat.person) is not None


def stand_of(seat: Seat, piece: Piece) -> Stand:
    """Where a seat stands to a piece of work."""
    person = seat.person or 0
    met = {int(share.official) for share in piece.found.shares} | ({piece.giver} if piece.giver else set())
    seat.homes.update(units_of_all(met - seat.homes.keys(), seat.day))  # the gate asks for each of them
    mine = piece.found.open_share(person)
    leads = [share for share in piece.found.answering if share is not mine]
    heads = bool(leads) and over_person(seat, Right.GIVE_WORK, int(leads[0].official))
    asks = piece.kind == coordinating.KIND and piece.giver == person
    return Stand(
        seat,
        piece,
        mine,
        leads[0] if heads else None,
        decides(seat, piece.found, piece.giver),
        asks,
        any(_delivered_here(share, piece, person) for share in piece.found.shares),
    )


def _delivered_here(share: Share, piece: Piece, person: int) -> bool:
    """Whether a share is one that this person delivered here, and that nobody has answered for."""
    if share.official != str(person) or share.state != "finished":
        return False
    waits = piece.state == "open" or piece.open_question("acceptance", person) is not None
    ended = [one for one in piece.events if one.activity == "finished" and one.seq in share.records]
    return waits and bool(ended) and ended[-1].place.startswith("journal ")


def takes_part(stand: Stand) -> bool:
    """Whether a piece of work is one's own to open: one holds or held it, gave it, is asked about it, or heads
    somebody who does."""
    seat, piece = stand.seat, stand.piece
    people = {int(share.official) for share in piece.found.shares} | ({piece.giver} if piece.giver else set())
    people |= {one for question in piece.asked for one in (question.by_id, question.to_id)}
    return seat.person in people or any(over_person(seat, Right.GIVE_WORK, person) for person in people)


@dataclass(frozen=True)
class Act:
    """A deed: `slug` in the address, what its button says and what is said when it was done. `may`: to whom it is
    offered; `do`: what it does with what was filled in. `kind`: how the button looks."""

    slug: str
    title: Text
    done: Text
    form: type[forms.Act]
    may: Callable[[Stand], bool]
    do: Callable[[Seat, int, forms.Act, Stand], object]
    kind: str = "quiet"

    @property
    def plain(self) -> bool:
        """Whether it needs no words."""
        return self.form is forms.Plain

    @property
    def apart(self) -> bool:
        """Whether its form is made only when it is asked for: it lists people."""
        return self.form is forms.PassOn


def _passing(seat: Seat, item: int, form: forms.Act, stand: Stand) -> None:
    told = form.cleaned_data
    holder = None if stand.mine else int(stand.leading.official) if stand.leading else None
    doing.pass_on(seat, item, int(told["receiver"]), told["why"], holder)


ACTS = (
    Act(
        "tiep-nhan",
        Text(vi="Tiếp nhận", en="Take it up"),
        Text(vi="Đã tiếp nhận việc.", en="You took the work up."),
        forms.Plain,
        lambda stand: stand.mine is not None and stand.mine.taken_up_at is None,
        lambda seat, item, form, stand: doing.take_up(seat, item),
        "main",
    ),
    Act(
        "giao-nop",
        Text(vi="Giao nộp kết quả", en="Deliver"),
        Text(vi="Đã giao nộp; việc chờ nghiệm thu.", en="Delivered; it waits to be accepted."),
        forms.Deliver,
        lambda stand: stand.mine is not None,
        lambda seat, item, form, stand: doing.deliver(seat, item, form.cleaned_data["text"]),
        "main",
    ),
    Act(
        "bao-cao",
        Text(vi="Báo cáo tiến độ", en="Report"),
        Text(vi="Đã ghi báo cáo.", en="Your report was written."),
        forms.Report,
        lambda stand: stand.mine is not None,
        lambda seat, item, form, stand: doing.report(seat, item, form.cleaned_data["text"]),
    ),
    Act(
        "xin-them-gio",
        Text(vi="Xin thêm thời gian", en="Ask for more time"),
        Text(vi="Đã gửi đề nghị; hạn giữ nguyên cho đến khi được đồng ý.", en="Asked; the deadline stays until then."),
        forms.AskTime,
        lambda stand: stand.open and stand.mine is not None and stand.mine.due_at is not None
        and not stand.waits("more_time"),
        lambda seat, item, form, stand: doing.ask_time(
            seat, item, form.instant("wanted"), form.cleaned_data["why"], form.cleaned_data["cause"],
            form.cleaned_data["proof"],
        ),
    ),
    Act(
        "chuyen",
        Text(vi="Chuyển cho người khác", en="Pass it on"),
        Text(vi="Đã chuyển việc.", en="Passed on."),
        forms.PassOn,
        lambda stand: stand.open and (stand.mine is not None or stand.leading is not None),
        _passing,
    ),
    Act(
        "khong-nhan",
        Text(vi="Xin không nhận", en="Ask not to take it"),
        Text(vi="Đã gửi đề nghị; bạn vẫn giữ việc cho đến khi được đồng ý.", en="Asked; you have it until then."),
        forms.Why,
        lambda stand: stand.open and stand.mine is not None and stand.mine.taken_up_at is None
        and not stand.waits("refusal"),
        lambda seat, item, form, stand: doing.refuse_work(seat, item, form.cleaned_data["why"]),
    ),
    Act(
        "rut-lai",
        Text(vi="Rút lại kết quả đã giao nộp", en="Take the delivery back"),
        Text(vi="Đã rút lại; việc đang mở như trước.", en="Taken back; the work is open as before."),
        forms.Plain,
        lambda stand: stand.delivered,
        lambda seat, item, form, stand: doing.take_back(seat, item),
    ),
    Act(
        "gia-han",
        Text(vi="Gia hạn", en="Extend"),
        Text(vi="Đã gia hạn.", en="Extended."),
        forms.Extend,
        lambda stand: stand.open and stand.decides,
        lambda seat, item, form, stand: deciding.extend(
            seat, item, form.instant("until"), form.cleaned_data["why"], form.cleaned_data["decision"]
        ),
    ),
    Act(
        "mo-lai",
        Text(vi="Mở lại", en="Open it again"),
        Text(vi="Đã mở lại việc.", en="The work is open again."),
        forms.Why,
        lambda stand: stand.piece.state == "finished" and stand.decides and not _waits_acceptance(stand),
        lambda seat, item, form, stand: deciding.reopen(seat, item, form.cleaned_data["why"]),
    ),
    Act(
        "danh-gia",
        Text(vi="Chấm việc phối hợp", en="Rate the help"),
        Text(vi="Đã ghi điểm chấm.", en="Your mark was written."),
        forms.Rate,
        lambda stand: stand.asked and _helped_unrated(stand),
        lambda seat, item, form, stand: coordinating.rate(seat, item, int(form.cleaned_data["mark"])),
    ),
    Act(
        "bao-cao-cap-tren",
        Text(vi="Báo cáo cấp trên chung", en="Escalate"),
        Text(vi="Đã báo cáo người phụ trách chung.", en="The head of both units was asked."),
        forms.Why,
        lambda stand: stand.asked and stand.open and not stand.waits("escalation")
        and all(share.state != "open" for share in stand.piece.found.shares),
        lambda seat, item, form, stand: coordinating.escalate(seat, item, form.cleaned_data["why"]),
    ),
    Act(
        "huy",
        Text(vi="Hủy việc", en="Cancel the work"),
        Text(vi="Đã hủy việc.", en="The work was cancelled."),
        forms.Why,
        lambda stand: stand.open and stand.decides,
        lambda seat, item, form, stand: deciding.cancel(seat, item, form.cleaned_data["why"]),
        "danger",
    ),
)  # fmt: skip


def offered(stand: Stand) -> list[Act]:
    """What a person may do now, in the order of the page."""
    return [act for act in ACTS if act.may(stand)]


def receivers(stand: Stand) -> whom.Choices:
    """To whom a piece of work may be passed on: by its holder to people of the same unit, by a head to anybody under
    them; not to who has a part in it, nor to who gave it."""
    piece = stand.piece
    out = {share.official for share in piece.found.shares if share.state == "open"}
    out |= {str(piece.giver)}
    return whom.without(whom.beside(stand.seat), out)


def _waits_acceptance(stand: Stand) -> bool:
    return any(one.kind == "acceptance" and one.state == "open" for one in stand.piece.asked)


def _helped_unrated(stand: Stand) -> bool:
    helped = [one for one in stand.piece.found.shares if one.role == "support" and one.state == "finished"]
    return bool(helped) and helped[-1].rating is None
