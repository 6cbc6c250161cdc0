"""Why a request was not served: what happened, and what to do, as JSON."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

MOST_BYTES = 10 * 1024 * 1024
MOST_RECORDS = 1000


class Problem(Schema):
    """A request that was not served."""

    code: str
    message: str
    advice: str


class Unserved(Exception):  # noqa: N818 (it names what happened to the request)
    """A request cannot be served; nothing of it was kept."""

    def __init__(self, status: int, code: str, message: str, advice: str):
        self.status = status
        self.told = {"code": code, "message": message, "advice": advice}
        super().__init__(message)


def too_large() -> Unserved:
    """More bytes than a request may have."""
    return Unserved(
        413,
        "too-large",
        f"Yêu cầu lớn hơn {MOST_BYTES // 1024 // 1024} MB; chưa bản ghi nào được nhận.",
        f"Chia thành nhiều lần gửi, mỗi lần không quá {MOST_RECORDS} bản ghi.",
    )


def not_json(line: int, column: int, why: str) -> Unserved:
    """A body that breaks off or is no JSON, with the place."""
    return Unserved(
        400,
        "not-json",
        f"Nội dung không phải JSON: dòng {line}, cột {column} ({why}); chưa bản ghi nào được nhận.",
        "Kiểm tra nội dung có bị cắt giữa chừng không, rồi gửi lại nguyên vẹn; gửi lại không làm trùng dữ liệu.",
    )


def install(api: NinjaAPI) -> None:
    """Answer every refusal in the same shape."""

    @api.exception_handler(Unserved)
    def unserved(request: HttpRequest, exc: Unserved) -> HttpResponse:
        return api.create_response(request, exc.told, status=exc.status)

    @api.exception_handler(RequestDataTooBig)
    def large(request: HttpRequest, exc: RequestDataTooBig) -> HttpResponse:
        return unserved(request, too_large())

    @api.exception_handler(UnreadablePostError)
    def cut_off(request: HttpRequest, exc: UnreadablePostError) -> HttpResponse:
        return unserved(request, not_json(1, 1, "kết nối bị cắt"))

    @api.exception_handler(AuthenticationError)
    def unknown_token(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
        told = {
            "code": "bad-token",
            "message": "Mã truy cập thiếu, sai, hết hạn hoặc đã bị thu hồi.",
            "advice": "Gửi tiêu đề Authorization: Bearer <mã>; xin mã mới ở trang Nguồn dữ liệu.",
        }
        answer = api.create_response(request, told, status=401)
        answer["WWW-Authenticate"] = "Bearer"
        return answer

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, exc: ValidationError) -> HttpResponse:
        where = "; ".join(_told(error) for error in exc.errors[:5])
        told = {
            "code": "invalid",
            "message": f"Yêu cầu sai cấu trúc: {where}.",
            "advice": "Sửa theo mô tả ở /api/v1/openapi.json rồi gửi lại.",
        }
        return api.create_response(request, told, status=422)

    @api.exception_handler(HttpError)
    def refused(request: HttpRequest, exc: HttpError) -> HttpResponse:
        if isinstance(exc.__cause__, Unserved):  # what the reader of bodies said
            return unserved(request, exc.__cause__)
        told = {"code": "refused", "message": str(exc), "advice": "Xem mô tả ở /api/v1/openapi.json."}
        return api.create_response(request, told, status=exc.status_code)


def _told(error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error.get("loc", ()) if part not in ("body", "path", "query"))
    return f"{where or 'nội dung'}: {error.get('msg', '')}"
