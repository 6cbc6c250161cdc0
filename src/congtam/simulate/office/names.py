"""Invented names of people, units, posts and groups. Any likeness to a real official is chance."""

from random import Random

SAMPLE = "DỮ LIỆU MẪU"

FAMILY = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương"),
    *("Lý", "Trương", "Đinh", "Mai", "Tạ", "Lương", "Cao", "Hà", "Châu", "Tống", "Phùng", "Quách", "Kiều", "Thân"),
)
MIDDLE = (
    *("Thị", "Văn", "Hữu", "Đức", "Ngọc", "Minh", "Thanh", "Xuân", "Quang", "Công", "Đình", "Thị Mỹ", "Thị Kim"),
    *("Thị Thu", "Bảo", "Khánh", "Gia", "Nhật", "Anh", "Thế", "Trọng", "Viết", "Bá", "Diệu"),
)
GIVEN = (
    *("An", "Ân", "Bằng", "Bích", "Châu", "Cúc", "Diễm", "Dũng", "Duẩn", "Đài", "Đạo", "Điền", "Giang", "Hà", "Hải"),
    *("Hạnh", "Hậu", "Hiếu", "Hoài", "Khanh", "Khoát", "Khuê", "Lâm", "Lan", "Lập", "Liên", "Loan", "Mai", "Nam"),
    *("Nga", "Nhã", "Như", "Phong", "Phú", "Phước", "Quân", "Quyên", "Quyết", "Sương", "Sỹ", "Tâm", "Thảo", "Thi"),
    *("Thuần", "Tín", "Toản", "Trâm", "Trạch", "Trường", "Tuyến", "Uyên", "Vân", "Vy", "Yến"),
)
SECTIONS: dict[str, str] = {
    "VP": "Văn phòng",
    "KHTC": "Phòng Kế hoạch – Tài chính",
    "TDC": "Phòng Tiêu chuẩn – Đo lường – Chất lượng",
    "QLCN": "Phòng Quản lý công nghệ",
    "CDS": "Phòng Chuyển đổi số",
    "QLKH": "Phòng Quản lý khoa học",
    "BCVT": "Phòng Bưu chính – Viễn thông",
}
CENTRES: dict[str, str] = {
    "TTCNTT": "Phòng Vận hành hệ thống thông tin",
    "TTUD": "Phòng Ứng dụng kỹ thuật",
    "VP": "Phòng Hành chính – Tổng hợp",
}
POSTS: dict[str, str] = {
    "GD": "Thủ trưởng cơ quan",
    "PGD": "Phó Thủ trưởng cơ quan",
    "TP": "Trưởng phòng",
    "PTP": "Phó Trưởng phòng",
    "CV": "Chuyên viên",
    "VC": "Viên chức chuyên môn",
}
HEADS = frozenset({"GD", "TP"})
LEADERS = HEADS | {"PGD", "PTP"}
DUTY_GROUPS = {"lanh_dao": "Lãnh đạo, quản lý", "chuyen_mon": "Chuyên môn, nghiệp vụ"}
ABOVE, ABOVE_NAME = "LD001", f"Lãnh đạo cấp trên phụ trách ({SAMPLE})"


def person(rng: Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(MIDDLE)} {rng.choice(GIVEN)}"
