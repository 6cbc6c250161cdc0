"""What was done to work given, done and answered."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
    "desk.accept": Text(vi="nghiệm thu", en="accepted"),
    "desk.accept_by_silence": Text(
        vi="coi là nghiệm thu vì hết ba ngày làm việc không có trả lời:", en="counted as accepted, unanswered:"
    ),
    "desk.ask_time": Text(vi="xin gia hạn", en="asked for more time for"),
    "desk.ask_unit": Text(vi="gửi yêu cầu phối hợp", en="asked another unit for"),
    "desk.cancel": Text(vi="hủy việc", en="cancelled"),
    "desk.change_template": Text(vi="sửa mẫu việc", en="changed the template"),
    "desk.confirm": Text(vi="xác nhận việc phát sinh", en="confirmed work that arose:"),
    "desk.decline": Text(vi="không chấp nhận đề nghị về", en="refused what was asked about"),
    "desk.deliver": Text(vi="giao nộp kết quả", en="delivered"),
    "desk.escalate": Text(vi="báo lên cấp trên chung về", en="put before the common superior:"),
    "desk.extend": Text(vi="gia hạn", en="moved the deadline of"),
    "desk.give": Text(vi="giao việc", en="gave"),
    "desk.grant_time": Text(vi="đồng ý gia hạn", en="granted more time for"),
    "desk.make_template": Text(vi="lập mẫu việc", en="made the template"),
    "desk.pass_on": Text(vi="chuyển việc cho người khác:", en="passed on:"),
    "desk.rate": Text(vi="chấm điểm phối hợp trong", en="rated cooperation in"),
    "desk.recognise": Text(vi="công nhận sáng kiến", en="recognised the initiative"),
    "desk.recur": Text(vi="giao theo định kỳ", en="gave by itself"),
    "desk.recurrence_stopped": Text(vi="tự dừng việc định kỳ", en="stopped by itself what recurs:"),
    "desk.refuse_work": Text(vi="đề nghị không nhận", en="asked to be relieved of"),
    "desk.relieve": Text(vi="nhận lại việc từ người đề nghị không nhận:", en="relieved its holder of"),
    "desk.reopen": Text(vi="mở lại", en="opened again"),
    "desk.report": Text(vi="báo cáo tình hình", en="reported on"),
    "desk.retire_template": Text(vi="thôi dùng mẫu việc", en="retired the template"),
    "desk.return": Text(vi="trả lại để hoàn thiện", en="returned to be completed:"),
    "desk.set_out": Text(vi="tự khởi xướng", en="set out to do"),
    "desk.set_up_recurrence": Text(vi="đặt giao định kỳ", en="had given by itself"),
    "desk.stop_recurrence": Text(vi="dừng việc định kỳ", en="stopped what recurs:"),
    "desk.take_back": Text(vi="rút lại kết quả đã giao nộp của", en="took back the delivery of"),
    "desk.take_request": Text(vi="nhận yêu cầu phối hợp", en="took the request"),
    "desk.take_up": Text(vi="tiếp nhận", en="took up"),
    "desk.tell": Text(vi="báo việc phát sinh, chờ xác nhận:", en="told of work to be confirmed:"),
    "desk.unask": Text(vi="rút đề nghị về", en="took back what was asked about"),
    "desk.hand_over": Text(vi="bàn giao việc", en="handed over"),
    "desk.handover": Text(vi="bàn giao toàn bộ việc đang giữ của", en="handed over all open work of"),
}
