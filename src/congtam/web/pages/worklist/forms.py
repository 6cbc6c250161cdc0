"""The filters of a list of work, as they stand in its address."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.model import Text
from congtam.orgs.queries import Branch, trees_under
from congtam.web.pages.worklist import words
from congtam.work.lists import CAUSES, SORTS, STATES, WAITS, Filters

UNFINISHED = "chua-xong"
MONTHS = 14  # how many months back a list offers
LATE = (1, 3, 5, 10, 20)


class Narrow(forms.Form):
    """What a list is narrowed to. Whatever the address holds, only what is offered here is used."""

    q = forms.CharField(required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))
    tt = forms.ChoiceField(required=False)
    ky = forms.ChoiceField(required=False)
    nguoi = forms.ChoiceField(required=False)
    giao = forms.ChoiceField(required=False)
    loai = forms.ChoiceField(required=False)
    tre = forms.ChoiceField(required=False)
    nn = forms.ChoiceField(required=False)
    cho = forms.ChoiceField(required=False)
    mien = forms.ChoiceField(required=False)
    dv = forms.ChoiceField(required=False)
    ngay = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self,
        given: Any,
        *,
        lang: str,
        people: Mapping[int, str],
        givers: Mapping[int, str],
        kinds: Iterable[tuple[str, str]],
        tree: Iterable[Branch],
    ):
        super().__init__(given, auto_id="loc-%s")
        self.lang, self.tree = lang, list(tree)
        self._label()
        self._offer("tt", [(UNFINISHED, UNDONE.in_(lang)), *((one, words.STATES[one].in_(lang)) for one in STATES)])
        self._offer("ky", _months(lang))
        self._offer("nguoi", people.items())
        self._offer("giao", givers.items())
        self._offer("loai", _kinds(kinds, lang))
        self._offer("tre", [(str(n), FROM_DAYS.in_(lang).format(n=n)) for n in LATE])
        self._offer("nn", [(one, words.CAUSES[one].in_(lang)) for one in CAUSES])
        self._offer("cho", [(one, words.WAITS[one].in_(lang)) for one in WAITS])
        self._offer("mien", [("co", YES.in_(lang)), ("khong", NO.in_(lang))])
        self._offer("dv", [(one.unit, "\u2003" * one.depth + one.name) for one in self.tree])

    def _label(self) -> None:
        for name, label in LABELS.items():
            self.fields[name].label = label.in_(self.lang)

    def _offer(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ALL.in_(self.lang)), *((str(value), text) for value, text in choices)]

    def filters(self, sort: str) -> Filters:
        """What was chosen; what makes no sense narrows nothing. `sort`: a column, `-` before it for downwards."""
        self.is_valid()
        told = self.cleaned_data
        period = Period.parse(told["ky"]) if told.get("ky") else None
        kind, _, procedure = (told.get("loai") or "").partition("|")
        state, column = told.get("tt") or "", sort.removeprefix("-")
        return Filters(
            first=period.first if period else None,
            until=period.until if period else None,
            units=trees_under([int(told["dv"])], self.day) if told.get("dv") else None,
            person=int(told["nguoi"]) if told.get("nguoi") else None,
            given_by=int(told["giao"]) if told.get("giao") else None,
            kind=kind,
            procedure=procedure,
            state="" if state == UNFINISHED else state,
            unfinished=state == UNFINISHED,
            late=int(told.get("tre") or 0),
            cause=told.get("nn") or "",
            waiting=told.get("cho") or "",
            excused={"co": True, "khong": False}.get(told.get("mien") or ""),
            text=(told.get("q") or "").replace("\x00", ""),
            sort=column if column in SORTS else "state",
            down=sort.startswith("-"),
        )

    @property
    def day(self) -> date:
        """The day on which units are taken."""
        return self.cleaned_data.get("ngay") or timezone.localdate()

    def said(self) -> list[tuple[str, str]]:
        """The filters in use, in words: label and value."""
        self.is_valid()
        found = []
        for name, value in self.cleaned_data.items():
            if value in ("", None) or (name == "ngay" and not self.cleaned_data.get("dv")):
                continue
            field = self.fields[name]
            text = f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
            if isinstance(field, forms.ChoiceField):
                text = dict(field.choices).get(value, text).strip("\u2003")
            found.append((str(field.label), text))
        return found

    @property
    def more(self) -> bool:
        """Whether a filter of the second row is in use."""
        return self.is_valid() and any(self.cleaned_data.get(name) for name in SECOND)


ALL = Text(vi="Tất cả", en="All")
YES, NO = Text(vi="Được miễn trừ", en="Excused"), Text(vi="Không được miễn trừ", en="Not excused")
UNDONE = Text(vi="Chưa xong (tất cả)", en="Unfinished (all)")
FROM_DAYS = Text(vi="từ {n} ngày làm việc", en="{n} working days or more")
LABELS = {
    "q": Text(vi="Tìm theo tên việc, số/ký hiệu, mã", en="Search title, number and symbol, code"),
    "tt": Text(vi="Trạng thái", en="State"),
    "ky": Text(vi="Kỳ", en="Period"),
    "nguoi": Text(vi="Người làm", en="Person"),
    "giao": Text(vi="Người giao", en="Given by"),
    "loai": Text(vi="Loại việc, lĩnh vực", en="Kind, field"),
    "tre": Text(vi="Số ngày trễ", en="Days late"),
    "nn": Text(vi="Dấu hiệu nguyên nhân trễ", en="Cause seen in the data"),
    "cho": Text(vi="Đang chờ ai", en="Waiting for"),
    "mien": Text(vi="Miễn trừ", en="Excused"),
    "dv": Text(vi="Đơn vị", en="Unit"),
    "ngay": Text(vi="Theo cơ cấu ngày", en="Structure as of"),
}
FIRST = ("q", "tt", "ky", "nguoi")
SECOND = ("giao", "loai", "tre", "nn", "cho", "mien", "dv", "ngay")


def _months(lang: str) -> list[tuple[str, str]]:
    period, found = Period.of(PeriodKind.MONTH, timezone.localdate()), []
    for _ in range(MONTHS):
        found.append((period.label, period.title(lang).capitalize()))
        period = period.previous()
    return found


def _kinds(kinds: Iterable[tuple[str, str]], lang: str) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for kind, procedure in kinds:
        name = words.KINDS[kind].in_(lang) if kind in words.KINDS else kind
        if kind:
            found.setdefault(kind, name)
        if procedure:
            found[f"{kind}|{procedure}"] = f"{name}: {procedure}" if name else procedure
    return sorted(found.items(), key=lambda one: one[1])
