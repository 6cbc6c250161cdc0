"""Terms and holds: set, ended."""

from collections.abc import Mapping
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.people.models import Person
from congtam.retention import holds, terms
from congtam.retention.kinds import KINDS
from congtam.retention.models import Hold, Term
from congtam.web.asking import asks
from congtam.web.pages.retention import reach
from congtam.web.pages.retention.forms import HoldForm, TermForm
from congtam.web.steps import Change, Edit, edit

FORM = require_http_methods(["GET", "HEAD", "POST"])


@asks(Right.KEEP_RETENTION)
@FORM
def term(request: HttpRequest, kind: str) -> HttpResponse:
    """For how many years a kind of thing is kept."""
    seat, what = request.seat, KINDS.get(kind)
    if what is None:
        raise Http404
    agency = reach.agency_of(request, Right.KEEP_RETENTION)
    back = reach.page_of(agency)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            terms.set_term(seat, agency, kind, **{name: told[name] for name in TermForm.base_fields})
            return back, Text(vi="Đã ghi thời hạn lưu giữ.", en="The term is recorded.")

        years, first = told["years"], told["first"]
        line = Text(
            vi=f"{what.title.vi}: lưu giữ {years} năm kể từ {what.counted_from.vi}, áp dụng từ "
            f"{first:%d/%m/%Y}, theo {told['number']} ({told['article']} {told['act']}).",
            en=f"{what.title.en}: kept {years} years from {what.counted_from.en}, as of {first:%d/%m/%Y}, "
            f"by {told['number']} ({told['act']}, {told['article']}).",
        )
        return Change([reach.line_of(agency, seat), line, _after(what.erased)], act)

    about = Text(
        vi=f"{what.title.vi}. Tính từ {what.counted_from.vi}. Phần mềm không đặt sẵn thời hạn nào: cơ quan quyết định "
        "theo quy định về lưu trữ đang áp dụng và ghi căn cứ tại đây.",
        en=f"{what.title.en}. Counted from {what.counted_from.en}. No term is shipped: the agency decides under the "
        "rules on archives in force and writes the basis here.",
    )
    title = Text(vi="Đặt thời hạn lưu giữ", en="Set a term of retention")
    return edit(request, Edit(title, TermForm, plan, back, {"first": seat.day}, about))


@asks(Right.KEEP_RETENTION)
@FORM
def end(request: HttpRequest, number: int) -> HttpResponse:
    """A term no longer holds."""
    seat, it = request.seat, reach.row_of(Term, request.seat, number, Right.KEEP_RETENTION)
    what, back = KINDS[it.kind], reach.page_of(it.agency_id)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            terms.end_term(seat, it)
            return back, Text(vi="Đã bỏ thời hạn.", en="The term is ended.")

        then = Text(
            vi="thời hạn đặt trước đó, nếu có, áp dụng lại; không thì lưu giữ không thời hạn",
            en="one set before holds again, else it is kept for ever",
        )
        if it.first > seat.day:
            then = Text(vi="hiện nay không có gì thay đổi", en="nothing changes as of today")
        line = Text(
            vi=f"{what.title.vi}: bỏ thời hạn {it.years} năm theo {it.number}, từ {it.first:%d/%m/%Y}; {then.vi}.",
            en=f"{what.title.en}: the term of {it.years} years by {it.number}, from {it.first:%d/%m/%Y}: {then.en}.",
        )
        return Change([reach.line_of(it.agency_id, seat), line], act)

    return edit(request, Edit(Text(vi="Bỏ thời hạn lưu giữ", en="End a term"), Form, plan, back))


@asks(Right.KEEP_RETENTION)
@FORM
def hold_it(request: HttpRequest) -> HttpResponse:
    """Nothing of this may be erased for the time being."""
    seat, agency = request.seat, reach.agency_of(request, Right.KEEP_RETENTION)
    back = reach.page_of(agency)

    def plan(told: Mapping[str, Any]) -> Change:
        person = _person(told["code"])
        what = KINDS[told["kind"]].title if told["kind"] else Text(vi="Mọi thứ", en="Everything")

        def act() -> tuple[str, Text]:
            asked = {"kind": told["kind"], "person": person, "period": told["period"]}
            holds.hold(seat, agency, told["number"], told["why"], **asked)
            return back, Text(vi="Đã ghi tạm giữ.", en="The hold is recorded.")

        line = Text(
            vi=f"{what.vi} không được xóa cho đến khi thôi giữ, theo {told['number']}: {told['why']}.",
            en=f"{what.en} may not be erased until it is released, by {told['number']}: {told['why']}.",
        )
        return Change([reach.line_of(agency, seat), line], act)

    about = Text(
        vi="Dùng khi có khiếu nại, tố cáo, thanh tra hoặc vụ án: mục bị giữ không vào danh sách xóa, và danh sách đã "
        "duyệt cũng dừng ở mục ấy.",
        en="For a complaint, an inspection or a case: what is held enters no list, and an approved list stops at it.",
    )
    title = Text(vi="Tạm giữ", en="Hold")
    return edit(request, Edit(title, HoldForm, plan, back, about=about))


@asks(Right.KEEP_RETENTION)
@FORM
def release_it(request: HttpRequest, number: int) -> HttpResponse:
    """A hold is over."""
    seat, it = request.seat, reach.row_of(Hold, request.seat, number, Right.KEEP_RETENTION)
    back = reach.page_of(it.agency_id)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            holds.release(seat, it)
            return back, Text(vi="Đã thôi giữ.", en="The hold is released.")

        line = Text(vi=f"Thôi giữ theo văn bản số {it.number}.", en=f"The hold by document {it.number} ends.")
        return Change([reach.line_of(it.agency_id, seat), line], act)

    return edit(request, Edit(Text(vi="Thôi giữ", en="Release a hold"), Form, plan, back))


def _person(code: str) -> int | None:
    if not code:
        return None
    found = Person.objects.filter(code=code).values_list("pk", flat=True).first()
    if found is None:
        raise Refused(f"Không có người mang mã {code}. Hãy kiểm tra mã.", f"Nobody has the code {code}. Check it.")
    return found


def _after(erased: Text) -> Text:
    return Text(vi=f"Khi hết hạn và được duyệt, xóa: {erased.vi}.", en=f"Once ended and approved, erased: {erased.en}.")
