"""What the workbook of an office's people is called and holds: sheets, headings, words and the example rows.

Shared by whoever writes the blank workbook and whoever reads it when it comes back filled in.
"""

from collections.abc import Mapping
from typing import NamedTuple

from congtam.files.guessing import plain

FILE = "nhan-su-va-to-chuc.xlsx"
GUIDE = "Hướng dẫn"
EXAMPLE = "Ví dụ"  # a row whose note begins so is not read
NOTE = "note"

LEVELS = {
    "agency": "Cơ quan",
    "department": "Chi cục, ban",
    "section": "Phòng, văn phòng",
    "centre": "Trung tâm, đơn vị sự nghiệp",
    "commune": "Xã, phường, đặc khu",
    "unit": "Đơn vị khác",
}
STAFF = {"civil_servant": "Công chức", "public_employee": "Viên chức", "contract": "Người lao động"}
HONORIFICS = {"Ông": "Ông", "Bà": "Bà"}
DUTIES = {"lanh_dao": "Lãnh đạo, quản lý", "chuyen_mon": "Chuyên môn, nghiệp vụ", "ho_tro": "Hỗ trợ, phục vụ"}
EXTRA = {
    "personnel": "Tổ chức cán bộ",
    "reform": "Cải cách hành chính",
    "rules": "Chủ quản chỉ số",
    "sources": "Nguồn dữ liệu",
    "registers": "Văn thư",
    "finance": "Kế toán",
    "administrator": "Quản trị hệ thống",
}
YES = {"yes": "Có", "no": "Không"}
AWAY = {
    "annual": "Nghỉ phép năm",
    "sick": "Nghỉ ốm",
    "maternity": "Nghỉ thai sản",
    "unpaid": "Nghỉ không hưởng lương",
    "training": "Đi học, bồi dưỡng",
    "secondment": "Biệt phái, trưng tập",
    "other": "Lý do khác",
}


class Column(NamedTuple):
    """One column: its heading, what belongs in it, how it is read and how long it may be.

    reads: text, day, last_day (the last day that counts; kept as the day after), number, word or words (of `words`).
    open_: a word outside the list is kept as it is.
    """

    key: str
    heading: str
    help: str
    width: int = 16
    required: bool = False
    reads: str = "text"
    words: Mapping[str, str] = {}
    others: tuple[str, ...] = ()
    most: int = 64
    open_: bool = False


class Sheet(NamedTuple):
    """One sheet of the workbook: `key` names what its rows are; `about` is one sentence for the guide."""

    key: str
    title: str
    about: str
    columns: tuple[Column, ...]
    examples: tuple[Mapping[str, str], ...]


_FROM = Column("first", "Từ ngày", "ngày đầu tiên, dd/mm/yyyy", 13, True, "day", others=("Từ", "Hiệu lực từ"))
_UNTIL = Column(
    "until",
    "Đến hết ngày",
    "ngày cuối cùng còn tính, dd/mm/yyyy; trống: chưa định ngày kết thúc",
    13,
    reads="last_day",
    others=("Đến ngày", "Đến", "Kết thúc"),
)
_DECISION = Column(
    "decision", "Số quyết định", "số, ký hiệu văn bản, ví dụ 12/QĐ-SKHCN", 20, others=("Quyết định", "Văn bản")
)
_NOTE = Column(NOTE, "Ghi chú", f"không được đọc; dòng ghi “{EXAMPLE}…” thì bỏ qua cả dòng", 30, others=("Note",))
_PERSON = Column("person", "Mã cán bộ", "đúng mã ở trang Cán bộ", 14, True, others=("Mã CB", "Mã CBCC"))
_MARK = f"{EXAMPLE}: xóa dòng này trước khi nộp, hoặc để nguyên cũng không được đọc"

