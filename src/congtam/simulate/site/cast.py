"""Who signs in to the demo, in which right, and the posts that give it."""

from dataclasses import dataclass

from congtam.engine.rulebook.model import Text

PASSWORD = "DuLieuMau2026"


@dataclass(frozen=True)
class Player:
    """A demo account: its user name, whose it is (none: from outside), and what to try with it."""

    username: str
    person: str | None
    role: Text


@dataclass(frozen=True)
class Special:
    """A post apart from the others of its unit: who holds it since the merger, its title and functions."""

    code: str
    title: str
    functions: tuple[str, ...]


PLAYERS = (
    Player("congchuc", "CB018", Text(vi="Công chức", en="Official")),
    Player("vienchuc", "CB047", Text(vi="Viên chức", en="Public employee")),
    Player("canbo", "CB040", Text(vi="Công chức phòng khác", en="Official of another section")),
    Player("truongphong", "CB015", Text(vi="Trưởng phòng", en="Head of a section")),
    Player("truongphong2", "CB037", Text(vi="Trưởng phòng của “canbo”", en="Head of the section of “canbo”")),
    Player("giamdoc", "CB001", Text(vi="Lãnh đạo cơ quan", en="Leader of the agency")),
    Player("nhansu", "CB006", Text(vi="Tổ chức cán bộ", en="Personnel")),
    Player("quytac", "CB007", Text(vi="Phụ trách quy tắc", en="Owner of rules")),
    Player("duyetquytac", "CB014", Text(vi="Phụ trách quy tắc, người duyệt", en="Owner of rules, approver")),
    Player("kiemtra", None, Text(vi="Người kiểm tra, có quyết định", en="Auditor with a mandate")),
    Player("vanthu", "CB009", Text(vi="Văn thư", en="Registrar")),
    Player("ketoan", "CB013", Text(vi="Kế toán", en="Accountant")),
    Player("quantri", "CB008", Text(vi="Quản trị hệ thống", en="Administrator")),
)
OWNER, APPROVER, AUDITOR, ADMINISTRATOR = "quytac", "duyetquytac", "kiemtra", "quantri"

SPECIALS = {
    "CB006": Special("VP-TCCB", "Chuyên viên tổ chức cán bộ", ("personnel",)),
    "CB007": Special("VP-CCHC", "Chuyên viên cải cách hành chính", ("reform", "rules", "sources")),
    "CB008": Special("VP-QTHT", "Chuyên viên quản trị hệ thống", ("administrator",)),
    "CB009": Special("VP-VANTHU", "Văn thư – lưu trữ", ("registers",)),
    "CB013": Special("KHTC-QUY", "Chuyên viên kế toán, theo dõi quỹ thưởng", ("finance",)),
    "CB014": Special("KHTC-TH", "Chuyên viên tổng hợp", ("rules",)),
}
