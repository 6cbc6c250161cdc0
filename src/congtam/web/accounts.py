"""How accounts come to be and sign in: nobody signs up; the administrator opens an account for a person."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from requests.exceptions import RequestException, SSLError

from congtam.access.actions import own_password_changed, signed_in
from congtam.access.models import Account
from congtam.access.queries import account_for
from congtam.history.actor import Actor
from congtam.web.words import both

_log = structlog.get_logger("congtam.accounts")


class Adapter(DefaultAccountAdapter):
    """Signing in by user name and password."""

    error_messages = {  # noqa: RUF012 (as allauth declares it)
        **DefaultAccountAdapter.error_messages,
        "account_inactive": both("Tài khoản này đã đóng.", "This account is closed."),
        "username_password_mismatch": both(
            "Tên đăng nhập hoặc mật khẩu không đúng. Sai 5 lần, tài khoản tạm khóa 15 phút.",
            "User name or password is not right. After 5 wrong tries the account is locked for 15 minutes.",
        ),
        "enter_current_password": both("Mật khẩu hiện tại không đúng.", "This is not the current password."),
        "incorrect_code": both("Mã không đúng hoặc đã hết hạn.", "The code is wrong or too old."),
        "incorrect_password": both("Mật khẩu không đúng.", "The password is not right."),
        "too_many_login_attempts": both(
            "Đã thử quá nhiều lần. Hãy đợi vài phút rồi thử lại.", "Too many tries. Wait a few minutes, then try again."
        ),
        "rate_limited": both(
            "Đã thử quá nhiều lần. Hãy đợi vài phút rồi thử lại.", "Too many tries. Wait a few minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are opened for persons."""
        return False

    def set_password(self, user: Account, password: str) -> None:
        """A password its owner chose: it is no longer temporary, and the audit says so."""
        super().set_password(user, password)
        own_password_changed(Actor(user.pk), user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """To the first page."""
        return reverse("home")

    def post_login(self, request: HttpRequest, user: Account, **rest: Any) -> HttpResponse:
        """Write the sign-in down."""
        signed_in(Actor(user.pk), user)
        return super().post_login(request, user, **rest)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """None of allauth's own messages: they are in English only, and the pages themselves say what happened."""


class SocialAdapter(DefaultSocialAccountAdapter):
    """Signing in through the site's own identity provider: only into accounts that exist."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find the account of somebody who comes for the first time: by an address the provider has verified, or by the
        provider's user name. Afterwards the provider's own number of the person is enough."""
        if sociallogin.is_existing:
            return
        verified = [one.email for one in sociallogin.email_addresses if one.verified]
        account = account_for(sociallogin.user.username, verified)
        if account is not None:
            sociallogin.connect(request, account)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Tell the log why the provider could not be asked; whose certificate is not trusted, the page says too."""
        untrusted = isinstance(exception, SSLError)
        if isinstance(exception, RequestException):
            _log.error("identity_provider_not_trusted" if untrusted else "identity_provider_away", exc_info=exception)
        if extra_context is not None:
            extra_context["untrusted"] = untrusted


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes of an app on the phone, and recovery codes on paper."""

    error_messages = {  # noqa: RUF012 (as allauth declares it)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": both(
            "Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên ứng dụng; đồng hồ điện thoại phải đúng giờ.",
            "The code is wrong or too old. Type the one the app shows now; the clock of the phone must be right.",
        ),
    }
