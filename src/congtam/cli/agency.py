"""Several scorecards over one agency as one table, one JSON, one CSV: each person once, with the legal score first."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from congtam.cli import exports, tables, terminal
from congtam.cli.asking import is_sample
from congtam.cli.told import of_card, show
from congtam.engine.explaining import words
from congtam.engine.explaining.formats import decimal, names
from congtam.engine.explaining.speech import known, seen_short
from congtam.engine.findings import Finding
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.agency import AgencyRun
from congtam.engine.scoring.grades import By
from congtam.engine.scoring.legal import Legal, LegalBy
from congtam.engine.scoring.run import Run
from congtam.engine.trace import as_json

LEGAL_CARD = Text(vi="Bảng pháp lý", en="Legal card")
INFORMATION = Text(vi="thông tin", en="information")
TO_SETTLE = Text(vi="Chờ người có thẩm quyền: bảng điểm pháp lý", en="For a person to decide: the legal scorecard")
WHY = {
    LegalBy.RULE: Text(vi="theo quy tắc", en="by rule"),
    LegalBy.DECISION: Text(vi="theo quyết định", en="by decision"),
    LegalBy.NONE: Text(vi="không có bảng điểm pháp lý", en="no legal scorecard"),
    LegalBy.SEVERAL: Text(vi="nhiều bảng điểm cùng là pháp lý", en="several legal scorecards"),
    LegalBy.KIND_CHANGED: Text(vi="đổi loại cán bộ trong kỳ", en="the kind of staff changed in the period"),
    LegalBy.RULE_CHANGED: Text(vi="quy tắc thay đổi trong kỳ", en="the rule changes in the period"),
    LegalBy.PLACE_UNKNOWN: Text(
        vi="bảng điểm của một địa phương hoặc cấp cơ quan, dữ liệu không cho biết có đúng nơi này không",
        en="a scorecard of a province or level of agency, and no record tells whether this is the place",
    ),
}
BY_FIRST_DAY = Text(vi="ngày đầu kỳ thuộc {}, chưa áp dụng", en="the first day is under {}, not applied")
WAITED_FOR = Text(vi="lãnh đạo chờ xếp loại này:", en="leaders wait for this grade:")
RECORD = Text(
    vi="Ghi quyết định vào decision.csv: matter legal_card, outcome là mã bộ quy tắc#bảng điểm (bảng pháp lý, đang có "
    "hiệu lực); hoặc thêm, bớt --card.",
    en="Record a decision in decision.csv: matter legal_card, outcome rulebook#scorecard (a legal one, in force); or "
    "add or drop a --card.",
)


BESIDE_STAR = Text(
    vi="* trong cột thông tin: máy đề xuất mức khác, chờ quyết định; chạy riêng bảng ấy để xem.",
    en="* in a column for information: the machine proposes another grade; run that card alone to see.",
)
SETTLED_ABOVE = (
    *("no-legal-card", "several-legal-cards", "staff-kind-changed"),
    *("rule-changed", "place-unknown"),
)  # these stand in the list of who waits for a person


def results(run: AgencyRun, lang: str) -> None:
    """The table of an agency by section, then what waits for people, limits per card, and what was told."""
    first = next(iter(run.runs.values()))
    if is_sample(first.facts):
        terminal.say(words.SAMPLE.in_(lang), style="bold reverse")
    agency = "One agency, several scorecards" if lang == "en" else "Một cơ quan, nhiều bảng điểm"
    terminal.heading(f"{agency} · {run.asked.period.title(lang)}")
    terminal.say(seen_short(first, lang))
    if run.asked.known_at is not None:
        terminal.say(known(first, lang))
    marks = _marks(run)
    for key, one in run.runs.items():
        _card(marks[key], key, one, run, lang)
    _people(run, marks, lang)
    _to_settle(run, marks, lang)
    _beside_proposals(run, lang)
    for key in run.runs:
        legal = run.legal_run(key)
        if legal.scores:
            tables.to_decide(legal, lang)
            tables.caps(legal, lang)
    show(list(_told(run)), lang)


def _marks(run: AgencyRun) -> dict[str, str]:
    """What each card is called in the table: [1], [2] …"""
    return {key: f"[{number}]" for number, key in enumerate(run.runs, start=1)}


def _card(mark: str, key: str, one: Run, run: AgencyRun, lang: str) -> None:
    legal = len(run.legal_run(key).scores)
    people = (
        f"{len(one.scores)} people, legal for {legal}"
        if lang == "en"
        else f"{len(one.scores)} người, pháp lý cho {legal}"
    )
    terminal.say(f"{mark} {one.card.model.title.in_(lang)} · {key} · {people}")
    if one.trial:
        terminal.say(words.TRIAL.in_(lang), indent=1, style="bold")
    if one.rulebook.head.notice:
        terminal.say(one.rulebook.head.notice.in_(lang), indent=1)


def _people(run: AgencyRun, marks: Mapping[str, str], lang: str) -> None:
    first = next(iter(run.runs.values()))
    told = names(first.facts)
    beside = [key for key in run.runs if any(key in one.beside for one in run.people.values())]
    headers = [
        tables.CODE.in_(lang),
        tables.NAME.in_(lang),
        LEGAL_CARD.in_(lang),
        tables.TOTAL.in_(lang),
        words.BEFORE_CAPS.in_(lang),
        *(f"{marks[key]} {INFORMATION.in_(lang)}" for key in beside),
    ]
    for unit, subjects in tables.sections([one.subject for one in run.people.values()], first):
        if unit:
            terminal.heading(told.get(("unit", unit), unit))
        rows = [
            [
                subject.code,
                told.get(("official", subject.code), ""),
                *_legal_cells(run, run.people[subject.code], marks, lang),
                *(_beside_cell(run, run.people[subject.code], key, lang) for key in beside),
            ]
            for subject in subjects
        ]
        terminal.table(headers, rows, right=(3,))


def _legal_cells(run: AgencyRun, one: Legal, marks: Mapping[str, str], lang: str) -> list[str]:
    """Which card, total and grade; a star where a person must say which card it is."""
    if one.card is None:
        return ["*", "–", words.BY[By.TO_DECIDE].in_(lang)]
    scored, score = run.runs[one.card], run.legal_score(one.subject.code)
    assert score is not None, "a legal card scores the person"
    decided = (" (decided)" if lang == "en" else " (QĐ)") if one.by is LegalBy.DECISION else ""
    return [marks[one.card] + decided, tables.total(scored, score, lang), tables.verdict(scored, score, lang)]


def _beside_cell(run: AgencyRun, one: Legal, key: str, lang: str) -> str:
    if key not in one.beside:
        return ""
    scored = run.runs[key]
    score = scored.scores[one.subject.code]
    return f"{tables.total(scored, score, lang)} · {tables.verdict(scored, score, lang)}"


def _beside_proposals(run: AgencyRun, lang: str) -> None:
    """What a star beside the legal score means: the list below it is of legal cards only."""
    beside = [run.runs[key].scores[code] for code, one in run.people.items() for key in one.beside]
    if any(tables.waits(score) for score in beside):
        terminal.say(BESIDE_STAR.in_(lang))


def _to_settle(run: AgencyRun, marks: Mapping[str, str], lang: str) -> None:
    """Everyone whose legal card a person must name, why, and which leaders wait for the grade."""
    told = names(next(iter(run.runs.values())).facts)
    open_ = [one for one in run.people.values() if one.card is None]
    if not open_:
        return
    terminal.heading(TO_SETTLE.in_(lang))
    for one in open_:
        code = one.subject.code
        kinds = " → ".join(_kind(kind, lang) for kind in one.kinds)
        who = f"{told.get(('official', code), '')} ({code})".strip()
        leaders = ", ".join(_waiting_for(run, code))
        waits = f"; {WAITED_FOR.in_(lang)} {leaders}" if leaders else ""
        terminal.say(f"* {who}, {kinds}: {_why(one, marks, lang)}{waits}")
    terminal.say(RECORD.in_(lang))


def _why(one: Legal, marks: Mapping[str, str], lang: str) -> str:
    """Why a person must name the legal card, and which ones the rule names."""
    why, named = WHY[one.by].in_(lang), ", ".join(marks[key] for key in one.candidates)
    if named and one.by is LegalBy.KIND_CHANGED:
        return f"{why}; {BY_FIRST_DAY.in_(lang).format(named)}"
    return f"{why}: {named}" if named else why


def _waiting_for(run: AgencyRun, code: str) -> list[str]:
    """The leaders whose legal score reads a grade that this person does not have yet."""
    return [
        leader
        for leader, one in run.people.items()
        if one.card is not None and (code, None) in run.runs[one.card].related[leader].below
    ]


def _kind(kind: str, lang: str) -> str:
    return words.STAFF_KINDS[kind].in_(lang) if kind in words.STAFF_KINDS else kind


def _told(run: AgencyRun) -> Iterator[Finding]:
    """What was told of records, once though several cards read them; who has no legal card stands in a list above."""
    yield from (one for one in run.findings if one.code not in SETTLED_ABOVE)
    seen: dict[Finding, None] = {}
    for one in run.runs.values():
        seen |= dict.fromkeys(of_card(one))
    yield from seen


# -- files


def as_plain(run: AgencyRun) -> dict[str, Any]:
    """An agency's run as plain JSON: each person's legal card, and each card's whole run."""
    return {
        "period": run.asked.period.label,
        "people": [_person(code, one) for code, one in run.people.items()],
        "runs": {key: exports.run_json(scored, of_card(scored)) for key, scored in run.runs.items()},
        "findings": [str(finding) for finding in run.findings],
    }


