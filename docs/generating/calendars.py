"""The page of one working calendar: every day that differs from the week, with its source, and the open questions."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from congtam.engine.calendars import Choice, Override, Source, WorkingCalendar
from congtam.engine.explaining.manual import words
from generating.markdown import bullets, code, link, page, table
from generating.shelf import SHIPPED, Shelf

_WEEKDAYS = (("T2", "Mon"), ("T3", "Tue"), ("T4", "Wed"), ("T5", "Thu"), ("T6", "Fri"), ("T7", "Sat"), ("CN", "Sun"))


def calendar_page(shelf: Shelf, identity: str) -> str:
    """A calendar year by year; the tables serve both languages."""
    calendar, path = shelf.calendars[identity], shelf.calendar_page(identity)
    years = sorted({own.day.year for own in calendar.versions})
    sources = _unique(own.source for own in sorted(calendar.versions, key=lambda own: own.day))
    return page(
        f"{calendar.title['vi']} · {calendar.title['en']}",
        f"{code(identity)} · {link('YAML', path, f'{SHIPPED}/{identity}/calendar.yaml')}",
        *_intro(calendar),
        "## Câu hỏi còn để ngỏ · Open questions",
        *[block for choice in calendar.choices.values() for block in _choice(calendar, choice)],
        *[block for year in years for block in _year(calendar, year, sources)],
        "## Nguồn · Sources",
        _sources(sources),
    )


def _intro(calendar: WorkingCalendar) -> Iterator[str]:
    base = calendar.base
    span = f"{base.official_from:%d/%m/%Y} – {base.official_until:%d/%m/%Y}"
    hours = "; ".join(f"{_time(start)}–{_time(end)}" for start, end in sorted(base.hours.values()))
    days = " ".join(" · ".join(_WEEKDAYS[day]) + "," for day in sorted(base.week)).rstrip(",")
    yield table(
        ["", "Tiếng Việt", "English"],
        [
            [days, "Ngày làm việc", "Working days"],
            [hours, "Giờ làm việc", "Office hours"],
            [span, "Lịch chính thức hoặc đã qua; ngoài khoảng này mọi hạn là tạm tính",
             "Announced or past; outside it every deadline is provisional"],
        ],
    )  # fmt: skip
    yield "Chỉ ghi những ngày khác với tuần làm việc. Only days that differ from the week are listed."


def _time(since_midnight: timedelta) -> str:
    minutes = int(since_midnight.total_seconds()) // 60
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _choice(calendar: WorkingCalendar, choice: Choice) -> Iterator[str]:
    yield f"### {choice.title['vi']} · {choice.title['en']}"
    sources_vi = ", ".join(source.title["vi"] for source in choice.sources)
    sources_en = ", ".join(source.title["en"] for source in choice.sources)
    yield f"{choice.question['vi']} {choice.question['en']}"
    yield table(
        ["Trả lời · Answer", "Tiếng Việt", "English", "Ngày làm việc cả năm · Working days of the year"],
        [
            [
                code(option) + (" (mặc định · default)" if option == choice.default else ""),
                said["vi"],
                said["en"],
                str(_working_days(calendar, choice.override.day.year, {choice.id: option})),
            ]
            for option, said in choice.options.items()
        ],
    )
    yield bullets([choice.why_default["vi"], choice.why_default["en"]])
    yield bullets(
        [
            f"Nguồn: {sources_vi}. Độ chắc chắn: {words.CERTAINTY[choice.certainty].vi}.",
            f"Sources: {sources_en}. Certainty: {words.CERTAINTY[choice.certainty].en}.",
        ]
    )


def _working_days(calendar: WorkingCalendar, year: int, answers: dict[str, str] | None = None) -> int:
    known = calendar.as_known(None, answers)
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    return sum(known.is_working(first + timedelta(days=n)) for n in range(days))


def _year(calendar: WorkingCalendar, year: int, sources: list[Source]) -> Iterator[str]:
    total = _working_days(calendar, year)
    official = calendar.base.is_official(date(year, 12, 31))
    note = "" if official else ", tạm tính · provisional"
    yield f"## {year}: {total} ngày làm việc · working days{note}"
    days = sorted((own for own in calendar.versions if own.day.year == year), key=lambda own: own.day)
    groups = [
        list(group) for _, group in groupby(days, key=lambda own: (own.kind, own.name, own.source, own.known_from))
    ]
    yield table(
        [
            "Ngày · Day",
            "Là · Is",
            "Tiếng Việt",
            "English",
            "Nguồn · Source",
            "Độ chắc chắn · Certainty",
            "Biết từ · Known from",
        ],
        [_row(group, sources) for group in groups],
    )


def _row(days: list[Override], sources: list[Source]) -> list[str]:
    own = days[0]
    kind, sure = words.DAY_KIND[own.kind], words.CERTAINTY[own.source.certainty]
    return [
        ", ".join(f"{_WEEKDAYS[one.day.weekday()][0]} {one.day:%d/%m}" for one in days),
        f"{kind.vi} · {kind.en}",
        own.name["vi"],
        own.name["en"],
        f"[{sources.index(own.source) + 1}]",
        f"{sure.vi} · {sure.en}",
        f"{own.known_from:%d/%m/%Y}" if own.known_from else "luôn biết · always",
    ]


def _unique(sources: Iterable[Source]) -> list[Source]:
    """Sources in the order in which they first appear."""
    found: list[Source] = []
    for source in sources:
        if source not in found:
            found.append(source)
    return found


def _sources(sources: list[Source]) -> str:
    """The numbered list that the tables of days refer to."""
    return table(
        ["", "Tiếng Việt", "English", "Văn bản · Act", "Độ chắc chắn · Certainty", "Xác nhận ngày · Confirmed on"],
        (
            [
                f"[{number}]",
                source.title["vi"],
                source.title["en"],
                ", ".join([source.act, *([source.article] if source.article else [])]),
                f"{words.CERTAINTY[source.certainty].vi} · {words.CERTAINTY[source.certainty].en}",
                f"{source.confirmed_on:%d/%m/%Y}" if source.confirmed_on else "–",
            ]
            for number, source in enumerate(sources, start=1)
        ),
    )
