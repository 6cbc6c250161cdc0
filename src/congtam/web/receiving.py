"""Forms with files: one that is too large is answered before it is read; and files handed out as they came."""

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from congtam.evidence.keeping import LARGEST, too_large
from congtam.evidence.kinds import MEDIA
from congtam.evidence.names import ALLOWED, KINDS
from congtam.web.words import both

View = Callable[..., HttpResponse]
OTHER_FIELDS = 1 << 20  # bytes of a form beside its file
ACCEPT = ",".join(f".{ending}" for ending in KINDS)  # for the field of a form


class FileField(forms.FileField):
    """A file of one of the kinds that are taken, within the limit."""

    def __init__(self, **kwargs: Any):
        kwargs.setdefault("label", both("Tệp", "File"))
        kwargs.setdefault(
            "help_text", both(f"{ALLOWED}; đến {LARGEST >> 20} MB.", f"{ALLOWED}; up to {LARGEST >> 20} MB.")
        )
        super().__init__(
            error_messages={
                "required": both("Chưa chọn tệp. Hãy chọn tệp cần gửi.", "No file is chosen. Choose the file."),
                "empty": both("Tệp rỗng. Hãy chọn lại tệp.", "The file is empty. Choose it again."),
            },
            **kwargs,
        )
        told = too_large().text
        self.widget.attrs |= {"accept": ACCEPT, "data-largest": LARGEST, "data-say": both(told.vi, told.en)}


def takes_file(view: View) -> View:
    """The view takes a form with one file; stands above `@asks`. Asking for the token of a form reads all of it, the
    file included; so what says it is larger than `LARGEST` is refused before, and only then the token is looked at."""
    protected = csrf_protect(view)

    @wraps(view)
    def measured(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + OTHER_FIELDS:
            request.POST = QueryDict()  # whoever asks for a field of it later reads nothing either
            raise too_large()
        return protected(request, *args, **kwargs)

    return csrf_exempt(measured)


def handed_in(file: UploadedFile) -> tuple[str, Iterable[bytes]]:
    """A file of a form, as actions take it: its name, and its bytes piece by piece."""
    return file.name or "", file.chunks()


def handed_out(path: Path, name: str, kind: str) -> FileResponse:
    """A file to be kept by the browser, never shown in the site's own pages."""
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=MEDIA[kind])
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
