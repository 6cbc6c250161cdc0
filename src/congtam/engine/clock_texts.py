"""What the lines of a clock's ledger say, in Vietnamese and English."""

from collections.abc import Mapping
from datetime import date, datetime

from congtam.engine.periods import VIETNAM
from congtam.engine.working_time import PROVISIONAL, Calendar, Text

MOST_SKIPPED = 12  # days listed one by one in a line for people

UNITS: Mapping[str, Text] = {
    "hours": {"vi": "giờ làm việc", "en": "working hours"},
    "working_days": {"vi": "ngày làm việc", "en": "working days"},
    "calendar_days": {"vi": "ngày", "en": "days"},
    "months": {"vi": "tháng", "en": "months"},
}

MESSAGES: Mapping[str, Text] = {
    "received": {"vi": "nhận; {n} {unit} → hạn {due}", "en": "received; {n} {unit} → due {due}"},
    "received_later": {
        "vi": "nhận trong giờ cuối hoặc ngoài giờ, tính từ {begin}; {n} {unit} → hạn {due}",
        "en": "received in the last hour or outside hours, counted from {begin}; {n} {unit} → due {due}",
    },
    "given": {"vi": "nhận; nguồn giao hạn {due}", "en": "received; the source gives the due instant {due}"},
    "paused": {"vi": "tạm dừng; đồng hồ dừng", "en": "paused; the clock stops"},
    "incident": {"vi": "sự cố: {reason}; đồng hồ dừng", "en": "incident: {reason}; the clock stops"},
    "requested": {
        "vi": "yêu cầu bổ sung lần {n}; đồng hồ dừng",
        "en": "supplement request no. {n}; the clock stops",
    },
    "incident_after_due": {
        "vi": "sự cố: {reason}; hạn {due} đã qua từ trước, đồng hồ không dừng",
        "en": "incident: {reason}; the due instant {due} had passed before, the clock does not stop",
    },
    "stands_already": {
        "vi": "đồng hồ đang dừng, bước này không đổi gì",
        "en": "the clock stands already; nothing changes",
    },
    "stands_not": {
        "vi": "không có lần dừng nào đang mở, hạn không đổi",
        "en": "no stop was open; the due instant does not move",
    },
    "stands_still": {
        "vi": "vẫn còn một lần dừng khác, đồng hồ chưa chạy",
        "en": "another stop is still open; the clock does not run yet",
    },
    "after_due": {
        "vi": "hạn {due} đã qua, bước này không dừng đồng hồ",
        "en": "the due instant {due} has passed; this does not stop the clock",
    },
    "resumed": {
        "vi": "chạy tiếp sau khi dừng {minutes} phút làm việc → hạn {due}",
        "en": "resumed after standing {minutes} working minutes → due {due}",
    },
    "restarted": {
        "vi": "bổ sung đủ, tính lại từ đầu từ {begin} → hạn {due}",
        "en": "supplement complete, counted afresh from {begin} → due {due}",
    },
    "reply_late": {
        "vi": "đến {begin} chưa có bổ sung trong {n} ngày làm việc; từ đó có thể đóng hồ sơ, hạn không đổi",
        "en": "no supplement within {n} working days, by {begin}; it may be closed from then, nothing moves",
    },
    "over_limit_overdue": {
        "vi": "yêu cầu bổ sung lần {n}, quá số lần cho phép ({limit}): tính là quá hạn, đồng hồ không dừng",
        "en": "supplement request no. {n}, over the limit of {limit}: counts as overdue, the clock runs on",
    },
    "over_limit_ignored": {
        "vi": "yêu cầu bổ sung lần {n}, quá số lần cho phép ({limit}): đồng hồ không dừng",
        "en": "supplement request no. {n}, over the limit of {limit}: the clock runs on",
    },
    "extended": {"vi": "gia hạn → hạn {due}", "en": "extended → due {due}"},
    "brought_forward": {"vi": "hạn được rút ngắn → hạn {due}", "en": "brought forward → due {due}"},
    "extended_late": {
        "vi": "gia hạn khi hạn đã qua, theo quyết định {decision} của {authority} → hạn {due}",
        "en": "extended after the due instant had passed, by decision {decision} of {authority} → due {due}",
    },
    "extension_late": {
        "vi": "gia hạn khi hạn {due} đã qua, không có người có thẩm quyền và số quyết định: hạn không đổi",
        "en": "extension after {due} had passed, without both authority and decision number: nothing moves",
    },
    "extension_never": {
        "vi": "gia hạn khi hạn {due} đã qua, quy tắc không cho phép: hạn không đổi",
        "en": "extension after {due} had passed, which the rule does not allow: nothing moves",
    },
    "extension_too_many": {
        "vi": "gia hạn quá số lần cho phép: hạn không đổi",
        "en": "more extensions than the limit allows: nothing moves",
    },
    "extension_blank": {
        "vi": "gia hạn không ghi hạn mới: hạn không đổi",
        "en": "the extension names no new due instant: nothing moves",
    },
    "extension_past": {
        "vi": "hạn mới {begin} nằm trong quá khứ: hạn không đổi",
        "en": "the new due instant {begin} lies in the past: nothing moves",
    },
    "standing": {
        "vi": "đồng hồ đang dừng; nếu chạy tiếp ngay lúc này → hạn {due}",
        "en": "the clock stands; if it went on at this instant → due {due}",
    },
    "provisional": PROVISIONAL,
}


def written(message: str, values: Mapping[str, object], lang: str) -> str:
    """One message in one language, its instants written the Vietnamese way."""
    told = {name: _value(value, lang) for name, value in values.items()}
    return MESSAGES[message][lang].format(**told)


def _value(value: object, lang: str) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    return UNITS[value][lang] if isinstance(value, str) and value in UNITS else str(value)


def moment(instant: datetime) -> str:
    """The day, then the time, in Vietnam: how a line of a ledger begins."""
    return f"{instant.astimezone(VIETNAM):%d/%m/%Y %H:%M}"


def skipped(calendar: Calendar, first: date, last: date, lang: str) -> str:
    """The days from after `first` to `last` that did not count or were worked by swap, for people to check."""
    days = [date.fromordinal(day) for day in range(first.toordinal() + 1, last.toordinal() + 1)]
    weekends = sum(not calendar.is_working(day) and day not in calendar.overrides for day in days)
    told = [f"{day:%d/%m/%Y} {calendar.why(day, lang)}" for day in days if day in calendar.overrides]
    if len(told) > MOST_SKIPPED:
        told = [*told[:MOST_SKIPPED], "…"]
    if weekends:
        told.append(f"ngày cuối tuần: {weekends}" if lang == "vi" else f"weekend days: {weekends}")
    opening = "bỏ qua hoặc làm bù" if lang == "vi" else "skipped or worked by swap"
    return f" ({opening}: {'; '.join(told)})" if told else ""
