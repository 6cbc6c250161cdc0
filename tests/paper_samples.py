"""One paper of every kind, filled with invented people; and one whose every name is made to be misread."""

from dataclasses import replace
from datetime import UTC, date, datetime

from congtam.documents.papers import (
    Bonus,
    BonusList,
    Case,
    Count,
    Header,
    Imprint,
    Minutes,
    Month,
    Paper,
    Result,
    ResultDecision,
    Said,
    Signer,
    Slip,
    SlipLine,
    UnitResults,
    YearForm,
)

CODE = "7KQ2-M8TX-04GH"
HOSTILE = "#import \"x\": * $ <b>đậm</b> =cmd|' /C'!A0 _*`\\ @ab [x] {y} // é"
AT = datetime(2026, 11, 5, 3, 30, tzinfo=UTC)
IMPRINT = Imprint("Sở A", AT, "Nghị định 335 (mã băm 1a2b3c4d)", "lần tính số 7", "Phạm Thu Hà", AT)
HEADER = Header(
    "Ủy ban nhân dân tỉnh A",
    "Sở Khoa học và Công nghệ",
    "05/QĐ-SKHCN",
    "Huế",
    date(2026, 2, 5),
    CODE,
    f"https://congtam.example.vn/kiem-chung/?ma={CODE}",
)
LEADER = Signer(("GIÁM ĐỐC",), "Trần Văn Đức")
DEPUTY = Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Lê Thị Ánh")
OFFICIAL = Signer(("NGƯỜI ĐƯỢC ĐÁNH GIÁ",), "Nguyễn Thị An")
RECIPIENTS = ("Như Điều 3", "Ủy ban nhân dân tỉnh (để báo cáo)", "Lưu: VT, TCCB")
COUNTS = (
    Count("Hoàn thành xuất sắc nhiệm vụ", 1),
    Count("Hoàn thành tốt nhiệm vụ", 2),
    Count("Hoàn thành nhiệm vụ", 1),
)
RESULTS = (
    Result("Nguyễn Văn Bảo", "Trưởng phòng", "Phòng Quản lý Khoa học", 93_250_000, "Hoàn thành xuất sắc nhiệm vụ"),
    Result("Nguyễn Thị An", "Chuyên viên", "Phòng Quản lý Khoa học", 88_000_000, "Hoàn thành tốt nhiệm vụ"),
    Result(
        "Hoàng Bình", "Chuyên viên", "Phòng Quản lý Khoa học", 91_000_000, "Hoàn thành tốt nhiệm vụ", "vượt tỷ lệ 20 %"
    ),
    Result("Võ Mai Chi", "Chuyên viên", "Văn phòng", None, "Hoàn thành nhiệm vụ", "theo quyết định 12/QĐ"),
)
SAID = (
    Said("người được đánh giá", "Đồng ý với kết quả", AT),
    Said("trưởng phòng", "Làm tốt hồ sơ khó, cần sớm hơn", None),
)
DECISION = ResultDecision(
    HEADER,
    "Công nhận kết quả đánh giá, xếp loại chất lượng công chức, viên chức tháng 10 năm 2026",
    "tháng 10 năm 2026",
    "Giám đốc Sở Khoa học và Công nghệ",
    (
        "Căn cứ Luật Cán bộ, công chức số 80/2025/QH15",
        "Căn cứ Nghị định số 335/2025/NĐ-CP của Chính phủ về đánh giá, xếp loại chất lượng công chức;",
        "Theo đề nghị của Chánh Văn phòng Sở.",
    ),
    (
        "Công nhận kết quả đánh giá, xếp loại chất lượng tháng 10 năm 2026 đối với 04 công chức, viên chức (có danh "
        "sách kèm theo).",
        "Kết quả này là căn cứ để xếp loại chất lượng năm 2026 và chi thưởng theo quy định.",
        "Chánh Văn phòng, trưởng các phòng và người có tên trong danh sách chịu trách nhiệm thi hành Quyết định này./.",
    ),
    COUNTS,
    RESULTS,
    RECIPIENTS,
    LEADER,
)
UNIT = UnitResults(
    replace(HEADER, number="", day=None), "Phòng Quản lý Khoa học", "tháng 10 năm 2026", COUNTS[:2], RESULTS[:3],
    RECIPIENTS[2:], DEPUTY,
)  # fmt: skip
MINUTES = Minutes(
    replace(HEADER, number="02/BB-SKHCN"),
    "Họp xét kết quả đánh giá, xếp loại chất lượng tháng 10 năm 2026",
    AT,
    AT.replace(hour=5),
    "Phòng họp số 1",
    LEADER,
    Signer(("Chuyên viên",), "Phạm Thu Hà"),
    ("Trần Văn Đức, Giám đốc", "Lê Thị Ánh, Phó Giám đốc", "Nguyễn Văn Bảo, Trưởng phòng"),
    (),
    "có mặt 3 trên 3 thành viên, cần ít nhất 2",
    (
        Case("Hoàng Bình", "Vượt tỷ lệ xuất sắc", (), 3, 0, 0, "Hạ xuống hoàn thành tốt", "bằng điểm, xét thâm niên"),
        Case("Nguyễn Văn Bảo", "Đề nghị giữ xuất sắc", ("Nguyễn Văn Bảo",), 2, 0, 0, "Giữ nguyên"),
    ),
    ("Thống nhất trình Giám đốc công nhận kết quả theo danh sách.",),
    ("Thành viên Hội đồng", "Lưu: VT"),
)
SLIP = Slip(
    replace(HEADER, number=""),
    "Nguyễn Thị An",
    "CB018",
    "Chuyên viên",
    "Phòng Quản lý Khoa học",
    "tháng 10 năm 2026",
    "Nghị định 335/2025 (mã băm 1a2b3c4d)",
    (
        SlipLine("Tiêu chí chung", 30_000_000, 27_000_000, heading=True),
        SlipLine("Phẩm chất, kỷ luật", 10_000_000, 9_000_000, rater="9/10: nề nếp (Nguyễn Văn Bảo)"),
        SlipLine("Kết quả nhiệm vụ", 70_000_000, 61_000_000, heading=True),
        SlipLine(
            "Tiến độ", 23_330_000, 20_500_000, 41, "38 đúng hạn, 2 muộn, 1 được miễn", remark="Hồ sơ 7 chờ bổ sung"
        ),
        SlipLine("Chất lượng", 23_330_000, None, 0, "chưa có dữ liệu"),
    ),
    100_000_000,
    88_000_000,
    "Hoàn thành tốt nhiệm vụ",
    "từ 70 đến dưới 90 điểm",
    SAID,
    OFFICIAL,
    LEADER,
)  # fmt: skip
BONUS = BonusList(
    replace(HEADER, number="11/DS-SKHCN"),
    "Chi thu nhập tăng thêm tháng 10 năm 2026",
    "tháng 10 năm 2026",
    "Nghị quyết 81/2025/NQ-HĐND",
    (
        Bonus("Nguyễn Văn Bảo", "Trưởng phòng", "Phòng Một", "Xuất sắc", 10_200_000, "0,5", 5_100_000),
        Bonus("Nguyễn Thị An", "Chuyên viên", "Phòng Một", "Tốt", 6_003_000, "0,3", 1_800_900, "truy lĩnh tháng 9"),
    ),
    120_000_000,
    113_099_100,
    Signer(("NGƯỜI LẬP",), "Phạm Thu Hà"),
    Signer(("KẾ TOÁN",), "Lê Thị Ánh"),
    LEADER,
    ("Kho bạc Nhà nước", "Lưu: VT, KT"),
)
YEAR = YearForm(
    replace(HEADER, number=""),
    "Nguyễn Thị An",
    "CB018",
    "Chuyên viên",
    "Phòng Quản lý Khoa học",
    2026,
    "Nghị định 335/2025 (mã băm 1a2b3c4d)",
    (
        *(
            Month(f"tháng {month} năm 2026", 80_000_000 + month * 500_000, "Hoàn thành tốt nhiệm vụ", "có")
            for month in range(1, 11)
        ),
        Month("tháng 11 năm 2026", None, "–", "không: chưa chốt trước 15/12", "Sở B"),
    ),
    84_250_000,
    "Hoàn thành tốt nhiệm vụ",
    "điểm trung bình từ 70 đến dưới 90",
    SAID,
    OFFICIAL,
    LEADER,
)
PAPERS: dict[str, Paper] = {
    "decision": DECISION,
    "unit_results": UNIT,
    "minutes": MINUTES,
    "slip": SLIP,
    "bonus": BONUS,
    "year": YEAR,
}
