"""What was done to accounts, signing in and mandates."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "access.close_account": Text(vi="đóng tài khoản", en="closed the account"),
    "access.give_mandate": Text(vi="ghi quyết định giao kiểm tra cho tài khoản", en="gave a mandate to the account"),
    "access.locked_out": Text(vi="tạm khóa đăng nhập của tài khoản", en="locked signing in to the account"),
    "access.open_account": Text(vi="mở tài khoản", en="opened the account"),
    "access.own_password_changed": Text(vi="tự đổi mật khẩu của tài khoản", en="changed their own password:"),
    "access.reopen_account": Text(vi="mở lại tài khoản", en="opened again the account"),
    "access.reset_password": Text(vi="đặt lại mật khẩu của tài khoản", en="reset the password of the account"),
    "access.reset_second_factor": Text(
        vi="gỡ xác thực hai lớp của tài khoản", en="took two-step sign-in off the account"
    ),
    "access.signed_in": Text(vi="đăng nhập bằng tài khoản", en="signed in to the account"),
    "access.withdraw_mandate": Text(vi="rút quyết định giao kiểm tra của", en="withdrew a mandate of"),
}
