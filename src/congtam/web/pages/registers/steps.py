"""The steps a document may take: who may take each, what is filled in, what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.forms import Form, model_to_dict

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.calendars.queries import national_calendar
from congtam.engine.rulebook.model import Text
from congtam.people.queries import leaders_in, names_of
from congtam.registers import drafting, entering, issuing, routing
from congtam.registers.models import IN, Document, Review
from congtam.registers.proposing import proposed_due
from congtam.web.pages.registers import forms
from congtam.web.pages.task.whom import colleagues, people_under
from congtam.web.receiving import handed_in

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Stand:
    """Where a seat stands to a document: whether it keeps the register, leads the agency, drafted the document, is
    asked about its last version."""

    seat: Seat
    document: Document
    keeps: bool
    leads: bool
    drafted: bool
    asked: bool
    now: datetime


@dataclass(frozen=True)
class Step:
    """One step: `slug` in the address, what its button says, what is told once it is done; `kind`: main, quiet or
    danger."""

    slug: str
    title: Text
    done: Text
    may: Callable[[Stand], bool]
    form: Callable[..., Form]
    do: Callable[[Seat, int, Told], object]
    kind: str = "quiet"


def stand_of(seat: Seat, document: Document, now: datetime) -> Stand:
    """Where a seat stands to a document."""
    asked = Review.objects.filter(paper__document=document, reviewer=seat.person, answered_at=None)
    return Stand(
        seat,
        document,
        over_unit(seat.writing, Right.KEEP_REGISTERS, document.agency_id),
        over_unit(seat.writing, Right.GIVE_WORK, document.agency_id),
        seat.person is not None and document.drafter_id == seat.person,
        document.state == "review" and seat.person is not None and asked.exists(),
        now,
    )


def offered(stand: Stand) -> list[Step]:
    """What the seat may do with the document now, the next step first."""
    return [one for one in STEPS if one.may(stand)]


def blank(step: Step, stand: Stand, given: Any = None, files: Any = None) -> Form:
    """The form of a step, as it is first shown or as it was sent."""
    return step.form(stand, given, files, auto_id=f"{step.slug}-%s")


def leaders(agency: int, day: date) -> list[tuple[str, str]]:
    """The leaders of an agency, as choices."""
    people = leaders_in([agency], day)
    names = names_of(people)
    return [(str(one), names.get(one, f"#{one}")) for one in people]


def _in(stand: Stand, *states: str) -> bool:
    return stand.document.state in states


def _may_mend(stand: Stand) -> bool:
    entered = stand.document.direction == IN and not stand.document.secrecy
    return stand.keeps and entered and _in(stand, "entered", "submitted", "assigned")


def _plain(form: Callable[..., Form]) -> Callable[..., Form]:
    return lambda stand, given, files, **told: form(given, files, **told)


def _submit(stand: Stand, given: Any, files: Any, **told: Any) -> Form:
    return forms.Submit(given, leaders=leaders(stand.document.agency_id, stand.seat.day), **told)


def _assign(stand: Stand, given: Any, files: Any, **told: Any) -> Form:
    due = proposed_due(stand.document.urgency, stand.now).date()
    return forms.Assign(given, people=people_under(stand.seat), initial={"due": due}, **told)


def _ask(stand: Stand, given: Any, files: Any, **told: Any) -> Form:
    return forms.AskReview(given, people=colleagues(stand.seat), **told)


def _correct(stand: Stand, given: Any, files: Any, **told: Any) -> Form:
    return forms.Printed(given, initial=model_to_dict(stand.document), **told)


def _issue(stand: Stand, given: Any, files: Any, **told: Any) -> Form:
    return forms.Issue(given, initial={"text": stand.document.recipients}, **told)


def _do_assign(seat: Seat, number: int, told: Told) -> object:
    return routing.assign(
        seat,
        number,
        int(told["lead"]),
        tuple(int(one) for one in told["support"]),
        due=national_calendar().close_of(told["due"]),
        instruction=told["text"],
    )


STEPS = (
    Step(
        "gop-y",
        Text(vi="Góp ý bản này", en="Answer the review"),
        Text(vi="Đã gửi ý kiến.", en="Your verdict was sent."),
        lambda stand: stand.asked,
        _plain(forms.Answer),
        lambda seat, number, told: drafting.answer_review(seat, number, told["verdict"] == "approved", told["text"]),
        "main",
    ),
    Step(
        "trinh",
        Text(vi="Trình lãnh đạo", en="Submit to a leader"),
        Text(vi="Đã trình.", en="Submitted."),
        lambda stand: stand.keeps and not stand.document.secrecy and _in(stand, "entered", "submitted"),
        _submit,
        lambda seat, number, told: routing.submit(seat, number, int(told["leader"]), told["text"]),
        "main",
    ),
    Step(
        "giao",
        Text(vi="Giao xử lý", en="Assign"),
        Text(vi="Đã giao việc.", en="Assigned."),
        lambda stand: stand.leads and _in(stand, "submitted"),
        _assign,
        _do_assign,
        "main",
    ),
    Step(
        "luu",
        Text(vi="Lưu, không phải xử lý", en="Only file it"),
        Text(vi="Đã cho lưu.", en="Filed."),
        lambda stand: stand.leads and _in(stand, "submitted"),
        _plain(forms.Reason),
        lambda seat, number, told: routing.file_away(seat, number, told["text"]),
    ),
    Step(
        "xin-gop-y",
        Text(vi="Xin góp ý, xin duyệt", en="Ask for a review"),
        Text(vi="Đã gửi xin góp ý.", en="The reviewers were asked."),
        lambda stand: stand.drafted and _in(stand, "draft", "review"),
        _ask,
        lambda seat, number, told: drafting.ask_review(
            seat, number, [int(one) for one in told["reviewers"]], told["text"]
        ),
        "main",
    ),
    Step(
        "ky",
        Text(vi="Nộp bản đã ký số", en="Hand in the signed PDF"),
        Text(vi="Chữ ký hợp lệ, đã ghi nhận văn bản đã ký.", en="The signature counts; the document is signed."),
        lambda stand: (stand.drafted or stand.keeps) and _in(stand, "approved", "signed"),
        _plain(forms.Signed),
        lambda seat, number, told: issuing.sign(seat, number, handed_in(told["file"])),
        "main",
    ),
    Step(
        "ban-hanh",
        Text(vi="Ban hành, lấy số", en="Issue, take the number"),
        Text(
            vi="Đã lấy số và ban hành. Hãy gửi trong hôm nay, chậm nhất ngày làm việc tiếp theo.",
            en="Numbered and issued. Send it today, on the next working day at the latest.",
        ),
        lambda stand: stand.keeps and _in(stand, "signed"),
        _issue,
        lambda seat, number, told: issuing.issue(seat, number, told["text"]),
        "main",
    ),
    Step(
        "da-gui",
        Text(vi="Ghi đã gửi", en="It was sent"),
        Text(vi="Đã ghi lần gửi.", en="Noted as sent."),
        lambda stand: stand.keeps and not stand.document.secrecy and _in(stand, "issued"),
        _plain(forms.Words),
        lambda seat, number, told: issuing.send(seat, number, told["text"]),
        "main",
    ),
    Step(
        "ban-moi",
        Text(vi="Nộp bản mới", en="Hand in a new version"),
        Text(vi="Đã nhận bản mới. Hãy xin góp ý lại.", en="The new version is here. Ask for a review again."),
        lambda stand: stand.drafted and _in(stand, *drafting.OPEN),
        _plain(forms.Version),
        lambda seat, number, told: drafting.revise(seat, number, handed_in(told["file"]), told["text"]),
    ),
    Step(
        "them-tep",
        Text(vi="Thêm tệp", en="Add its file"),
        Text(vi="Đã thêm tệp.", en="The file was added."),
        _may_mend,
        _plain(forms.Attach),
        lambda seat, number, told: entering.attach(seat, number, handed_in(told["file"])),
    ),
    Step(
        "sua",
        Text(vi="Đính chính nội dung vào sổ", en="Correct what was entered"),
        Text(vi="Đã đính chính; nội dung trước đó còn trong diễn biến.", en="Corrected; what it said before is kept."),
        _may_mend,
        _correct,
        lambda seat, number, told: entering.correct(seat, number, entering.Arrival(**told)),
    ),
    Step(
        "bo",
        Text(vi="Bỏ dự thảo", en="Give the draft up"),
        Text(vi="Đã bỏ dự thảo.", en="The draft was given up."),
        lambda stand: stand.drafted and _in(stand, *drafting.OPEN),
        _plain(forms.Reason),
        lambda seat, number, told: drafting.drop(seat, number, told["text"]),
        "danger",
    ),
    Step(
        "huy",
        Text(vi="Hủy văn bản, giữ số", en="Cancel it, the number stays"),
        Text(vi="Đã hủy văn bản; số vẫn giữ trong sổ.", en="Cancelled; its number stays in the register."),
        lambda stand: stand.keeps and _in(stand, *routing.CANCELLABLE),
        _plain(forms.Reason),
        lambda seat, number, told: routing.cancel(seat, number, told["text"]),
        "danger",
    ),
)
BY_SLUG = {one.slug: one for one in STEPS}
