"""What was done to slips and requests to review."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "objections.agree": Text(vi="đồng ý với các dòng còn lại trên phiếu của", en="agreed to the rest of the slip of"),
    "objections.answer": Text(vi="trả lời đề nghị xem xét lại của", en="answered a request to review of"),
    "objections.object": Text(vi="gửi đề nghị xem xét lại của", en="asked for a review of"),
    "objections.say": Text(vi="cho ý kiến trên phiếu của", en="spoke to the slip of"),
    "objections.show_slips": Text(vi="đưa phiếu dự thảo của", en="showed draft slips of"),
    "objections.silence": Text(
        vi="ghi không có ý kiến vì hết hạn cho ý kiến trên phiếu của", en="wrote down no remark on the slip of"
    ),
}
