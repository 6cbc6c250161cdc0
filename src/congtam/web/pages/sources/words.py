"""What states of deliveries, batches and uploads are called."""

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
    "erased": both("đã xóa theo quyết định", "erased by a decision"),
}
