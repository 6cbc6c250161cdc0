"""Entries of the audit as sentences people read: who, in which post, did what, to whom or what. Names are looked up
when the page is made; the audit itself holds numbers only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from congtam.audit.models import Entry
from congtam.cycles.models import Cycle
from congtam.engine.rulebook.model import Text
from congtam.orgs.models import ChangeEvent
from congtam.orgs.queries import names_of as unit_names
from congtam.people.histories import titles_of
from congtam.people.models import Spell
from congtam.people.queries import names_of
from congtam.sources.models import Datum, Source
from congtam.web.words import account_names, both, said

ACTIONS = {
    "access.close_account": Text(vi="đóng tài khoản", en="closed the account"),
    "access.give_mandate": Text(vi="ghi quyết định giao kiểm tra cho tài khoản", en="gave a mandate to the account"),
    "access.locked_out": Text(vi="tạm khóa đăng nhập của tài khoản", en="locked signing in to the account"),
    "access.open_account": Text(vi="mở tài khoản", en="opened the account"),
    "access.own_password_changed": Text(vi="tự đổi mật khẩu của tài khoản", en="changed their own password:"),
    "access.reopen_account": Text(vi="mở lại tài khoản", en="opened again the account"),
    "access.reset_password": Text(vi="đặt lại mật khẩu của tài khoản", en="reset the password of the account"),
    "access.reset_second_factor": Text(
        vi="gỡ xác thực hai lớp của tài khoản", en="took two-step sign-in off the account"
    ),
    "access.signed_in": Text(vi="đăng nhập bằng tài khoản", en="signed in to the account"),
    "access.withdraw_mandate": Text(vi="rút quyết định giao kiểm tra của", en="withdrew a mandate of"),
    "audit.export": Text(vi="xuất nhật ký, bằng tài khoản", en="exported the journal, with the account"),
    "audit.erase_text": Text(vi="xóa phần lời của dòng nhật ký", en="erased the text of the entry"),
    "calendar.clear_day": Text(vi="bỏ ngày riêng của cơ quan trong lịch", en="took a day of the site off the calendar"),
    "calendar.set_day": Text(vi="ghi ngày riêng của cơ quan vào lịch", en="set a day of the site in the calendar"),
    "cycles.claim": Text(vi="tự nêu một nội dung để được xem xét trong", en="told something of themselves in"),
    "cycles.confirmed": Text(vi="xác nhận nội dung tự nêu của", en="confirmed what was told by"),
    "cycles.declined": Text(vi="không xác nhận nội dung tự nêu của", en="did not confirm what was told by"),
    "cycles.finish": Text(vi="kết thúc một bước của", en="ended a step of"),
    "cycles.hand_over": Text(
        vi="ghi đã chuyển cơ sở dữ liệu quốc gia kết quả của", en="recorded the hand-over to the national database of"
    ),
    "cycles.move": Text(vi="đổi hạn một bước của", en="moved a deadline of"),
    "cycles.open": Text(vi="mở", en="opened"),
    "cycles.pass": Text(vi="kết thúc một bước vì hết hạn của", en="ended, as its deadline passed, a step of"),
    "cycles.pause": Text(vi="tạm dừng", en="paused"),
    "cycles.remind": Text(vi="nhắc", en="reminded"),
    "cycles.reopen": Text(vi="mở lại một bước của", en="opened again a step of"),
    "cycles.result_in": Text(vi="ghi kết quả do cơ quan khác gửi của", en="entered a result another agency sent of"),
    "cycles.resume": Text(vi="cho chạy tiếp", en="went on with"),
    "cycles.seal": Text(vi="chốt", en="sealed"),
    "cycles.self_report": Text(vi="nộp bản tự đánh giá của", en="handed in their self-report of"),
    "cycles.unclaim": Text(vi="rút một nội dung tự nêu trong", en="took back something told of themselves in"),
    "calibration.adjourn": Text(vi="kết thúc phiên họp xét của", en="adjourned a sitting over"),
    "calibration.attend": Text(vi="ghi người có mặt họp xét của", en="wrote down who was at a sitting over"),
    "calibration.convene": Text(vi="mở phiên họp xét của", en="opened a sitting over"),
    "calibration.decide": Text(vi="ghi quyết định của Hội đồng xét về", en="wrote the committee's decision on"),
    "calibration.join": Text(vi="ghi vào Hội đồng xét", en="put into the committee"),
    "calibration.leave": Text(vi="ghi thôi tham gia Hội đồng xét của", en="took off the committee"),
    "calibration.set_up": Text(vi="ghi Hội đồng xét của", en="entered the committee of"),
    "calibration.vote": Text(vi="ghi phiếu của Hội đồng xét về", en="wrote down a committee's vote on"),
    "calibration.vote_on_list": Text(
        vi="ghi phiếu cho danh sách theo giới hạn của", en="voted on a list at a limit of"
    ),
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
    "closing.accept": Text(vi="chấp nhận một việc chặn của", en="accepted what blocked"),
    "closing.export": Text(vi="xuất tình hình kỳ, bằng tài khoản", en="exported how a period stands, with"),
    "closing.seal": Text(vi="chốt kết quả của", en="sealed the results of"),
    "closing.set_letterhead": Text(vi="ghi tiêu đề văn bản của", en="set the letterhead of"),
    "closing.show_again": Text(vi="gửi lại phiếu đã đổi của", en="showed changed slips again of"),
    "closing.supersede": Text(vi="chốt lại kết quả của", en="sealed again the results of"),
    "closing.take_out": Text(vi="tải tệp bản chốt", en="took out the file of a seal"),
    "documents.keep": Text(vi="lập và lưu", en="made and kept"),
    "documents.register_certificate": Text(vi="ghi nhận người giữ của", en="entered whose it is, of the"),
    "documents.sign": Text(vi="ký số", en="signed"),
    "documents.take_out": Text(vi="tải tệp của", en="took out"),
    "documents.withdraw_certificate": Text(vi="gỡ", en="took back"),
    "exemptions.correct_incident": Text(vi="sửa sự cố", en="corrected the incident"),
    "exemptions.exempt": Text(vi="miễn trừ trong", en="exempted in"),
    "exemptions.export": Text(vi="xuất danh sách sự cố, miễn trừ, bằng tài khoản", en="exported exemptions, with"),
    "exemptions.record_incident": Text(vi="ghi sự cố", en="recorded the incident"),
    "exemptions.take_back": Text(vi="rút miễn trừ trong", en="took back an exemption in"),
    "exemptions.take_back_incident": Text(vi="rút sự cố", en="took back the incident"),
    "intake.begin_mend": Text(
        vi="cho đọc lại tệp để đưa lại bản ghi để riêng trong", en="had rows set aside replayed in"
    ),
    "intake.begin_withdrawal": Text(vi="cho rút cả đợt dữ liệu:", en="had a batch withdrawn:"),
    "intake.begin_upload": Text(vi="bắt đầu tải lên", en="began to upload"),
    "intake.enqueue_upload": Text(vi="cho đọc", en="had read"),
    "intake.review_mapping": Text(vi="duyệt bảng ánh xạ của", en="reviewed the mapping of"),
    "intake.drop": Text(vi="bỏ bản ghi để riêng", en="dropped rows set aside"),
    "intake.mend": Text(vi="đưa lại bản ghi để riêng trong", en="replayed rows set aside in"),
    "intake.push": Text(vi="nhận dữ liệu đẩy qua API:", en="took in what was pushed:"),
    "intake.upload": Text(vi="nhận dữ liệu từ tệp:", en="took in a file:"),
    "intake.withdrawal": Text(vi="rút cả đợt dữ liệu:", en="withdrew a batch:"),
    "marking.admit": Text(vi="cử chấm điểm", en="admitted as a rater"),
    "marking.end_admission": Text(vi="kết thúc việc cử chấm điểm", en="ended the admission as a rater of"),
    "meetings.call": Text(vi="mở phiên họp", en="called the meeting"),
    "meetings.call_off": Text(vi="hủy phiên họp", en="called off the meeting"),
    "meetings.close": Text(vi="kết thúc phiên họp", en="closed the meeting"),
    "meetings.conclude": Text(vi="ghi kết luận của phiên họp", en="wrote a conclusion of the meeting"),
    "meetings.correct": Text(vi="đính chính kết luận của phiên họp", en="corrected a conclusion of the meeting"),
    "meetings.correct_attendance": Text(vi="đính chính người dự của phiên họp", en="corrected who took part in"),
    "meetings.strike_out": Text(vi="bỏ kết luận của phiên họp", en="struck out a conclusion of the meeting"),
    "notices.add_hook": Text(
        vi="thêm địa chỉ nhận số lượng bản tin", en="added an address that gets counts of digests"
    ),
    "notices.end_hook": Text(
        vi="gỡ địa chỉ nhận số lượng bản tin", en="took off an address that gets counts of digests"
    ),
    "notices.make_feed": Text(vi="tạo địa chỉ lịch của tài khoản", en="made a calendar address of the account"),
    "notices.revoke_feed": Text(
        vi="thu hồi địa chỉ lịch của tài khoản", en="revoked the calendar address of the account"
    ),
    "objections.agree": Text(vi="đồng ý với các dòng còn lại trên phiếu của", en="agreed to the rest of the slip of"),
    "objections.answer": Text(vi="trả lời đề nghị xem xét lại của", en="answered a request to review of"),
    "objections.object": Text(vi="gửi đề nghị xem xét lại của", en="asked for a review of"),
    "objections.say": Text(vi="cho ý kiến trên phiếu của", en="spoke to the slip of"),
    "objections.show_slips": Text(vi="đưa phiếu dự thảo của", en="showed draft slips of"),
    "objections.silence": Text(
        vi="ghi không có ý kiến vì hết hạn cho ý kiến trên phiếu của", en="wrote down no remark on the slip of"
    ),
    "orgs.end_unit": Text(vi="kết thúc đơn vị", en="ended the unit"),
    "orgs.record_change": Text(vi="ghi quyết định tổ chức", en="recorded the decision"),
    "orgs.set_unit": Text(vi="ghi tên, nơi trực thuộc của đơn vị", en="set name and place of the unit"),
    "people.add_person": Text(vi="thêm cán bộ", en="added the official"),
    "people.begin_spell": Text(vi="ghi thời gian công tác của", en="recorded a spell of"),
    "people.change": Text(vi="hoàn thành một lần thay đổi gồm các bước trên", en="ended one change of the steps above"),
    "people.correct_spell": Text(vi="đính chính thời gian công tác của", en="corrected a spell of"),
    "people.delegate": Text(vi="ghi ủy quyền của", en="recorded a delegation by"),
    "people.end_spell": Text(vi="kết thúc thời gian công tác của", en="ended a spell of"),
    "people.record_absence": Text(vi="ghi thời gian vắng mặt của", en="recorded an absence of"),
    "people.rename_person": Text(vi="sửa họ tên, liên hệ của", en="changed name or contacts of"),
    "people.set_post": Text(vi="ghi vị trí", en="set the post"),
    "people.take_back": Text(vi="hoàn tác thay đổi gần nhất của mình", en="took back their own last change"),
    "people.withdraw_absence": Text(vi="rút lần ghi vắng mặt của", en="withdrew an absence of"),
    "people.withdraw_delegation": Text(vi="kết thúc ủy quyền của", en="ended a delegation by"),
    "people.withdraw_spell": Text(vi="rút thời gian công tác", en="withdrew the spell"),
    "rating.decide": Text(vi="ghi quyết định về", en="recorded a decision on"),
    "rating.rate": Text(vi="chấm điểm cho", en="gave a mark to"),
    "rating.report": Text(vi="ghi số liệu báo cáo của", en="recorded a reported figure of"),
    "rating.take_back": Text(vi="rút lại", en="took back"),
    "registry.add_card": Text(vi="đưa bảng điểm vào áp dụng", en="put a scorecard in force"),
    "registry.adopt": Text(vi="đề nghị áp dụng bộ quy tắc", en="proposed to adopt a rulebook"),
    "registry.approve_copy": Text(vi="duyệt bộ quy tắc", en="approved a rulebook"),
    "registry.approve_draft": Text(vi="duyệt thay đổi quy tắc", en="approved a change of rules"),
    "registry.end_card": Text(vi="thôi áp dụng bảng điểm", en="ended a scorecard"),
    "registry.list_products": Text(vi="đề nghị đổi danh mục sản phẩm", en="proposed another catalogue of products"),
    "registry.export": Text(vi="tải danh mục sản phẩm, bằng tài khoản", en="exported a catalogue, with the account"),
    "registry.propose": Text(vi="đề nghị thay đổi quy tắc", en="proposed a change of rules"),
    "registry.refuse": Text(vi="không chấp thuận đề nghị về quy tắc", en="refused a proposal about rules"),
    "registry.set_choice": Text(vi="đặt lựa chọn của cơ quan", en="set a choice of the site"),
    "registry.withdraw": Text(vi="rút đề nghị về quy tắc", en="withdrew a proposal about rules"),
    "evidence.hand_in": Text(vi="nộp minh chứng cho", en="handed in evidence to"),
    "registers.approved": Text(vi="duyệt dự thảo", en="approved the draft"),
    "registers.assigned": Text(vi="giao xử lý", en="assigned"),
    "registers.attached": Text(vi="thêm tệp cho", en="added a file to"),
    "registers.cancelled": Text(vi="hủy, giữ số của", en="cancelled, its number kept:"),
    "registers.corrected": Text(vi="đính chính nội dung vào sổ của", en="corrected what was entered of"),
    "registers.done": Text(vi="cho lưu, không phải xử lý:", en="had filed, nothing to be done:"),
    "registers.draft": Text(vi="lập dự thảo", en="began the draft"),
    "registers.entered": Text(vi="vào sổ", en="entered"),
    "registers.export": Text(vi="tải sổ văn bản, bằng tài khoản", en="exported a register, with the account"),
    "registers.issued": Text(vi="ban hành, lấy số cho", en="issued and numbered"),
    "registers.remark": Text(vi="đồng ý với dự thảo", en="agreed to the draft"),
    "registers.returned": Text(vi="trả lại dự thảo để sửa:", en="returned the draft"),
    "registers.review": Text(vi="xin góp ý dự thảo", en="asked for a review of"),
    "registers.sent": Text(vi="ghi đã gửi", en="noted as sent:"),
    "registers.signed": Text(vi="nhận bản đã ký hợp lệ của", en="received validly signed"),
    "registers.signed_work": Text(vi="ghi văn bản đã ký vào", en="noted a signed document on"),
    "registers.submitted": Text(vi="trình lãnh đạo", en="submitted to a leader"),
    "registers.version": Text(vi="nộp bản mới của dự thảo", en="handed in a new version of"),
    "reward.decide": Text(vi="quyết định đề xuất thưởng đột xuất", en="decided on a proposed spot bonus"),
    "reward.enter": Text(vi="ghi một dòng vào sổ quỹ thưởng", en="entered a row into the ledger of rewards"),
    "reward.export": Text(vi="xuất danh sách chi, bằng tài khoản", en="exported a list of payments, with"),
    "reward.make_list": Text(vi="lập danh sách chi", en="made a list of payments"),
    "reward.pay": Text(vi="ghi chi danh sách", en="entered the payment of a list"),
    "reward.propose": Text(vi="đề xuất thưởng đột xuất", en="proposed a spot bonus"),
    "reward.refuse": Text(vi="không ký một dòng của sổ quỹ thưởng", en="refused a row of the ledger of rewards"),
    "reward.set_amount": Text(vi="ghi mức tiền của", en="reported an amount of"),
    "reward.set_earning": Text(vi="ghi lương để tính thưởng của", en="reported the pay of"),
    "reward.sign": Text(vi="ký một dòng của sổ quỹ thưởng", en="signed a row of the ledger of rewards"),
    "reward.withdraw_list": Text(vi="hủy danh sách chi", en="withdrew a list of payments"),
    "scores.erase_texts": Text(vi="xóa khỏi các bản chốt tên và lời lẽ về", en="erased from all seals the texts about"),
    "scores.export": Text(vi="tải điểm đã mở của mình, bằng tài khoản", en="exported their points, with the account"),
    "scores.seal": Text(vi="ghi bản chốt của", en="wrote a seal of"),
    "sources.add_datum": Text(vi="ghi loại số liệu", en="set the kind of data"),
    "sources.add_source": Text(vi="thêm nguồn dữ liệu", en="added the source"),
    "sources.change_source": Text(vi="sửa thông tin nguồn dữ liệu", en="changed the source"),
    "sources.keep_mapping": Text(vi="giữ bảng ánh xạ của nguồn", en="kept a mapping of the source"),
    "sources.make_token": Text(vi="cấp mã truy cập cho nguồn", en="made a token for the source"),
    "sources.own_count": Text(vi="ghi số đếm của nguồn", en="recorded the own count of the source"),
    "sources.revoke_token": Text(vi="thu hồi mã truy cập của nguồn", en="revoked a token of the source"),
    "sources.set_authority": Text(vi="đổi nguồn chính thức của số liệu", en="changed the authoritative source of"),
    "system.backup": Text(vi="sao lưu cả trang", en="backed the site up"),
    "system.seen_difference": Text(vi="đã xem chênh lệch điểm", en="saw the difference in scores"),
    "work.export": Text(vi="xuất danh sách công việc, bằng tài khoản", en="exported a list of work, with the account"),
    "work.not_same": Text(vi="xác nhận không phải cùng một việc:", en="said it is not the same work:"),
    "work.pass_on": Text(vi="chuyển việc cho người khác:", en="passed on:"),
    "work.same_as": Text(vi="xác nhận là cùng một việc:", en="said it is the same work:"),
}
DETAILS = {
    "number": Text(vi="số", en="number"),
    "decision": Text(vi="quyết định", en="decision"),
    "first": Text(vi="từ ngày", en="from"),
    "until": Text(vi="đến trước ngày", en="until before"),
    "name": Text(vi="tên", en="name"),
    "code": Text(vi="mã", en="code"),
    "username": Text(vi="tên đăng nhập", en="user name"),
    "reason": Text(vi="lý do", en="reason"),
    "label": Text(vi="nhãn", en="label"),
    "due_time": Text(vi="hạn trong ngày", en="due"),
    "day": Text(vi="ngày", en="day"),
    "count": Text(vi="số lượng", en="count"),
    "rulebook": Text(vi="bộ quy tắc", en="rulebook"),
    "scorecard": Text(vi="bảng điểm", en="scorecard"),
    "criterion": Text(vi="tiêu chí", en="criterion"),
    "matter": Text(vi="nội dung", en="matter"),
    "outcome": Text(vi="kết quả", en="outcome"),
    "period": Text(vi="kỳ", en="period"),
    "step": Text(vi="bước", en="step"),
    "value": Text(vi="giá trị", en="value"),
    "kind": Text(vi="loại", en="kind"),
    "accepted": Text(vi="nhận", en="accepted"),
    "updated": Text(vi="cập nhật", en="updated"),
    "unchanged": Text(vi="không đổi", en="unchanged"),
    "set_aside": Text(vi="để riêng", en="set aside"),
}
KINDS = {
    "account": Text(vi="tài khoản", en="account"),
    "hook": Text(vi="địa chỉ nhận", en="receiving address"),
    "batch": Text(vi="đợt dữ liệu", en="batch"),
    "change": Text(vi="thay đổi", en="change"),
    "certificate": Text(vi="chứng thư ký số", en="signing certificate"),
    "cycle": Text(vi="kỳ đánh giá", en="period of evaluation"),
    "datum": Text(vi="loại số liệu", en="kind of data"),
    "exemption": Text(vi="miễn trừ", en="exemption"),
    "incident": Text(vi="sự cố", en="incident"),
    "decision": Text(vi="quyết định", en="decision"),
    "document": Text(vi="văn bản", en="document"),
    "entry": Text(vi="dòng nhật ký", en="entry"),
    "fund_entry": Text(vi="dòng sổ quỹ", en="row of the ledger"),
    "item": Text(vi="công việc", en="work item"),
    "meeting": Text(vi="phiên họp", en="meeting"),
    "paper": Text(vi="văn bản của kỳ đánh giá", en="paper of a period"),
    "pay_list": Text(vi="danh sách chi", en="list of payments"),
    "person": Text(vi="cán bộ", en="official"),
    "post": Text(vi="vị trí", en="post"),
    "rating": Text(vi="điểm chấm", en="mark"),
    "recurrence": Text(vi="việc định kỳ", en="recurring work"),
    "reported": Text(vi="số liệu báo cáo", en="reported figure"),
    "reward_proposal": Text(vi="đề xuất thưởng", en="proposed bonus"),
    "rule_draft": Text(vi="đề nghị sửa quy tắc", en="rule draft"),
    "rulebook_copy": Text(vi="bản quy tắc", en="rulebook copy"),
    "scorecard": Text(vi="bảng điểm", en="scorecard"),
    "site_choice": Text(vi="lựa chọn của cơ quan", en="site choice"),
    "source": Text(vi="nguồn", en="source"),
    "spell": Text(vi="thời gian công tác", en="spell"),
    "template": Text(vi="mẫu việc", en="template"),
    "unit": Text(vi="đơn vị", en="unit"),
    "upload": Text(vi="tệp tải lên", en="upload"),
}
MACHINE = both("Hệ thống", "The system")
ON_SOMEBODY = frozenset({"rating.decide", "rating.rate", "rating.report"})  # what was said names whom it is about
HELD_BACK = frozenset({"value", "outcome"})  # of these: they are read on the month, where the look is written down
ERASED = both("(phần lời đã được xóa theo quyết định)", "(its text was erased by a decision)")


@dataclass(frozen=True)
class Line:
    """One entry as it is read: when, who in which post, what was done to what, and what was said of it."""

    number: int
    at: datetime
    who: str
    post: str
    what: str
    subject: str
    details: str

    @property
    def sentence(self) -> str:
        """Without who and when."""
        return " ".join(part for part in (self.what, self.subject) if part)


def told(entries: Iterable[Entry]) -> list[Line]:
    """Entries as lines, in their order; a query for each kind of name."""
    rows = list(entries)
    names = _Names(rows)
    return [_line(one, names) for one in rows]


def _line(entry: Entry, names: "_Names") -> Line:
    text = getattr(entry, "text", None)
    body = text.body if text is not None else {}
    action = ACTIONS.get(entry.action)
    on_somebody = entry.action in ON_SOMEBODY
    shown = {key: value for key, value in body.items() if not (on_somebody and key in HELD_BACK)}
    return Line(
        number=entry.pk,
        at=entry.at,
        who=names.who(entry.account),
        post=names.post(entry.post),
        what=said(action) if action else entry.action,
        subject=names.about(body) if on_somebody else names.subject(entry.subject_kind, entry.subject),
        details=str(ERASED) if body.get("erased") is True else _details(shown),
    )


def _details(body: dict[str, Any]) -> str:
    told = [(word, _shown(body[key])) for key, word in DETAILS.items() if key in body]
    return "; ".join(f"{said(word)} {value}" for word, value in told if value)


def _shown(value: Any) -> str:
    """A value as people write it; days as dd/mm/yyyy."""
    text = "" if value in (None, "None") else str(value)
    if len(text) == 10 and text[4:5] == text[7:8] == "-" and text.replace("-", "").isdigit():
        year, month, day = text.split("-")
        return f"{day}/{month}/{year}"
    return text if len(text) <= 200 else f"{text[:199]}…"


class _Names:
    """What the numbers in entries are called, looked up once for all of them."""

    def __init__(self, rows: list[Entry]):
        today = timezone.localdate()
        of: dict[str, set[int]] = {}
        for one in rows:
            if one.subject is not None:
                of.setdefault(one.subject_kind, set()).add(one.subject)
        bodies = [one.text.body for one in rows if one.action in ON_SOMEBODY and getattr(one, "text", None)]
        for kind in ("person", "unit"):
            of.setdefault(kind, set()).update(body[kind] for body in bodies if body.get(kind))
        posts = {one.post for one in rows if one.post is not None} | of.get("post", set())
        accounts = {one.account for one in rows} | of.get("account", set())
        spells = dict(Spell.objects.filter(seq__in=of.get("spell", ())).values_list("seq", "person_id"))
        persons = names_of(of.get("person", set()) | set(spells.values()))
        self._accounts = account_names(accounts)
        self._posts = {post: span.title for post, span in titles_of(posts, today).items()}
        self._by_kind: dict[str, dict[int, str]] = {
            "account": self._accounts,
            "post": self._posts,
            "person": persons,
            "unit": unit_names(of.get("unit", ()), today),
            "spell": {seq: persons.get(person, "") for seq, person in spells.items()},
            "source": dict(Source.objects.filter(pk__in=of.get("source", ())).values_list("pk", "name")),
            "datum": dict(Datum.objects.filter(pk__in=of.get("datum", ())).values_list("pk", "name")),
            "cycle": {one.pk: one.period for one in Cycle.objects.filter(pk__in=of.get("cycle", ()))},
            "change": dict(ChangeEvent.objects.filter(seq__in=of.get("change", ())).values_list("seq", "number")),
        }

    def who(self, account: int | None) -> str:
        """Who acted; the machine when no account did."""
        return str(MACHINE) if account is None else self._accounts.get(account, f"#{account}")

    def post(self, post: int | None) -> str:
        """The title of the post in which somebody acted."""
        return self._posts.get(post or 0, "")

    def about(self, body: dict[str, Any]) -> str:
        """Whom a mark, a figure or a decision is about."""
        return self.subject("person", body.get("person")) or self.subject("unit", body.get("unit"))

    def subject(self, kind: str, number: int | None) -> str:
        """What was acted on."""
        if number is None:
            return ""
        named = self._by_kind.get(kind, {}).get(number)
        if named:
            return named
        if kind == "change":
            return ""
        word = said(KINDS[kind]) if kind in KINDS else kind
        return f"{word} #{number}".strip()
