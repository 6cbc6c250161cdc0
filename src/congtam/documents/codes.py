"""The code of a paper: printed on it, typed or scanned to find it again. It tells nothing and cannot be guessed."""

import secrets

from django.conf import settings
from django.urls import reverse

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without those that are misread: I, L, O, U
LENGTH, GROUP = 12, 4
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code() -> str:
    """A code nobody has: 60 random bits, in groups."""
    return grouped("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def grouped(letters: str) -> str:
    """The letters of a code as they are printed."""
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def typed(text: str) -> str:
    """The code somebody typed, however they grouped it or misread a letter; blank when it is none."""
    plain = "".join(one for one in text.upper() if one.isalnum()).translate(MISREAD)
    return grouped(plain) if len(plain) == LENGTH and set(plain) <= set(LETTERS) else ""


def address_of(code: str) -> str:
    """Of the page that tells about the paper; blank when the site does not know its own address."""
    return f"{settings.ADDRESS}{reverse('verification')}?ma={code}" if settings.ADDRESS else ""
