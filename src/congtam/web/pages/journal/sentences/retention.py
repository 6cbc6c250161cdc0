"""What was done to what is kept: terms, holds, erasure."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "retention.approve": Text(vi="duyệt danh sách xóa dữ liệu:", en="approved the erasure of"),
    "retention.end_term": Text(vi="bỏ thời hạn lưu giữ của", en="ended a term of retention of"),
    "retention.erased": Text(vi="xóa dữ liệu đã được duyệt:", en="erased what was approved:"),
    "retention.hold": Text(vi="ghi tạm giữ dữ liệu của", en="put on hold what is kept of"),
    "retention.propose": Text(vi="lập danh sách xóa dữ liệu:", en="proposed the erasure of"),
    "retention.refuse": Text(vi="không duyệt danh sách xóa dữ liệu:", en="refused the erasure of"),
    "retention.release": Text(vi="thôi giữ dữ liệu của", en="released a hold in"),
    "retention.set_term": Text(vi="đặt thời hạn lưu giữ của", en="set a term of retention of"),
}
