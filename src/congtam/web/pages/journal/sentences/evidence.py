"""What was done to evidence."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "evidence.hand_in": Text(vi="nộp minh chứng cho", en="handed in evidence to"),
}
