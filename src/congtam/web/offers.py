"""Values offered under a line that is filled in often: one may be chosen, anything else written. No script."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import count, islice
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from congtam.engine.periods import local_day
from congtam.engine.working_time import Calendar
from congtam.web.words import both

Offer = tuple[str, Any]  # what is filled in, and what it is called where that says more
AHEAD = (3, 5, 7, 10)  # working days


class OfferingInput(forms.TextInput):
    """A line of text with what is offered for it."""

    def __init__(self, offers: Iterable[Offer], attrs: dict[str, Any] | None = None):
        super().__init__(attrs)
        self.offers = list(offers)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The input, and its list beside it where anything is offered."""
        if not self.offers:
            return super().render(name, value, attrs, renderer)
        told = attrs or {}
        key = f"{told.get('id') or name}-goi-y"
        options = format_html_join("", '<option value="{}">{}</option>', self.offers)
        line = super().render(name, value, {**told, "list": key}, renderer)
        return line + format_html('<datalist id="{}">{}</datalist>', key, options)


def offer(form: forms.Form, name: str, offers: Iterable[Offer]) -> None:
    """Offer values for a line of a form. `autocomplete="off"` would hide them in some browsers and goes."""
    field = form.fields[name]
    kept = {key: value for key, value in field.widget.attrs.items() if key != "autocomplete"}
    field.widget = OfferingInput(offers, kept)


def offer_words(form: forms.Form, name: str, words: Iterable[str]) -> None:
    """Offer words that were written before."""
    offer(form, name, ((one, "") for one in words))


def offer_deadlines(form: forms.Form, calendar: Calendar, now: datetime, *names: str) -> None:
    """Offer the days so many working days from now, for those of the named lines that the form has."""
    today = local_day(now)
    days = [
        (_written(calendar.add_working_days(today, n)), both(f"{n} ngày làm việc", f"{n} working days")) for n in AHEAD
    ]
    for name in names:
        if name in form.fields:
            offer(form, name, days)


def offer_lately(form: forms.Form, name: str, calendar: Calendar, today: date) -> None:
    """Offer today and the two working days before it."""
    back = (today - timedelta(days=n) for n in count(1))
    worked = islice((day for day in back if calendar.is_working(day)), 2)
    called = (
        both("hôm nay", "today"),
        both("1 ngày làm việc trước", "1 working day ago"),
        both("2 ngày làm việc trước", "2 working days ago"),
    )
    offer(form, name, zip(map(_written, (today, *worked)), called, strict=True))


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
