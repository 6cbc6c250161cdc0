"""Answering a request: whether it is upheld, why, what is put right and for whom; told before it is written."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access import looks
from congtam.access.gate import Right
from congtam.engine.explaining.formats import points
from congtam.engine.rulebook.model import Text
from congtam.exemptions.exempting import Chosen
from congtam.objections.answering import answer, answered_before, may_answer
from congtam.objections.correcting import EXEMPT, FIGURE, MARK, SOURCE, Cause, Correction, cause_of, given_at
from congtam.objections.lines import Line, row_of
from congtam.objections.models import REFUSED, Request
from congtam.objections.queries import words_of
from congtam.objections.requests import line_at
from congtam.people.queries import names_of
from congtam.web.asking import asks
from congtam.web.pages.exemptions import related
from congtam.web.pages.objections import words
from congtam.web.pages.objections.forms import AnswerForm
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import said

ANSWERED = Text(
    vi="Đã ghi trả lời. Phiếu của những người có điểm thay đổi được gửi lại.",
    en="The answer is written down. Whose points change is shown the slip again.",
)
FROM_SOURCE = Text(
    vi="Dòng này tính từ dữ liệu của hệ thống nguồn. Chấp nhận nghĩa là nguồn phải sửa bản ghi: hãy nêu bản ghi nào và "
    "ai sửa trong phần lý do.",
    en="This line is computed from data of a source. To uphold the request means that the source mends its record: say "
    "in the reason which record, and who mends it.",
)


@asks(Right.ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a request, for who is to answer it; to all others there is none."""
    seat, now, lang = request.seat, timezone.now(), request.LANGUAGE_CODE
    rows = Request.objects.filter(pk=number).select_related("cycle", "slip__cycle", "slip__run")
    it = rows.first()
    if it is None or not may_answer(seat, it):
        raise Http404
    if (refusal := answered_before(it)) is not None:
        messages.info(request, said(refusal.text))
        return redirect("review_request", it.seq)
    looks.record(seat, it.person_id, "review", it.cycle.period)
    cause, kind = cause_of(seat, it, now), _kind(it)
    called = _called(it, cause, lang)

    def plan(told: Mapping[str, Any]) -> Change:
        correction = None if told["outcome"] == REFUSED else _correction(kind, told)

        def act() -> tuple[str, Text]:
            answer(seat, it, told["outcome"], told["reason"], correction)
            return reverse("review_request", args=[it.seq]), ANSWERED

        return Change([*_told(told, called)], act, _minded(told, cause))

    line = line_at(row_of(it.slip), it.line)
    who = names_of([it.person_id]).get(it.person_id, "")
    title = Text(vi=f"Trả lời đề nghị của {who}: {line.title.vi}", en=f"Answer the request of {who}: {line.title.en}")
    initial = {"chosen": [related.Line(one, "", None, None).key for one in cause.all]}
    form = partial(AnswerForm, kind=kind, choices=called.items())
    what = Edit(title, form, plan, reverse("review_request", args=[it.seq]), initial, _about(it, line, kind, cause))
    return edit(request, what)


def _kind(it: Request) -> str:
    """By what a line is put right."""
    if it.item_id is not None:
        return EXEMPT
    given = given_at(it)
    return given.kind if given else SOURCE


def _called(it: Request, cause: Cause, lang: str) -> dict[str, str]:
    """What can be exempted, by the key of the form."""
    whose: dict[Chosen, int | None] = dict(cause.others) | dict.fromkeys(cause.own, it.person_id)
    lines = [related.Line(one, one.fault.split(":", 1)[0], None, person) for one, person in whose.items()]
    return related.labels([related.Group(related.SAME_ITEM, lines)], lang)


def _correction(kind: str, told: Mapping[str, Any]) -> Correction:
    if kind == EXEMPT:
        chosen = [related.chosen_of(key) for key in told["chosen"]]
        return Correction(EXEMPT, chosen, told["decision"], told["decided_on"])
    if kind in (MARK, FIGURE):
        return Correction(kind, value=int(told["points"] * 1_000_000))
    return Correction(SOURCE)


def _told(told: Mapping[str, Any], called: Mapping[str, str]) -> list[Text]:
    found = [words.OUTCOMES[told["outcome"]], Text(vi=told["reason"], en=told["reason"])]
    if told["outcome"] == REFUSED:
        return found
    found += [
        Text(vi=f"Không tính: {called[key]}", en=f"Does not count: {called[key]}") for key in told.get("chosen", ())
    ]
    if told.get("points") is not None:
        found.append(Text(vi=f"Điểm mới: {told['points']}", en=f"The new mark: {told['points']}"))
    return found


def _minded(told: Mapping[str, Any], cause: Cause) -> list[Text]:
    left = len(cause.all) - len(told.get("chosen", ()))
    if told["outcome"] == REFUSED or left <= 0:
        return []
    return [
        Text(
            vi=f"{left} mục cùng nguyên nhân không được chọn: vẫn bị tính cho người liên quan.",
            en=f"{left} lines of the same cause are not chosen: they still count.",
        )
    ]


def _about(it: Request, line: Line, kind: str, cause: Cause) -> Text:
    """What the slip showed, what was asked, and what to mind when it is put right."""
    asked = words_of([it.seq]).get(it.seq, "")
    more, shown = _to_mind(kind, cause), Text(vi="", en="")
    if line.points is not None:
        of = {lang: f"{points(line.points, lang)} / {points(line.maximum, lang)}" for lang in ("vi", "en")}
        shown = Text(vi=f"Điểm khi đưa phiếu: {of['vi']}. ", en=f"Points when the slip was shown: {of['en']}. ")
    return Text(
        vi=f"{shown.vi}Lý do nêu: “{asked}” {more.vi}".strip(),
        en=f"{shown.en}The reason given: “{asked}” {more.en}".strip(),
    )


def _to_mind(kind: str, cause: Cause) -> Text:
    if kind == SOURCE:
        return FROM_SOURCE
    if kind != EXEMPT:
        return Text(vi="", en="")
    vi = "Một lỗi ghi sai thì sửa cho mọi người bị ảnh hưởng: các lỗi cùng nguyên nhân đã được chọn sẵn."
    en = "A fault found wrong is put right for everybody it touched: those of the same cause are chosen already."
    if cause.beyond:
        vi += f" {cause.beyond} lỗi nữa thuộc thẩm quyền của cơ quan khác."
        en += f" {cause.beyond} more are for another agency to decide."
    if cause.more:
        vi += " Quá nhiều để chọn hết tại đây: hãy xem trang Sự cố và miễn trừ."
        en += " There are too many to choose here: see the page of exemptions."
    return Text(vi=vi, en=en)
