"""What steps and states of a cycle are called."""

from congtam.engine.explaining.rule_words import STEP_TITLES
from congtam.engine.rulebook.model import Text

__all__ = ["DEED_TITLES", "STATE_TITLES", "STEP_TITLES"]

STATE_TITLES = {
    "ahead": Text(vi="chưa đến", en="ahead"),
    "open": Text(vi="đang mở", en="open"),
    "paused": Text(vi="đang tạm dừng", en="paused"),
    "done": Text(vi="đã xong", en="done"),
}
DEED_TITLES = {
    "moved": Text(vi="đổi hạn", en="deadline moved"),
    "paused": Text(vi="tạm dừng", en="paused"),
    "reopened": Text(vi="mở lại", en="opened again"),
}
