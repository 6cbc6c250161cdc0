"""Working calendars: arithmetic against plain counting, versions, choices, and every refusal with its line."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from congtam.engine.calendars import Calendar, WorkingCalendar, load_calendar
from congtam.engine.findings import Unusable
from congtam.engine.periods import VIETNAM

FIXTURES = Path(__file__).parent / "fixtures" / "calendars"
GOOD = (FIXTURES / "good.yaml").read_text(encoding="utf-8")
DAY = timedelta(days=1)


def at(text: str) -> datetime:
    """An instant written as people in Vietnam write it: 2026-08-20 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


@pytest.fixture(scope="module")
def working() -> WorkingCalendar:
    return load_calendar(FIXTURES / "good.yaml")


@pytest.fixture(scope="module")
def calendar(working: WorkingCalendar) -> Calendar:
    return working.as_known()


def days(first: date, until: date) -> list[date]:
    return [first + DAY * n for n in range((until - first).days)]


def test_counting_agrees_with_going_day_by_day(calendar: Calendar) -> None:
    first = date(2025, 12, 1)
    for until in days(first, date(2026, 12, 1)):
        assert calendar.working_days(first, until) == sum(map(calendar.is_working, days(first, until)))
        assert calendar.working_days(until, first) == -calendar.working_days(first, until)


def test_adding_agrees_with_going_day_by_day(calendar: Calendar) -> None:
    for day in days(date(2025, 12, 1), date(2026, 3, 1)):
        following = [later for later in days(day + DAY, day + 90 * DAY) if calendar.is_working(later)]
        assert calendar.add_working_days(day, 0) == day
        for n in range(1, 40):
            assert calendar.add_working_days(day, n) == following[n - 1]


def test_minutes_agree_with_going_session_by_session(calendar: Calendar) -> None:
    start, end = at("2025-12-29 09:10"), at("2026-03-09 15:20")
    plain = timedelta(0)
    for day in days(date(2025, 12, 29), date(2026, 3, 10)):
        for opens, closes in calendar.sessions(day):
            plain += max(min(closes, end) - max(opens, start), timedelta(0))
    assert calendar.working_time(start, end) == plain
    assert calendar.working_minutes(start, end) == plain // timedelta(minutes=1)
    assert calendar.working_minutes(end, start) == -calendar.working_minutes(start, end)


@pytest.mark.parametrize("minutes", [1, 30, 150, 151, 480, 481, 5000, 100_000])
@pytest.mark.parametrize("start", ["2025-12-31 16:59", "2026-01-01 10:00", "2026-01-07 06:00", "2026-01-09 12:00"])
def test_adding_minutes_is_undone_by_counting_them(calendar: Calendar, start: str, minutes: int) -> None:
    end = calendar.add_working_minutes(at(start), minutes)
    assert calendar.working_minutes(at(start), end) == minutes
    assert calendar.working_minutes(at(start), end - timedelta(minutes=1)) == minutes - 1


def test_seconds_are_kept_over_the_end_of_a_day(calendar: Calendar) -> None:
    assert calendar.add_working_minutes(at("2026-01-07 07:30:30"), 480) == at("2026-01-08 07:30:30")


def test_adding_nothing_stays_and_adding_less_is_an_error(calendar: Calendar) -> None:
    night = at("2026-01-07 23:00")
    assert calendar.add_working_minutes(night, 0) == night
    with pytest.raises(ValueError, match="negative"):
        calendar.add_working_minutes(night, -1)
    with pytest.raises(ValueError, match="negative"):
        calendar.add_working_days(date(2026, 1, 7), -1)


def test_a_term_past_every_calendar_is_refused_not_searched_for_ever(calendar: Calendar) -> None:
    with pytest.raises(Unusable, match="calendar-too-far"):
        calendar.add_working_days(date(2026, 1, 7), 10**9)


