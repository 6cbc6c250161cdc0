"""Why a record or row was set aside, and what to do: one code, one message, one piece of advice each."""

from typing import Any

WORDS: dict[str, tuple[str, str]] = {
    "missing-key": ("Bản ghi không có mã (key).", "Ghi mã riêng cho mỗi bản ghi rồi gửi lại."),
    "too-long": ("Mục {name} dài quá {most} ký tự.", "Rút ngắn mục này rồi gửi lại."),
    "bad-version": ("Số phiên bản {version} không dùng được.", "Ghi phiên bản là số nguyên từ 0, tăng dần."),
    "bad-character": (
        "Trong bản ghi có ký tự không lưu được (NUL hoặc nửa ký tự).",
        "Bỏ ký tự này ở hệ thống nguồn rồi gửi lại.",
    ),
    "not-a-record": ("Bản ghi sai cấu trúc: {why}.", "Sửa theo mô tả của giao diện (OpenAPI) rồi gửi lại."),
    "no-events": (
        "Bản ghi không nói sự kiện nào.",
        "Ghi ít nhất một sự kiện; nếu bản ghi này sai và cần bỏ, gửi phiên bản mới với withdrawn = true.",
    ),
    "too-many-events": (
        "Bản ghi có {n} sự kiện, nhiều hơn mức {most}.",
        "Chia thành nhiều bản ghi cho cùng công việc.",
    ),
    "not-registered": (
        "Công việc {key!r} chưa có sự kiện tiếp nhận (registered).",
        "Thêm sự kiện registered với thời điểm tiếp nhận; nếu bản ghi nói về công việc khác, ghi mã công việc ở item.",
    ),
    "unknown-activity": ("Không có loại sự kiện {activity!r}.", "Dùng một trong các loại: {known}."),
    "withdrawn-event": (
        "Nguồn không rút từng sự kiện bằng loại withdrawn.",
        "Gửi phiên bản mới của bản ghi không có sự kiện đó, hoặc rút cả bản ghi với withdrawn = true.",
    ),
    "far-instant": ("Thời điểm {at} nằm quá xa hiện tại.", "Kiểm tra lại năm, tháng và múi giờ."),
    "incomplete-event": ("Sự kiện {activity} thiếu mục {name}.", "Điền mục này rồi gửi lại."),
    "unknown-person-code": (
        "Không có ai mang mã {code!r}.",
        "Thêm người này ở trang Nhân sự và tổ chức, hoặc sửa mã; sau đó đưa bản ghi vào lại.",
    ),
    "unknown-unit": (
        "Không có đơn vị nào mang mã {code!r}.",
        "Thêm đơn vị ở trang Nhân sự và tổ chức, hoặc sửa mã; sau đó đưa bản ghi vào lại.",
    ),
    "bad-value": ("Giá trị {value!r} của sự kiện {activity} không đọc được ({why}).", "Sửa giá trị rồi gửi lại."),
    "bad-attribute": ("Thuộc tính của sự kiện {activity} không đọc được ({why}).", "Sửa thuộc tính rồi gửi lại."),
    "version-conflict": (
        "Phiên bản {version} của bản ghi {key!r} đã có với nội dung khác.",
        "Nội dung mới phải mang số phiên bản cao hơn; kiểm tra bộ đếm phiên bản của nguồn.",
    ),
}
FILES: dict[str, tuple[str, str]] = {
    "missing-key": ("Dòng thiếu mã.", "Điền mã; mỗi công việc có mã riêng."),
    "missing-receipt": ("Dòng thiếu ngày tiếp nhận.", "Điền thời điểm tiếp nhận."),
    "unreadable-date": ("Có ngày giờ không đọc được.", "Sửa ngày, hoặc thêm cách viết này vào ánh xạ (time.formats)."),
    "finished-before-received": ("Xong trước khi nhận.", "Sửa một trong hai ngày cho đúng."),
    "unknown-code": ("Giá trị chưa có mã trong ánh xạ.", "Thêm giá trị vào codes của ánh xạ, hoặc sửa ô."),
    "bad-number": ("Số viết sai.", "Viết số như 2 hoặc 1,5 theo quy định của ánh xạ."),
    "duplicate-key": ("Mã trùng với một dòng trước trong tệp.", "Giữ một dòng, hoặc ghép thêm cột vào mã."),
    "contradiction": ("Các dòng của một hồ sơ nói khác nhau.", "Sửa cho khớp, hoặc ánh xạ cột theo từng sự kiện."),
    "cell-count": ("Dòng thừa hoặc thiếu ô.", "Sửa dòng cho đủ số ô như tiêu đề."),
    "not-csv": ("Dấu ngoặc kép đặt sai.", "Sửa dấu ngoặc kép trong dòng."),
    "not-decodable": ("Dòng sai bảng mã.", "Lưu tệp theo UTF-8, hoặc sửa encoding của ánh xạ."),
    "nul": ("Dòng có ký tự NUL.", "Bỏ ký tự này."),
    "unknown-person": ("Tên không có trong danh sách cán bộ.", "Ghi mã thay cho tên, hoặc thêm người vào danh sách."),
    "namesakes": ("Trùng họ tên, chưa rõ là ai.", "Ghi mã thay cho tên."),
    "two-leads": ("Hai người cùng chủ trì.", "Chỉ để một người chủ trì, những người khác phối hợp."),
    "no-lead": ("Chưa ghi ai chủ trì.", "Ghi người chủ trì."),
    "formula-error": ("Ô công thức bị lỗi.", "Sửa công thức rồi lưu lại tệp."),
    "formula-without-value": ("Ô công thức chưa có giá trị.", "Mở tệp, tính lại rồi lưu."),
    "empty-row": ("Dòng mới có số thứ tự.", "Điền dòng, hoặc xoá số thứ tự."),
}


class Problem(Exception):  # noqa: N818 (it names what is wrong with the record)
    """A record cannot be used as it is."""

    def __init__(self, code: str, /, **values: Any):
        message, advice = WORDS[code]
        self.code, self.message, self.advice = code, message.format(**values), advice.format(**values)
        super().__init__(self.message)


def of_file(code: str, message: str, advice: str) -> tuple[str, str]:
    """The message and advice for a row of a file: in Vietnamese, with what the reader said exactly."""
    known = FILES.get(code)
    return (f"{known[0]} ({message})", f"{known[1]} ({advice})") if known else (message, advice)
