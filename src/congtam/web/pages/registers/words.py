"""What states, steps and marks of documents are called on screen."""

from congtam.engine.rulebook.model import Text
from congtam.web.words import both

DIRECTIONS = {
    "in": Text(vi="Sổ văn bản đến", en="Documents in"),
    "out": Text(vi="Sổ văn bản đi", en="Documents out"),
}
STATES = {
    "entered": Text(vi="Đã vào sổ", en="Entered"),
    "submitted": Text(vi="Đã trình", en="Submitted"),
    "assigned": Text(vi="Đã giao", en="Assigned"),
    "done": Text(vi="Đã giải quyết", en="Done"),
    "draft": Text(vi="Dự thảo", en="Draft"),
    "review": Text(vi="Đang xin góp ý", en="Under review"),
    "returned": Text(vi="Trả lại để sửa", en="Returned"),
    "approved": Text(vi="Đã duyệt, chờ ký", en="Approved, to be signed"),
    "signed": Text(vi="Đã ký, chờ ban hành", en="Signed, to be issued"),
    "issued": Text(vi="Đã ban hành", en="Issued"),
    "sent": Text(vi="Đã gửi", en="Sent"),
    "cancelled": Text(vi="Đã hủy số", en="Cancelled"),
}
BADGES = {
    "entered": "info", "submitted": "wait", "assigned": "info", "done": "ok", "draft": "none", "review": "wait",
    "returned": "soon", "approved": "info", "signed": "info", "issued": "ok", "sent": "ok", "cancelled": "none",
}  # fmt: skip
OF = {
    "in": ("entered", "submitted", "assigned", "done", "cancelled"),
    "out": ("issued", "sent", "cancelled"),
}
STEPS = STATES | {
    "version": Text(vi="Bản mới", en="New version"),
    "corrected": Text(vi="Đính chính, trước đó ghi", en="Corrected; it said before"),
    "attached": Text(vi="Thêm tệp", en="File added"),
    "remark": Text(vi="Đồng ý", en="Agreed"),
    "review": Text(vi="Xin góp ý của", en="Asked for remarks:"),
    "submitted": Text(vi="Trình", en="Submitted to"),
    "assigned": Text(vi="Giao chủ trì cho", en="Assigned to"),
    "returned": Text(vi="Trả lại để sửa", en="Returned, to be changed"),
    "approved": Text(vi="Đã duyệt", en="Approved"),
    "signed": Text(vi="Nhận tệp đã ký hợp lệ", en="Validly signed file received"),
}
SECRECY = {
    "confidential": Text(vi="Mật", en="Confidential"),
    "secret": Text(vi="Tối mật", en="Secret"),
    "top_secret": Text(vi="Tuyệt mật", en="Top secret"),
}
PURPOSES = {
    "scan": Text(vi="Tệp văn bản đến", en="File of the document in"),
    "draft": Text(vi="Dự thảo, bản", en="Draft, version"),
    "signed": Text(vi="Bản đã ký", en="Signed"),
}
VERDICTS = {
    "": Text(vi="chưa trả lời", en="not answered yet"),
    "approved": Text(vi="đồng ý", en="agrees"),
    "returned": Text(vi="đề nghị sửa", en="asks for changes"),
    "dropped": Text(vi="không còn hỏi: đã có bản mới hoặc đã trả lại", en="not asked any more"),
}
SECRET = Text(vi="(văn bản mật)", en="(secret document)")


def choices(texts: dict[str, Text]) -> list[tuple[str, object]]:
    """Words as the choices of a form."""
    return [(code, both(text.vi, text.en)) for code, text in texts.items()]
