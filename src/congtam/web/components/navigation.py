"""The navigation: one line per page, shown only to seats that may open it."""

from dataclasses import dataclass, replace

from congtam.access.gate import Right, holds
from congtam.access.seats import Role, Seat
from congtam.web.components import addresses


@dataclass(frozen=True)
class Entry:
    """A page that stands in the navigation: the name of its address, its title, and the right its view asks for.

    `roles`: shown only to these, where the right alone says too little (a leader's page is no head's page). `daily`: it
    stays in sight where there are too many for one line; the others stand under "Thêm"."""

    url: str
    vi: str
    en: str
    right: Right | None
    roles: frozenset[Role] = frozenset()
    daily: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as it stands in the page; `further`: under "Thêm"."""

    address: str
    title: str
    here: bool
    further: bool = False


ONE_LINE = 6  # so many stand side by side

ENTRIES = (
    Entry("today", "Hôm nay", "Today", Right.BE_ASKED, daily=True),
    Entry("board", "Bảng việc", "Board", Right.OWN_WORK, daily=True),
    Entry("month", "Tháng của tôi", "My month", Right.OWN_MONTH, daily=True),
    Entry("unit", "Phòng tôi", "My unit", Right.SEE_WORK, frozenset({Role.HEAD}), daily=True),
    Entry(
        "agency", "Đơn vị", "Agency", Right.SEE_UNIT, frozenset({Role.LEADER, Role.PERSONNEL, Role.AUDITOR}), daily=True
    ),
    Entry("self_report", "Tự đánh giá", "Self-report", Right.OWN_MONTH),
    Entry("slip", "Phiếu của tôi", "My slip", Right.OWN_MONTH),
    Entry("review", "Xem xét lại", "Reviews", Right.OWN_MONTH),
    Entry("results_moved", "Chuyển kết quả", "Results handed over", Right.KEEP_CYCLE),
    Entry("closing", "Chốt tháng", "Close the month", Right.SEE_CYCLE),
    Entry("results", "Kết quả", "Results", Right.SEE_RESULTS),
    Entry("worklist", "Công việc", "Work", None, frozenset(Role) - {Role.RATER}),
    Entry("meetings", "Họp giao ban", "Meetings", Right.OWN_WORK),
    Entry(
        "calibration",
        "Họp xét xếp loại",
        "Calibration",
        None,
        frozenset({Role.HEAD, Role.LEADER, Role.PERSONNEL, Role.AUDITOR}),
    ),
    Entry("templates", "Mẫu việc", "Templates", Right.GIVE_WORK),
    Entry("registers", "Sổ văn bản", "Registers", Right.SEE_REGISTERS, daily=True),
    Entry("registers_mine", "Văn bản của tôi", "My documents", Right.OWN_WORK),
    Entry("marking", "Chấm điểm", "Marks", Right.BE_ASKED, frozenset({Role.HEAD, Role.LEADER, Role.RATER})),
    Entry("marking_outside", "Người chấm ngoài", "Outside raters", Right.KEEP_CYCLE),
    Entry("raters", "Người chấm", "Raters", Right.SEE_CYCLE),
    Entry("handover", "Bàn giao", "Handover", Right.SEE_UNIT, frozenset({Role.HEAD, Role.LEADER, Role.PERSONNEL})),
    Entry("own_rewards", "Tiền thưởng của tôi", "My rewards", Right.OWN_MONTH),
    Entry("fund", "Quỹ thưởng", "Fund of rewards", Right.SEE_FUND),
    Entry("achievements", "Thưởng đột xuất", "Achievements", Right.RATE),
    Entry("exemptions", "Sự cố và miễn trừ", "Exemptions", Right.EXEMPT),
    Entry("rules", "Quy tắc", "Rules", Right.READ_RULES),
    Entry("open_points", "Điểm còn phải quyết định", "Points to decide", Right.CHANGE_RULES, daily=True),
    Entry("what_if", "Nếu thì", "What if", Right.READ_RULES, frozenset(Role) - {Role.OFFICIAL, Role.ADMINISTRATOR}),
    Entry("organisation", "Nhân sự và tổ chức", "People and units", Right.EDIT_PEOPLE, daily=True),
    Entry("certificates", "Chứng thư ký số", "Certificates", Right.EDIT_PEOPLE),
    Entry("sources", "Nguồn dữ liệu", "Sources", Right.SEE_SOURCES),
    Entry("journal", "Nhật ký", "Journal", Right.READ_AUDIT),
    Entry("retention", "Lưu giữ", "Retention", Right.SEE_RETENTION),
    Entry("accounts", "Tài khoản", "Accounts", Right.OPEN_ACCOUNTS, daily=True),
    Entry("system", "Hệ thống", "System", Right.SEE_SYSTEM, daily=True),
)


def links(seat: Seat | None, lang: str, path: str) -> list[Link]:
    """What the seat may open, in the order of `ENTRIES`; `path` tells which one is open now."""
    if seat is None:
        return []
    found = []
    for entry in ENTRIES:
        if entry.right is not None and not holds(seat, entry.right):
            continue
        if entry.roles and not entry.roles & seat.roles:
            continue
        address = addresses.page(entry.url)
        title = entry.en if lang == "en" else entry.vi
        found.append(Link(address, title, path.startswith(address), further=not entry.daily))
    here = max((link.address for link in found if link.here), key=len, default="")  # a page may stand below another
    fits = len(found) <= ONE_LINE
    return [replace(link, here=link.address == here, further=link.further and not fits) for link in found]
