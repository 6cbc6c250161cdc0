"""What is said on the desk: urgencies, what is asked and answered, what each deed is called."""

from congtam.engine.rulebook.model import Text

URGENCY = {
    "ordinary": Text(vi="Thường", en="Ordinary"),
    "urgent": Text(vi="Khẩn", en="Urgent"),
    "very_urgent": Text(vi="Thượng khẩn", en="Very urgent"),
    "express": Text(vi="Hỏa tốc", en="Express"),
}
CAUSES = {
    "own": Text(vi="Chủ quan", en="Within one's own control"),
    "outside": Text(vi="Khách quan", en="Outside one's control"),
}
MARKS = {
    "5": Text(vi="5 – rất tốt", en="5 – very good"),
    "4": Text(vi="4 – tốt", en="4 – good"),
    "3": Text(vi="3 – đạt", en="3 – as asked"),
    "2": Text(vi="2 – còn thiếu sót", en="2 – with flaws"),
    "1": Text(vi="1 – không đạt", en="1 – not as asked"),
}
QUESTIONS = {
    "more_time": Text(vi="Xin thêm thời gian", en="Asks for more time"),
    "acceptance": Text(vi="Chờ nghiệm thu", en="Delivered, to be accepted"),
    "coordination": Text(vi="Đề nghị phối hợp", en="Asks for help"),
    "escalation": Text(vi="Báo cáo vướng mắc phối hợp", en="Help that was not given"),
    "confirmation": Text(vi="Việc phát sinh chờ xác nhận", en="Work that came up, to be confirmed"),
    "recognition": Text(vi="Sáng kiến chờ công nhận", en="Initiative to be recognised"),
    "refusal": Text(vi="Xin không nhận việc", en="Asks not to take the work"),
}
AWAITED = {
    "more_time": Text(vi="Xin thêm thời gian", en="More time asked for"),
    "acceptance": Text(vi="Đã giao nộp, chờ nghiệm thu", en="Delivered, waits to be accepted"),
    "coordination": Text(vi="Đã đề nghị phối hợp", en="Help asked for"),
    "escalation": Text(vi="Đã báo cáo cấp trên", en="Escalated"),
    "confirmation": Text(vi="Việc phát sinh chờ xác nhận", en="Work that came up, to be confirmed"),
    "recognition": Text(vi="Sáng kiến chờ công nhận", en="Initiative to be recognised"),
    "refusal": Text(vi="Đã xin không nhận việc", en="Asked not to take it"),
}
YES = {
    "more_time": Text(vi="Cho thêm thời gian", en="Grant more time"),
    "acceptance": Text(vi="Nghiệm thu", en="Accept"),
    "coordination": Text(vi="Nhận phối hợp", en="Take it"),
    "escalation": Text(vi="Yêu cầu đơn vị thực hiện", en="Order the unit to do it"),
    "confirmation": Text(vi="Xác nhận", en="Confirm"),
    "recognition": Text(vi="Công nhận", en="Recognise"),
    "refusal": Text(vi="Đồng ý cho không nhận", en="Agree"),
}
NO = {
    "more_time": Text(vi="Không cho", en="Refuse"),
    "acceptance": Text(vi="Trả lại để hoàn thiện", en="Return to be completed"),
    "coordination": Text(vi="Không nhận", en="Refuse"),
    "escalation": Text(vi="Không yêu cầu", en="Do not order it"),
    "confirmation": Text(vi="Không xác nhận", en="Do not confirm"),
    "recognition": Text(vi="Không công nhận", en="Do not recognise"),
    "refusal": Text(vi="Không đồng ý", en="Disagree"),
}
KINDS = {
    "duty": Text(vi="Trực", en="Duty"),
    "citizens": Text(vi="Tiếp công dân", en="Receiving citizens"),
    "field": Text(vi="Đi cơ sở", en="Field visit"),
    "meeting": Text(vi="Họp", en="Meeting"),
}
_SAID = {
    "report": Text(vi="Báo cáo tiến độ", en="Report"),
    "ask_time": Text(vi="Xin thêm thời gian", en="Asked for more time"),
    "refuse_work": Text(vi="Xin không nhận việc", en="Asked not to take it"),
    "answer": Text(vi="Trả lời đề nghị", en="Answered"),
    "escalate": Text(vi="Báo cáo cấp trên", en="Escalated"),
    "recur": Text(vi="Giao theo định kỳ", en="Given by itself"),
}


def said_of(kind: str) -> Text:
    """What a remark that stands by itself is called, by the deed it was made with."""
    return _SAID.get(kind, Text(vi="Ý kiến", en="Remark"))
