"""The demo's registers: documents of the last weeks as they came in, and drafts on their way. All of it is invented."""

from datetime import UTC, date, datetime, time, timedelta

from congtam.access.models import Account
from congtam.access.seats import seat_of
from congtam.calendars.queries import national_calendar
from congtam.people.models import Person
from congtam.registers.drafting import Draft, ask_review, draft
from congtam.registers.entering import Arrival, enter, enter_secret
from congtam.registers.models import IN
from congtam.registers.routing import cancel, file_away, submit

ISSUERS = (
    ("UBND thành phố", "UBND-VX"),
    ("Bộ Khoa học và Công nghệ", "BKHCN-VP"),
    ("Sở Nội vụ", "SNV-CCVC"),
    ("Sở Tài chính", "STC-NS"),
    ("UBND phường Mẫu", "UBND"),
)
SUBJECTS = (
    "Về việc báo cáo kết quả chuyển đổi số quý IV",
    "Mời họp giao ban công tác cải cách hành chính",
    "Về việc góp ý dự thảo kế hoạch dữ liệu mở",
    "Về việc rà soát thủ tục hành chính được phân cấp",
    "Thông báo kết luận về đầu tư hạ tầng số",
    "Về việc cử người tham gia tổ công tác",
    "Về việc cung cấp số liệu phục vụ thanh tra",
    "Hướng dẫn lập dự toán năm sau",
)
URGENCIES = ("ordinary", "ordinary", "urgent", "ordinary", "very_urgent", "ordinary")
KINDS = ("Công văn", "Giấy mời", "Công văn", "Công văn", "Thông báo", "Công văn", "Công văn", "Hướng dẫn")
CAME_IN, WAITING, NOT_SUBMITTED = 30, 4, 2  # documents in; of them still with the leader, still with the registrar
DRAFTS = (
    ("Báo cáo chuyển đổi số tháng", "BC-SKHCN", "Báo cáo"),
    ("Trả lời góp ý kế hoạch dữ liệu mở", "SKHCN-CĐS", "Công văn"),
)
LOOKED_BACK = 21  # days


def fill_registers(accounts: dict[str, Account], people: dict[str, Person], agency: int, today: date) -> None:
    """Documents in of the last working days before `today`, most of them filed, some waiting; two drafts, one of them
    under review."""
    clerk, leader = seat_of(accounts["vanthu"], today), seat_of(accounts["giamdoc"], today)
    chief = people["CB001"].pk
    calendar = national_calendar()
    before = (today - timedelta(days=n) for n in range(LOOKED_BACK, 0, -1))
    days = [day for day in before if calendar.is_working(day)]
    for number in range(CAME_IN):
        day = days[number * len(days) // CAME_IN]
        now = datetime.combine(day, time(2 + number % 3, 7 * number % 60), UTC)  # in the morning, in Vietnam
        if number in (9, 20):
            enter_secret(clerk, agency, IN, "confidential", day, now=now)
            continue
        made = enter(clerk, agency, _arrival(number, day), now=now)
        if number == 12:
            cancel(clerk, made.pk, "Gửi nhầm cơ quan, đã trả lại nơi gửi", now=now)
        elif number < CAME_IN - NOT_SUBMITTED:
            submit(clerk, made.pk, chief, now=now)
            if number < CAME_IN - NOT_SUBMITTED - WAITING:
                file_away(leader, made.pk, "Để biết, lưu văn phòng", now=now + timedelta(hours=1))
    author = seat_of(accounts["congchuc"], today)
    for place, (abstract, symbol, kind) in enumerate(DRAFTS):
        told = Draft(abstract, symbol, kind=kind, signer="Giám đốc", recipients="UBND thành phố")
        made = draft(author, told, ("du-thao.pdf", [_page(place)]))
        if place:
            ask_review(author, made.pk, [people["CB015"].pk], "Xin góp ý trước khi trình ký")


def _arrival(number: int, day: date) -> Arrival:
    issuer, symbol = ISSUERS[number % len(ISSUERS)]
    return Arrival(
        SUBJECTS[number % len(SUBJECTS)],
        issuer,
        day,
        f"{211 + 7 * number}/{symbol}",
        day - timedelta(days=number % 3),
        KINDS[number % len(KINDS)],
        urgency=URGENCIES[number % len(URGENCIES)],
    )


def _page(number: int) -> bytes:
    """A PDF of one page that says it is a sample."""
    text = f"BT /F 24 Tf 72 720 Td (DU LIEU MAU {number + 1}) Tj ET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for place, part in enumerate(parts, start=1):
        places.append(len(body))
        body += f"{place} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}{end}".encode()
