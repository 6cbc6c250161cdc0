"""What was done to raters."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "marking.admit": Text(vi="cử chấm điểm", en="admitted as a rater"),
    "marking.end_admission": Text(vi="kết thúc việc cử chấm điểm", en="ended the admission as a rater of"),
}