def test_sessions_of_full_half_and_free_days(calendar: Calendar) -> None:
    morning = (at("2026-01-07 07:30"), at("2026-01-07 11:30"))
    assert calendar.sessions(date(2026, 1, 7)) == (morning, (at("2026-01-07 13:00"), at("2026-01-07 17:00")))
    half = date(2026, 2, 13)
    assert calendar.is_working(half)
    assert calendar.sessions(half) == ((at("2026-02-13 07:30"), at("2026-02-13 11:30")),)
    assert calendar.close_of(half) == at("2026-02-13 11:30")
    assert calendar.sessions(date(2026, 1, 1)) == ()
    assert calendar.close_of(date(2026, 1, 1)) == at("2026-01-01 17:00")


def test_what_was_announced_later_is_not_seen_before(working: WorkingCalendar) -> None:
    before, after = working.as_known(at("2025-12-20 00:00")), working.as_known(at("2025-12-25 00:00"))
    assert before.is_working(date(2026, 1, 2))
    assert not before.is_working(date(2026, 1, 10))
    assert not after.is_working(date(2026, 1, 2))
    assert after.is_working(date(2026, 1, 10))
    assert before.digest != after.digest


def test_a_later_announcement_replaces_an_earlier_one(working: WorkingCalendar) -> None:
    assert not working.as_known(at("2026-04-01 00:00")).is_working(date(2026, 6, 1))
    assert working.as_known(at("2026-05-02 00:00")).is_working(date(2026, 6, 1))


def test_the_same_knowledge_is_the_same_calendar(working: WorkingCalendar) -> None:
    assert working.as_known() is working.as_known(at("2030-01-01 00:00"))


def test_an_open_question_is_answered_by_its_default_or_by_the_site(working: WorkingCalendar) -> None:
    day = date(2026, 11, 24)
    assert working.as_known().is_working(day)
    assert not working.as_known(choices={"culture_day": "off"}).is_working(day)
    assert working.as_known(at("2026-01-01 00:00"), {"culture_day": "off"}).is_working(day)


@pytest.mark.parametrize(("choices", "hint"), [({"cultur_day": "off"}, "culture_day"), ({"culture_day": "of"}, "off")])
def test_an_unknown_answer_is_refused(working: WorkingCalendar, choices: dict[str, str], hint: str) -> None:
    with pytest.raises(Unusable) as refused:
        working.as_known(choices=choices)
    assert refused.value.findings[0].code == "calendar-unknown-choice"
    assert hint in refused.value.findings[0].advice


def test_reasons_name_the_holiday_and_its_source(calendar: Calendar) -> None:
    assert calendar.why(date(2026, 1, 1), "vi") == "nghỉ: Tết Dương lịch (Bộ luật Lao động, Điều 112)"
    assert calendar.why(date(2026, 1, 3), "en") == "weekend"
    assert calendar.why(date(2026, 1, 5), "vi") == "ngày làm việc"
    assert "Letter 12729" in calendar.why(date(2026, 1, 10), "en")
    assert calendar.why(date(2027, 1, 2), "vi") == "nghỉ cuối tuần (tạm tính, chưa có lịch chính thức)"


def test_official_days(calendar: Calendar) -> None:
    assert calendar.is_official(date(2026, 12, 31))
    assert not calendar.is_official(date(2027, 1, 1))
    assert not calendar.is_official(date(2024, 12, 31))


