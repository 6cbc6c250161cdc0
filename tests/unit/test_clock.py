"""The clock: one test for each thing that may move a due instant, and for each that may not."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import congtam
from congtam.engine.calendars import load_calendar
from congtam.engine.clock import ClockEvent, ClockRule, Ledger, render, replay, run_clock
from congtam.engine.clock_texts import MESSAGES
from congtam.engine.findings import Unusable
from congtam.engine.periods import VIETNAM

SHIPPED = Path(congtam.__file__).parent / "rulebooks/vn/national/calendar/calendar.yaml"
CALENDAR = load_calendar(SHIPPED).as_known()
TITLE = {"vi": "Đồng hồ", "en": "Clock"}


def at(text: str) -> datetime:
    """An instant written as people in Vietnam write it: 2026-08-20 09:00."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM).astimezone(UTC)


def rule(**fields: Any) -> ClockRule:
    return ClockRule(**{"id": "test", "title": TITLE, "unit": "working_days", "budget": 5, **fields})


def event(when: str, kind: Any, seq: int = 0, to: str | None = None, **fields: Any) -> ClockEvent:
    return ClockEvent(at(when), kind, seq, at(to) if to else None, **fields)


def run(start: str, *events: ClockEvent, using: ClockRule | None = None, **fields: Any) -> Ledger:
    return run_clock(using or rule(), at(start), fields.pop("calendar", CALENDAR), events=events, **fields)


def due(ledger: Ledger) -> str:
    return f"{ledger.due_at.astimezone(VIETNAM):%Y-%m-%d %H:%M}"


def messages(ledger: Ledger) -> list[str]:
    return [entry.message for entry in ledger.entries]


@pytest.mark.parametrize(
    ("unit", "budget", "start", "expected"),
    [
        ("working_days", 5, "2026-08-20 09:00", "2026-08-26 17:00"),
        ("working_days", 0, "2026-08-20 09:00", "2026-08-20 17:00"),
        ("working_days", 1, "2026-08-23 09:00", "2026-08-24 17:00"),
        ("hours", 8, "2026-08-20 09:00", "2026-08-21 09:00"),
        ("hours", 2, "2026-08-20 16:00", "2026-08-21 08:30"),
        ("calendar_days", 3, "2026-08-24 09:00", "2026-08-27 17:00"),
        ("calendar_days", 7, "2026-08-24 09:00", "2026-09-03 17:00"),  # 31/08 and 1–2/09 are off
        ("months", 1, "2026-01-30 09:00", "2026-03-02 17:00"),  # 28/02 is a Saturday
        ("months", 1, "2025-12-31 09:00", "2026-02-02 17:00"),  # 31/01 is a Saturday
    ],
)
def test_a_budget_in_each_unit(unit: str, budget: int, start: str, expected: str) -> None:
    assert due(run(start, using=rule(unit=unit, budget=budget))) == expected


def test_a_last_day_off_may_stay() -> None:
    stays = rule(unit="calendar_days", budget=7, last_day_off="stays")
    assert due(run("2026-08-24 09:00", using=stays)) == "2026-08-31 17:00"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-08-20 15:59", "2026-08-26 17:00"),
        ("2026-08-20 16:00", "2026-08-27 17:00"),
        ("2026-08-20 20:00", "2026-08-27 17:00"),
        ("2026-08-21 06:00", "2026-08-27 17:00"),
        ("2026-08-21 12:00", "2026-08-27 17:00"),
        ("2026-08-23 10:00", "2026-09-03 17:00"),  # 31/08–02/09 are off
    ],
)
def test_the_last_hour_starts_the_next_working_day(start: str, expected: str) -> None:
    ledger = run(start, using=rule(cut_off="last_hour_next_day"))
    assert due(ledger) == expected


def test_the_item_brings_the_budget_where_the_rule_has_none() -> None:
    assert due(run("2026-08-20 09:00", using=rule(budget=None), budget=1)) == "2026-08-21 17:00"
    assert due(run("2026-08-20 09:00", using=rule(budget=9), budget=1)) == "2026-08-21 17:00"


def test_a_pause_gives_back_its_working_days() -> None:
    ledger = run("2026-08-03 09:00", event("2026-08-05 10:00", "paused"), event("2026-08-07 10:00", "resumed"))
    assert due(ledger) == "2026-08-12 17:00"
    assert ledger.waiting_minutes == 2 * 480
    assert messages(ledger) == ["received", "paused", "resumed"]


