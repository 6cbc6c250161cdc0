"""The day of the tests of registers, a document as it comes in, a file as it is handed in."""

from datetime import UTC, date, datetime

from congtam.registers.entering import Arrival
from signing import plain_pdf

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)  # a Friday, 09:00 in Vietnam
TODAY = date(2026, 11, 20)


def arrival(abstract: str = "Về việc báo cáo chuyển đổi số", symbol: str = "12/UBND-VX", **more: object) -> Arrival:
    """A document of the province that came in today."""
    told = {"issuer": "UBND thành phố", "arrived_on": TODAY, "dated": date(2026, 11, 19), "kind": "Công văn"} | more
    return Arrival(abstract, symbol=symbol, **told)  # type: ignore[arg-type]


def pdf(name: str = "du-thao.pdf", text: str = "Dự thảo") -> tuple[str, list[bytes]]:
    """A file as it is handed in."""
    return name, [plain_pdf(text)]
