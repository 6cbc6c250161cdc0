"""Titles of invented work, by kind and by the field of the section."""

from random import Random

TOPICS: dict[str, tuple[str, ...]] = {
    "VP": ("cải cách hành chính", "công tác văn thư, lưu trữ", "lịch công tác tuần", "kiểm soát thủ tục hành chính"),
    "KHTC": ("dự toán ngân sách", "giải ngân vốn đầu tư công", "mua sắm tài sản", "quyết toán kinh phí đề tài"),
    "CDS": ("chuyển đổi số cấp xã", "Đề án 06", "dữ liệu mở của tỉnh", "an toàn thông tin mạng"),
    "QLKH": ("đề tài khoa học cấp tỉnh", "hội đồng nghiệm thu", "nhiệm vụ khoa học năm", "hoạt động sáng kiến"),
    "QLCN": ("thẩm định công nghệ", "hệ sinh thái khởi nghiệp", "sở hữu trí tuệ", "an toàn bức xạ"),
    "TDC": ("kiểm định phương tiện đo", "mã số, mã vạch", "hàng đóng gói sẵn", "hệ thống ISO 9001"),
    "BCVT": ("phủ sóng vùng lõm", "hạ ngầm cáp viễn thông", "bưu chính công ích", "trạm thu phát sóng"),
    "TTCNTT": ("trung tâm dữ liệu tỉnh", "trục liên thông văn bản", "cổng dịch vụ công", "hội nghị truyền hình"),
    "TTUD": ("mô hình nuôi cấy mô", "trạm quan trắc", "chuyển giao kỹ thuật", "kiểm nghiệm mẫu nước"),
    "SKHCN": ("chương trình công tác quý", "Nghị quyết số 57-NQ/TW", "sắp xếp tổ chức bộ máy", "kế hoạch năm"),
}
FIELD_OF: dict[str, str] = {"STTTT": "SKHCN", "CNTT": "CDS", "CQ": "SKHCN"}

FORMS: dict[str, tuple[str, ...]] = {
    "task": ("Tham mưu kế hoạch về {}", "Rà soát, đề xuất giải pháp về {}", "Chuẩn bị cuộc họp về {}"),
    "document": ("Công văn số {n}: trả lời về {}", "Công văn số {n}: góp ý dự thảo về {}", "Tờ trình về {}"),
    "dossier": ("Hồ sơ số {n}: đề nghị giải quyết thủ tục về {}",),
    "exchange": ("Phản ánh số {n} của người dân về {}", "Câu hỏi số {n} của doanh nghiệp về {}"),
    "report": ("Báo cáo tuần về {}", "Báo cáo định kỳ về {}", "Báo cáo đột xuất về {}"),
    "operation": ("Kiểm tra thực địa về {}", "Vận hành, xử lý sự cố về {}", "Cập nhật dữ liệu về {}"),
    "initiative": ("Sáng kiến rút ngắn quy trình về {}", "Sáng kiến dùng chung dữ liệu về {}"),
}


def field_of(unit: str) -> str:
    """The field of work of a unit: what its code begins with, or the field that took this over."""
    begins = unit.split("-")[0]
    return FIELD_OF.get(begins, begins)


def title(rng: Random, kind: str, unit: str) -> str:
    topic = rng.choice(TOPICS[field_of(unit)])
    return rng.choice(FORMS[kind]).format(topic, n=rng.randint(100, 2999))
