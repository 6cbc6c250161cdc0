"""What steps and states of a cycle are called."""

from congtam.engine.explaining.rule_words import STEP_TITLES
from congtam.engine.rulebook.model import Text

__all__ = ["STATE_TITLES", "STEP_TITLES"]

STATE_TITLES = {
    "ahead": Text(vi="chưa đến", en="ahead"),
    "open": Text(vi="đang mở", en="open"),
    "paused": Text(vi="đang tạm dừng", en="paused"),
    "done": Text(vi="đã xong", en="done"),
}
