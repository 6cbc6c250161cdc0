"""The report of a simulated month: as Markdown for people, as JSON for programs."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from congtam.engine.rulebook.model import Text
from congtam.simulate.desk import traces
from congtam.simulate.desk.month import Lived
from congtam.simulate.desk.office import CLERK, LEADER
from congtam.simulate.desk.traces import TRACES, Figure
from congtam.simulate.desk.typing import (
    CHARACTERS_A_MINUTE,
    SECONDS_A_CHOICE,
    TARGET,
    Filled,
    PerForm,
    Spread,
    per_form,
    spread,
    weeks,
)

SIGNING_IN = "dang-nhap"
WHO = {
    "everybody": Text(vi="mọi người", en="everybody"),
    "officials": Text(vi="công chức, viên chức", en="officials"),
    "heads": Text(vi="người đứng đầu phòng", en="heads of sections"),
    "leader": Text(vi="lãnh đạo cơ quan", en="the leader"),
    "registrar": Text(vi="văn thư", en="the registrar"),
    "signing_in": Text(vi="riêng việc đăng nhập, không tính ở trên", en="signing in alone, not counted above"),
}
TRACE = {
    "yes": Text(vi="có", en="yes"),
    "partly": Text(vi="thiếu một phần", en="partly missing"),
    "nothing": Text(vi="không phát sinh", en="nothing arose"),
    "person": Text(vi="chỉ người chấm mới cho được", en="only a person can give it"),
}


@dataclass(frozen=True)
class Report:
    """Everything that is told of a simulated month. `typing`: by group of people, without signing in, which is told
    apart; `deeds`: of each kind done, refused by the page, without a trace."""

    people: int
    first: date
    until: date
    seed: int
    forms_sent: int
    typing: dict[str, Spread]
    forms: list[PerForm]
    figures: list[Figure]
    work: dict[str, int]
    deeds: dict[str, tuple[int, int, int]]
    complaints: list[str]
    impossible: list[str]
    broken: list[str]
    uncaused: list[str]
    compared: int
    differing: int


def report(lived: Lived) -> Report:
    """What came of a simulated month, as the site stands after it."""
    log, members = lived.log, lived.office.members
    filled = [one for member in members.values() for one in member.browser.filled]
    lost = traces.without_trace(log)
    return Report(
        lived.plan.people,
        lived.plan.first,
        lived.plan.until,
        lived.plan.seed,
        len(filled),
        _typing(lived, filled),
        per_form(filled),
        traces.figures(lived.plan.period, lived.now),
        dict(sorted(traces.kinds_of_work().items())),
        {
            act: (
                sum(one.act == act and one.done for one in log.deeds),
                sum(one.act == act and not one.done for one in log.deeds),
                sum(one.act == act for one in lost),
            )
            for act in sorted({one.act for one in log.deeds} | set(TRACES))
        },
        sorted({f"{one.act}: {'; '.join(one.complaints)}" for one in log.deeds if not one.done}),
        [f"{act}: {why} ({times})" for (act, why), times in sorted(log.impossible.items())],
        log.broken,
        [f"{one.kind} {one.item} {one.at:%Y-%m-%d %H:%M}" for one in traces.without_cause(lived.now)],
        lived.compared,
        lived.differing,
    )


def _typing(lived: Lived, filled: Sequence[Filled]) -> dict[str, Spread]:
    """Minutes a week by group of people; of whole weeks, when there is one."""
    mondays = sorted({day - timedelta(days=day.weekday()) for day in lived.working_days})
    whole = [one for one in mondays if sum(one <= day < one + timedelta(days=7) for day in lived.working_days) >= 5]
    members = lived.office.members
    heads = [one.code for one in lived.office.heads]
    rest = [code for code in members if code not in heads and code not in (LEADER, CLERK)]
    groups = {"everybody": [*members], "officials": rest, "heads": heads, "leader": [LEADER], "registrar": [CLERK]}
    work = [one for one in filled if one.form != SIGNING_IN]
    told = {name: _spread(work, codes, whole or mondays) for name, codes in groups.items()}
    signing = [one for one in filled if one.form == SIGNING_IN]
    return told | {"signing_in": _spread(signing, [*members], whole or mondays)}


def _spread(filled: Sequence[Filled], codes: Sequence[str], mondays: Sequence[date]) -> Spread:
    known = set(codes)
    own = [one for one in filled if one.person in known]
    return spread(one.minutes for one in weeks(own, codes, mondays))


def as_json(told: Report) -> dict[str, Any]:
    """The report as plain values."""
    plain = asdict(told)
    plain["first"], plain["until"] = told.first.isoformat(), told.until.isoformat()
    for row, figure in zip(plain["figures"], told.figures, strict=True):
        row |= {"trace": figure.trace, "title": {"vi": figure.title.vi, "en": figure.title.en}}
    return plain


def as_markdown(told: Report, lang: str) -> str:
    """The report as a page."""
    return "\n".join(_lines(told, lang)) + "\n"


def _lines(told: Report, lang: str) -> Iterator[str]:
    def t(vi: str, en: str) -> str:
        return en if lang == "en" else vi

    last = told.until - timedelta(days=1)
    yield t("# Một tháng ở bàn việc, văn phòng mô phỏng", "# A month at the work desk, simulated office")
    yield ""
    yield t(
        f"{told.people} người, {told.first:%d/%m/%Y}–{last:%d/%m/%Y}, số gieo {told.seed}; {told.forms_sent} biểu mẫu "
        "đã gửi qua trang, không gọi thẳng hành động nào. Mọi người và mọi việc là hư cấu (DỮ LIỆU MẪU).",
        f"{told.people} people, {told.first:%d/%m/%Y} to {last:%d/%m/%Y}, seed {told.seed}; {told.forms_sent} forms "
        "sent through the pages, no action called directly. Everybody and everything is invented.",
    )
    yield ""
    yield t("Công việc theo loại: ", "Work by kind: ") + ", ".join(
        f"{kind or '?'} {n}" for kind, n in told.work.items()
    )
    yield from _of_typing(told, t)
    yield from _of_figures(told, lang, t)
    yield from _of_deeds(told, t)


def _of_typing(told: Report, t: Any) -> Iterator[str]:
    yield ""
    yield t("## Thời gian gõ, phút mỗi tuần", "## Typing, minutes a week")
    yield ""
    yield t(
        f"Giả định, không phải đo: {CHARACTERS_A_MINUTE} ký tự mỗi phút, {SECONDS_A_CHOICE:g} giây mỗi lần chọn hoặc "
        f"bấm; không tính đọc và nghĩ. Mục tiêu: {TARGET:g} phút.",
        f"Assumed, not measured: {CHARACTERS_A_MINUTE} characters a minute, {SECONDS_A_CHOICE:g} seconds a choice or "
        f"button; reading and thinking left out. Target: {TARGET:g} minutes.",
    )
    yield ""
    yield t(
        "| Ai | Trung vị | 9 trong 10 | Nhiều nhất | Tuần vượt |", "| Who | Median | Nine in ten | Most | Weeks over |"
    )
    yield "|---|---:|---:|---:|---:|"
    for name, one in told.typing.items():
        who = t(WHO[name].vi, WHO[name].en)
        yield f"| {who} | {one.median:.1f} | {one.p90:.1f} | {one.most:.1f} | {one.over}/{one.count} |"
    yield ""
    yield t("| Biểu mẫu | Lần gửi | Ký tự | Lần chọn | Giây |", "| Form | Sent | Characters | Choices | Seconds |")
    yield "|---|---:|---:|---:|---:|"
    for form in told.forms:
        yield f"| {form.form} | {form.sent} | {form.characters:.0f} | {form.choices:.1f} | {form.seconds:.0f} |"


def _of_figures(told: Report, lang: str, t: Any) -> Iterator[str]:
    yield ""
    yield t("## Dấu vết của từng chỉ số", "## The trace of each indicator")
    yield ""
    yield t(
        "Của những người có việc trong tháng. n: số dòng được tính; chưa rõ: số dòng thiếu giá trị.",
        "Of those who had work in the month. n: rows counted; unknown: rows a value was missing for.",
    )
    for card in dict.fromkeys(one.card for one in told.figures):
        yield ""
        yield f"### {card}"
        yield ""
        yield t(
            "| Chỉ số | Có dấu vết | Người | Có số liệu | Không phát sinh | Thiếu | n | Chưa rõ |",
            "| Indicator | Trace | People | Value | Nothing arose | Missing | n | Unknown |",
        )
        yield "|---|---|---:|---:|---:|---:|---:|---:|"
        for one in (figure for figure in told.figures if figure.card == card):
            yield (
                f"| {one.title.in_(lang)} | {TRACE[one.trace].in_(lang)} | {one.people} | {one.value} | {one.nothing} "
                f"| {one.missing} | {one.n} | {one.n_unknown} |"
            )


def _of_deeds(told: Report, t: Any) -> Iterator[str]:
    yield ""
    yield t("## Mỗi việc làm để lại gì", "## What each deed left behind")
    yield ""
    yield t(
        f"Điểm trực tiếp và lần tính đủ: so {told.compared}, khác {told.differing}. "
        f"Lỗi không có nguyên nhân: {len(told.uncaused)}. Trang bị lỗi: {len(told.broken)}.",
        f"Live scores against the full run: {told.compared} compared, {told.differing} differ. "
        f"Faults without a cause: {len(told.uncaused)}. Pages that failed: {len(told.broken)}.",
    )
    yield ""
    yield t("| Việc | Đã làm | Trang từ chối | Không có dấu vết |", "| Deed | Done | Refused | Without trace |")
    yield "|---|---:|---:|---:|"
    for act, (done, refused, lost) in told.deeds.items():
        yield f"| {act} | {done} | {refused} | {lost} |"
    for title, lines in (
        (t("Trang đã từ chối vì", "The pages refused because"), told.complaints),
        (t("Không làm được vì trang không có", "Not possible, as no page offers it"), told.impossible),
        (t("Lỗi không có nguyên nhân", "Faults without a cause"), told.uncaused),
        (t("Trang bị lỗi", "Pages that failed"), [one.strip().splitlines()[-1] for one in told.broken]),
    ):
        if lines:
            yield ""
            yield f"### {title}"
            yield ""
            yield from (f"- {line}" for line in lines)
