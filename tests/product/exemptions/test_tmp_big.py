import time, pytest
from datetime import date
from cast import Cast
from making import Works, at
from test_incidents import storm, leader, fold, NOW
from congtam.exemptions import incidents, stopping
from congtam.exemptions.previewing import preview
from congtam.work.appending import append, items_named, mark, Line
from congtam.history.sequence import in_order
pytestmark = pytest.mark.django_db
def test_big(cast: Cast):
    works = Works(cast)
    n = 3000
    with in_order():
        items = items_named(works.source.pk, [f"k{i}" for i in range(n)])
        lines = []
        an = cast.people["an"].pk
        for i, item in enumerate(items.values()):
            for what, off, val in (("registered", None, ""), ("assigned", an, ""), ("due", None, at(12, 17).isoformat())):
                lines.append(Line(item, at(10), what, off, None, "", val, "", "{}", None, "x"))
        append(lines, NOW); mark(items.values())
    fold()
    t = time.perf_counter(); p = preview(leader(cast), storm(cast, at(11, 17), at(13, 17)), NOW); print("preview", time.perf_counter() - t, p.items)
    t = time.perf_counter(); inc = incidents.record(leader(cast), storm(cast, at(11, 17), at(13, 17)), now=NOW); print("record", time.perf_counter() - t, stopping.waiting(inc.series))
    t = time.perf_counter(); stopping.go_on(inc.series, NOW); print("go_on", time.perf_counter() - t)
    t = time.perf_counter(); fold(); print("fold", time.perf_counter() - t)
    t = time.perf_counter(); p = preview(leader(cast), storm(cast, at(11, 17), at(14, 17)), NOW, inc); print("preview2", time.perf_counter() - t, p.items, p.released)