REFUSALS = [
    ("calendar-unknown-key", "owner: test", "owner: test\nowners: test", "owners"),
    ("calendar-missing-key", "owner: test\n", "", "owner"),
    ("calendar-not-a-block", "  morning: {", "  noon: 12\n  morning: {", "block"),
    ("calendar-not-a-list", "  2026:\n", "  2025: 3\n  2026:\n", "list"),
    ("calendar-bad-date", "days: [2026-01-01]", "days: [2026-02-30]", "2026-02-30"),
    ("calendar-bad-date", "days: [2026-01-01]", "days: [2027-01-01]", "does not belong to 2026"),
    ("calendar-bad-date", "days: [2026-01-01]", "days: 2026-01-01", "list of days"),
    ("calendar-bad-date", "official_until: 2026-12-31", "official_until: 2020-12-31", "official_from"),
    ("calendar-duplicate-day", "days: [2026-01-01]", "days: [2026-01-01, 2026-01-01]", "already stands"),
    ("calendar-no-source", "name: new_year, source: code}", "name: new_year}", "no source"),
    ("calendar-no-source", "name: new_year, source: code}", "name: new_year, source: cod}", "cod"),
    ("calendar-no-source", "sources: [letter]", "sources: []", "no source"),
    ("calendar-unknown-name", "name: new_year, source", "name: newyear, source", "newyear"),
    ("calendar-bad-kind", 'days: [2026-01-01], is: "off"', "days: [2026-01-01], is: closed", "closed"),
    ("calendar-bad-session", "session: morning}", "session: evening}", "half day"),
    ("calendar-bad-session", 'from: "07:30"', 'from: "7.30"', "time of day"),
    ("calendar-bad-session", 'until: "11:30"', 'until: "14:30"', "overlap"),
    ("calendar-bad-week", "[mon, tue, wed, thu, fri]", "[]", "weekday"),
    ("calendar-bad-week", "[mon, tue, wed, thu, fri]", "[monday]", "weekday"),
    ("calendar-bad-cut-off", "minutes: 60", "minutes: -1", "whole number"),
    ("calendar-bad-zone", "Asia/Ho_Chi_Minh", "Asia/Bangkok", "Bangkok"),
    ("calendar-bad-certainty", "certainty: reported", "certainty: sure", "sure"),
    ("calendar-bad-text", "title: {vi: Lịch, en: Calendar}", "title: {vi: Lịch}", "both languages"),
    ("calendar-bad-choice", "default: working", "default: maybe", "options"),
]


@pytest.mark.parametrize(("code", "was", "becomes", "says"), REFUSALS)
def test_every_refusal(tmp_path: Path, code: str, was: str, becomes: str, says: str) -> None:
    assert GOOD.count(was) >= 1
    path = tmp_path / "calendar.yaml"
    path.write_text(GOOD.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(Unusable) as refused:
        load_calendar(path)
    found = [finding for finding in refused.value.findings if finding.code == code]
    assert found, [str(finding) for finding in refused.value.findings]
    assert any(says in finding.message for finding in found)
    assert all(finding.advice and finding.place.line for finding in found)


def test_all_findings_come_at_once_with_their_lines() -> None:
    with pytest.raises(Unusable) as refused:
        load_calendar(FIXTURES / "many_faults.yaml")
    found = {(finding.code, finding.place.line) for finding in refused.value.findings}
    assert {
        ("calendar-bad-zone", 5),
        ("calendar-unknown-name", 23),
        ("calendar-no-source", 24),
        ("calendar-bad-date", 24),
    } <= found


@pytest.mark.parametrize("text", ["", "[]", "3", "years: 3", "years: {2026: [3, [], null]}", "choices: {}"])
def test_what_is_no_calendar_at_all_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calendar.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Unusable):
        load_calendar(path)


@pytest.mark.parametrize("junk", ["3", "[]", "{}", "[[1], {a: b}]", "null", "text"])
@pytest.mark.parametrize("key", ["week", "sessions", "cut_off", "sources", "names", "choices", "years", "legal_basis"])
def test_junk_under_any_key_is_refused_or_read_never_a_crash(tmp_path: Path, key: str, junk: str) -> None:
    lines = GOOD.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    path = tmp_path / "calendar.yaml"
    path.write_text("\n".join([*lines[:start], f"{key}: {junk}", *lines[end:]]), encoding="utf-8")
    try:
        load_calendar(path)
    except Unusable as refused:
        assert refused.findings
