"""How lists stand, and what holds speak of, in words; what columns of the minutes are called."""

from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.retention.kinds import KINDS
from congtam.retention.models import Hold

STATES = {
    "proposed": ("wait", Text(vi="chờ duyệt", en="to be approved")),
    "approved": ("info", Text(vi="đã duyệt, đang xóa", en="approved, being erased")),
    "refused": ("none", Text(vi="không duyệt", en="refused")),
    "done": ("ok", Text(vi="đã xóa xong", en="erased")),
}
ROOMS = {  # of the counts of a line: the room of a column, and what stands there
    "access.Account": Text(vi="tài khoản", en="account"),
    "access.Look": Text(vi="lượt xem", en="looks"),
    "account": Text(vi="địa chỉ của tài khoản", en="addresses of the account"),
    "audit": Text(vi="lời trong nhật ký", en="texts of the journal"),
    "axes": Text(vi="lần đăng nhập sai", en="failed sign-ins"),
    "calibration": Text(vi="hội đồng", en="committee"),
    "closing": Text(vi="lý do khi chốt", en="reasons at the seal"),
    "cycles": Text(vi="tự đánh giá", en="self-reports"),
    "desk": Text(vi="lời trong công việc", en="words at the desk"),
    "documents": Text(vi="chứng thư ký số", en="signing certificate"),
    "evidence": Text(vi="tệp và tên tệp", en="files and their names"),
    "exemptions": Text(vi="sự cố", en="incidents"),
    "intake": Text(vi="dữ liệu nhận vào", en="data that came in"),
    "meetings": Text(vi="kết luận họp", en="conclusions of meetings"),
    "mfa": Text(vi="xác thực hai lớp", en="second factor"),
    "notices": Text(vi="thông báo", en="notices"),
    "objections": Text(vi="ý kiến, đề nghị xem xét lại", en="remarks and requests"),
    "people": Text(vi="họ tên, liên hệ, mã", en="name, contacts, code"),
    "ratings": Text(vi="lý do chấm và quyết định", en="reasons of marks and decisions"),
    "registry": Text(vi="lời về quy tắc", en="words on rules"),
    "retention": Text(vi="lời về lưu giữ", en="words on retention"),
    "reward": Text(vi="lời về khen thưởng", en="words on rewards"),
    "scores": Text(vi="chữ trong bản chốt", en="texts of seals"),
    "sessions": Text(vi="phiên đăng nhập", en="sessions"),
    "socialaccount": Text(vi="tài khoản ngoài", en="outside accounts"),
    "web": Text(vi="bộ lọc đã nhớ", en="kept filters"),
    "work": Text(vi="tên công việc", en="titles of work"),
}


def counted(counts: dict[str, int]) -> list[tuple[Text, int]]:
    """How much of what a line erased, by room."""
    found: dict[str, int] = {}
    for name, count in counts.items():
        room = name if name in ROOMS else name.partition(".")[0]
        found[room] = found.get(room, 0) + count
    return [(ROOMS[room], count) for room, count in found.items()]


def speaks_of(one: Hold, name: str) -> Text:
    """What a hold keeps from being erased."""
    kind = KINDS[one.kind].title if one.kind else Text(vi="Mọi thứ", en="Everything")
    period = Period.parse(one.period) if one.period else None
    vi = [kind.vi, f"về {name}" if one.person_id else "", period.title("vi") if period else ""]
    en = [kind.en, f"about {name}" if one.person_id else "", f"of {period.title('en')}" if period else ""]
    return Text(vi=", ".join(filter(None, vi)), en=", ".join(filter(None, en)))
