"""What was done to the machine."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "system.backup": Text(vi="sao lưu cả trang", en="backed the site up"),
    "system.seen_difference": Text(vi="đã xem chênh lệch điểm", en="saw the difference in scores"),
}
