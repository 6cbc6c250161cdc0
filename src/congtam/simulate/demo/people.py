"""The invented people and units of the demo department. Any likeness to a real official is chance."""

from datetime import date

from congtam.simulate.manners import Manner

LONG_AGO = date(2021, 1, 1)
MERGER = date(2025, 3, 1)
AGENCY = "SKHCN"
AGENCY_HEAD = "CB001"
SUPERIOR_OF_HEAD = "LD001"

# code, parent (an agency is its own root), first day, first day no longer there, name
UNITS: tuple[tuple[str, str, date, date | None, str], ...] = (
    ("SKHCN-C", "", LONG_AGO, MERGER, "Sở Khoa học và Công nghệ trước hợp nhất (DỮ LIỆU MẪU)"),
    ("STTTT", "", LONG_AGO, MERGER, "Sở Thông tin và Truyền thông (DỮ LIỆU MẪU)"),
    ("SKHCN", "", MERGER, None, "Sở Khoa học và Công nghệ (DỮ LIỆU MẪU)"),
    ("VP-C", "SKHCN-C", LONG_AGO, MERGER, "Văn phòng Sở KH&CN (cũ)"),
    ("VP-T", "STTTT", LONG_AGO, MERGER, "Văn phòng Sở TT&TT"),
    ("KHTC-C", "SKHCN-C", LONG_AGO, MERGER, "Phòng Kế hoạch – Tài chính (Sở KH&CN cũ)"),
    ("KHTC-T", "STTTT", LONG_AGO, MERGER, "Phòng Kế hoạch – Tài chính (Sở TT&TT)"),
    ("QLKH-C", "SKHCN-C", LONG_AGO, MERGER, "Phòng Quản lý khoa học (Sở KH&CN cũ)"),
    ("QLCN-C", "SKHCN-C", LONG_AGO, MERGER, "Phòng Quản lý công nghệ (Sở KH&CN cũ)"),
    ("CNTT-T", "STTTT", LONG_AGO, MERGER, "Phòng Công nghệ thông tin (Sở TT&TT)"),
    ("BCVT-T", "STTTT", LONG_AGO, MERGER, "Phòng Bưu chính – Viễn thông (Sở TT&TT)"),
    ("VP", "SKHCN", MERGER, None, "Văn phòng Sở"),
    ("KHTC", "SKHCN", MERGER, None, "Phòng Kế hoạch – Tài chính"),
    ("CDS", "SKHCN", MERGER, None, "Phòng Chuyển đổi số"),
    ("QLKH", "SKHCN", MERGER, None, "Phòng Quản lý khoa học"),
    ("QLCN", "SKHCN", MERGER, None, "Phòng Quản lý công nghệ và đổi mới sáng tạo"),
    ("BCVT", "SKHCN", MERGER, None, "Phòng Bưu chính – Viễn thông"),
    ("TDC", "SKHCN-C", LONG_AGO, MERGER, "Chi cục Tiêu chuẩn – Đo lường – Chất lượng"),
    ("TDC", "SKHCN", MERGER, None, "Chi cục Tiêu chuẩn – Đo lường – Chất lượng"),
    ("TTUD", "SKHCN-C", LONG_AGO, MERGER, "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ"),
    ("TTUD", "SKHCN", MERGER, None, "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ"),
    ("TTCNTT", "STTTT", LONG_AGO, MERGER, "Trung tâm Công nghệ thông tin và Truyền thông"),
    ("TTCNTT", "SKHCN", MERGER, None, "Trung tâm Công nghệ thông tin và Truyền thông"),
)

POSTS: dict[str, str] = {
    "GD": "Giám đốc Sở",
    "PGD": "Phó Giám đốc Sở",
    "CVP": "Chánh Văn phòng",
    "PCVP": "Phó Chánh Văn phòng",
    "TP": "Trưởng phòng",
    "PTP": "Phó Trưởng phòng",
    "CCT": "Chi cục trưởng",
    "PCCT": "Phó Chi cục trưởng",
    "GDTT": "Giám đốc Trung tâm",
    "PGDTT": "Phó Giám đốc Trung tâm",
    "CV": "Chuyên viên",
    "VC": "Viên chức chuyên môn",
    "VT": "Văn thư – lưu trữ",
    "KT": "Kế toán",
}
HEADS = frozenset({"GD", "CVP", "TP", "CCT", "GDTT"})
LEADERS = HEADS | {"PGD", "PCVP", "PTP", "PCCT", "PGDTT"}
SUPPORTERS = frozenset({"VT", "KT"})
DUTY_GROUPS = {
    "lanh_dao": "Lãnh đạo, quản lý",
    "chuyen_mon": "Chuyên môn, nghiệp vụ",
    "ho_tro": "Hỗ trợ, phục vụ",
}
CENTRES = frozenset({"TTCNTT", "TTUD"})


