"""What was done to the close of a period and its papers."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "closing.accept": Text(vi="chấp nhận một việc chặn của", en="accepted what blocked"),
    "closing.export": Text(vi="xuất tình hình kỳ, bằng tài khoản", en="exported how a period stands, with"),
    "closing.seal": Text(vi="chốt kết quả của", en="sealed the results of"),
    "closing.set_letterhead": Text(vi="ghi tiêu đề văn bản của", en="set the letterhead of"),
    "closing.show_again": Text(vi="gửi lại phiếu đã đổi của", en="showed changed slips again of"),
    "closing.supersede": Text(vi="chốt lại kết quả của", en="sealed again the results of"),
    "closing.take_out": Text(vi="tải tệp bản chốt", en="took out the file of a seal"),
}
