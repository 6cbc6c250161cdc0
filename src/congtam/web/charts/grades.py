"""How many people hold each grade, by scorecard, with the line a limit draws across one of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from congtam.web.charts.drawing import ACCENT, NONE, Spec

BAR, WIDTH = 26, 190  # height of one grade, width of the plot
LIMIT = "#a8701a"  # stands out on a bar and beside it


@dataclass(frozen=True)
class Bar:
    """One grade of one scorecard: how many hold it, and how many may (None: no limit). `card` is what stands above its
    panel: lines, the first its name."""

    card: tuple[str, ...]
    grade: str
    people: int
    allowed: int | None = None
    waits: bool = False


def spec(bars: Iterable[Bar]) -> Spec:
    """The chart's specification: one panel for each card, grades from the best down."""
    those = list(bars)
    told = [
        {"card": BREAK.join(one.card), "grade": one.grade, "n": one.people, "allowed": one.allowed, "waits": one.waits}
        for one in those
    ]
    most = max([1, *(max(one.people, one.allowed or 0) for one in those)])
    up = {"field": "grade", "type": "ordinal", "title": None, "sort": None, "axis": {"labelLimit": 150}}
    across = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, most * 1.12]},
        "axis": {"tickMinStep": 1, "tickCount": 5, "format": "d"},
    }
    colour = {"condition": {"test": "datum.waits", "value": NONE}, "value": ACCENT}
    return {
        "data": {"values": told},
        "facet": {"row": {"field": "card", "type": "nominal", "sort": None, "title": None, "header": _HEADER}},
        "spacing": 14,
        "resolve": {"scale": {"y": "independent"}},
        "spec": {
            "width": WIDTH,
            "height": {"step": BAR},
            "encoding": {"y": up},
            "layer": [
                {
                    "mark": {"type": "bar", "height": BAR - 10},
                    "encoding": {"x": {"field": "n", **across}, "color": colour},
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 4},
                    "encoding": {"x": {"field": "n", **across}, "text": {"field": "n"}},
                },
                {
                    "transform": [{"filter": "isValid(datum.allowed)"}],
                    "mark": {"type": "tick", "thickness": 3, "size": BAR + 2, "color": LIMIT},
                    "encoding": {"x": {"field": "allowed", **across}},
                },
            ],
        },
    }


BREAK = "\n"
_HEADER = {
    "labelExpr": f"split(datum.label, {BREAK!r})",
    "labelOrient": "top",
    "labelAnchor": "start",
    "labelFontSize": 13,
    "labelLineHeight": 17,
    "labelAngle": 0,
    "labelPadding": 4,
}
