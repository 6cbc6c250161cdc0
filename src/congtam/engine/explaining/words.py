"""What states, proposals and certainties are called on screen."""

from congtam.engine.rulebook.model import Certainty, Text
from congtam.engine.scoring.grades import By, ProposalState
from congtam.engine.states import State

SAMPLE = Text(vi="DỮ LIỆU MẪU", en="SAMPLE DATA")
LIVE = Text(vi="tạm tính", en="provisional")
TRIAL = Text(vi="TÍNH THỬ: bộ quy tắc chưa có hiệu lực trong kỳ này", en="TRIAL: the rulebook was not in force then")

BEFORE_CAPS = Text(vi="Xếp loại trước khi áp tỷ lệ", en="Grade before caps")
NOTHING_MEASURED = Text(vi="chưa có mục nào đo được", en="nothing can be measured yet")
OBJECTION = Text(
    vi="Nếu thấy chưa đúng: gửi đề nghị xem xét lại, ghi mã công việc và số bản ghi.",
    en="If something looks wrong: ask for a review, naming the code of the work and the number of the record.",
)

STATES = {
    State.VALUE: Text(vi="có số liệu", en="value"),
    State.NOT_APPLICABLE: Text(vi="không phát sinh", en="did not arise"),
    State.MISSING: Text(vi="chưa có số liệu", en="missing"),
    State.EXCUSED: Text(vi="được miễn trừ", en="excused"),
}

BY = {
    By.RULE: Text(vi="theo điểm", en="by points"),
    By.DECISION: Text(vi="theo quyết định", en="by decision"),
    By.TO_DECIDE: Text(vi="chờ quyết định", en="to be decided"),
    By.PROVISIONAL: Text(vi="tạm tính", en="provisional"),
    By.INSUFFICIENT: Text(vi="chưa đủ dữ liệu", en="not enough data"),
}

PROPOSALS = {
    ProposalState.PROPOSED: Text(vi="máy đề xuất, chờ người có thẩm quyền quyết định", en="proposed; a person decides"),
    ProposalState.TO_CONSIDER: Text(
        vi="dưới số việc tối thiểu, chỉ nêu để xem xét", en="below the minimum number of items, shown only"
    ),
    ProposalState.UPHELD: Text(vi="đã có quyết định", en="upheld by decision"),
    ProposalState.SET_ASIDE: Text(vi="người có thẩm quyền không áp dụng", en="set aside by decision"),
}

CERTAINTIES = {
    Certainty.VERIFIED: Text(vi="đã đối chiếu văn bản", en="text verified"),
    Certainty.REPORTED: Text(vi="theo nguồn tin, chưa đối chiếu toàn văn", en="reported, full text not checked"),
    Certainty.UNVERIFIED: Text(vi="CHƯA KIỂM CHỨNG", en="UNVERIFIED"),
}

READINGS = {
    "good_after_demotion": Text(vi="số hoàn thành tốt sau khi hạ mức", en="good after demotion"),
    "good_before": Text(vi="số hoàn thành tốt trước khi hạ mức", en="good before demotion"),
    "good_and_above": Text(vi="mọi người từ hoàn thành tốt trở lên", en="everyone good or above"),
}

KINDS = {
    "task": Text(vi="Nhiệm vụ", en="Task"),
    "document": Text(vi="Văn bản", en="Document"),
    "dossier": Text(vi="Hồ sơ", en="Dossier"),
    "exchange": Text(vi="Trao đổi với công dân", en="Exchange with a citizen"),
    "report": Text(vi="Báo cáo", en="Report"),
    "operation": Text(vi="Nghiệp vụ chuyên ngành", en="Specialised operation"),
    "initiative": Text(vi="Sáng kiến", en="Initiative"),
    "coordination": Text(vi="Phối hợp", en="Coordination"),
}

