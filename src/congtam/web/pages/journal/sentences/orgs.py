"""What was done to units."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "orgs.end_unit": Text(vi="kết thúc đơn vị", en="ended the unit"),
    "orgs.record_change": Text(vi="ghi quyết định tổ chức", en="recorded the decision"),
    "orgs.set_unit": Text(vi="ghi tên, nơi trực thuộc của đơn vị", en="set name and place of the unit"),
}
