"""What was done to seals."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "scores.erase_texts": Text(vi="xóa khỏi các bản chốt tên và lời lẽ về", en="erased from all seals the texts about"),
    "scores.export": Text(vi="tải điểm đã mở của mình, bằng tài khoản", en="exported their points, with the account"),
    "scores.seal": Text(vi="ghi bản chốt của", en="wrote a seal of"),
}
