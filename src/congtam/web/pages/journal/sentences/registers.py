"""What was done to the registers of documents."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "registers.approved": Text(vi="duyệt dự thảo", en="approved the draft"),
    "registers.assigned": Text(vi="giao xử lý", en="assigned"),
    "registers.attached": Text(vi="thêm tệp cho", en="added a file to"),
    "registers.cancelled": Text(vi="hủy, giữ số của", en="cancelled, its number kept:"),
    "registers.corrected": Text(vi="đính chính nội dung vào sổ của", en="corrected what was entered of"),
    "registers.done": Text(vi="cho lưu, không phải xử lý:", en="had filed, nothing to be done:"),
    "registers.draft": Text(vi="lập dự thảo", en="began the draft"),
    "registers.entered": Text(vi="vào sổ", en="entered"),
    "registers.export": Text(vi="tải sổ văn bản, bằng tài khoản", en="exported a register, with the account"),
    "registers.issued": Text(vi="ban hành, lấy số cho", en="issued and numbered"),
    "registers.remark": Text(vi="đồng ý với dự thảo", en="agreed to the draft"),
    "registers.returned": Text(vi="trả lại dự thảo để sửa:", en="returned the draft"),
    "registers.review": Text(vi="xin góp ý dự thảo", en="asked for a review of"),
    "registers.sent": Text(vi="ghi đã gửi", en="noted as sent:"),
    "registers.signed": Text(vi="nhận bản đã ký hợp lệ của", en="received validly signed"),
    "registers.signed_work": Text(vi="ghi văn bản đã ký vào", en="noted a signed document on"),
    "registers.submitted": Text(vi="trình lãnh đạo", en="submitted to a leader"),
    "registers.version": Text(vi="nộp bản mới của dự thảo", en="handed in a new version of"),
}
