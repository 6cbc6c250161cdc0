"""What was done to persons, posts and spells."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "people.add_person": Text(vi="thêm cán bộ", en="added the official"),
    "people.begin_spell": Text(vi="ghi thời gian công tác của", en="recorded a spell of"),
    "people.change": Text(vi="hoàn thành một lần thay đổi gồm các bước trên", en="ended one change of the steps above"),
    "people.correct_spell": Text(vi="đính chính thời gian công tác của", en="corrected a spell of"),
    "people.delegate": Text(vi="ghi ủy quyền của", en="recorded a delegation by"),
    "people.end_spell": Text(vi="kết thúc thời gian công tác của", en="ended a spell of"),
    "people.record_absence": Text(vi="ghi thời gian vắng mặt của", en="recorded an absence of"),
    "people.rename_person": Text(vi="sửa họ tên, liên hệ của", en="changed name or contacts of"),
    "people.set_post": Text(vi="ghi vị trí", en="set the post"),
    "people.take_back": Text(vi="hoàn tác thay đổi gần nhất của mình", en="took back their own last change"),
    "people.withdraw_absence": Text(vi="rút lần ghi vắng mặt của", en="withdrew an absence of"),
    "people.withdraw_delegation": Text(vi="kết thúc ủy quyền của", en="ended a delegation by"),
    "people.withdraw_spell": Text(vi="rút thời gian công tác", en="withdrew the spell"),
}
