"""What a browser counted while a form was filled in, kept with what the form did (`static/js/typing.js` counts)."""

import re

from django.http import HttpRequest
from django.utils import timezone

from congtam.notices.typing import add_typed

FIELDS = ("typed_form", "typed_seconds", "typed_keys")
_FORM = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_WHOLE = re.compile(r"\d{1,6}")


def count_typed(request: HttpRequest) -> None:
    """Add it for the person who sent the form; nothing when the browser counted nothing, or told nonsense."""
    form, seconds, keys = (request.POST.get(name, "") for name in FIELDS)
    person = request.user.person_id
    if person is None or not _FORM.fullmatch(form) or not _WHOLE.fullmatch(seconds) or not _WHOLE.fullmatch(keys):
        return
    add_typed(person, form, timezone.localdate(), int(seconds), int(keys))
