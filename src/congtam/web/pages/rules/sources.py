"""Where the figures of an indicator come from: one authoritative source per datum, or people who mark and report."""

from datetime import date

from congtam.engine.rulebook.bound import BoundIndicator
from congtam.engine.rulebook.model import Text
from congtam.sources.models import Authority

PEOPLE = {
    "rating_of": Text(vi="người có thẩm quyền chấm, trên trang của đơn vị", en="marks given by whoever is entitled to"),
    "reported": Text(vi="số liệu do nguồn báo cáo cho kỳ", en="a figure that a source reports for the period"),
    "survey": Text(vi="câu trả lời khảo sát", en="answers to a survey"),
    "formula": Text(vi="tính từ các chỉ số khác", en="computed from other indicators"),
    "pair": Text(vi="tính từ mức xếp loại của người khác", en="computed from the grades of others"),
}
NONE = Text(
    vi="chưa có nguồn nào được xác định là nguồn chính thức", en="no source has been named as the authoritative one"
)


def sources_of(indicator: BoundIndicator, day: date, lang: str) -> list[str]:
    """The sources of an indicator on a day, in words: each datum with its one source, where work is counted."""
    kind = indicator.model.measure.kind
    if kind in PEOPLE:
        return [PEOPLE[kind].in_(lang)]
    held = Authority.standing().filter(days__contains=day).order_by("datum__name", "source__name")
    found = held.values_list("datum__name", "source__name").distinct()
    return [f"{datum}: {source}" for datum, source in found] or [NONE.in_(lang)]
