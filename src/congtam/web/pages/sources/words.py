"""What states of deliveries, batches and uploads are called."""

from django.utils.translation import get_language

from congtam.engine.findings import Finding
from congtam.intake.translating import english
from congtam.intake.words import told
from congtam.web.words import both

STATES = {  # kind of badge, word
    "in_time": ("ok", both("đúng hẹn", "in time")),
    "late": ("soon", both("về muộn", "came late")),
    "missing": ("late", both("chưa về", "missing")),
    "waiting": ("wait", both("chưa đến giờ hẹn", "not due yet")),
    "rest": ("none", both("ngày nghỉ", "day off")),
    "free": ("none", both("không hẹn giờ", "nothing promised")),
}
BATCH_KINDS = {
    "push": both("đẩy qua API", "pushed"),
    "upload": both("tải tệp lên", "uploaded"),
    "mend": both("đưa lại bản ghi để riêng", "replayed"),
    "withdrawal": both("rút đợt", "withdrawal"),
}
UPLOADS = {
    "receiving": both("đang nhận tệp", "receiving"),
    "review": both("chờ xem bảng ánh xạ", "mapping to review"),
    "queued": both("chờ đọc", "waits to be read"),
    "reading": both("đang đọc", "being read"),
    "done": both("đã đọc xong", "done"),
    "refused": both("không đọc được", "refused"),
}


def in_words(text: str) -> str:
    """What was kept in Vietnamese (see `intake.words`), in the language of the page."""
    return english(text) if get_language() == "en" else text


def finding(one: Finding) -> str:
    """Why a mapping or a file cannot be used, in the language of the page."""
    line = f"line {one.place.line}: " if one.place.line is not None else ""
    return str(both(told(one), f"{line}{one.message} → {one.advice}"))
