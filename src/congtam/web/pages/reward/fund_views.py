"""Quỹ thưởng: the fund and its ledger; entering rows and amounts; the second signature."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right, over_unit
from congtam.engine.explaining.rule_words import AMOUNTS
from congtam.engine.rulebook.model import Text
from congtam.people.queries import names_of
from congtam.reward import ledger
from congtam.reward.amounts import set_amount
from congtam.reward.ledger import Line
from congtam.reward.lists import number_of, numbers_in, state_of, sums_of
from congtam.reward.models import PURSES, Amount, Entry
from congtam.reward.queries import entries_of, fund_of, lists_in, proposals_in, title_of, to_be_listed, why_of
from congtam.reward.schemes import dong, schemes_on
from congtam.web.asking import asks
from congtam.web.imprint import Imprint
from congtam.web.pages.reward import places, words
from congtam.web.pages.reward.forms import AmountForm, EntryForm, SignForm
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both

FORM = require_http_methods(["GET", "HEAD", "POST"])
TITLE = Text(vi="Quỹ thưởng", en="Fund of rewards")


@asks(Right.SEE_FUND)
@require_safe
def fund(request: HttpRequest) -> HttpResponse:
    """Fund used and left, its ledger, lists, achievements, amounts and schemes of a year."""
    seat, year, now = request.seat, places.year_of(request), timezone.now()
    agency = places.agency_of(request, Right.SEE_FUND)
    lists, numbers, proposals = lists_in(agency, year), numbers_in(agency, year), proposals_in(agency)
    achieved = why_of([one.series for one in proposals])
    day = min(seat.day, date(year, 12, 31))
    context = {
        "as_of": now,
        "imprint": Imprint(TITLE, now, [("", str(year))]),
        "agency": places.name_of(agency, seat.day),
        "year": year,
        "years": (year - 1, year + 1),
        "funds": [_fund(agency, year, purse, seat.day, numbers) for purse in PURSES],
        "lists": [
            {
                "list": one,
                "number": numbers[one.pk],
                "title": title_of(one),
                "sums": sums_of(one),
                "state": words.LIST[_state(one)],
            }
            for one in lists
        ],
        "to_list": [
            (number, both(period.title("vi"), period.title("en"))) for number, period in to_be_listed(agency, year)
        ],
        "proposals": [(one, achieved.get(one.series, ""), words.PROPOSAL[one.state]) for one in proposals],
        "amounts": [(AMOUNTS[one.name], one) for one in _amounts(agency)],
        "schemes": [(one, words.CERTAINTY[one.certainty.value]) for one in schemes_on(day).values()],
        "keeps": over_unit(seat, Right.KEEP_FUND, agency),
        "approves": over_unit(seat, Right.APPROVE_FUND, agency),
        "sees_pay": bool((seat.finance | seat.personnel) & {agency}),
    }
    return render(request, "reward/fund.html", context)


@asks(Right.KEEP_FUND)
@FORM
def enter(request: HttpRequest) -> HttpResponse:
    """A row of the ledger: money in, given back, or lost."""
    seat, agency = request.seat, places.agency_of(request, Right.KEEP_FUND)

    def plan(told: Mapping[str, Any]) -> Change:
        line = Line(agency, told["year"], told["purse"], told["kind"], told["amount"], told["day"], told["number"])

        def act() -> tuple[str, Text]:
            ledger.enter(seat, line)
            return f"{reverse('fund')}?nam={line.year}", Text(
                vi="Đã ghi; dòng này tính vào quỹ khi người đứng đầu ký.",
                en="Entered; the row counts once the head of the agency signs it.",
            )

        amount, kind = dong(line.amount), words.KINDS[line.kind]
        return Change([
            Text(vi=f"Quỹ năm {line.year}: {kind.vi} {amount.vi}, theo {line.number} ngày {line.day:%d/%m/%Y}.",
                 en=f"Fund of {line.year}: {kind.en} {amount.en}, by {line.number} of {line.day:%d/%m/%Y}."),
            Text(vi="Chờ chữ ký thứ hai của người đứng đầu cơ quan.",
                 en="It waits for the second signature, of the head of the agency."),
        ], act)  # fmt: skip

    title = Text(vi="Ghi một dòng vào sổ quỹ", en="Enter a row into the ledger")
    return edit(request, Edit(title, EntryForm, plan, reverse("fund"), {"year": seat.day.year, "day": seat.day}))


@asks(Right.KEEP_FUND)
@FORM
def amount(request: HttpRequest) -> HttpResponse:
    """An amount the agency reports: base salary, base amount, salary fund."""
    seat, agency = request.seat, places.agency_of(request, Right.KEEP_FUND)

    def plan(told: Mapping[str, Any]) -> Change:
        def act() -> tuple[str, Text]:
            set_amount(seat, agency, told["name"], told["value"], told["first"], told["number"])
            return reverse("fund"), Text(vi="Đã ghi mức tiền.", en="The amount is written.")

        name, value = AMOUNTS[told["name"]], dong(told["value"])
        line = Text(
            vi=f"{name.vi}: {value.vi} từ {told['first']:%d/%m/%Y}, theo {told['number']}",
            en=f"{name.en}: {value.en} from {told['first']:%d/%m/%Y}, by {told['number']}",
        )
        return Change([line], act)

    title = Text(vi="Mức tiền của cơ quan", en="Amounts of the agency")
    return edit(request, Edit(title, AmountForm, plan, reverse("fund")))


@asks(Right.APPROVE_FUND)
@FORM
def sign(request: HttpRequest, series: int) -> HttpResponse:
    """The second signature on a row, or its refusal."""
    seat, entry = request.seat, places.entry_of(request.seat, series)
    told_amount, kind = dong(entry.amount), words.KINDS[entry.kind]
    by = names_of([entry.by_id]).get(entry.by_id, f"#{entry.by_id}")

    def plan(told: Mapping[str, Any]) -> Change:
        signs = told["verdict"] == "sign"

        def act() -> tuple[str, Text]:
            if signs:
                ledger.sign(seat, entry)
                said = Text(vi="Đã ký; dòng này tính vào quỹ.", en="Signed; the row counts.")
            else:
                ledger.refuse(seat, entry, told["why"])
                said = Text(vi="Đã ghi là không ký.", en="Not signed; that is written down.")
            return f"{reverse('fund')}?nam={entry.year}", said

        line = Text(
            vi=f"{'Ký' if signs else 'Không ký'}: {kind.vi} {told_amount.vi}, quỹ năm {entry.year}.",
            en=f"{'Sign' if signs else 'Do not sign'}: {kind.en} {told_amount.en}, fund of {entry.year}.",
        )
        return Change([line], act)

    title = Text(vi=f"Ký: {kind.vi} {told_amount.vi}", en=f"Sign: {kind.en} {told_amount.en}")
    held = fund_of(entry.agency_id, entry.year, entry.purse)
    left = dong(held.left)
    listed = _listed(entry)
    about = Text(
        vi=f"{listed.vi}{by} ghi ngày {entry.day:%d/%m/%Y}{f', theo {entry.number}' if entry.number else ''}. "
        f"Quỹ năm {entry.year} hiện còn {left.vi}. Người ghi không thể tự ký.",
        en=f"{listed.en}Entered by {by} for {entry.day:%d/%m/%Y}{f', by {entry.number}' if entry.number else ''}. "
        f"{left.en} are left of {entry.year}. Who entered a row cannot sign it.",
    )
    return edit(request, Edit(title, partial(SignForm), plan, reverse("fund"), about=about))


def _listed(entry: Entry) -> Text:
    """Of which list a row is; blank where it is of none."""
    if entry.list is None:
        return Text(vi="", en="")
    number, title = number_of(entry.list), title_of(entry.list)
    return Text(vi=f"Danh sách chi số {number}, {title.vi}. ", en=f"List of payments {number}, {title.en}. ")


def _fund(agency: int, year: int, purse: str, day: Any, numbers: Mapping[int, str]) -> dict[str, Any]:
    entries, held = entries_of(agency, year, purse), fund_of(agency, year, purse)
    names = names_of({one.by_id for one in entries} | {one.signed_by_id for one in entries if one.signed_by_id})
    why = why_of([one.seq for one in entries])
    return {
        "purse": purse,
        "title": words.PURSES[purse],
        "fund": held,
        "warning": held.warning(day),
        "entries": [
            {
                "entry": one,
                "list": numbers.get(one.list_id or 0, ""),
                "kind": words.KINDS[one.kind],
                "state": words.ENTRY[one.state],
                "by": names.get(one.by_id, "–"),
                "signed": names.get(one.signed_by_id, "") if one.signed_by_id else "",
                "why": why.get(one.seq, ""),
            }
            for one in entries
        ],
    }


def _amounts(agency: int) -> "list[Amount]":
    return list(Amount.standing().filter(agency=agency).order_by("name", "-first"))


def _state(one: Any) -> str:
    return "fallen" if one.replaced_by is not None else state_of(one)
