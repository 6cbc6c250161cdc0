"""What the committee's matters and outcomes are called."""

from congtam.calibration.models import ABSTAINED, LEFT
from congtam.calibration.sheets import OTHERWISE, CardSheet, Case
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.decisions import LEGAL_CARD
from congtam.engine.scoring.final import Final, FinalBy

ROLES = {
    "chair": Text(vi="Chủ tịch", en="Chair"),
    "secretary": Text(vi="Thư ký", en="Secretary"),
    "member": Text(vi="Thành viên", en="Member"),
}
OUTCOMES = {
    "upheld": Text(vi="Đồng ý với đề xuất", en="Uphold the proposal"),
    "set_aside": Text(vi="Không đồng ý với đề xuất", en="Set the proposal aside"),
    "kept": Text(vi="Giữ mức", en="Keep the grade"),
    "lowered": Text(vi="Hạ một mức vì giới hạn", en="Lower by one for the limit"),
    ABSTAINED: Text(vi="Không có ý kiến", en="Abstain"),
    LEFT: Text(vi="Rời phiên khi xét việc này", en="Left for this case"),
}
BY = {
    FinalBy.RULE: Text(vi="theo quy tắc", en="by the rule"),
    FinalBy.DECISION: Text(vi="theo quyết định", en="by decision"),
    FinalBy.CAP: Text(vi="hạ vì giới hạn", en="lowered for the limit"),
    FinalBy.COMMITTEE: Text(vi="Hội đồng giữ mức", en="kept by the committee"),
    FinalBy.WAITS: Text(vi="chờ quyết định", en="waits for a decision"),
}
HOLE = Text(vi="Quy tắc chưa định mức", en="The rule names no grade")
CARD = Text(vi="Chọn bảng điểm áp dụng", en="Which scorecard is legal")


def matter(sheet: CardSheet | None, case: Case) -> Text:
    """What a case is about."""
    if case.matter == LEGAL_CARD or sheet is None:
        return CARD
    if case.matter == OTHERWISE:
        return HOLE
    rule = sheet.rules.get(case.matter.removeprefix("cap:"))
    if rule is not None and case.matter.startswith("cap:"):
        return rule.title
    return next((one.title for one in sheet.setting.card.model.vetoes if one.id == case.matter), HOLE)


def outcome(sheet: CardSheet | None, case: Case, name: str) -> Text:
    """What an outcome of a case is called: a grade, a scorecard, or what is done with a proposal."""
    if name in OUTCOMES and not (case.matter == OTHERWISE and name in case.outcomes):
        return OUTCOMES[name]
    if sheet is not None and case.matter == OTHERWISE:
        return sheet.title(name)
    return Text(vi=name, en=name)


def final(sheet: CardSheet, one: Final) -> Text:
    """A final grade and where it comes from."""
    grade, by = sheet.title(one.grade), BY[one.by]
    if one.by is FinalBy.WAITS and one.before is not None:
        grade = sheet.title(one.before)
    return Text(vi=f"{grade.vi} ({by.vi})", en=f"{grade.en} ({by.en})")
