"""What was done to meetings."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "meetings.call": Text(vi="mở phiên họp", en="called the meeting"),
    "meetings.call_off": Text(vi="hủy phiên họp", en="called off the meeting"),
    "meetings.close": Text(vi="kết thúc phiên họp", en="closed the meeting"),
    "meetings.conclude": Text(vi="ghi kết luận của phiên họp", en="wrote a conclusion of the meeting"),
    "meetings.correct": Text(vi="đính chính kết luận của phiên họp", en="corrected a conclusion of the meeting"),
    "meetings.correct_attendance": Text(vi="đính chính người dự của phiên họp", en="corrected who took part in"),
    "meetings.strike_out": Text(vi="bỏ kết luận của phiên họp", en="struck out a conclusion of the meeting"),
}
