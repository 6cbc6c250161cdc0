"""What was done to marks, figures and decisions."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "rating.decide": Text(vi="ghi quyết định về", en="recorded a decision on"),
    "rating.rate": Text(vi="chấm điểm cho", en="gave a mark to"),
    "rating.report": Text(vi="ghi số liệu báo cáo của", en="recorded a reported figure of"),
    "rating.take_back": Text(vi="rút lại", en="took back"),
}
