"""One list of payments: made from a seal, looked at, exported, paid, withdrawn."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right, over_unit
from congtam.access.seats import Seat
from congtam.engine.rulebook.model import Text
from congtam.reward import lists
from congtam.reward.models import Entry, PayList
from congtam.reward.payees import payees
from congtam.reward.queries import left_since, title_of, to_list
from congtam.reward.schemes import dong, of_period, pay_before, schemes_on
from congtam.reward.sealed import graded_by
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, exported
from congtam.web.pages.reward import exports, places, words
from congtam.web.pages.reward.forms import ListForm, PaidForm, WhyForm
from congtam.web.steps import Change, Edit, edit
from congtam.web.waiting import as_download

FORM = require_http_methods(["GET", "HEAD", "POST"])


@asks(Right.KEEP_FUND)
@FORM
def new(request: HttpRequest, number: int) -> HttpResponse:
    """A list from a seal, by its number: choose the scheme, see what it comes to, write it."""
    seat = request.seat
    told = graded_by(number)
    if told is None or not over_unit(seat, Right.KEEP_FUND, told.agency):
        raise Http404
    schemes = [(one.key, one.title.in_(request.LANGUAGE_CODE)) for one in of_period(told.period)]

    def plan(said: Mapping[str, Any]) -> Change:
        found = to_list(told, said["scheme"])

        def act() -> tuple[str, Text]:
            made = lists.make_list(seat, told, said["scheme"], seat.day)
            return reverse("pay_list", args=[made.pk]), Text(
                vi="Đã lập danh sách; chờ người đứng đầu duyệt trong sổ quỹ.",
                en="The list is made; it waits for the head of the agency to approve it in the ledger.",
            )

        return Change(_told(found), act)

    period = told.period
    title = Text(vi=f"Lập danh sách chi, {period.title('vi')}", en=f"List of payments, {period.title('en')}")
    about = None
    if not schemes:
        about = Text(
            vi="Chưa áp dụng chế độ thưởng nào chi theo xếp loại của kỳ này. Áp dụng một chế độ ở trang Quy tắc.",
            en="No scheme that pays by grades of this period is adopted. Adopt one on the page Rules.",
        )
    return edit(request, Edit(title, partial(ListForm, schemes=schemes), plan, reverse("fund"), about=about))


@asks(Right.SEE_FUND)
@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """A list: who is paid what, whence, and where it stands."""
    seat, it, now = request.seat, places.list_of(request.seat, number), timezone.now()
    gets, owes = lists.sums_of(it)
    entries = list(Entry.standing().filter(list=it).order_by("series"))
    state = "fallen" if it.replaced_by is not None else lists.state_of(it)
    context = {
        "it": it,
        "number": lists.number_of(it),
        "title": title_of(it),
        "lines": _lines(it, seat, request.LANGUAGE_CODE),
        "gets": gets,
        "owes": owes,
        "state": words.LIST[state],
        "entries": [(row, words.KINDS[row.kind], words.ENTRY[row.state]) for row in entries],
        "pay_before": _pay_before(it),
        "may_pay": state == "approved" and over_unit(seat, Right.KEEP_FUND, it.agency_id),
        "may_withdraw": state in ("waiting", "approved") and over_unit(seat, Right.KEEP_FUND, it.agency_id),
        "may_sign": over_unit(seat, Right.APPROVE_FUND, it.agency_id),
        "as_of": now,
        "imprint": _imprint(it, now),
    }
    return render(request, "reward/list.html", context)


@asks(Right.SEE_FUND)
@require_safe
def as_xlsx(request: HttpRequest, number: int) -> HttpResponse:
    """The list as a workbook with where it comes from."""
    it, lang = places.list_of(request.seat, number), request.LANGUAGE_CODE
    head = exported(request, "reward.export", _imprint(it, timezone.now()))
    book = exports.as_xlsx(head, _lines(it, request.seat, lang), lists.sums_of(it), lang)
    return as_download(book, f"danh-sach-chi-{lists.number_of(it).replace('/', '-')}.xlsx")


@asks(Right.KEEP_FUND)
@FORM
def paid(request: HttpRequest, number: int) -> HttpResponse:
    """The list was paid."""
    seat, it = request.seat, places.list_of(request.seat, number, Right.KEEP_FUND)
    gets, owes = map(dong, lists.sums_of(it))

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            lists.pay(seat, it, told["day"], told["voucher"])
            return reverse("pay_list", args=[it.pk]), Text(
                vi="Đã ghi chi; chờ người đứng đầu ký.", en="The payment is entered and waits to be signed."
            )

        line = Text(
            vi=f"Đã chi {gets.vi}, thu lại {owes.vi}, ngày {told['day']:%d/%m/%Y}, chứng từ {told['voucher']}. "
            "Sau đó danh sách không lập lại được, chỉ còn truy lĩnh, truy thu.",
            en=f"Paid {gets.en}, taken back {owes.en}, on {told['day']:%d/%m/%Y}, voucher {told['voucher']}. "
            "After that the list stays; only differences can follow.",
        )
        return Change([line], act)

    called = lists.number_of(it)
    title = Text(vi=f"Ghi chi danh sách số {called}", en=f"List {called} was paid")
    return edit(request, Edit(title, PaidForm, plan, reverse("pay_list", args=[it.pk]), {"day": seat.day}))


@asks(Right.KEEP_FUND)
@FORM
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """A list that was not paid falls."""
    seat, it = request.seat, places.list_of(request.seat, number, Right.KEEP_FUND)
    called = lists.number_of(it)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            lists.withdraw_list(seat, it, seat.day, told["why"])
            return reverse("fund"), Text(vi="Đã hủy danh sách.", en="The list is withdrawn.")

        line = Text(vi=f"Danh sách số {called} bị hủy: {told['why']}", en=f"List {called} falls: {told['why']}")
        return Change([line], act)

    title = Text(vi=f"Hủy danh sách số {called}", en=f"Withdraw list {called}")
    return edit(request, Edit(title, WhyForm, plan, reverse("pay_list", args=[it.pk]), danger=True))


def _pay_before(it: PayList) -> Any:
    found = schemes_on(date(it.year, 12, 31)).get(it.scheme)
    return pay_before(found, it.year) if found else None


def _told(found: Any) -> list[Text]:
    gets, owes, count = dong(found.to_pay), dong(found.to_take_back), len(found.lines)
    if found.difference:
        return [
            Text(
                vi=f"Chỉ phần chênh lệch: {count} người, truy lĩnh {gets.vi}, truy thu {owes.vi}.",
                en=f"Differences only: {count} people, {gets.en} to be paid, {owes.en} to be taken back.",
            )
        ]
    return [Text(vi=f"{count} người, cộng {gets.vi}.", en=f"{count} people, {gets.en} in all.")]


def _lines(it: PayList, seat: Seat, lang: str) -> list[exports.Line]:
    found, grades = payees(it, seat.day), places.grades_on(seat.day)
    left = left_since([who.line.person_id for who in found], seat.day)
    return [
        exports.Line(
            name=who.name,
            code=who.code,
            post=who.post,
            unit=who.unit,
            grade=places.shown(grades, who.line.grade).in_(lang) if who.line.grade else "",
            base=who.line.base,
            factor=who.line.factor,
            amount=who.line.amount,
            whence=who.line.whence,
            floored=who.line.floored,
            left=left.get(who.line.person_id),
        )
        for who in found
    ]


def _imprint(it: PayList, now: Any) -> Imprint:
    title, number = title_of(it), lists.number_of(it)
    named = Text(vi=f"Danh sách chi số {number}: {title.vi}", en=f"List of payments {number}: {title.en}")
    rules = (f"{it.scheme} ({it.meaning[:8]})",)
    return Imprint(named, now, [("", it.period)], rules, address=reverse("pay_list", args=[it.pk]))
