"""The digest as an e-mail: plain text, in the language of the account, nothing of secret work."""

import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from congtam.access.models import Account
from congtam.engine.explaining import formats
from congtam.engine.rulebook.model import Text
from congtam.notices.links import link
from congtam.notices.models import Digest, Sending
from congtam.notices.sending import Unsent
from congtam.notices.wording import Said, parts, words_for
from congtam.people.models import PersonText

BACKEND = "django.core.mail.backends.smtp.EmailBackend"
OPEN = Text(vi="Mở bản tin", en="Open the digest")
WHY = Text(
    vi="Bản tin này gửi một lần mỗi ngày làm việc, chỉ khi có việc cần báo. Đổi cách nhận ở mục Bản tin, Cách nhận.",
    en="Sent once a working day, and only when there is something to tell. Change how you get it under Digest, Ways.",
)
NO_ADDRESS = "hồ sơ cán bộ không còn địa chỉ thư"


class Post:
    """One connection to the mail server for as many messages as there are."""

    def __init__(self) -> None:
        told: dict[str, Any] = dict(settings.SMTP or {})
        self._sender = told.pop("sender", "")
        self._server = get_connection(BACKEND, **told)

    def send(self, sending: Sending) -> None:
        """Hand one digest to the server. Raises `Unsent`; `whole` when the server itself cannot be reached."""
        message = self._message(sending)
        try:
            self._server.open()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise Unsent(_said(error), whole=True) from None
        try:
            self._server.send_messages([message])
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            gone = not isinstance(error, smtplib.SMTPException) or isinstance(error, smtplib.SMTPServerDisconnected)
            raise Unsent(_said(error), whole=gone) from None

    def close(self) -> None:
        """Leave the server, whatever state it is in."""
        try:
            self._server.close()
        except (smtplib.SMTPException, OSError):
            self._server.connection = None

    def _message(self, sending: Sending) -> EmailMessage:
        digest = sending.digest
        address = PersonText.objects.filter(person=digest.person_id).values_list("email", flat=True).first()
        if not address or not settings.SMTP:
            raise Unsent(NO_ADDRESS)
        lang = Account.objects.filter(person=digest.person_id).values_list("language", flat=True).first() or "vi"
        subject, body = told(digest, lang)
        domain = self._sender.rpartition("@")[2].rstrip(">")
        known = {"Message-ID": f"<ban-tin-{sending.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
        return EmailMessage(subject, body, self._sender, [address], headers=known)


def told(digest: Digest, lang: str) -> tuple[str, str]:
    """Subject and text of a digest."""
    lines = list(digest.lines.all())
    found = parts(lines, words_for(lines, lang))
    count = sum(len(part.lines) for part in found)
    day = f"{digest.day:%d/%m/%Y}"
    subject = f"Công Tâm, {day}: {count} things to look at" if lang == "en" else f"Công Tâm {day}: {count} việc cần xem"
    blocks = ["\n".join([f"{part.title.in_(lang)}:", *(_line(one, lang) for one in part.lines)]) for part in found]
    page = link("digests")
    return subject, "\n\n".join([*blocks, *([f"{OPEN.in_(lang)}: {page}"] if page else []), WHY.in_(lang)]) + "\n"


def _line(one: Said, lang: str) -> str:
    who = f" ({one.who})" if one.who and not one.secret else ""
    return f"- {one.title}{who}" + (f", {formats.moment(one.at, lang)}" if one.at else "")


def _said(error: Exception) -> str:
    """What the server answered, without addresses of people."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "máy chủ thư không nhận địa chỉ của người này"
    code = getattr(error, "smtp_code", None)
    return f"máy chủ thư từ chối ({code})" if code else f"máy chủ thư không trả lời ({type(error).__name__})"
