"""Rights in words: what each allows, and whom to ask who lacks it."""

from congtam.access.gate import Right
from congtam.engine.rulebook.model import Text

_PERSONNEL = Text(
    vi="bộ phận tổ chức cán bộ, nơi ghi vị trí và ủy quyền của từng người",
    en="the personnel office, which keeps posts and delegations",
)
_LEADER = Text(vi="người đứng đầu cơ quan", en="the head of the agency")
_ADMINISTRATOR = Text(vi="người quản trị hệ thống", en="the administrator of the system")

ALLOWS: dict[Right, Text] = {
    Right.OWN_MONTH: Text(vi="xem kết quả tháng của chính mình", en="see one's own month"),
    Right.SEE_POINTS: Text(vi="xem điểm và bản ghi của người khác", en="see another person's points and records"),
    Right.SEE_WORK: Text(vi="xem công việc của một đơn vị", en="see where a unit's work stands"),
    Right.SEE_UNIT: Text(vi="xem số liệu của cả đơn vị, cơ quan", en="see the figures of a whole unit or agency"),
    Right.OWN_WORK: Text(vi="làm việc được giao của chính mình", en="do one's own work"),
    Right.BE_ASKED: Text(
        vi="xem việc chờ mình và chấm điểm khi được cử", en="see what waits for oneself and give marks one is asked for"
    ),
    Right.GIVE_WORK: Text(
        vi="giao, nghiệm thu, trả lại, điều chuyển công việc", en="give, accept, return and move work"
    ),
    Right.SEE_REGISTERS: Text(vi="xem sổ văn bản đến, văn bản đi", en="see the registers of documents"),
    Right.KEEP_REGISTERS: Text(vi="vào sổ, cấp số, chuyển văn bản", en="enter, number and route documents"),
    Right.SEE_CYCLE: Text(vi="xem tình hình kỳ đánh giá", en="see how a period of evaluation stands"),
    Right.KEEP_CYCLE: Text(vi="mở, điều hành kỳ đánh giá", en="open and conduct a period of evaluation"),
    Right.ANSWER: Text(vi="trả lời đề nghị xem xét lại", en="answer a request to review"),
    Right.SEAL: Text(vi="chốt kỳ đánh giá và ký văn bản", en="seal a period and sign its documents"),
    Right.SEE_RESULTS: Text(vi="xem kết quả xếp loại đã công bố", en="see the grades that were announced"),
    Right.SEE_FUND: Text(vi="xem quỹ thưởng và danh sách chi", en="see the fund of rewards and its payments"),
    Right.KEEP_FUND: Text(vi="ghi sổ quỹ thưởng, lập danh sách chi", en="keep the fund's ledger and list payments"),
    Right.APPROVE_FUND: Text(vi="duyệt chi quỹ thưởng", en="approve payments out of the fund"),
    Right.SEE_RETENTION: Text(
        vi="xem thời hạn lưu giữ và danh sách xóa", en="see terms of retention and what was erased"
    ),
    Right.KEEP_RETENTION: Text(
        vi="đặt thời hạn lưu giữ, tạm giữ, lập danh sách xóa", en="set terms and holds, list what is to be erased"
    ),
    Right.APPROVE_ERASURE: Text(vi="duyệt xóa dữ liệu", en="approve the erasing of data"),
    Right.EXEMPT: Text(vi="ghi sự cố, miễn trừ lỗi", en="record an incident, void a fault"),
    Right.RATE: Text(vi="chấm tiêu chí mà dữ liệu không thể biết", en="rate what data cannot know"),
    Right.DECIDE: Text(vi="quyết định những việc dành cho người đứng đầu", en="decide what is for a head to decide"),
    Right.EDIT_PEOPLE: Text(vi="sửa đơn vị, vị trí, thời gian công tác", en="edit units, posts and spells"),
    Right.OPEN_ACCOUNTS: Text(vi="mở và đóng tài khoản", en="open and close accounts"),
    Right.READ_RULES: Text(vi="đọc quy tắc chấm điểm", en="read the rules"),
    Right.CHANGE_RULES: Text(vi="đề xuất và phê duyệt thay đổi quy tắc", en="propose and approve changes of rules"),
    Right.SEE_SOURCES: Text(vi="xem tình hình các nguồn dữ liệu", en="see what the sources of data delivered"),
    Right.KEEP_SOURCES: Text(vi="tải lên, sửa, rút dữ liệu của nguồn", en="upload, mend and withdraw data"),
    Right.READ_AUDIT: Text(vi="đọc nhật ký hệ thống", en="read the journal"),
    Right.SEE_SYSTEM: Text(vi="xem tình trạng máy chủ", en="see the health of the machine"),
}

_ASK: dict[Right, Text] = {
    Right.OPEN_ACCOUNTS: _LEADER,
    Right.SEE_SYSTEM: _LEADER,
    Right.CHANGE_RULES: _LEADER,
    Right.KEEP_SOURCES: _LEADER,
    Right.OWN_MONTH: _PERSONNEL,
    Right.EXEMPT: _LEADER,
    Right.SEAL: _LEADER,
    Right.APPROVE_ERASURE: _LEADER,
    Right.KEEP_FUND: _LEADER,
    Right.READ_RULES: _ADMINISTRATOR,
}


def whom_to_ask(right: Right) -> Text:
    """Who can say whether somebody should have a right: usually who keeps the posts it hangs on."""
    return _ASK.get(right, _PERSONNEL)
