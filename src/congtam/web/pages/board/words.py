"""What columns of the board and deadlines are called."""

from datetime import timedelta

from congtam.engine.explaining import formats
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.web.pages.worklist.words import BADGES as STATE_BADGES
from congtam.web.pages.worklist.words import STATES
from congtam.work.lists import Row, Sight

COLUMNS = {
    "untaken": Text(vi="Chưa nhận", en="Not taken up"),
    "in_hand": Text(vi="Đang làm", en="In hand"),
    "waiting": Text(vi="Chờ bên khác", en="Waits for others"),
    "delivered": Text(vi="Chờ nghiệm thu", en="To be accepted"),
    "returned": Text(vi="Trả lại", en="Returned"),
    "done": Text(vi="Xong trong tháng", en="Done this month"),
}
BADGES = {"untaken": "info", "in_hand": "info", "waiting": "wait", "delivered": "wait", "returned": "soon"}
ASKED = {
    "more_time": Text(vi="Xin thêm thời gian", en="Asks for more time"),
    "refusal": Text(vi="Xin không nhận", en="Asks not to take it"),
}
NO_DEADLINE = Text(vi="Chưa có hạn", en="No deadline")
DAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
A_DAY = timedelta(days=1)
WEEK = tuple(Text(vi=vi, en=en) for vi, en in zip(DAYS, DAYS_EN, strict=True))


def stands(row: Row, column: str = "") -> tuple[str, Text]:
    """The badge of a share and its word: what presses, else where it stands on the board (`column`), else its state
    as lists tell it."""
    if row.state in ("late", "soon") or column not in BADGES:
        return STATE_BADGES[row.state], STATES[row.state]
    return BADGES[column], COLUMNS[column]


def time_left(row: Row, sight: Sight) -> Text:
    """How much working time is left until a deadline or has passed since: whole working days, on the last day office
    hours."""
    if row.due_at is None:
        return NO_DEADLINE
    if row.finished_at is not None:
        return _late(row.late_days) if row.state == "finished_late" else Text(vi="đúng hạn", en="in time")
    if row.due_at < sight.now:
        return _late(row.late_days)
    today, due = local_day(sight.now), local_day(row.due_at)
    days = sight.calendar.working_days(today + A_DAY, due + A_DAY)
    if due > today and days > 0:
        return Text(vi=f"còn {days} ngày làm việc", en=f"{days} working {'day' if days == 1 else 'days'} left")
    minutes = sight.calendar.working_minutes(sight.now, row.due_at)
    if minutes < 60:
        return Text(vi=f"còn {minutes} phút làm việc", en=f"{minutes} office minutes left")
    tenths = round(minutes / 6)
    vi, en = (formats.scaled(tenths, 1, lang) for lang in ("vi", "en"))
    return Text(vi=f"còn {vi} giờ làm việc", en=f"{en} office hours left")


def _late(days: int) -> Text:
    if not days:
        return Text(vi="trễ trong ngày", en="late on the day")
    return Text(vi=f"trễ {days} ngày làm việc", en=f"{days} working {'day' if days == 1 else 'days'} late")
