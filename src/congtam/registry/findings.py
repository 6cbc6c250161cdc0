"""What the engine finds wrong with a changed rulebook, as a refusal in both languages."""

from congtam.engine.findings import Finding, errors
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused

SAID = {
    "points-do-not-sum": Text(
        vi="Tổng điểm các mục con không bằng điểm của mục chứa chúng; hãy đổi cùng lúc các mục liên quan cho khớp.",
        en="The points of the parts do not add up to those of what holds them; change the parts concerned together.",
    ),
    "bands-overlap": Text(
        vi="Khung điểm của các mức xếp loại chồng nhau hoặc sai thứ tự; hãy đổi cùng lúc các khung liền nhau.",
        en="The bands of the grades overlap or are out of order; change neighbouring bands together.",
    ),
    "flat-curve": Text(
        vi="Mức đủ điểm và mức không điểm bằng nhau, hoặc mục tiêu không lớn hơn 0; hãy ghi hai mức khác nhau và mục "
        "tiêu lớn hơn 0.",
        en="All points and no points are given at the same value, or the target is not above 0; write two different "
        "values, and a target above 0.",
    ),
    "wrong-way": Text(
        vi="Chỉ số này càng nhỏ càng tốt, nên không đặt mục tiêu phải đạt tới; hãy đặt mức đủ điểm và mức không điểm.",
        en="Less of this indicator is better, so it has no target to reach; set where all points and no points begin.",
    ),
    "overlapping-products": Text(
        vi="Một mã sản phẩm có hai hệ số trong cùng những ngày; hãy ghi Đến trước ngày cho dòng cũ, hoặc bỏ mã ấy khỏi "
        "danh mục kia.",
        en="A product has two coefficients on the same days; end the older row, or take the code out of the other "
        "catalogue.",
    ),
    "number-without-basis": Text(
        vi="Có hệ số chưa ghi căn cứ; hãy ghi Căn cứ ở dòng ấy, hoặc Căn cứ chung.",
        en="A coefficient has no legal basis; write it on the row, or for the whole catalogue.",
    ),
    "catalogue-not-in-force": Text(
        vi="Danh mục còn là dự thảo hoặc ví dụ, nên không dùng được trong bộ quy tắc đang có hiệu lực; khi cơ quan có "
        "thẩm quyền đã ban hành, hãy ghi Trạng thái là “có hiệu lực”.",
        en="The catalogue is a proposal or an example, so a rulebook in force cannot have it; once it is issued, "
        "write its status as in force.",
    ),
}


NOT_ADOPTED = Text(
    vi="Cơ quan chưa áp dụng bộ quy tắc này vào ngày đó. Hãy đề xuất áp dụng bộ quy tắc trước.",
    en="The site does not hold this rulebook on that day. Propose to adopt it first.",
)


def _exactly(one: Finding) -> Text:
    return Text(vi=f"Máy báo: {one}.", en=str(one))


def refusal(findings: tuple[Finding, ...]) -> Refused:
    """The refusal that findings amount to: those without words of their own are told as the engine tells them."""
    if any(one.code == "not-adopted" for one in findings):
        return Refused(NOT_ADOPTED.vi, NOT_ADOPTED.en)
    said = [SAID.get(one.code) or _exactly(one) for one in errors(findings) or findings]
    vi = " ".join(dict.fromkeys(one.vi for one in said))
    en = " ".join(dict.fromkeys(one.en for one in said))
    return Refused(f"Bộ quy tắc sau khi đổi không dùng được. {vi}", f"The changed rulebook cannot be used. {en}")
