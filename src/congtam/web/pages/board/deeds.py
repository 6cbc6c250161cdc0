"""Deeds that may be done to several pieces of work at once: what each asks for, and what it does to one of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from congtam.access.gate import Right, holds
from congtam.access.seats import Seat
from congtam.desk import deciding, doing
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.web.pages.task import act_forms as forms
from congtam.work.lists import Row


@dataclass(frozen=True)
class Deed:
    """One deed: `slug` as forms send it, its name, and what is said when `{n}` were done. `of_item`: it concerns the
    item, whoever holds a part; else one share. `heads`: only who heads a unit is offered it."""

    slug: str
    title: Text
    done: Text
    form: type[forms.Act]
    do: Callable[[Seat, Row, forms.Act], object]
    of_item: bool = True
    heads: bool = True

    @property
    def plain(self) -> bool:
        """Whether it needs no words."""
        return self.form is forms.Plain

    @property
    def previewed(self) -> bool:
        """Whether its effect is shown before it is done."""
        return self.form is forms.PassOn


def _pass_on(seat: Seat, row: Row, form: forms.Act) -> None:
    told, own = form.cleaned_data, row.official == seat.person
    doing.pass_on(seat, row.item, int(told["receiver"]), told["why"], None if own else row.official)


DEEDS = (
    Deed(
        "tiep-nhan",
        Text(vi="Tiếp nhận", en="Take up"),
        Text(vi="Đã tiếp nhận {n} việc.", en="Taken up: {n}."),
        forms.Plain,
        lambda seat, row, form: doing.take_up(seat, row.item),
        heads=False,
    ),
    Deed(
        "nghiem-thu",
        Text(vi="Nghiệm thu", en="Accept"),
        Text(vi="Đã nghiệm thu {n} việc.", en="Accepted: {n}."),
        forms.Plain,
        lambda seat, row, form: deciding.accept(seat, row.item),
    ),
    Deed(
        "tra-lai",
        Text(vi="Trả lại để hoàn thiện", en="Return to be completed"),
        Text(vi="Đã trả lại {n} việc.", en="Returned: {n}."),
        forms.Why,
        lambda seat, row, form: deciding.return_work(seat, row.item, form.cleaned_data["why"]),
    ),
    Deed(
        "chuyen",
        Text(vi="Chuyển cho người khác", en="Pass on"),
        Text(vi="Đã chuyển {n} việc.", en="Passed on: {n}."),
        forms.PassOn,
        _pass_on,
        of_item=False,
        heads=False,
    ),
    Deed(
        "gia-han",
        Text(vi="Gia hạn", en="Extend"),
        Text(vi="Đã gia hạn {n} việc.", en="Extended: {n}."),
        forms.Extend,
        lambda seat, row, form: deciding.extend(
            seat, row.item, form.instant("until"), form.cleaned_data["why"], form.cleaned_data["decision"]
        ),
    ),
)
BY_SLUG = {deed.slug: deed for deed in DEEDS}


@dataclass(frozen=True)
class Outcome:
    """What became of a deed: the rows to which it was done, and those it could not be done to, each with why."""

    done: list[Row] = field(default_factory=list)
    refused: list[tuple[Row, Text]] = field(default_factory=list)


def offered(seat: Seat) -> list[Deed]:
    """The deeds a seat is offered for many; none to who only reads."""
    if not holds(seat.writing, Right.OWN_WORK):
        return []
    heads = holds(seat, Right.GIVE_WORK)
    return [deed for deed in DEEDS if heads or not deed.heads]


def done_to_each(seat: Seat, deed: Deed, rows: Sequence[Row], form: forms.Act) -> Outcome:
    """Do a deed to each row, each by itself: what is refused leaves the others done."""
    outcome, met = Outcome(), set()
    for row in rows:
        if deed.of_item and row.item in met:
            continue
        met.add(row.item)
        try:
            deed.do(seat, row, form)
        except Refused as refusal:
            outcome.refused.append((row, refusal.text))
        else:
            outcome.done.append(row)
    return outcome


def rehearsed(seat: Seat, deed: Deed, rows: Sequence[Row], form: forms.Act) -> Outcome:
    """What doing it would come to, one after the other; nothing of it stays."""
    with transaction.atomic():
        outcome = done_to_each(seat, deed, rows, form)
        transaction.set_rollback(True)
    return outcome
