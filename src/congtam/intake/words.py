"""Why a record or row was set aside, and what to do: kept in Vietnamese, with every value; `english` tells the same.

A code is what rows are counted under, `called` what it is called.
"""

from typing import Any

from congtam.engine.findings import Finding, Unusable
from congtam.engine.rulebook.model import Text
from congtam.intake.phrases_records import RECORDS
from congtam.intake.translating import ARROW, filled, vietnamese

MOST_TOLD = 20  # findings of one file

CALLED: dict[str, Text] = {
    # records of any source
    "missing-key": Text(vi="Thiếu mã", en="The key is missing"),
    "too-long": Text(vi="Có mục quá dài", en="Something is too long"),
    "bad-version": Text(vi="Số phiên bản không dùng được", en="The version cannot be used"),
    "bad-character": Text(vi="Có ký tự không lưu được", en="A character cannot be kept"),
    "not-a-record": Text(vi="Bản ghi sai cấu trúc", en="This is no record"),
    "no-events": Text(vi="Không nói sự kiện nào", en="No event is told"),
    "too-many-events": Text(vi="Quá nhiều sự kiện trong một bản ghi", en="Too many events in one record"),
    "not-registered": Text(vi="Công việc chưa có sự kiện tiếp nhận", en="The item was never registered"),
    "unknown-activity": Text(vi="Loại sự kiện không có", en="There is no such event"),
    "withdrawn-event": Text(vi="Rút từng sự kiện không được", en="Single events cannot be taken back"),
    "far-instant": Text(vi="Thời điểm quá xa hiện tại", en="An instant is too far from now"),
    "incomplete-event": Text(vi="Sự kiện thiếu mục bắt buộc", en="An event lacks something"),
    "unknown-person-code": Text(vi="Mã cán bộ chưa có", en="Nobody has this code"),
    "unknown-unit": Text(vi="Mã đơn vị chưa có", en="No unit has this code"),
    "bad-value": Text(vi="Giá trị của sự kiện không dùng được", en="A value cannot be used"),
    "bad-attribute": Text(vi="Thuộc tính của sự kiện không dùng được", en="An attribute cannot be used"),
    "version-conflict": Text(vi="Trùng phiên bản, khác nội dung", en="One version, two contents"),
    # rows of files
    "missing-receipt": Text(vi="Thiếu thời điểm tiếp nhận", en="The receipt is missing"),
    "unreadable-date": Text(vi="Có ngày giờ không đọc được", en="A date cannot be read"),
    "finished-before-received": Text(vi="Xong trước khi tiếp nhận", en="Finished before it was received"),
    "unknown-code": Text(vi="Giá trị chưa có mã trong ánh xạ", en="A value has no code in the mapping"),
    "bad-number": Text(vi="Số viết sai", en="A number cannot be read"),
    "duplicate-key": Text(vi="Mã trùng với một dòng trước", en="The key stood in an earlier row"),
    "contradiction": Text(vi="Các dòng của một hồ sơ ghi khác nhau", en="Rows of one case disagree"),
    "cell-count": Text(vi="Dòng thừa hoặc thiếu ô", en="Too many cells, or too few"),
    "not-csv": Text(vi="Dấu ngoặc kép đặt sai", en="Quotes stand wrong"),
    "not-decodable": Text(vi="Dòng sai bảng mã chữ", en="Another encoding"),
    "nul": Text(vi="Dòng có ký tự NUL", en="A NUL byte"),
    "unknown-person": Text(vi="Tên không có trong danh sách cán bộ", en="Nobody bears this name"),
    "namesakes": Text(vi="Trùng họ tên, chưa rõ là ai", en="Namesakes"),
    "two-leads": Text(vi="Nhiều người cùng chủ trì", en="Several leads"),
    "no-lead": Text(vi="Chưa ghi ai chủ trì", en="Nobody leads"),
    "formula-error": Text(vi="Ô công thức báo lỗi", en="A formula shows an error"),
    "formula-without-value": Text(vi="Ô công thức chưa có giá trị", en="A formula without a value"),
}


class Problem(Exception):  # noqa: N818 (it names what is wrong with the record)
    """A record cannot be used as it is. `why` among the values may be a sentence of a reader, or a list of them."""

    def __init__(self, code: str, /, **values: Any):
        if "why" in values:
            why = values["why"]
            values["why"] = "; ".join(vietnamese(one) for one in ([why] if isinstance(why, str) else why))
        said = RECORDS[code]
        self.code, self.message, self.advice = code, filled(said.message.vi, values), filled(said.advice.vi, values)
        super().__init__(self.message)


def called(code: str) -> Text:
    """What a reason is called; the code itself when nobody named it."""
    return CALLED.get(code) or Text(vi=code, en=code)


def told(finding: Finding) -> str:
    """A finding of a reader in one Vietnamese line: where, what and why, what to do."""
    line = f"Dòng {finding.place.line}: " if finding.place.line is not None else ""
    return f"{line}{vietnamese(finding.message)}{ARROW}{vietnamese(finding.advice)}"


def refusal(error: Unusable | OSError) -> str:
    """Why a file could not be read, in Vietnamese, a finding on each line."""
    if isinstance(error, Unusable):
        return "\n".join(told(one) for one in error.findings[:MOST_TOLD])
    return vietnamese(f"the server cannot read the file ({error.strerror or error})")
