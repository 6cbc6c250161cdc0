"""What was done to files taken in."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
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
}
