"""What slips and requests to review are called on the screen."""

from congtam.engine.rulebook.model import Text
from congtam.objections.models import AGREE, PARTLY, REFUSED, REMARK, SILENT, UPHELD

SAID = {
    AGREE: Text(vi="đồng ý", en="agreed"),
    REMARK: Text(vi="có ý kiến", en="has a remark"),
    SILENT: Text(vi="không có ý kiến", en="no remark"),
}
OUTCOMES = {
    UPHELD: Text(vi="Chấp nhận", en="Upheld"),
    PARTLY: Text(vi="Chấp nhận một phần", en="Upheld in part"),
    REFUSED: Text(vi="Không chấp nhận", en="Not upheld"),
}
BADGES = {UPHELD: "ok", PARTLY: "ok", REFUSED: "none"}
SLIP = Text(vi="Phiếu dự thảo", en="Draft slip")
PERIOD = Text(vi="Kỳ", en="Period")
REQUESTS = Text(vi="Đề nghị xem xét lại", en="Requests to review")
WHOLE_LINE = Text(vi="Cả dòng này", en="The whole line")
WORK, FAULT = Text(vi="Công việc", en="Work"), Text(vi="Lỗi", en="Fault")
