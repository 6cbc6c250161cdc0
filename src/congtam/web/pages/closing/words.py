"""What the cockpit calls things."""

from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text

OFFICE = Text(vi="Tổ chức cán bộ", en="Personnel office")
# What the open step asks, and the page where it is done.
DO_NOW: dict[str, tuple[Text, str]] = {
    "cut_off": (Text(vi="Kiểm tra số liệu đã về đủ rồi chốt số liệu.", en="See that all data are here."), "sources"),
    "self_report": (
        Text(vi="Cán bộ tự đánh giá những gì dữ liệu không biết.", en="Officials report what data cannot know."),
        "",
    ),
    "rating": (Text(vi="Người đứng đầu chấm từng tiêu chí.", en="Heads rate criterion by criterion."), "marking"),
    "draft_slip": (
        Text(vi="Tính bản dự thảo và gửi phiếu cho từng người.", en="Take the draft and show everyone their slip."),
        "",
    ),
    "review": (
        Text(vi="Cán bộ xem phiếu: đồng ý hoặc có ý kiến.", en="Officials agree or remark, line by line."),
        "",
    ),
    "calibration": (
        Text(vi="Hội đồng xét giới hạn tỷ lệ và các trường hợp.", en="The committee settles limits and cases."),
        "calibration",
    ),
    "announcement": (Text(vi="Công bố kết quả dự kiến.", en="Announce what is expected."), ""),
    "objections": (Text(vi="Trả lời đề nghị xem xét lại.", en="Answer requests to review."), "review"),
    "seal": (Text(vi="Người đứng đầu chốt kết quả.", en="The head of the agency seals the results."), ""),
    "handover": (
        Text(
            vi="Chuyển kết quả vào cơ sở dữ liệu quốc gia về cán bộ.", en="Hand the results to the national database."
        ),
        "results_moved",
    ),
}
PAPERS = {
    "decision": Text(vi="Quyết định công nhận kết quả", en="Decision on the results"),
    "unit_results": Text(vi="Danh sách kết quả của một đơn vị", en="Results of one unit"),
    "minutes": Text(vi="Biên bản họp Hội đồng", en="Minutes of the committee"),
    "slip": Text(vi="Phiếu đánh giá cá nhân", en="Slip of one person"),
    "bonus": Text(vi="Danh sách chi", en="List of payments"),
    "year": Text(vi="Phiếu xếp loại năm", en="Form of a year"),
}


def named(period: Period) -> Text:
    """A period as people say it."""
    return Text(vi=period.title("vi"), en=period.title("en"))


NOBODY = Text(vi="không có", en="not there")
SEALED = Text(vi="Đã chốt kết quả của kỳ.", en="The results are sealed.")
