"""What pages call the things the model names, in Vietnamese and English: one place, so that all pages say the same.

A name that is missing here stops the printing, so nothing new in the model goes unexplained.
"""

from congtam.engine.explaining.rule_words import CODES
from congtam.engine.rulebook.model import Text


def _texts(**pairs: tuple[str, str]) -> dict[str, Text]:
    return {name: Text(vi=vi, en=en) for name, (vi, en) in pairs.items()}


GROUP = _texts(
    input=("đầu vào", "input"),
    process=("quá trình", "process"),
    output=("đầu ra (kết quả nhiệm vụ)", "output"),
    outcome=("kết quả, tác động", "outcome"),
    composite=("tổng hợp", "composite"),
)
DIRECTION = CODES["direction"]
UNIT = _texts(
    percent=("phần trăm", "percent"),
    points=("điểm", "points"),
    count=("số lượng", "count"),
    minutes=("phút", "minutes"),
    rate=("tỷ lệ từ 0 đến 1", "rate from 0 to 1"),
)
SUBJECT = _texts(official=("cán bộ", "official"), unit=("đơn vị", "unit"), group=("nhóm", "group"))
PERIOD = _texts(
    month=("tháng", "month"),
    quarter=("quý", "quarter"),
    half_year=("nửa năm", "half-year"),
    year=("năm", "year"),
    any=("kỳ bất kỳ", "any period"),
)
ROLE = _texts(
    staff=("người không giữ chức vụ lãnh đạo", "staff"),
    leader=("lãnh đạo, quản lý", "leaders"),
    all=("mọi người", "everyone"),
    unit=("đơn vị", "units"),
)
STAFF_KIND = _texts(
    civil_servant=("công chức", "civil servants"),
    public_employee=("viên chức", "public employees"),
    contract=("người lao động hợp đồng", "contract staff"),
)
CERTAINTY = CODES["certainty"]
STATUS = CODES["status"]
TABLE = _texts(
    share=("phần việc", "share"),
    item=("công việc", "item"),
    fault=("lỗi", "fault"),
    event=("sự kiện", "event"),
    spell=("thời gian công tác", "spell"),
    absence=("thời gian vắng mặt", "absence"),
    unit=("đơn vị", "unit"),
    rating=("điểm chấm", "rating"),
    reported=("số liệu báo cáo", "reported value"),
    answer=("câu trả lời khảo sát", "survey answer"),
    decision=("quyết định", "decision"),
    name=("tên gọi", "name"),
)
IN_PERIOD = _texts(
    received=("nhận trong kỳ", "received in the period"),
    finished=("hoàn thành trong kỳ", "finished in the period"),
    open=("còn mở khi kết thúc kỳ", "open at the end of the period"),
    due=("đến hạn trong kỳ", "due in the period"),
    due_or_carried=(
        "đến hạn trong kỳ, hoặc đến hạn từ trước và còn mở khi kỳ bắt đầu",
        "due in the period, or due before and still open when it began",
    ),
    due_or_open=(
        "đến hạn trong kỳ, hoặc đến hạn từ trước và còn mở khi kết thúc kỳ",
        "due in the period, or due before and still open at its end",
    ),
)
FAULT_COUNT = _texts(quality=("số lỗi chất lượng", "quality faults"), delay=("số lần chậm", "delays"))
CODE = _texts(
    lead=("chủ trì", "lead"),
    support=("phối hợp", "support"),
    self_started=("tự khởi xướng", "self-started"),
    assigned=("được giao", "assigned"),
    citizen=("người dân yêu cầu", "from a citizen"),
    partial=("tính một phần", "partial"),
    zero=("không tính", "zero"),
)
COLUMN = _texts(
    item=("mã công việc", "code of the item"),
    kind=("loại", "kind"),
    origin=("nguồn gốc công việc", "origin"),
    source=("nguồn dữ liệu", "source"),
    procedure=("thủ tục", "procedure"),
    catalogue=("mã danh mục sản phẩm", "catalogue code"),
    channel=("kênh", "channel"),
    coefficient=("hệ số quy đổi", "coefficient"),
    promised_at=("ngày hẹn với người dân", "appointment told to the citizen"),
    returns=("số lần bị trả lại", "times sent back"),
    extensions=("số lần lùi hạn", "extensions"),
    late_extensions=("số lần lùi hạn sau khi đã quá hạn", "extensions after expiry"),
    reopened=("số lần mở lại", "times reopened"),
    requests=("số lần yêu cầu bổ sung", "supplement requests"),
    waiting=("số phút đồng hồ dừng", "minutes the clock stood"),
    over_limit=("vượt số lần yêu cầu bổ sung", "over the limit of requests"),
    signed=("có chữ ký số", "digitally signed"),
    recognised=("được công nhận bằng quyết định", "recognised by decision"),
    satisfaction=("mức hài lòng (1–5)", "satisfaction (1–5)"),
    received_at=("lúc nhận", "receipt"),
    due_at=("hạn", "the deadline"),
    finished_at=("lúc hoàn thành", "the finish"),
    accepted_at=("lúc nghiệm thu", "acceptance"),
    accepted=("được nghiệm thu", "accepted"),
    excused=("được miễn trừ", "excused"),
    delay_voided=("được miễn trừ lần chậm", "its delay voided"),
    unit=("đơn vị", "unit"),
    agency=("cơ quan", "agency"),
    official=("cán bộ", "official"),
    as_of=("thời điểm xem", "the moment it is seen"),
    counted=("thuộc kỳ này", "of this period"),
    role=("vai trò", "role"),
    state=("trạng thái", "state"),
    weight=("phần tham gia", "weight"),
    taken_up_at=("lúc bắt tay xử lý", "taking up"),
    rating=("điểm đối tác chấm (1–5)", "the counterpart's mark (1–5)"),
    at=("lúc phát hiện", "when found"),
    charged_to=("ngày bị tính", "the day charged"),
    voided=("được miễn trừ bằng quyết định", "voided by decision"),
    derived=("do máy suy ra từ hạn", "derived from the deadline"),
) | {
    "item.received_at": Text(vi="lúc cơ quan nhận công việc", en="receipt of the whole item"),
    "item.due_at": Text(vi="hạn của cả công việc", en="the deadline of the whole item"),
    "item.finished_at": Text(vi="lúc cả công việc hoàn thành", en="the finish of the whole item"),
    "item.state": Text(vi="trạng thái của cả công việc", en="state of the whole item"),
    "month": Text(vi="tháng nhận", en="month of receipt"),
}
RELATED = {
    "subordinates.grade": Text(vi="mức xếp loại của cấp dưới", en="grades of subordinates"),
    "unit.grade": Text(vi="mức xếp loại của đơn vị", en="the grade of the unit"),
    "organisation.grade": Text(vi="mức xếp loại của cơ quan", en="the grade of the organisation"),
    "leader": Text(vi="là lãnh đạo", en="a leader"),
}
SORT = {
    "number": Text(vi="số", en="number"),
    "yes or no": Text(vi="có hoặc không", en="yes or no"),
    "instant": Text(vi="thời điểm", en="instant"),
    "day": Text(vi="ngày", en="day"),
    "text": Text(vi="chữ", en="text"),
    "grade": Text(vi="mức xếp loại", en="grade"),
    "grades of several subjects": Text(vi="mức xếp loại của nhiều người", en="grades of several subjects"),
}
NO_OPPORTUNITY = _texts(
    redistribute=(
        "điểm chia cho các mục còn lại; trong công thức thì bỏ qua",
        "its points go to the other parts; a mean leaves it out",
    ),
    zero=("tính là 0", "counts as 0"),
)
UNKNOWN = _texts(
    exclude_and_show=(
        "không đưa vào phép tính, nhưng nêu rõ có bao nhiêu",
        "left out of the figure, and their number shown",
    ),
    count_as_not_met=("coi là không đạt", "counted as not met"),
)
CREDIT = _texts(
    lead_whole=(
        "người chủ trì được tính trọn dù có ai giúp, người phối hợp được tính thêm theo phần tham gia",
        "the lead counts as the whole whoever helps, support on top by weight",
    ),
    split=("chia theo phần tham gia", "by weight"),
    full=("mỗi người được tính trọn", "everyone is credited in full"),
    lead_only=("chỉ người chủ trì", "the lead only"),
)
BLAME = _texts(
    own=("ai gây ra người đó chịu", "each bears their own"),
    full=("mọi người cùng chịu", "everyone bears all"),
    lead_only=("chỉ người chủ trì chịu", "the lead only"),
)
DUE = _texts(
    own=("hạn của từng người", "each one's own deadline"), item=("hạn của cả công việc", "the item's deadline")
)
STAGE = _texts(self=("tự chấm", "self-score"), verified=("đã thẩm định", "verified"), final=("chính thức", "final"))
READING = CODES["base"]
ROUNDING = CODES["rounding"]
TIES = _texts(
    decide=("bằng điểm ở ranh giới thì người có thẩm quyền quyết định", "a tie across the limit goes to a person"),
    none_pass=("bằng điểm ở ranh giới thì không ai qua", "in a tie across the limit none passes"),
    all_pass=("bằng điểm ở ranh giới thì tất cả qua", "in a tie across the limit all pass"),
)
AFTER_SEAL = _texts(
    keep=("sau khi chốt, nâng mức một người thì không hạ ai", "after the seal a rise of one lowers nobody"),
    again=("sau khi chốt, nâng mức một người thì xét lại giới hạn", "after the seal a rise applies the limit again"),
)
GROUPING = _texts(
    agency=("cơ quan", "agency"),
    duty_group=("nhóm nhiệm vụ", "duty group"),
    unit=("đơn vị", "unit"),
    staff_kind=("loại cán bộ", "kind of staff"),
    official=("cán bộ", "official"),
    channel=("kênh", "channel"),
    month=("tháng", "month"),
    kind=("loại", "kind"),
    procedure=("thủ tục", "procedure"),
)
CLOCK_UNIT = _texts(
    hours=("giờ làm việc", "working hours"),
    working_days=("ngày làm việc", "working days"),
    calendar_days=("ngày lịch", "calendar days"),
    months=("tháng", "months"),
)
CLOCK_POLICY = {
    ("cut_off", "none"): Text(vi="đồng hồ chạy ngay khi nhận", en="it starts at receipt"),
    ("cut_off", "last_hour_next_day"): Text(
        vi="nhận trong giờ cuối hoặc ngoài giờ thì tính từ ngày làm việc kế tiếp",
        en="what comes in the last hour or outside hours starts the next working day",
    ),
    ("supplement", "restart"): Text(
        vi="bổ sung đủ thì tính lại từ đầu", en="a complete supplement gives the whole budget again"
    ),
    ("supplement", "subtract"): Text(
        vi="thời gian chờ bổ sung được trừ ra", en="the wait for a supplement is subtracted"
    ),
    ("over_limit", "overdue"): Text(
        vi="yêu cầu bổ sung quá số lần cho phép thì coi là quá hạn", en="requests beyond the limit count as overdue"
    ),
    ("over_limit", "ignored"): Text(
        vi="yêu cầu bổ sung quá số lần cho phép thì không dừng đồng hồ", en="requests beyond the limit do not stop it"
    ),
    ("extension_after_expiry", "needs_authority"): Text(
        vi="lùi hạn sau khi đã quá hạn cần người có thẩm quyền nêu tên",
        en="an extension after expiry needs a named authority",
    ),
    ("extension_after_expiry", "never"): Text(
        vi="đã quá hạn thì không lùi hạn được", en="no extension once the deadline passed"
    ),
    ("last_day_off", "next_working_day"): Text(
        vi="ngày cuối là ngày nghỉ thì dời sang ngày làm việc kế tiếp",
        en="a last day that is off moves to the next working day",
    ),
    ("last_day_off", "stays"): Text(vi="ngày cuối là ngày nghỉ thì giữ nguyên", en="a last day that is off stays"),
}
DAY_KIND = _texts(off=("nghỉ", "off"), working=("làm việc", "worked"), half=("làm nửa ngày", "half a day worked"))
