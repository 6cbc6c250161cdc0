"""What was done to what is kept: terms, holds, erasure."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "retention.approve": Text(vi="duyệt danh sách xóa dữ liệu:", en="approved the erasure of"),
    "retention.end_term": Text(vi="kết thúc thời hạn bảo quản của", en="ended a term of keeping of"),
    "retention.erased": Text(vi="xóa dữ liệu đã được duyệt:", en="erased what was approved:"),
    "retention.hold": Text(vi="ghi tạm dừng xóa dữ liệu của", en="put a hold on erasure in"),
    "retention.propose": Text(vi="lập danh sách xóa dữ liệu:", en="proposed the erasure of"),
    "retention.refuse": Text(vi="không duyệt danh sách xóa dữ liệu:", en="refused the erasure of"),
    "retention.release": Text(vi="bỏ tạm dừng xóa dữ liệu của", en="lifted a hold on erasure in"),
    "retention.set_term": Text(vi="đặt thời hạn bảo quản của", en="set a term of keeping of"),
}