def _person(code: str, one: Legal) -> dict[str, Any]:
    return {
        "official": code,
        "unit": one.subject.unit,
        "staff_kind": list(one.kinds),
        "legal": one.card,
        "by": one.by.value,
        "candidates": list(one.candidates),
        "beside": list(one.beside),
        "decision": as_json(one.decision) if one.decision else None,
    }


def as_csv(run: AgencyRun, lang: str) -> str:
    """A row per person: the legal score, then every other beside it; then what each card was computed from."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if is_sample(next(iter(run.runs.values())).facts):
        writer.writerow([words.SAMPLE.in_(lang)])
    writer.writerows(_rows(run, lang))
    for key, one in run.runs.items():
        writer.writerow([])
        writer.writerow([f"{_marks(run)[key]} {key}"])
        writer.writerows(exports.computed_from(one, lang))
    return out.getvalue()


def _rows(run: AgencyRun, lang: str) -> Iterator[list[Any]]:
    told, marks = names(next(iter(run.runs.values())).facts), _marks(run)
    beside = [key for key in run.runs if any(key in one.beside for one in run.people.values())]
    vi = ["Mã", "Họ và tên", "Đơn vị", "Loại cán bộ", "Bảng điểm pháp lý", "Căn cứ chọn bảng"]
    en = ["Code", "Name", "Unit", "Kind of staff", "Legal scorecard", "Chosen by"]
    total, grade, waiting = tables.TOTAL.in_(lang), words.BEFORE_CAPS.in_(lang), exports.WAITING.in_(lang)
    extra = [f"{marks[key]} {text} ({INFORMATION.in_(lang)})" for key in beside for text in (total, grade, waiting)]
    yield [*(en if lang == "en" else vi), total, grade, waiting, *extra]
    for code, one in run.people.items():
        yield [
            code,
            told.get(("official", code), ""),
            told.get(("unit", one.subject.unit or ""), one.subject.unit or ""),
            " → ".join(_kind(kind, lang) for kind in one.kinds),
            one.card or "",
            WHY[one.by].in_(lang) + (f" {one.decision.number}" if one.decision and one.by is LegalBy.DECISION else ""),
            *_csv_cells(run, code, one.card, lang),
            *(cell for key in beside for cell in _csv_cells(run, code, key if key in one.beside else None, lang)),
        ]


def _csv_cells(run: AgencyRun, code: str, key: str | None, lang: str) -> list[str]:
    if key is None:
        return ["", "", ""]
    scored = run.runs[key]
    score = scored.scores[code]
    total = "" if score.total is None else decimal(score.total, 2, lang)
    return [total, tables.standing(scored, score, lang), exports.waiting(scored, score, lang)]
