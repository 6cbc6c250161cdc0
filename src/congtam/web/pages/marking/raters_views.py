"""Người chấm: how kindly each rater marks beside the others, as far as data can tell. It changes no mark."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from congtam.access.gate import Right, units_over
from congtam.engine.comparing.raters import Leaning, Rater
from congtam.engine.rulebook.model import Text
from congtam.marking.leaning import Group, groups_of
from congtam.people.queries import names_of
from congtam.web.asking import asks
from congtam.web.charts import drawing
from congtam.web.charts import raters as drawn
from congtam.web.imprint import Imprint

TITLE = Text(vi="Người chấm so với phần đo bằng dữ liệu", en="Raters against what data measure")
MONTHS = Text(vi="Các tháng", en="Months")
ROLES = {"staff": Text(vi="người không giữ chức vụ", en="staff"), "leader": Text(vi="người đứng đầu", en="heads")}
WORDS = {
    Leaning.USUAL: Text(vi="như thường thấy", en="as is usual"),
    Leaning.KINDER: Text(vi="đáng xem: chấm cao hơn", en="worth a look: marks higher"),
    Leaning.HARSHER: Text(vi="đáng xem: chấm thấp hơn", en="worth a look: marks lower"),
    Leaning.CANNOT_TELL: Text(vi="không đủ để nói", en="cannot tell"),
}
KINDS = {Leaning.USUAL: "ok", Leaning.KINDER: "soon", Leaning.HARSHER: "soon", Leaning.CANNOT_TELL: "none"}


@dataclass(frozen=True)
class Line:
    """One rater as the table shows them."""

    name: str
    rater: Rater

    @property
    def word(self) -> Text:
        return WORDS[self.rater.leaning]

    @property
    def kind(self) -> str:
        return KINDS[self.rater.leaning]


@dataclass(frozen=True)
class Section:
    """One criterion for one role: the message first, the lines, and its picture (empty: nothing to draw)."""

    group: Group
    role: Text
    said: Text
    lines: list[Line]
    chart: str
    height: int


@asks(Right.SEE_CYCLE)
@require_safe
def raters(request: HttpRequest) -> HttpResponse:
    """How raters of one's agency lean, by criterion."""
    now = timezone.now()
    groups = groups_of(units_over(request.seat, Right.SEE_CYCLE), now)
    sections = [_section(group) for group in groups]
    filters = []
    if groups:
        months = f"{groups[0].first.title(request.LANGUAGE_CODE)} – {groups[0].last.title(request.LANGUAGE_CODE)}"
        filters = [(MONTHS.in_(request.LANGUAGE_CODE), months)]
    imprint = Imprint(TITLE, now, filters, address=reverse("raters"))
    return render(request, "marking/raters.html", {"sections": sections, "as_of": now, "imprint": imprint})


@asks(Right.SEE_CYCLE)
@require_safe
def chart(request: HttpRequest) -> HttpResponse:
    """The picture of one criterion and role."""
    groups = groups_of(units_over(request.seat, Right.SEE_CYCLE), timezone.now())
    asked = request.GET.get("tc"), request.GET.get("vai")
    group = next((one for one in groups if (one.criterion, one.role) == asked), None)
    lines = _drawn(group) if group else []
    if not lines:
        raise Http404
    return drawing.answer(request, drawn.spec(lines, request.LANGUAGE_CODE))


def _section(group: Group) -> Section:
    lines = _lines(group)
    n = len(_drawn(group))
    query = urlencode({"tc": group.criterion, "vai": group.role})
    chart_ = f"{reverse('raters_chart')}?{query}" if n else ""
    return Section(group, ROLES[group.role], _said(lines), lines, chart_, n * drawn.ROW + 50)


def _lines(group: Group) -> list[Line]:
    """Those who lean first, by how far; those of whom nothing can be told last."""
    names = names_of([int(one.rater) for one in group.found.raters])
    lines = [Line(names.get(int(one.rater), f"#{one.rater}"), one) for one in group.found.raters]
    return sorted(lines, key=lambda line: (line.rater.effect is None, -abs(line.rater.effect or 0), line.name))


def _drawn(group: Group) -> list[drawn.Line]:
    return [
        drawn.Line(f"{line.name} (n = {line.rater.n})", one.effect, one.low, one.high)
        for line in _lines(group)
        if (one := line.rater).effect is not None and one.low is not None and one.high is not None
    ]


def _said(lines: list[Line]) -> Text:
    """The message: who is worth a look, that nobody is, or that it cannot be told."""
    told = [line for line in lines if line.rater.effect is not None]
    leaning = [line for line in told if line.rater.leaning is not Leaning.USUAL]
    if not told:
        return Text(
            vi="Không đủ để nói: cần ít nhất bốn người chấm, mỗi người chấm từ năm người có đủ số liệu.",
            en="It cannot be told: at least four raters are needed, each of five people with enough data.",
        )
    if not leaning:
        return Text(
            vi="Không ai chấm lệch quá mức người chấm thường khác nhau.",
            en="Nobody marks further off than raters usually differ.",
        )
    return Text(
        vi=f"Đáng xem: {', '.join(line.name for line in leaning)}. Đây là dấu hiệu để trao đổi, không phải kết luận.",
        en=f"Worth a look: {', '.join(line.name for line in leaning)}. It is a sign to talk about, not a finding.",
    )