ACTIVITIES = {
    "registered": Text(vi="Vào sổ, tiếp nhận", en="Registered"),
    "corrected": Text(vi="Đính chính thông tin", en="Corrected"),
    "promised": Text(vi="Hẹn trả kết quả", en="Appointment given"),
    "due": Text(vi="Nguồn giao hạn", en="Deadline given"),
    "assigned": Text(vi="Giao việc", en="Assigned"),
    "taken_up": Text(vi="Bắt đầu xử lý", en="Taken up"),
    "passed_on": Text(vi="Chuyển tiếp", en="Passed on"),
    "paused": Text(vi="Tạm dừng đồng hồ", en="Clock stopped"),
    "resumed": Text(vi="Đồng hồ chạy tiếp", en="Clock resumed"),
    "requested": Text(vi="Yêu cầu bổ sung hồ sơ", en="Supplement requested"),
    "supplied": Text(vi="Đã bổ sung đủ", en="Supplement complete"),
    "extended": Text(vi="Gia hạn", en="Deadline extended"),
    "returned": Text(vi="Trả lại để hoàn thiện", en="Returned"),
    "reopened": Text(vi="Mở lại", en="Reopened"),
    "finished": Text(vi="Hoàn thành", en="Finished"),
    "accepted": Text(vi="Chấp nhận kết quả", en="Accepted"),
    "signed": Text(vi="Ký số", en="Signed"),
    "rated": Text(vi="Được chấm", en="Rated"),
    "fault": Text(vi="Ghi nhận lỗi", en="Fault recorded"),
    "voided": Text(vi="Lỗi được miễn trừ", en="Fault voided"),
    "recognised": Text(vi="Công nhận sáng kiến", en="Recognised"),
    "excused": Text(vi="Được miễn trừ", en="Excused"),
    "same_as": Text(vi="Cùng một việc với bản ghi khác", en="Same work as another"),
    "cancelled": Text(vi="Hủy", en="Cancelled"),
    "withdrawn": Text(vi="Rút lại bản ghi", en="Record withdrawn"),
    "step": Text(vi="Ghi nhận bước xử lý", en="Step recorded"),
}

COLUMNS = {
    "all": Text(vi="Tất cả", en="All"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "official": Text(vi="Người xử lý", en="Official"),
    "channel": Text(vi="Kênh", en="Channel"),
    "month": Text(vi="Tháng nhận", en="Month received"),
    "kind": Text(vi="Loại việc", en="Kind"),
    "procedure": Text(vi="Thủ tục", en="Procedure"),
}

SHARE_ROLES = {"lead": Text(vi="chủ trì", en="lead"), "support": Text(vi="phối hợp", en="support")}
FAULTS = {"quality": Text(vi="lỗi chất lượng", en="quality fault"), "delay": Text(vi="lần chậm", en="delay")}

STAFF_KINDS = {
    "civil_servant": Text(vi="công chức", en="civil servants"),
    "public_employee": Text(vi="viên chức", en="public employees"),
    "contract": Text(vi="người lao động", en="contract employees"),
}

PERIODS = {
    "month": Text(vi="hằng tháng", en="monthly"),
    "quarter": Text(vi="hằng quý", en="quarterly"),
    "half_year": Text(vi="sáu tháng", en="half-yearly"),
    "year": Text(vi="hằng năm", en="yearly"),
    "any": Text(vi="kỳ bất kỳ", en="any period"),
}

MEASURES = {
    "share_of": Text(vi="tỷ lệ", en="share"),
    "count_of": Text(vi="đếm", en="count"),
    "sum_of": Text(vi="tổng", en="sum"),
    "mean_of": Text(vi="trung bình", en="mean"),
    "quantile_of": Text(vi="phân vị", en="quantile"),
    "ratio_of": Text(vi="tỷ số", en="ratio"),
    "rating_of": Text(vi="người chấm", en="given by people"),
    "reported": Text(vi="số liệu báo cáo", en="reported"),
    "survey": Text(vi="khảo sát", en="survey"),
    "formula": Text(vi="công thức", en="formula"),
    "pair": Text(vi="một trong hai mức", en="one of two"),
}

# what the rows of each table are called when they are counted
ROWS = {
    "share": Text(vi="việc", en="items"),
    "item": Text(vi="việc", en="items"),
    "fault": Text(vi="lỗi", en="faults"),
}
