"""What incidents and exemptions are called on screen."""

from congtam.engine.rulebook.model import Text

KINDS = {
    "storm": Text(vi="Bão, lũ, thiên tai", en="Storm, flood"),
    "source_down": Text(vi="Hệ thống nguồn ngừng hoạt động", en="A source was down"),
    "congtam_down": Text(vi="Công Tâm ngừng hoạt động", en="Công Tâm was down"),
    "closure": Text(vi="Nghỉ theo quyết định", en="Closed by decision"),
    "other": Text(vi="Sự cố khác", en="Another incident"),
}
EXEMPTION = Text(vi="Miễn trừ lỗi, phần việc", en="Exemption")
STATES = {
    "open": Text(vi="Chưa kết thúc", en="Not over"),
    "standing": Text(vi="Có hiệu lực", en="In force"),
    "taken_back": Text(vi="Đã rút", en="Taken back"),
}
BADGES = {"open": "wait", "standing": "ok", "taken_back": "none"}
FAULTS = {
    "delay": Text(vi="Trễ hạn", en="Late"),
    "quality": Text(vi="Chất lượng", en="Quality"),
}
WHOLE = Text(vi="cả công việc", en="the whole item")
SHARE = Text(vi="phần việc", en="share")
EVERYBODY = Text(vi="mọi người giữ việc", en="everybody who had it")
SOMEBODY = Text(vi="(không còn tên)", en="(no name kept)")
