"""What the registers propose and a person may change: a deadline by urgency, and well-known types of documents."""

from datetime import date, datetime, timedelta

from congtam.calendars.queries import national_calendar
from congtam.engine.periods import local_day
from congtam.registry.queries import choice

DAYS = "registers.days"  # a site's choice: working days by urgency
# Decree 30/2020 says only that urgent documents are handled at once; the days are a proposal of ours.
PROPOSED = {"express": 0, "very_urgent": 0, "urgent": 1, "ordinary": 5}
# Article 7 of Decree 30/2020 has 29 types. Its list was not checked: these are well known, any other may be written.
KINDS = (
    "Công văn", "Quyết định", "Thông báo", "Báo cáo", "Kế hoạch", "Tờ trình", "Giấy mời", "Chỉ thị", "Nghị quyết",
    "Hướng dẫn", "Biên bản", "Công điện",
)  # fmt: skip


def proposed_due(urgency: str, now: datetime) -> datetime:
    """When work on a document of this urgency might be due: at the close of office, so many working days from now; of
    what is to be handled at once, at the close of today, or of the next working day when that is over."""
    days = choice(DAYS, local_day(now), PROPOSED)
    calendar, today = national_calendar(), local_day(now)
    taken = int(days.get(urgency, PROPOSED["ordinary"]))
    if taken == 0 and (not calendar.is_working(today) or calendar.close_of(today) <= now):
        taken = 1
    return calendar.close_of(calendar.add_working_days(today, taken))


def in_time(first: date | None, then: datetime | None) -> bool | None:
    """Whether something was done on the same or the next working day; None while it is not known."""
    if first is None or then is None:
        return None
    day = timedelta(days=1)
    return national_calendar().working_days(first + day, local_day(then) + day) <= 1
