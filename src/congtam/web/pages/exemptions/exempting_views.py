"""One exemption: chosen with everything of the same cause, its effect on points told, written, shown, taken back."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access import looks
from congtam.access.gate import Right
from congtam.access.seats import Seat
from congtam.desk.models import Remark
from congtam.engine.explaining import formats
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.exemptions import exempting
from congtam.exemptions.exempting import Basis
from congtam.exemptions.models import Exemption
from congtam.history.conflict import expect_standing
from congtam.people.queries import names_of, people_under
from congtam.web.asking import asks
from congtam.web.pages.exemptions import related, words
from congtam.web.pages.exemptions.forms import ExemptForm, WhyForm
from congtam.web.pages.exemptions.gains import Moves, moves
from congtam.web.pages.exemptions.listing import exemptions_of
from congtam.web.steps import Change, Edit, edit
from congtam.work.models import ItemText

FORM = require_http_methods(["GET", "HEAD", "POST"])


@asks(Right.EXEMPT)
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Faults or shares of an item that are not to count, with everything of the same cause; without an item, a search
    for one."""
    seat, lang, now = request.seat, request.LANGUAGE_CODE, timezone.now()
    asked = request.POST.get("viec") or request.GET.get("viec", "")
    if not asked:
        return _search(request)
    number = int(asked) if asked.isdecimal() and len(asked) < 16 else 0
    work = related.item_for(seat, number, now)
    if work is None:
        raise Http404
    looks.record_all(seat, {int(share.official) for share in work.shares}, "exemption")
    found = related.groups(seat, number, work, now)
    called = related.labels(found, lang)

    def plan(told: Mapping[str, Any]) -> Change:
        chosen = [related.chosen_of(key) for key in told["chosen"]]
        basis = Basis(told["decision"], told["decided_on"], told["reason"])
        seen = moves(seat, chosen, basis, timezone.now())

        def act() -> tuple[str, Text]:
            exemption = exempting.exempt(seat, chosen, basis)
            return reverse("exemption", args=[exemption.seq]), Text(
                vi="Đã ghi miễn trừ. Điểm của những người liên quan được tính lại ngay.",
                en="The exemption is written. The points of whom it touches follow at once.",
            )

        lines = [Text(vi=called[key], en=called[key]) for key in told["chosen"]]
        return Change([*lines, *_effects(seen)], act, _minded(found, set(told["chosen"])))

    groups = [
        (group.title.in_(lang), [(line.key, called[line.key]) for line in group.lines])
        for group in found
        if group.lines
    ]
    title = ItemText.objects.filter(item=number).values_list("title", flat=True).first() or f"#{number}"
    initial = {"viec": number, "chosen": [line.key for group in found if group.together for line in group.lines]}
    more = [group.title for group in found if group.more]
    what = Edit(
        Text(vi=f"Miễn trừ: {title}", en=f"Exempt: {title}"),
        partial(ExemptForm, groups=groups),
        plan,
        reverse("exemptions"),
        initial,
        _about(more),
        rehearsed=False,
    )
    return edit(request, what)


@asks(Right.EXEMPT)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """An exemption: what does not count, whose, by which document, and why."""
    it, lang = _mine(request.seat, number), request.LANGUAGE_CODE
    lines = list(it.lines.select_related("item__text").order_by("item", "pk"))
    people = {line.official_id for line in lines if line.official_id}
    looks.record_all(request.seat, people, "exemption")
    names = names_of({it.by_id, *people})
    context = {
        "it": it,
        "by": names.get(it.by_id, words.SOMEBODY.in_(lang)),
        "why": Remark.objects.filter(entry__in=[line.entry for line in lines]).values_list("text", flat=True).first(),
        "lines": [
            {
                "line": line,
                "what": _what(line.fault, line.official_id).in_(lang),
                "whose": names.get(line.official_id, "") if line.official_id else words.EVERYBODY.in_(lang),
            }
            for line in lines
        ],
        "as_of": timezone.now(),
    }
    return render(request, "exemptions/exemption.html", context)


