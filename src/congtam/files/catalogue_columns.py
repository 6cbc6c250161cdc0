"""What the sheets of a catalogue are called and hold: headings and words, shared by whoever writes and reads them."""

from typing import NamedTuple

from congtam.files.guessing import plain

ROWS_SHEET, HEAD_SHEET, HELP_SHEET = "Danh mục", "Thông tin chung", "Hướng dẫn"


class Column(NamedTuple):
    """One column: its heading, other headings people give it, and what belongs in it."""

    key: str
    heading: str
    help: str
    width: int
    others: tuple[str, ...] = ()
    required: bool = False


COLUMNS = (
    Column("code", "Mã", "mã sản phẩm, công việc; mỗi mã là một sản phẩm", 14, ("Mã sản phẩm", "Code"), True),
    Column(
        "title",
        "Tên sản phẩm/công việc",
        "tên đầy đủ",
        48,
        ("Tên", "Tên sản phẩm", "Tên công việc", "Name"),
        True,
    ),
    Column(
        "coefficient",
        "Hệ số K",
        "số lớn hơn 0, tối đa 2 chữ số thập phân: 1,5 hoặc 1.5",
        10,
        ("K", "Hệ số", "Hệ số quy đổi", "Coefficient"),
        True,
    ),
    Column("amount", "Thời gian chuẩn", "số, có thể để trống; khi có thì phải ghi đơn vị", 12, ("Standard time",)),
    Column("unit", "Đơn vị thời gian", "giờ hoặc ngày làm việc", 16, ("Đơn vị", "Unit")),
    Column("act", "Căn cứ", "văn bản ban hành; trống: theo căn cứ chung", 36, ("Văn bản", "Căn cứ pháp lý", "Act")),
    Column("article", "Điều khoản", "điều, khoản, phụ lục của văn bản", 16, ("Điều", "Article")),
    Column(
        "certainty",
        "Mức độ chắc chắn",
        "đã đối chiếu, theo nguồn tin hoặc chưa kiểm chứng",
        20,
        ("Độ chắc chắn", "Certainty"),
    ),
    Column("from", "Từ ngày", "ngày đầu tiên áp dụng, dd/mm/yyyy", 13, ("Hiệu lực từ", "Từ", "From"), True),
    Column(
        "until",
        "Đến trước ngày",
        "ngày đầu tiên KHÔNG còn áp dụng; trống: chưa định ngày thôi áp dụng",
        15,
        ("Hết hiệu lực từ", "Đến trước", "Until"),
    ),
    Column("title_en", "Tên tiếng Anh", "có thể để trống", 36, ("Tên (tiếng Anh)", "English name")),
)

HEADINGS = {column.key: column.heading for column in COLUMNS}

HEAD_LABELS = {
    "title": "Tên danh mục",
    "title_en": "Tên danh mục (tiếng Anh)",
    "issuer": "Cơ quan ban hành",
    "status": "Trạng thái",
    "notice": "Lưu ý",
    "notice_en": "Lưu ý (tiếng Anh)",
    "act": "Căn cứ chung",
    "article": "Điều khoản chung",
    "certainty": "Mức độ chắc chắn chung",
}

UNITS = {"hours": "giờ", "working_days": "ngày làm việc"}
CERTAINTIES = {"verified": "đã đối chiếu", "reported": "theo nguồn tin", "unverified": "chưa kiểm chứng"}
STATUSES = {"in_force": "có hiệu lực", "proposal": "dự thảo", "example": "ví dụ minh họa"}
_MORE_WORDS = {
    "unit": {"giờ làm việc": "hours", "hours": "hours", "working_days": "working_days"},
    "certainty": {
        "đã đối chiếu văn bản": "verified",
        "theo nguồn tin, chưa đối chiếu toàn văn": "reported",
        **{code: code for code in CERTAINTIES},
    },
    "status": {"đang áp dụng": "in_force", **{code: code for code in STATUSES}},
}
WORDS = {"unit": UNITS, "certainty": CERTAINTIES, "status": STATUSES}


def column_of(heading: str) -> str | None:
    """The key of the column with a heading, however it is spelled; None for a heading nobody knows."""
    return _HEADINGS.get(plain(heading))


def code_of(what: str, text: str) -> str | None:
    """The code of a word of a unit, certainty or status, however it is spelled."""
    known = {plain(word): code for code, word in WORDS[what].items()}
    known |= {plain(word): code for word, code in _MORE_WORDS[what].items()}
    return known.get(plain(text))


_HEADINGS = {plain(text): column.key for column in COLUMNS for text in (column.heading, *column.others)}
