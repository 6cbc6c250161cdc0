"""What a password of one's own must be, with refusals in our two languages: Django's own lack Vietnamese."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.functional import Promise

from congtam.web.words import both

LEAST = 10  # characters


class LongEnough(MinimumLengthValidator):
    """It has at least `LEAST` characters."""

    def __init__(self) -> None:
        super().__init__(LEAST)

    def get_error_message(self) -> Promise:
        """What to do about a shorter one."""
        return both(
            f"Mật khẩu này quá ngắn: cần ít nhất {LEAST} ký tự. Một câu vài từ thì dễ nhớ và khó đoán.",
            f"This password is too short: it needs {LEAST} characters. A few words are easy to keep and hard to guess.",
        )


class NotCommon(CommonPasswordValidator):
    """It is none of those that everybody uses."""

    def get_error_message(self) -> Promise:
        """What to do about one that is."""
        return both(
            "Mật khẩu này quá nhiều người dùng. Hãy chọn mật khẩu khác.",
            "Too many people use this password. Choose another.",
        )


class NotOnesName(UserAttributeSimilarityValidator):
    """It is not like the user name."""

    def get_error_message(self) -> Promise:
        """What to do about one that is."""
        return both(
            "Mật khẩu này giống tên đăng nhập. Hãy chọn mật khẩu khác.",
            "This password is like the user name. Choose another.",
        )
