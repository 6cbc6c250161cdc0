"""What people type, in the length in which they type it."""

PRODUCTS = ("Dự thảo công văn", "Báo cáo kèm số liệu", "Tờ trình", "Biên bản", "Kế hoạch", "Danh sách tổng hợp")
AUTHORITIES = ("Làm việc trực tiếp với các phòng", "", "", "")
DELIVERED = ("Dự thảo đã gửi trên hệ thống", "Báo cáo lưu ở hồ sơ việc", "Đã trình ký", "Xong, đủ phụ lục")
REPORTS = ("Đã có số liệu của 5/8 đơn vị", "Đang chờ góp ý", "Xong phần I, còn phụ lục", "Đã họp thống nhất đề cương")
TIME_WHY = ("Đơn vị khác chưa gửi số liệu", "Nội dung phát sinh thêm theo yêu cầu", "Trùng đợt kiểm tra")
RETURN_WHY = ("Thiếu phụ lục số liệu", "Cần bổ sung căn cứ pháp lý", "Số liệu chưa khớp báo cáo trước")
PASS_WHY = ("Đúng lĩnh vực hơn", "Cân đối khối lượng", "Đang đi kiểm tra cơ sở")
HELP = ("Cung cấp số liệu quý về {}", "Góp ý dự thảo về {}", "Cử người dự kiểm tra về {}")
HELP_PRODUCTS = ("Bảng số liệu", "Văn bản góp ý", "Danh sách cử người")
HELPED = ("Đã gửi bảng số liệu", "Đã gửi góp ý", "Đã cử 1 người")
REFUSED_HELP = ("Không thuộc lĩnh vực của phòng",)
DUTIES = ("", "", "Tiếp 2 lượt công dân", "Kiểm tra tại xã", "Trực phòng máy")
INITIATIVES = (
    ("Mẫu trả lời dùng chung cho hồ sơ hay gặp", "Gộp 6 mẫu trả lời thành một; mỗi hồ sơ bớt 15 phút soạn."),
    ("Bảng tự động nhắc hồ sơ sắp hết hạn", "Dùng bảng tính sẵn có, nhắc trước 2 ngày; giảm trễ hạn của phòng."),
)
INSTRUCTIONS = ("Khẩn trương, báo cáo trước khi trình", "Phối hợp chặt với Văn phòng", "")
ISSUERS = ("UBND thành phố", "Bộ Khoa học và Công nghệ", "Sở Tài chính", "UBND xã mẫu")
SUBJECTS = ("v/v góp ý dự thảo quy định về {}", "v/v báo cáo tình hình {}", "v/v triển khai {}")
