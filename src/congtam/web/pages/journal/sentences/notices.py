"""What was done to notices."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "notices.add_hook": Text(
        vi="thêm địa chỉ nhận số lượng bản tin", en="added an address that gets counts of digests"
    ),
    "notices.end_hook": Text(
        vi="gỡ địa chỉ nhận số lượng bản tin", en="took off an address that gets counts of digests"
    ),
    "notices.make_feed": Text(vi="tạo địa chỉ lịch của tài khoản", en="made a calendar address of the account"),
    "notices.revoke_feed": Text(
        vi="thu hồi địa chỉ lịch của tài khoản", en="revoked the calendar address of the account"
    ),
}
