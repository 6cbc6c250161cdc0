"""What was done to the committee."""

from congtam.engine.rulebook.model import Text

ACTIONS = {
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
}