def test_a_pause_over_a_weekend_gives_back_only_what_was_lost() -> None:
    friday_to_sunday = (event("2026-08-07 16:00", "paused"), event("2026-08-09 10:00", "resumed"))
    assert due(run("2026-08-03 09:00", *friday_to_sunday)) == "2026-08-10 17:00"


def test_a_pause_in_hours_gives_back_its_minutes() -> None:
    stops = (event("2026-08-03 10:00", "paused"), event("2026-08-03 10:45", "resumed"))
    assert due(run("2026-08-03 09:00", *stops, using=rule(unit="hours", budget=8))) == "2026-08-04 09:45"


def test_a_pause_in_calendar_days_gives_back_days() -> None:
    stops = (event("2026-08-03 10:00", "paused"), event("2026-08-05 10:00", "resumed"))
    assert due(run("2026-08-03 09:00", *stops, using=rule(unit="calendar_days"))) == "2026-08-10 17:00"


def test_stops_that_overlap_count_once() -> None:
    ledger = run(
        "2026-08-03 09:00",
        event("2026-08-04 10:00", "paused"),
        event("2026-08-04 10:00", "paused", 1),
        event("2026-08-05 10:00", "requested"),
        event("2026-08-06 10:00", "resumed"),
        event("2026-08-07 10:00", "supplied"),
        event("2026-08-07 11:00", "supplied"),
    )
    assert due(ledger) == "2026-08-13 17:00"
    assert messages(ledger)[2:] == ["stands_already", "requested", "stands_still", "resumed", "stands_not"]


def test_a_supplement_is_subtracted_or_starts_afresh() -> None:
    wait = (event("2026-08-05 10:00", "requested"), event("2026-08-07 10:00", "supplied"))
    assert due(run("2026-08-03 09:00", *wait, using=rule(supplement="subtract"))) == "2026-08-12 17:00"
    ledger = run("2026-08-03 09:00", *wait, using=rule(supplement="restart"))
    assert (due(ledger), ledger.requests, messages(ledger)[-1]) == ("2026-08-14 17:00", 1, "restarted")


def test_a_given_due_instant_starts_afresh_with_its_own_length() -> None:
    wait = (event("2026-08-04 09:00", "requested"), event("2026-08-05 09:00", "supplied"))
    given = {"given_due": at("2026-08-06 09:00"), "using": rule(budget=None, supplement="restart")}
    assert due(run("2026-08-03 09:00", *wait, **given)) == "2026-08-10 09:00"


def test_a_fresh_start_never_takes_away_an_extension() -> None:
    ledger = run(
        "2026-08-03 09:00",
        event("2026-08-04 09:00", "extended", to="2026-08-28 17:00"),
        event("2026-08-05 09:00", "requested"),
        event("2026-08-06 09:00", "supplied"),
        using=rule(supplement="restart"),
    )
    assert due(ledger) == "2026-09-03 17:00"  # a day of waiting after 28/08
    assert messages(ledger)[-1] == "resumed"


@pytest.mark.parametrize(("policy", "flagged"), [("overdue", True), ("ignored", False)])
def test_a_request_too_many_does_not_stop_the_clock(policy: str, flagged: bool) -> None:
    ledger = run(
        "2026-08-03 09:00",
        event("2026-08-04 10:00", "requested"),
        event("2026-08-05 10:00", "supplied"),
        event("2026-08-06 10:00", "requested"),
        event("2026-08-10 10:00", "supplied"),
        using=rule(max_requests=1, over_limit=policy),
    )
    assert (due(ledger), ledger.over_limit, ledger.requests) == ("2026-08-11 17:00", flagged, 2)
    assert f"over_limit_{policy}" in messages(ledger)


def test_a_supplement_that_stays_away_lets_the_dossier_be_closed() -> None:
    late = (event("2026-08-04 10:00", "requested"), event("2026-08-31 10:00", "supplied"))
    ledger = run("2026-08-03 09:00", *late, using=rule(supplement_reply_days=15))
    assert ledger.may_close_from == at("2026-08-24 17:00")
    assert "reply_late" in messages(ledger)
    waiting = run("2026-08-03 09:00", late[0], using=rule(supplement_reply_days=15), as_of=at("2026-08-25 08:00"))
    assert waiting.may_close_from == at("2026-08-24 17:00")
    assert run("2026-08-03 09:00", late[0], using=rule(supplement_reply_days=15)).may_close_from is None