@asks(Right.EXEMPT)
@FORM
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """An exemption falls."""
    seat, it = request.seat, _mine(request.seat, number)
    if it.replaced_by is not None:
        raise Http404

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            exempting.take_back(seat, expect_standing(Exemption, it.seq), told["reason"])
            return reverse("exemption", args=[it.seq]), Text(vi="Đã rút miễn trừ.", en="The exemption was taken back.")

        line = Text(
            vi=f"Miễn trừ theo {it.decision} bị rút; {it.lines.count()} mục được tính lại như trước. "
            f"Lý do: {told['reason']}",
            en=f"The exemption by {it.decision} is taken back; {it.lines.count()} lines count as before. "
            f"Reason: {told['reason']}",
        )
        return Change([line], act)

    title = Text(vi=f"Rút miễn trừ theo {it.decision}", en=f"Take back the exemption by {it.decision}")
    back = reverse("exemption", args=[it.seq])
    return edit(request, Edit(title, WhyForm, plan, back, danger=True))


def _search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:120]
    people = people_under(request.seat.leads_agency, request.seat.day) if text else frozenset()
    found = related.shares_named(text, people) if text else []
    looks.record_all(request.seat, {share.official_id for share in found}, "exemption")
    context = {"text": text, "found": found, "as_of": timezone.now()}
    return render(request, "exemptions/search.html", context)


def _mine(seat: Seat, number: int) -> Exemption:
    found = next((one for one in exemptions_of(seat) if one.seq == number), None)
    if found is None:
        raise Http404
    return found


def _what(fault: str, official: int | None) -> Text:
    if not fault:
        return words.SHARE if official else words.WHOLE
    kind = fault.split(":", 1)[0]
    return words.FAULTS.get(kind, Text(vi=fault, en=fault))


def _about(more: list[Text]) -> Text:
    told = Text(
        vi="Một lỗi ghi sai thì sửa cho mọi người bị ảnh hưởng: các lỗi cùng nguyên nhân đã được chọn sẵn. "
        "Bỏ chọn những lỗi vẫn đúng.",
        en="A fault found wrong is put right for everybody it touched: faults of the same cause are chosen already. "
        "Take out those that are right.",
    )
    if not more:
        return told
    vi, en = "; ".join(one.vi for one in more), "; ".join(one.en for one in more)
    return Text(
        vi=f"{told.vi} Quá nhiều để chọn tại đây: {vi}. Nếu cả đợt dữ liệu sai, hãy rút đợt ở trang Nguồn dữ liệu.",
        en=f"{told.en} Too many to be chosen here: {en}. If a whole batch is wrong, withdraw it on the page Sources.",
    )


def _effects(seen: Moves) -> list[Text]:
    lines = [
        Text(
            vi=f"{one.name}, {Period.parse(one.period).title('vi')}, {one.card.vi}: "
            f"{formats.points(one.before, 'vi')} → {formats.points(one.after, 'vi')} điểm",
            en=f"{one.name}, {Period.parse(one.period).title('en')}, {one.card.en}: "
            f"{formats.points(one.before, 'en')} → {formats.points(one.after, 'en')} points",
        )
        for one in seen.gains
    ]
    if not lines:
        lines = [Text(vi="Không điểm nào thay đổi ngay lúc này.", en="No points move at this instant.")]
    if seen.counted < seen.people:
        lines.append(
            Text(
                vi=f"Đã tính trước cho {seen.counted} trên {seen.people} người; người khác tính sau khi ghi.",
                en=f"Counted for {seen.counted} of {seen.people} people; the others follow once it is written.",
            )
        )
    return lines


def _minded(found: list[related.Group], chosen: set[str]) -> list[Text]:
    left = sum(line.key not in chosen for group in found if group.together for line in group.lines)
    if not left:
        return []
    return [
        Text(
            vi=f"{left} lỗi cùng nguyên nhân không được chọn: vẫn bị tính cho người liên quan.",
            en=f"{left} faults of the same cause are not chosen: they still count.",
        )
    ]
