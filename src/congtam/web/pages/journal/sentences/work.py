"""What was done to pieces of work."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "work.export": Text(vi="xuất danh sách công việc, bằng tài khoản", en="exported a list of work, with the account"),
    "work.not_same": Text(vi="xác nhận không phải cùng một việc:", en="said it is not the same work:"),
    "work.pass_on": Text(vi="chuyển việc cho người khác:", en="passed on:"),
    "work.same_as": Text(vi="xác nhận là cùng một việc:", en="said it is the same work:"),
}
