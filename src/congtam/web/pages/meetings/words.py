"""What meetings, and the states of what they concluded, are called on screen."""

from congtam.engine.rulebook.model import Text

KINDS = {
    "weekly": Text(vi="Giao ban tuần", en="Weekly meeting"),
    "monthly": Text(vi="Giao ban tháng", en="Monthly meeting"),
}
OUTCOMES = {
    "on_record": Text(vi="Chỉ ghi lại", en="On record only"),
    "done_in_time": Text(vi="Xong đúng hạn", en="Done in time"),
    "done_late": Text(vi="Xong, trễ hạn", en="Done late"),
    "under_way": Text(vi="Chưa xong, còn hạn", en="Not done, not yet due"),
    "standing": Text(vi="Đang chờ, đồng hồ dừng", en="Waits, its clock stands"),
    "unanswered": Text(vi="Đơn vị được đề nghị chưa nhận", en="Not taken yet by the unit asked"),
    "refused": Text(vi="Đơn vị được đề nghị từ chối", en="Refused by the unit asked"),
    "overdue": Text(vi="Quá hạn", en="Overdue"),
    "cancelled": Text(vi="Đã hủy", en="Cancelled"),
    "excused": Text(vi="Được miễn trừ", en="Excused"),
}
BADGES = {
    "on_record": "none",
    "done_in_time": "ok",
    "done_late": "none",
    "under_way": "info",
    "standing": "wait",
    "unanswered": "wait",
    "refused": "soon",
    "overdue": "late",
    "cancelled": "none",
    "excused": "none",
}
HEADINGS = {
    "decided": Text(vi="Kết luận trước và kết quả", en="Concluded before, and what became of it"),
    "late": Text(vi="Đang quá hạn", en="Overdue"),
    "due": Text(vi="Đến hạn trước phiên sau", en="Due before the next meeting"),
    "stopped": Text(vi="Đang dừng để chờ", en="Stands and waits"),
    "across": Text(vi="Chờ đơn vị khác", en="Waits for other units"),
    "asked": Text(vi="Chờ người trả lời", en="Waits for an answer"),
    "loaded": Text(vi="Quá tải", en="Overloaded"),
}