MANNERS: dict[str, Manner] = {
    "excellent": Manner(late=0.02, dropped=0, fault=0.01, starts=0.22, general=28),
    "good": Manner(late=0.06, dropped=0.01, fault=0.05, starts=0.10, general=19.25),
    "complete": Manner(late=0.07, dropped=0.07, fault=0.35, starts=0.03, general=8.5),
    "careless": Manner(late=0.07, dropped=0.01, fault=0.26, starts=0.06, general=19),
    "late": Manner(late=0.38, dropped=0.03, fault=0.06, starts=0.05, general=18.5, spared=False),
    "failing": Manner(late=0.22, dropped=0.62, fault=0.30, starts=0, general=5, load=16, spared=False),
    "spotless": Manner(late=0, dropped=0, fault=0, starts=0.25, general=29.5, helps=False),
    "few": Manner(late=0, dropped=0, fault=0, starts=0, general=24, load=3, helps=False, seldom=True),
}

# code, name, unit and post since the merger, unit and post before ("" = not yet there), manner
PEOPLE: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("CB001", "Lương Đình Khoát", "SKHCN", "GD", "SKHCN-C", "GD", "excellent"),
    ("CB002", "Tống Phước Hoài", "SKHCN", "PGD", "STTTT", "GD", "good"),
    ("CB003", "Châu Thị Diệu Hạnh", "SKHCN", "PGD", "SKHCN-C", "PGD", "good"),
    ("CB004", "Văn Công Nhuận", "VP", "CVP", "VP-C", "CVP", "excellent"),
    ("CB005", "Đoàn Thị Mỹ Loan", "VP", "PCVP", "VP-T", "CVP", "good"),
    ("CB006", "Mai Xuân Trực", "VP", "CV", "VP-C", "CV", "good"),
    ("CB007", "Hoàng Thị Bích Trâm", "VP", "CV", "VP-T", "CV", "good"),
    ("CB008", "Thân Trọng Hiếu", "VP", "CV", "VP-T", "CV", "good"),
    ("CB009", "Ngô Thị Lài", "VP", "VT", "VP-C", "VT", "few"),
    ("CB010", "Đặng Hữu Phái", "KHTC", "TP", "KHTC-C", "TP", "good"),
    ("CB011", "Trương Thị Thục Quyên", "KHTC", "PTP", "KHTC-T", "TP", "good"),
    ("CB012", "Phùng Thị Ngọc Sương", "KHTC", "KT", "KHTC-C", "KT", "excellent"),
    ("CB013", "Cao Bá Thuần", "KHTC", "KT", "KHTC-T", "KT", "complete"),
    ("CB014", "Lý Thị Minh Châu", "KHTC", "CV", "KHTC-T", "CV", "good"),
    ("CB015", "Nguyễn Khoa Bằng", "CDS", "TP", "CNTT-T", "TP", "good"),
    ("CB016", "Hà Thị Thanh Nhã", "CDS", "PTP", "CNTT-T", "PTP", "good"),
    ("CB017", "Trần Quốc Duẩn", "CDS", "CV", "CNTT-T", "CV", "excellent"),
    ("CB018", "Lê Thị Hoài Ân", "CDS", "CV", "CNTT-T", "CV", "good"),
    ("CB019", "Phạm Viết Thắng Lâm", "CDS", "CV", "CNTT-T", "CV", "late"),
    ("CB020", "Bùi Nhật Trường", "CDS", "CV", "CNTT-T", "CV", "good"),
    ("CB021", "Hồ Thị Kim Cúc", "QLKH", "TP", "QLKH-C", "TP", "excellent"),
    ("CB022", "Dương Quang Đạo", "QLKH", "PTP", "QLKH-C", "PTP", "good"),
    ("CB023", "Tôn Nữ Diễm Thi", "QLKH", "CV", "QLKH-C", "CV", "spotless"),
    ("CB024", "Võ Thị Hồng Vân", "QLKH", "CV", "QLKH-C", "CV", "good"),
    ("CB025", "Lê Đức Hậu", "QLKH", "CV", "QLKH-C", "CV", "good"),
    ("CB026", "Trịnh Công Lập", "QLCN", "TP", "QLCN-C", "TP", "good"),
    ("CB027", "Nguyễn Thị Ái Liên", "QLCN", "PTP", "QLCN-C", "PTP", "good"),
    ("CB028", "Đinh Thế Vỹ", "QLCN", "CV", "QLCN-C", "CV", "excellent"),
    ("CB029", "Huỳnh Ngọc Sỹ", "QLCN", "CV", "QLCN-C", "CV", "failing"),
    ("CB030", "Phan Thị Tố Uyên", "QLCN", "CV", "QLCN-C", "CV", "good"),
    ("CB031", "Quách Văn Điền", "TDC", "CCT", "TDC", "CCT", "good"),
    ("CB032", "Tạ Thị Thu Ba", "TDC", "PCCT", "TDC", "PCCT", "good"),
    ("CB033", "Nguyễn Hữu Tuyến", "TDC", "CV", "TDC", "CV", "good"),
    ("CB034", "Lê Văn Khuê", "TDC", "CV", "TDC", "CV", "complete"),
    ("CB035", "Trần Thị Lệ Khanh", "TDC", "CV", "TDC", "CV", "good"),
    ("CB036", "Kiều Anh Dũng", "TDC", "CV", "TDC", "CV", "good"),
    ("CB037", "Ông Thị Hải Yến", "BCVT", "TP", "BCVT-T", "TP", "excellent"),
    ("CB038", "Vương Hưng Phú", "BCVT", "CV", "BCVT-T", "CV", "good"),
    ("CB039", "Nguyễn Đăng Khải", "BCVT", "CV", "BCVT-T", "CV", "good"),
    ("CB040", "Đỗ Thị Xuân Mai", "BCVT", "CV", "BCVT-T", "CV", "careless"),
    ("CB041", "Lâm Chí Quyết", "TTCNTT", "GDTT", "TTCNTT", "GDTT", "excellent"),
    ("CB042", "Nguyễn Thị Phương Đài", "TTCNTT", "PGDTT", "TTCNTT", "PGDTT", "good"),
    ("CB043", "Trần Hoàng Tín", "TTCNTT", "VC", "TTCNTT", "VC", "good"),
    ("CB044", "Lê Bảo Quân", "TTCNTT", "VC", "TTCNTT", "VC", "good"),
    ("CB045", "Nguyễn Thị Khánh Thư", "TTCNTT", "VC", "TTCNTT", "VC", "good"),
    ("CB046", "Hứa Minh Trạch", "TTUD", "GDTT", "TTUD", "GDTT", "good"),
    ("CB047", "Phan Thị Quỳnh Như", "TTUD", "VC", "TTUD", "VC", "good"),
    ("CB048", "Nguyễn Văn Toản", "TTUD", "VC", "TTUD", "VC", "complete"),
    ("CB049", "Lê Thị Diệp", "TTUD", "VC", "TTUD", "VC", "good"),
    ("CB050", "Hoàng Gia Phong", "TTUD", "VC", "", "", "good"),
    ("CB051", "Trần Đình Sắc", "CDS", "PTP", "CNTT-T", "PTP", "good"),
)

LATE, FAILING, SPOTLESS, FEW = "CB019", "CB029", "CB023", "CB009"
JOINING, MOVING, RETIRING, ON_MATERNITY_LEAVE, SICK = "CB050", "CB039", "CB051", "CB024", "CB035"
STUCK = "CB043"  # holds an item that stays open for three months
EXTERNAL_NAMES = {SUPERIOR_OF_HEAD: "Phó Chủ tịch UBND tỉnh phụ trách (DỮ LIỆU MẪU)"}

PARTNERS: dict[str, tuple[str, ...]] = {  # to which units work goes on that another has to finish
    "QLKH": ("KHTC",),
    "QLCN": ("TDC", "VP"),
    "BCVT": ("CDS",),
    "CDS": ("VP", "BCVT"),
    "TDC": ("VP",),
    "KHTC": ("VP",),
}
