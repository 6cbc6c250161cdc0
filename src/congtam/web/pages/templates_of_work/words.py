"""What templates, and what recurs, are called on screen."""

from congtam.engine.rulebook.model import Text

EVERY = {
    "week": Text(vi="Hằng tuần", en="Every week"),
    "month": Text(vi="Hằng tháng", en="Every month"),
    "quarter": Text(vi="Hằng quý", en="Every quarter"),
}
STOPPED = {
    "by_hand": Text(vi="Dừng bằng tay", en="Stopped by hand"),
    "template_retired": Text(vi="Mẫu việc thôi dùng", en="Its template was retired"),
    "lead_left": Text(vi="Người chủ trì không còn giữ vị trí nào", en="Who leads it holds no post any more"),
    "lead_elsewhere": Text(
        vi="Người chủ trì không còn thuộc đơn vị của người đặt", en="Who leads it is no longer in the unit"
    ),
    "not_head": Text(vi="Người đặt không còn phụ trách đơn vị", en="Who set it up no longer heads the unit"),
}
OUTCOMES = {
    "given_late": Text(
        vi="giao muộn, một lần, vì hệ thống không hoạt động vào ngày đó",
        en="given late, once: the site was down that day",
    ),
    "not_given": Text(
        vi="kỳ này không giao vì người chủ trì vắng mặt suốt thời hạn",
        en="not given: who leads it is away all the time",
    ),
    "stopped": Text(vi="đã tự dừng", en="stopped by itself"),
}
