"""What the engine finds wrong with a changed rulebook, as a refusal in both languages."""

from congtam.engine.findings import Finding
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
}


def refusal(findings: tuple[Finding, ...]) -> Refused:
    """The refusal that findings amount to: those without words of their own are told as the engine tells them."""
    said = [SAID.get(one.code) or Text(vi=str(one), en=str(one)) for one in findings]
    vi = " ".join(dict.fromkeys(one.vi for one in said))
    en = " ".join(dict.fromkeys(one.en for one in said))
    return Refused(f"Bộ quy tắc sau khi đổi không dùng được. {vi}", f"The changed rulebook cannot be used. {en}")
