"""What states, steps, causes and happenings of work are called on screen."""

from congtam.engine.explaining.words import ACTIVITIES, KINDS, SHARE_ROLES
from congtam.engine.rulebook.model import Text

STATES = {
    "late": Text(vi="Quá hạn", en="Overdue"),
    "soon": Text(vi="Sắp đến hạn", en="Due soon"),
    "waiting": Text(vi="Đang chờ", en="Waiting"),
    "open": Text(vi="Đang làm", en="In progress"),
    "finished_late": Text(vi="Xong, trễ hạn", en="Finished late"),
    "finished": Text(vi="Đã xong", en="Finished"),
    "passed_on": Text(vi="Đã chuyển tiếp", en="Passed on"),
}
BADGES = {
    "late": "late",
    "soon": "soon",
    "waiting": "wait",
    "open": "info",
    "finished_late": "none",
    "finished": "ok",
    "passed_on": "none",
}
WAITS = {
    "applicant": Text(vi="Chờ người nộp bổ sung hồ sơ", en="Waits for the applicant"),
    "other": Text(vi="Chờ cơ quan, đơn vị khác", en="Waits for another body"),
    "incident": Text(vi="Đồng hồ dừng vì sự cố", en="The clock stands for an incident"),
}
WAITED = {
    "applicant": Text(vi="chờ người nộp", en="wait for applicants"),
    "other": Text(vi="chờ nơi khác", en="wait for other bodies"),
    "incident": Text(vi="dừng vì sự cố", en="stand for an incident"),
}
CAUSES = {
    "received_late": Text(vi="Đến tay khi đã quá hạn", en="Already late when received"),
    "not_taken_up": Text(vi="Tiếp nhận sau khi hết hạn", en="Taken up after the deadline"),
    "returned": Text(vi="Bị trả lại hoặc mở lại", en="Returned or reopened"),
    "late_extension": Text(vi="Xin lùi hạn khi đã quá hạn", en="Extension asked after expiry"),
    "waited": Text(vi="Có thời gian tạm dừng để chờ", en="The clock stood for a while"),
    "unknown": Text(vi="Chưa rõ từ dữ liệu", en="Not shown by the data"),
}
STEPS = {
    "not_taken_up": Text(vi="Chưa tiếp nhận", en="Not taken up"),
    "in_hand": Text(vi="Đang xử lý", en="In hand"),
    "waiting_applicant": Text(vi="Chờ người nộp bổ sung", en="Waits for the applicant"),
    "waiting_other": Text(vi="Chờ cơ quan, đơn vị khác", en="Waits for another body"),
}
FAULTS = {"quality": Text(vi="lỗi chất lượng", en="quality"), "delay": Text(vi="chậm", en="delay")}
VALUES = {
    "by_default": Text(vi="mặc nhiên, vì không ai trả lời trong thời hạn", en="by default, as nobody answered in time"),
    "acceptance": Text(vi="trong lúc chờ nghiệm thu", en="while it waited to be accepted"),
}
TOLD = {"report": Text(vi="Báo cáo tiến độ", en="Report")}  # steps that are called by what was done
BY = Text(vi="bởi", en="by")
SOMEBODY = Text(vi="người không còn tên trong hệ thống", en="somebody whose name was erased")

__all__ = [
    "ACTIVITIES",
    "BADGES",
    "BY",
    "CAUSES",
    "FAULTS",
    "KINDS",
    "SHARE_ROLES",
    "SOMEBODY",
    "STATES",
    "STEPS",
    "TOLD",
    "VALUES",
    "WAITED",
    "WAITS",
]
