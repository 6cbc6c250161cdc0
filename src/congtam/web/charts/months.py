"""Points of one person month by month: a dot where a month has all its figures, a range where some are missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from congtam.engine.rulebook.model import Text
from congtam.web.charts.drawing import ACCENT, ACCENT_LIGHT, Spec

POINT = 1_000_000
WIDTH, HEIGHT = 284, 110  # of the plot; with its axes it fits the narrow column and a phone
_AXIS = Text(vi="điểm", en="points")


@dataclass(frozen=True)
class Month:
    """A period by its label, with the least and the most its total can be, in millionths."""

    period: str
    lowest: int
    highest: int


def spec(months: Iterable[Month], lang: str) -> Spec:
    """The chart's specification, oldest month first."""
    told = [
        {
            "month": "/".join(reversed(one.period.split("-"))),
            "low": one.lowest / POINT,
            "high": one.highest / POINT,
            "points": one.lowest / POINT if one.lowest == one.highest else None,
        }
        for one in months
    ]
    across = {
        "field": "month",
        "type": "ordinal",
        "title": None,
        "sort": None,
        "axis": {"labelAngle": 0, "labelOverlap": True},
    }
    up = {"type": "quantitative", "title": _AXIS.in_(lang), "scale": {"domain": [0, 100]}, "axis": {"tickCount": 5}}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": told},
        "encoding": {"x": across},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 8, "color": ACCENT_LIGHT},
                "encoding": {"y": {"field": "low", **up}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "opacity": 1, "size": 70, "color": ACCENT},
                "encoding": {"y": {"field": "points", **up}},
            },
        ],
    }
