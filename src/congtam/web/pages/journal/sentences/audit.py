"""What was done to the journal itself."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "audit.export": Text(vi="xuất nhật ký, bằng tài khoản", en="exported the journal, with the account"),
}
