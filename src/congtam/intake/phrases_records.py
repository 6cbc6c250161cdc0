"""What the intake itself says of a record it sets aside, by code: what happened and why, and what to do; ‹…› is a
value."""

from typing import NamedTuple

from congtam.engine.rulebook.model import Text


class Said(NamedTuple):
    """One reason: the message, and the advice."""

    message: Text
    advice: Text


_AGAIN = Text(vi="Sửa ở nguồn rồi gửi lại.", en="Mend it at the source and send it again.")
RECORDS: dict[str, Said] = {
    "missing-key": Said(
        Text(vi="Bản ghi không có mã (key).", en="The record has no key."),
        Text(
            vi="Ghi mã riêng cho mỗi bản ghi rồi gửi lại.", en="Give each record a key of its own, and send it again."
        ),
    ),
    "too-long": Said(
        Text(vi="Mục ‹name› dài quá ‹most› ký tự.", en="‹name› has more than ‹most› characters."),
        Text(vi="Rút ngắn mục này rồi gửi lại.", en="Make it shorter and send it again."),
    ),
    "bad-version": Said(
        Text(vi="Số phiên bản ‹version› không dùng được.", en="The version ‹version› cannot be used."),
        Text(vi="Ghi phiên bản là số nguyên từ 0, tăng dần.", en="Count versions in whole numbers from 0 upwards."),
    ),
    "bad-character": Said(
        Text(
            vi="Trong bản ghi có ký tự không lưu được (NUL hoặc nửa ký tự).",
            en="The record holds a character that cannot be kept (NUL, or half a character).",
        ),
        Text(vi="Bỏ ký tự này ở hệ thống nguồn rồi gửi lại.", en="Take it out in the source system and send it again."),
    ),
    "not-a-record": Said(
        Text(vi="Bản ghi sai cấu trúc: ‹why›.", en="This is no record: ‹why›."),
        Text(
            vi="Sửa theo mô tả của giao diện (OpenAPI) rồi gửi lại.",
            en="Mend it as the description of the interface (OpenAPI) says, and send it again.",
        ),
    ),
    "no-events": Said(
        Text(vi="Bản ghi không nói sự kiện nào.", en="The record tells no event."),
        Text(
            vi="Ghi ít nhất một sự kiện. Nếu bản ghi này sai và cần bỏ, gửi phiên bản mới với withdrawn = true.",
            en="Tell at least one. To take the record back, send a next version with withdrawn = true.",
        ),
    ),
    "too-many-events": Said(
        Text(vi="Bản ghi có ‹n› sự kiện, nhiều hơn mức ‹most›.", en="The record tells ‹n› events, more than ‹most›."),
        Text(vi="Chia thành nhiều bản ghi cho cùng công việc.", en="Split it into several records of the same item."),
    ),
    "not-registered": Said(
        Text(
            vi="Công việc “‹key›” chưa có sự kiện tiếp nhận (registered).",
            en="The item “‹key›” has no event that registers it.",
        ),
        Text(
            vi="Thêm sự kiện registered với thời điểm tiếp nhận. Nếu bản ghi nói về công việc khác, ghi mã công việc "
            "đó ở item.",
            en="Add the event registered with the time of receipt. If the record speaks of another item, name its key "
            "in item.",
        ),
    ),
    "unknown-activity": Said(
        Text(vi="Không có loại sự kiện “‹activity›”.", en="There is no event “‹activity›”."),
        Text(vi="Dùng một trong các loại: ‹names›.", en="Use one of: ‹names›."),
    ),
    "withdrawn-event": Said(
        Text(
            vi="Nguồn không rút từng sự kiện bằng loại withdrawn.",
            en="A source does not take back single events with withdrawn.",
        ),
        Text(
            vi="Gửi phiên bản mới của bản ghi không có sự kiện đó, hoặc rút cả bản ghi với withdrawn = true.",
            en="Send a next version without the event, or take the whole record back with withdrawn = true.",
        ),
    ),
    "far-instant": Said(
        Text(vi="Thời điểm ‹at› nằm quá xa hiện tại.", en="The instant ‹at› is too far from now."),
        Text(vi="Kiểm tra lại năm, tháng và múi giờ.", en="Look at the year, the month and the offset again."),
    ),
    "incomplete-event": Said(
        Text(vi="Sự kiện ‹activity› thiếu mục ‹name›.", en="The event ‹activity› lacks ‹name›."),
        Text(vi="Điền mục này rồi gửi lại.", en="Fill it in and send it again."),
    ),
    "unknown-person-code": Said(
        Text(vi="Không có ai mang mã “‹code›”.", en="Nobody has the code “‹code›”."),
        Text(
            vi="Thêm người này ở trang Nhân sự và tổ chức, hoặc sửa mã. Sau đó đưa bản ghi vào lại.",
            en="Add the person on the page People and units, or mend the code. Then replay the row.",
        ),
    ),
    "unknown-unit": Said(
        Text(vi="Không có đơn vị nào mang mã “‹code›”.", en="No unit has the code “‹code›”."),
        Text(
            vi="Thêm đơn vị ở trang Nhân sự và tổ chức, hoặc sửa mã. Sau đó đưa bản ghi vào lại.",
            en="Add the unit on the page People and units, or mend the code. Then replay the row.",
        ),
    ),
    "bad-value": Said(
        Text(
            vi="Giá trị “‹value›” của sự kiện ‹activity› không dùng được: ‹why›.",
            en="The value “‹value›” of the event ‹activity› cannot be used: ‹why›.",
        ),
        _AGAIN,
    ),
    "bad-attribute": Said(
        Text(
            vi="Thuộc tính của sự kiện ‹activity› không dùng được: ‹why›.",
            en="Attributes of the event ‹activity› cannot be used: ‹why›.",
        ),
        _AGAIN,
    ),
    "version-conflict": Said(
        Text(
            vi="Phiên bản ‹version› của bản ghi “‹key›” đã có với nội dung khác.",
            en="Version ‹version› of the record “‹key›” is here already and says something else.",
        ),
        Text(
            vi="Nội dung mới phải mang số phiên bản cao hơn. Kiểm tra bộ đếm phiên bản của nguồn.",
            en="What is new needs a higher version. Look at how the source counts versions.",
        ),
    ),
}
