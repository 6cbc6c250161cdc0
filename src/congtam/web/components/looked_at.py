"""What the log of looks is called on screen: pages, and in which right somebody looked."""

from congtam.engine.rulebook.model import Text

PAGES = {
    "month": Text(vi="Tháng của bạn", en="Your month"),
    "why": Text(vi="Vì sao (chi tiết điểm)", en="Why (the points in detail)"),
    "moved": Text(vi="Việc đã tác động đến điểm nào", en="What a piece of work moved"),
    "work_item": Text(vi="Một công việc của bạn", en="One of your items"),
    "unit_decide": Text(vi="Trang quyết định xếp loại", en="The page to decide on grades"),
    "meeting": Text(vi="Chương trình họp giao ban", en="The agenda of a meeting"),
    "calibration": Text(vi="Trang họp xét xếp loại", en="The page of the committee"),
    "marking": Text(vi="Trang chấm điểm", en="The page to give marks"),
    "unit_marks": Text(vi="Trang chấm điểm", en="The page to give marks"),
    "exemption": Text(vi="Trang miễn trừ", en="The page of an exemption"),
    "handover": Text(vi="Trang bàn giao", en="The page to hand work over"),
    "unit_move": Text(vi="Trang chuyển việc", en="The page to pass work on"),
    "unit_same_work": Text(vi="Trang so sánh hai công việc", en="The page to compare two items"),
    "work": Text(vi="Danh sách công việc", en="List of work"),
    "unit": Text(vi="Trang của phòng", en="The unit's page"),
    "agency": Text(vi="Trang của đơn vị", en="The agency's page"),
    "what_if": Text(vi="Nếu thì (thử đổi quy tắc)", en="What if (trying other rules)"),
    "staff_file": Text(vi="Hồ sơ nhân sự (vị trí, vắng mặt)", en="Staff file (posts, absences)"),
    "slip": Text(vi="Phiếu dự thảo của bạn", en="Your draft slip"),
    "review": Text(vi="Một đề nghị xem xét lại của bạn", en="One of your requests to review"),
    "earnings": Text(vi="Lương để tính thưởng", en="Pay that rewards are counted from"),
    "export": Text(vi="Tệp xuất dữ liệu", en="An export"),
}
ROLES = {
    "head": Text(vi="Người đứng đầu đơn vị", en="Head of the unit"),
    "delegate": Text(vi="Người được ủy quyền", en="Delegated head"),
    "rater": Text(vi="Người được cử chấm", en="Admitted rater"),
    "leader": Text(vi="Lãnh đạo cơ quan", en="Leader of the agency"),
    "personnel": Text(vi="Bộ phận tổ chức cán bộ", en="Personnel office"),
    "accountant": Text(vi="Kế toán", en="Accountant"),
    "auditor": Text(vi="Đoàn kiểm tra, kiểm toán", en="Auditor"),
    "administrator": Text(vi="Quản trị hệ thống", en="Administrator"),
    "owner": Text(vi="Người phụ trách quy tắc", en="Owner of rules"),
}


def called(names: dict[str, Text], code: str, lang: str) -> str:
    """The words of a code; a code without words stands for itself."""
    return names[code].in_(lang) if code in names else code
