"""What was done to periods and their steps."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "cycles.claim": Text(vi="tự nêu một nội dung để được xem xét trong", en="told something of themselves in"),
    "cycles.confirmed": Text(vi="xác nhận nội dung tự nêu của", en="confirmed what was told by"),
    "cycles.declined": Text(vi="không xác nhận nội dung tự nêu của", en="did not confirm what was told by"),
    "cycles.finish": Text(vi="kết thúc một bước của", en="ended a step of"),
    "cycles.hand_over": Text(
        vi="ghi đã chuyển cơ sở dữ liệu quốc gia kết quả của", en="recorded the hand-over to the national database of"
    ),
    "cycles.move": Text(vi="đổi hạn một bước của", en="moved a deadline of"),
    "cycles.open": Text(vi="mở", en="opened"),
    "cycles.pass": Text(vi="kết thúc một bước vì hết hạn của", en="ended, as its deadline passed, a step of"),
    "cycles.pause": Text(vi="tạm dừng", en="paused"),
    "cycles.remind": Text(vi="nhắc", en="reminded"),
    "cycles.reopen": Text(vi="mở lại một bước của", en="opened again a step of"),
    "cycles.result_in": Text(vi="ghi kết quả do cơ quan khác gửi của", en="entered a result another agency sent of"),
    "cycles.resume": Text(vi="cho chạy tiếp", en="went on with"),
    "cycles.seal": Text(vi="chốt", en="sealed"),
    "cycles.self_report": Text(vi="nộp bản tự đánh giá của", en="handed in their self-report of"),
    "cycles.set_kind": Text(vi="ghi loại cơ quan (đặc thù hay không) của", en="wrote the kind (special or not) of"),
    "cycles.unclaim": Text(vi="rút một nội dung tự nêu trong", en="took back something told of themselves in"),
}
