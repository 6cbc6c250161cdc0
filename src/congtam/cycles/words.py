"""What steps and states of a cycle are called."""

from congtam.engine.rulebook.model import Text

STEP_TITLES = {
    "cut_off": Text(vi="Chốt số liệu", en="Data cut-off"),
    "self_report": Text(vi="Tự đánh giá", en="Self-report"),
    "rating": Text(vi="Chấm điểm", en="Rating"),
    "draft_slip": Text(vi="Phiếu dự thảo", en="Draft slips"),
    "review": Text(vi="Cán bộ cho ý kiến", en="Remarks of officials"),
    "calibration": Text(vi="Họp xét", en="Calibration"),
    "announcement": Text(vi="Công bố dự kiến", en="Announcement"),
    "objections": Text(vi="Xem xét lại", en="Requests to review"),
    "seal": Text(vi="Chốt kết quả", en="Seal"),
    "handover": Text(vi="Chuyển cơ sở dữ liệu quốc gia", en="Hand-over to the national database"),
}
STATE_TITLES = {
    "ahead": Text(vi="chưa đến", en="ahead"),
    "open": Text(vi="đang mở", en="open"),
    "paused": Text(vi="đang tạm dừng", en="paused"),
    "done": Text(vi="đã xong", en="done"),
}
