"""How the applicant of a dossier proves to be the one: the last digits of their phone, kept only as a digest."""

import hmac
import re
from hashlib import sha256

from django.conf import settings

DIGITS = 4


def last_digits(phone: str) -> str:
    """The last four digits of a phone number; empty when it has fewer."""
    found = re.sub(r"\D", "", phone)
    return found[-DIGITS:] if len(found) >= DIGITS else ""


def lookup_digest(salt: bytes, digits: str) -> bytes:
    """The digest of the last digits. Four digits are soon tried out, so the site's secret key goes in: what stands in
    the database alone does not give them away."""
    return hmac.new(settings.SECRET_KEY.encode(), salt + digits.encode(), sha256).digest()