def test_a_given_due_instant_moves_by_the_time_the_clock_stood() -> None:
    stops = (event("2026-08-04 09:00", "paused"), event("2026-08-04 10:30", "resumed"))
    ledger = run("2026-08-03 09:00", *stops, given_due=at("2026-08-06 16:00"), using=rule(budget=None))
    assert due(ledger) == "2026-08-07 08:00"


def test_what_comes_after_the_due_instant_moves_nothing() -> None:
    ledger = run(
        "2026-08-03 09:00",
        event("2026-08-11 10:00", "paused"),
        event("2026-08-12 10:00", "resumed"),
        event("2026-08-12 10:00", "requested", 1),
        event("2026-08-13 10:00", "supplied"),
        event("2026-08-13 10:00", "extended", 1, to="2026-08-20 17:00"),
        event("2026-08-13 10:00", "extended", 2, to="2026-08-20 17:00", authority="Giám đốc"),
        event("2026-08-13 10:00", "extended", 3, to="2026-08-20 17:00", decision="12/QĐ"),
    )
    assert due(ledger) == "2026-08-10 17:00"
    assert (ledger.late_extensions, ledger.extensions, ledger.waiting_minutes) == (3, 0, 0)
    assert messages(ledger)[-1] == "extension_late"
    assert ledger.passed(at("2026-08-14 00:00")) == (at("2026-08-10 17:00"),)


def test_a_late_extension_by_a_named_authority_moves_and_is_counted() -> None:
    signed = {"to": "2026-08-20 17:00", "authority": "Giám đốc Sở", "decision": "12/QĐ-SKHCN"}
    ledger = run("2026-08-03 09:00", event("2026-08-13 10:00", "extended", **signed))
    assert (due(ledger), ledger.extensions, ledger.late_extensions) == ("2026-08-20 17:00", 1, 1)
    assert ledger.passed(at("2026-08-21 00:00")) == (at("2026-08-10 17:00"), at("2026-08-20 17:00"))
    assert "12/QĐ-SKHCN của Giám đốc Sở" in render(ledger, "vi")[-1]
    never = rule(extension_after_expiry="never")
    refused = run("2026-08-03 09:00", event("2026-08-13 10:00", "extended", **signed), using=never)
    assert (due(refused), messages(refused)[-1]) == ("2026-08-10 17:00", "extension_never")


def test_an_extension_in_time_moves_and_the_old_due_instant_never_passed() -> None:
    ledger = run("2026-08-03 09:00", event("2026-08-10 17:00", "extended", to="2026-08-20 17:00"))
    assert (due(ledger), ledger.extensions, ledger.late_extensions) == ("2026-08-20 17:00", 1, 0)
    assert ledger.passed(at("2026-08-20 17:00")) == ()


@pytest.mark.parametrize(
    ("to", "expected", "message"),
    [
        ("2026-08-06 17:00", "2026-08-06 17:00", "brought_forward"),
        ("2026-08-04 17:00", "2026-08-10 17:00", "extension_past"),
        (None, "2026-08-10 17:00", "extension_blank"),
    ],
)
def test_an_extension_may_shorten_but_not_into_the_past(to: str | None, expected: str, message: str) -> None:
    ledger = run("2026-08-03 09:00", event("2026-08-05 10:00", "extended", to=to))
    assert (due(ledger), messages(ledger)[-1]) == (expected, message)


def test_extensions_over_the_limit_move_nothing() -> None:
    ledger = run(
        "2026-08-03 09:00",
        event("2026-08-05 10:00", "extended", to="2026-08-12 17:00"),
        event("2026-08-06 10:00", "extended", to="2026-08-20 17:00"),
        using=rule(max_extensions=1),
    )
    assert (due(ledger), messages(ledger)[-1]) == ("2026-08-12 17:00", "extension_too_many")
    assert ledger.entries[-1].rule == "test: max_extensions = 1"


def test_an_extension_during_a_stop_holds_and_only_the_rest_of_the_stop_moves_it() -> None:
    ledger = run(
        "2026-08-03 09:00",
        event("2026-08-04 09:00", "paused"),
        event("2026-08-12 09:00", "extended", to="2026-08-14 16:00"),
        event("2026-08-12 10:00", "resumed"),
    )
    assert (due(ledger), ledger.late_extensions) == ("2026-08-14 17:00", 0)


