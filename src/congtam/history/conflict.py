"""Two people editing one thing: whoever comes second is told, and nothing of the first is lost."""

from datetime import datetime
from typing import TypeVar

from django.utils import timezone

from congtam.engine.rulebook.model import Text
from congtam.history.dated import Fact
from congtam.history.refused import Refused

AFact = TypeVar("AFact", bound=Fact)


class Conflict(Refused):
    """The row an edit started from no longer stands. `by` is the account that changed it, `at` when."""

    def __init__(self, by: int | None, at: datetime | None):
        self.by, self.at = by, at
        told = self.naming("")
        super().__init__(told.vi, told.en)

    def naming(self, name: str) -> Text:
        """The message, with the name of who changed it (empty: not known)."""
        who = f" ({name})" if name else ""
        at = timezone.localtime(self.at).strftime("%H:%M %d/%m/%Y") if self.at else ""
        return Text(
            vi=f"Một người khác{who} đã sửa mục này{f' lúc {at}' if at else ''}, sau khi bạn mở trang. "
            "Chưa có gì được ghi. Hãy mở lại trang để xem bản mới rồi sửa tiếp.",
            en=f"Somebody else{who} changed this{f' at {at}' if at else ''}, after you opened the page. "
            "Nothing was written. Open the page again to see what it says now, then edit.",
        )


def expect_standing(kind: type[AFact], row_seq: int) -> AFact:
    """The row an edit started from, if it still stands. Call it inside `in_order()`.

    Raises `Conflict`, saying who took its place and when.
    """
    row = kind._default_manager.get(seq=row_seq)
    if row.replaced_by is None:
        return row
    newer = kind._default_manager.filter(seq=row.replaced_by).first()
    raise Conflict(newer.recorded_by if newer else None, newer.recorded_at if newer else None)
