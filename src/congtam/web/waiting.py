"""Workbooks that were handed in and wait: their report is read first, and only then are they taken in or left."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from congtam.web.words import both

MOST_BYTES = 20 << 20
KEPT = 24 * 3600  # seconds a workbook waits to be taken in
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LOST = both(
    "Tệp đang chờ không còn (quá một ngày, hoặc đã áp dụng). Hãy nộp lại tệp.",
    "The workbook no longer waits (more than a day, or applied). Hand it in again.",
)


class WorkbookField(forms.FileField):
    """A workbook to hand in."""

    def __init__(self) -> None:
        super().__init__(
            label=both("Tệp bảng tính (.xlsx)", "Workbook (.xlsx)"),
            error_messages={
                "required": both("Chưa chọn tệp. Hãy chọn tệp .xlsx đã điền.", "No file is chosen. Choose one."),
                "empty": both("Tệp rỗng. Hãy chọn lại tệp.", "The file is empty. Choose it again."),
            },
        )
        self.widget.attrs["accept"] = ".xlsx"

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file.size > MOST_BYTES:
            too_large = both(
                f"Tệp lớn hơn {MOST_BYTES >> 20} MB. Bỏ hình ảnh và trang thừa, hoặc chia thành nhiều tệp.",
                f"The file is larger than {MOST_BYTES >> 20} MB. Take pictures and other sheets out, or split it.",
            )
            raise forms.ValidationError(too_large)
        return file


@dataclass(frozen=True)
class Waiting:
    """A workbook that waits: where, what it was called, and what was said with it."""

    path: Path
    called: str
    said: dict[str, str]


def keep(request: HttpRequest, kind: str, form: forms.Form, **said: str) -> bool:
    """Keep the workbook of a form as the one of its kind that waits in this session; a form with an error when the
    disk is full."""
    file, name = form.cleaned_data["file"], secrets.token_hex(16)
    try:
        _write(file, _folder() / f"{name}.xlsx")
    except OSError as error:
        no_room = both(
            f"Máy chủ không ghi được tệp ({error.strerror}). Chưa có gì được nhận; báo quản trị kiểm tra dung "
            "lượng đĩa.",
            f"The server cannot write the file ({error.strerror}). Nothing was taken; tell the administrator.",
        )
        form.add_error("file", forms.ValidationError(no_room))
        return False
    request.session[kind] = {"name": name, "called": file.name[:200], "said": said}
    return True


def waiting(request: HttpRequest, kind: str) -> Waiting | None:
    """The workbook of a kind that waits in this session."""
    kept = request.session.get(kind) or {}
    path = _place() / f"{kept.get('name', '')}.xlsx"
    if not kept.get("name") or not path.is_file():
        return None
    return Waiting(path, kept["called"], kept.get("said", {}))


def as_download(book: bytes, name: str) -> HttpResponse:
    """A workbook as an answer."""
    return HttpResponse(book, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _place() -> Path:
    return Path(settings.SITE) / "waiting"


def _folder() -> Path:
    """Where workbooks wait; those that waited too long are taken away."""
    folder = _place()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.xlsx"):
        if old.stat().st_mtime < time.time() - KEPT:
            old.unlink(missing_ok=True)
    return folder


def _write(file: UploadedFile, path: Path) -> None:
    """Write the file whole or not at all. Raises `OSError`."""
    try:
        with path.open("wb") as kept:
            for piece in file.chunks():
                kept.write(piece)
    except OSError:
        path.unlink(missing_ok=True)
        raise
