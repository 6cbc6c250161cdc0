"""What is answered when a request broke off: as a page to people, as JSON to machines. Nothing of it was kept."""

import shutil
import sys
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

AWAY = (OperationalError, InterfaceError)  # the database does not answer, or has no room
DISK_FULL = "53100"  # as PostgreSQL names it
LEAST = 32 * 1024 * 1024  # bytes: with less the packaged database stops
AGAIN_IN = 30  # seconds
_log = structlog.get_logger("congtam.requests")


@dataclass(frozen=True)
class Failure:
    """One way in which requests break off: the answer's status and page, and what a machine is told."""

    status: int
    code: str
    message: str
    advice: str


MISTAKE = Failure(
    500,
    "failed",
    "Máy chủ gặp lỗi; chưa bản ghi nào được nhận.",
    "Gửi lại nguyên vẹn. Nếu vẫn lỗi, báo quản trị hệ thống kèm giờ gửi.",
)
NO_DATABASE = Failure(
    503,
    "unavailable",
    "Cơ sở dữ liệu tạm thời không trả lời; chưa bản ghi nào được nhận.",
    "Gửi lại nguyên vẹn sau ít phút; gửi lại không làm trùng dữ liệu.",
)
NO_ROOM = Failure(
    503,
    "disk-full",
    "Đĩa của máy chủ đã đầy; chưa bản ghi nào được nhận.",
    "Báo quản trị hệ thống thêm chỗ trên đĩa, rồi gửi lại nguyên vẹn; gửi lại không làm trùng dữ liệu.",
)


def failed(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: what broke off by itself is a mistake of ours; the database's absence passes."""
    error = sys.exc_info()[1]
    found = failure_of(error)
    _log.error(found.code, exc_info=error)
    if request.path_info.startswith("/api/"):
        told = {"code": found.code, "message": found.message, "advice": found.advice}
        answer: HttpResponse = JsonResponse(told, status=found.status)
    else:  # pages of the site ask the database who is signed in; these two ask nothing
        text = render_to_string(f"{found.status}.html", {"full": found is NO_ROOM})
        answer = HttpResponse(text, status=found.status)
    if found.status == 503:
        answer["Retry-After"] = str(AGAIN_IN)
    return answer


def failure_of(error: BaseException | None) -> Failure:
    """Which failure an error is."""
    if not isinstance(error, AWAY):
        return MISTAKE
    full = getattr(error.__cause__, "sqlstate", None) == DISK_FULL or shutil.disk_usage(settings.SITE).free < LEAST
    return NO_ROOM if full else NO_DATABASE
