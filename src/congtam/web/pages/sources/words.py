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
}
FINDINGS = {  # why a mapping or a file cannot be used
    "missing-key": both("Bảng ánh xạ thiếu một mục bắt buộc", "A needed key is missing"),
    "unknown-key": both("Bảng ánh xạ có mục lạ", "There is an unknown key"),
    "not-a-block": both("Một mục viết sai dạng", "A key is written in the wrong shape"),
    "unknown-word": both("Có từ không dùng được", "A word is not known"),
    "column-missing": both("Tệp không có cột mà bảng ánh xạ nêu", "The file lacks a column the mapping names"),
    "unknown-column": both("Tệp không có cột mà bảng ánh xạ nêu", "The file lacks a column the mapping names"),
    "bad-yaml": both("Bảng ánh xạ không phải YAML", "The mapping is no YAML"),
    "one-column": both("Tệp không tách được thành cột", "The file has only one column"),
    "not-xlsx": both("Tệp không phải bảng tính .xlsx", "This is no .xlsx workbook"),
    "old-xls": both("Tệp thuộc loại cũ .xls; mở và lưu lại thành .xlsx", "This is an old .xls; save it as .xlsx"),
    "locked": both("Tệp có mật khẩu; lưu một bản không mật khẩu", "The file has a password; save it without one"),
    "zip-damaged": both("Tệp hỏng hoặc bị cắt ngang; tải lại", "The file is damaged; fetch it again"),
    "gzip-damaged": both("Tệp nén hỏng hoặc bị cắt ngang; tải lại", "The packed file is damaged; fetch it again"),
    "which-sheet": both("Tệp có nhiều trang, chưa rõ đọc trang nào", "Several sheets; say which one"),
}


def finding(code: str, message: str, advice: str) -> str:
    """Why something cannot be used: in the language of the page, with what the reader said exactly."""
    exactly = f"{message} → {advice}"
    return f"{FINDINGS[code]} ({exactly})" if code in FINDINGS else exactly