UNITS = Sheet(
    "units",
    "Đơn vị",
    "Cơ quan và các đơn vị. Đơn vị đổi tên hoặc chuyển chỗ: thêm một dòng cùng mã với Từ ngày mới.",
    (
        Column("code", "Mã đơn vị", "mã ngắn, không đổi khi đổi tên; nguồn dữ liệu gọi đơn vị bằng mã này", 14, True),
        Column("name", "Tên đơn vị", "tên đầy đủ trong quyết định", 44, True, most=200, others=("Tên",)),
        Column("level", "Cấp", "chọn trong danh sách", 26, reads="word", words=LEVELS, open_=True, most=32),
        Column(
            "parent", "Mã đơn vị cấp trên", "trống: là một cơ quan đứng riêng", 18, others=("Cấp trên", "Trực thuộc")
        ),
        _FROM,
        _UNTIL,
        _NOTE,
    ),
    (
        {"code": "SKHCN", "name": "Sở Khoa học và Công nghệ", "level": "Cơ quan", "first": "01/03/2025", NOTE: _MARK},
        {
            "code": "VP",
            "name": "Văn phòng Sở",
            "level": "Phòng, văn phòng",
            "parent": "SKHCN",
            "first": "01/03/2025",
            NOTE: _MARK,
        },
    ),
)
PERSONS = Sheet(
    "persons",
    "Cán bộ",
    "Mỗi người một dòng. Trùng họ tên không sao, mã thì mỗi người một mã.",
    (
        Column("code", "Mã cán bộ", "mã nguồn dữ liệu dùng để gọi người này", 14, True, others=("Mã CB", "Mã CBCC")),
        Column("full_name", "Họ và tên", "viết đủ dấu, họ trước tên sau", 30, True, most=120, others=("Họ tên",)),
        Column("honorific", "Ông/Bà", "để xưng hô trong văn bản", 9, reads="word", words=HONORIFICS),
        Column("email", "Thư điện tử", "địa chỉ công vụ, có thể để trống", 28, most=254, others=("Email",)),
        Column("phone", "Điện thoại", "có thể để trống", 16, most=32, others=("Số điện thoại", "SĐT")),
        _NOTE,
    ),
    ({"code": "CB001", "full_name": "Nguyễn Văn Mẫu", "honorific": "Ông", NOTE: _MARK},),
)
POSTS = Sheet(
    "posts",
    "Vị trí",
    "Mỗi vị trí một dòng: một chỗ trong đơn vị, dù đang có người hay trống.",
    (
        Column("code", "Mã vị trí", "mỗi vị trí một mã, ví dụ VP-TP hoặc VP-CV1", 14, True),
        Column(
            "title",
            "Tên vị trí",
            "chức danh, ví dụ Trưởng phòng, Chuyên viên",
            30,
            True,
            most=120,
            others=("Chức danh",),
        ),
        Column("unit", "Mã đơn vị", "đúng mã ở trang Đơn vị", 14, True),
        Column(
            "duty_group",
            "Nhóm nhiệm vụ",
            "nhóm cùng tính chất công việc; chọn hoặc ghi tên nhóm khác",
            24,
            True,
            "word",
            DUTIES,
            open_=True,
        ),
        Column("leads", "Đứng đầu đơn vị", "Có: người giữ vị trí này đứng đầu đơn vị", 14, reads="word", words=YES),
        Column("rank", "Thứ tự", "số nhỏ đứng trước trong danh sách; trống: 100", 9, reads="number"),
        Column(
            "functions",
            "Việc được giao thêm",
            "chọn trong danh sách; nhiều việc thì ngăn bằng dấu ;",
            30,
            reads="words",
            words=EXTRA,
            most=200,
        ),
        _FROM,
        _UNTIL,
        _NOTE,
    ),
    (
        {
            "code": "VP-CVP",
            "title": "Chánh Văn phòng",
            "unit": "VP",
            "duty_group": "Lãnh đạo, quản lý",
            "leads": "Có",
            "rank": "10",
            "functions": "Tổ chức cán bộ",
            "first": "01/03/2025",
            NOTE: _MARK,
        },
    ),
)
SPELLS = Sheet(
    "spells",
    "Thời gian công tác",
    "Ai giữ vị trí nào, từ ngày nào đến ngày nào, theo quyết định nào.",
    (
        Column("code", "Mã dòng", "để sửa dòng này về sau; trống: máy đặt theo cán bộ, vị trí và ngày", 14),
        _PERSON,
        Column("post", "Mã vị trí", "đúng mã ở trang Vị trí", 14, True),
        Column("staff_kind", "Loại cán bộ", "chọn trong danh sách", 18, True, "word", STAFF),
        _FROM,
        _UNTIL,
        _DECISION,
        _NOTE,
    ),
    (
        {
            "person": "CB001",
            "post": "VP-CVP",
            "staff_kind": "Công chức",
            "first": "01/03/2025",
            "decision": "12/QĐ-SKHCN",
            NOTE: _MARK,
        },
    ),
)
ABSENCES = Sheet(
    "absences",
    "Vắng mặt",
    "Nghỉ phép, ốm, thai sản, đi học… Những ngày này không tính vào quỹ thời gian làm việc.",
    (
        _PERSON,
        Column("kind", "Lý do", "chọn trong danh sách", 26, True, "word", AWAY, others=("Loại",)),
        _FROM,
        _UNTIL._replace(required=True, help="ngày nghỉ cuối cùng, dd/mm/yyyy"),
        _DECISION._replace(help="số, ký hiệu văn bản cho nghỉ, nếu có"),
        _NOTE,
    ),
    (
        {
            "person": "CB001",
            "kind": "Nghỉ phép năm",
            "first": "06/04/2026",
            "until": "10/04/2026",
            NOTE: _MARK,
        },
    ),
)
SHEETS = (UNITS, PERSONS, POSTS, SPELLS, ABSENCES)
TITLES = {sheet.key: sheet.title for sheet in SHEETS}


def column_of(sheet: Sheet, heading: str) -> Column | None:
    """The column a heading stands for, by its own name or another that people give it."""
    said = plain(heading)
    return next((one for one in sheet.columns if said in {plain(name) for name in (one.heading, *one.others)}), None)


def word_of(words: Mapping[str, str], text: str) -> str | None:
    """The code of a word out of a list, however it is capitalised or accented; also the code itself."""
    said = plain(text)
    return next((code for code, word in words.items() if said in (plain(word), plain(code))), None)