def test_the_due_instant_is_not_reached_while_the_clock_stands() -> None:
    ledger = run("2026-08-03 09:00", event("2026-08-05 10:00", "paused"), as_of=at("2026-08-14 10:00"))
    assert due(ledger) == "2026-08-19 17:00"
    assert messages(ledger)[-1] == "standing"
    assert ledger.passed(at("2026-12-01 00:00")) == ()


def test_what_happens_after_the_instant_of_view_is_not_seen() -> None:
    later = event("2026-08-07 10:00", "extended", to="2026-08-20 17:00")
    assert due(run("2026-08-03 09:00", later, as_of=at("2026-08-06 00:00"))) == "2026-08-10 17:00"


def test_past_the_official_calendar_a_due_instant_is_provisional() -> None:
    ledger = run("2026-12-29 09:00")
    assert ledger.provisional
    assert ledger.entries[-1].text["vi"] == "tạm tính, chưa có lịch chính thức"
    assert ledger.entries[-1].text["en"] == "provisional: no official calendar yet"
    assert not run("2026-08-20 09:00").provisional
    assert run("2031-05-05 09:00").provisional


def test_a_swap_announced_later_is_not_seen_by_an_earlier_clock() -> None:
    before = load_calendar(SHIPPED).as_known(at("2025-12-20 00:00"))
    assert due(run("2026-01-07 09:00", using=rule(budget=3), calendar=before)) == "2026-01-12 17:00"
    assert due(run("2026-01-07 09:00", using=rule(budget=3))) == "2026-01-10 17:00"


def test_lines_for_people() -> None:
    ledger = run("2026-08-20 09:00")
    assert render(ledger, "vi") == [
        "20/08/2026 09:00 nhận; 5 ngày làm việc → hạn 17:00 26/08/2026 (bỏ qua hoặc làm bù: "
        "22/08/2026 làm việc: Làm bù ngày nghỉ hoán đổi (Thông báo nghỉ Quốc khánh 2026 (chưa rõ số văn bản)); "
        "ngày cuối tuần: 1) [test: unit = working_days]"
    ]
    assert render(ledger, "en")[0].startswith("20/08/2026 09:00 received; 5 working days → due 17:00 26/08/2026")


def test_a_long_term_lists_only_the_first_days_it_skips() -> None:
    (line, _) = render(run("2026-01-05 09:00", using=rule(budget=260)), "vi")
    assert "…; ngày cuối tuần: 1" in line


def test_a_decision_is_shown_beside_its_step() -> None:
    moved = event("2026-08-05 10:00", "extended", to="2026-08-12 17:00", decision="7/QĐ")
    ledger = run("2026-08-03 09:00", moved)
    assert "(quyết định 7/QĐ)" in render(ledger, "vi")[-1]
    assert "(decision 7/QĐ)" in render(ledger, "en")[-1]


def test_the_digest_follows_the_meaning_not_the_wording() -> None:
    first = run("2026-08-20 09:00")
    assert replay(first) == first
    assert replay(first).digest == first.digest
    assert run("2026-08-20 09:00", using=rule(title={"vi": "khác", "en": "other"})).digest == first.digest
    assert run("2026-08-20 09:01").digest != first.digest


def test_no_late_item_is_called_names() -> None:
    told = " ".join(text for message in MESSAGES.values() for text in message.values()).lower()
    assert not any(word in told for word in ("vi phạm", "phạt", "kém", "violation", "penal"))


@pytest.mark.parametrize(
    ("code", "make"),
    [
        ("clock-bad-rule", lambda: rule(unit="days")),
        ("clock-bad-rule", lambda: rule(supplement="restrat")),
        ("clock-bad-rule", lambda: rule(max_requests=-1)),
        ("clock-no-budget", lambda: run("2026-08-20 09:00", using=rule(budget=None))),
        ("clock-bad-budget", lambda: run("2026-08-20 09:00", budget=-1)),
        ("clock-bad-budget", lambda: run("2026-08-20 09:00", budget=10**6)),
        ("clock-bad-event", lambda: run("2026-08-20 09:00", event("2026-08-21 09:00", "stopped"))),
        ("clock-bad-instant", lambda: run_clock(rule(), datetime(2026, 8, 20), CALENDAR)),  # noqa: DTZ001
        ("clock-bad-instant", lambda: run("2026-08-20 09:00", given_due=datetime.max.replace(tzinfo=UTC))),
    ],
)
def test_every_refusal_says_what_to_do(code: str, make: Any) -> None:
    with pytest.raises(Unusable) as refused:
        make()
    (finding,) = refused.value.findings
    assert finding.code == code
    assert finding.advice
