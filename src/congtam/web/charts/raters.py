"""How far each rater lies from the others: a dot with its range, around the line of no difference."""

from collections.abc import Iterable
from dataclasses import dataclass

from congtam.engine.rulebook.model import Text
from congtam.web.charts.drawing import ACCENT, ACCENT_LIGHT, LINE, Spec

WIDTH, ROW = 420, 30  # of the plot; a row for each rater
_AXIS = Text(vi="điểm cao (+) hoặc thấp (−) hơn người chấm khác", en="points above (+) or below (−) other raters")


@dataclass(frozen=True)
class Line:
    """One rater, by what they are called with the number of people, and the range in points."""

    name: str
    effect: float
    low: float
    high: float


def spec(lines: Iterable[Line], lang: str) -> Spec:
    """The chart's specification, in the order given."""
    told = [{"name": one.name, "effect": one.effect, "low": one.low, "high": one.high} for one in lines]
    down = {"field": "name", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 220}}
    across = {"type": "quantitative", "title": _AXIS.in_(lang)}
    return {
        "width": WIDTH,
        "height": {"step": ROW},
        "data": {"values": told},
        "encoding": {"y": down},
        "layer": [
            {"mark": {"type": "rule", "color": LINE, "strokeDash": [4, 3]}, "encoding": {"x": {"datum": 0, **across}}},
            {
                "mark": {"type": "rule", "strokeWidth": 8, "color": ACCENT_LIGHT},
                "encoding": {"x": {"field": "low", **across}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 70, "color": ACCENT},
                "encoding": {"x": {"field": "effect", **across}},
            },
        ],
    }
