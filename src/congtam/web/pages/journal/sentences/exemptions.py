"""What was done to incidents and exemptions."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "exemptions.correct_incident": Text(vi="sửa sự cố", en="corrected the incident"),
    "exemptions.exempt": Text(vi="miễn trừ trong", en="exempted in"),
    "exemptions.export": Text(vi="xuất danh sách sự cố, miễn trừ, bằng tài khoản", en="exported exemptions, with"),
    "exemptions.record_incident": Text(vi="ghi sự cố", en="recorded the incident"),
    "exemptions.take_back": Text(vi="rút miễn trừ trong", en="took back an exemption in"),
    "exemptions.take_back_incident": Text(vi="rút sự cố", en="took back the incident"),
}
