"""What was done to the calendar of the site."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "calendar.clear_day": Text(vi="bỏ ngày riêng của cơ quan trong lịch", en="took a day of the site off the calendar"),
    "calendar.set_day": Text(vi="ghi ngày riêng của cơ quan vào lịch", en="set a day of the site in the calendar"),
}
