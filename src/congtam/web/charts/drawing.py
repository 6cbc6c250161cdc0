"""A specification drawn as SVG, once for the same data; and the look all charts share."""

import json
import re
from functools import lru_cache
from hashlib import sha256
from typing import Any

import vl_convert
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

INK, QUIET, LINE, GRID = "#1c2026", "#4c545f", "#8a93a0", "#e3e6ea"
ACCENT, ACCENT_LIGHT, NONE = "#1f3f9c", "#c3cdec", "#c9ced6"

_SIZE = re.compile(r'width="(?P<width>\d+)" height="(?P<height>\d+)"')

Spec = dict[str, Any]

_LOOK: Spec = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "background": "transparent",
    "config": {
        "font": "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif",
        "view": {"stroke": None},
        "axis": {
            "labelColor": QUIET,
            "titleColor": QUIET,
            "labelFontSize": 13,
            "titleFontSize": 13,
            "titleFontWeight": "normal",
            "gridColor": GRID,
            "domainColor": LINE,
            "tickColor": LINE,
        },
        "text": {"color": INK, "fontSize": 13},
    },
}


def svg(spec: Spec) -> str:
    """The chart of a specification (its data inside) in the site's look. The same specification is drawn once."""
    return _drawn(json.dumps(_LOOK | spec, ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=512)
def _drawn(spec: str) -> str:
    return str(vl_convert.vegalite_to_svg(spec))


def answer(request: HttpRequest, spec: Spec) -> HttpResponse:
    """The chart as a picture that the browser asks for again but need not fetch while its data stay the same."""
    picture = svg(spec)
    tag = f'"{sha256(picture.encode()).hexdigest()[:16]}"'
    if tag in request.headers.get("If-None-Match", ""):  # also as the weak tag of a compressed answer
        return HttpResponseNotModified(headers={"ETag": tag})
    return HttpResponse(
        picture, content_type="image/svg+xml", headers={"ETag": tag, "Cache-Control": "private, no-cache"}
    )


def size(spec: Spec) -> tuple[int, int]:
    """How wide and high the chart of a specification is drawn."""
    found = _SIZE.search(svg(spec))
    assert found is not None, "every drawing says its size"
    return int(found["width"]), int(found["height"])
