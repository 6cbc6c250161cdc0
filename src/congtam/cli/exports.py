"""Results that leave as files: CSV that Excel opens right, and JSON. Each says what it was computed from."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from congtam.cli.asking import is_sample
from congtam.cli.tables import WAITING as UNDECIDED
from congtam.cli.tables import size
from congtam.cli.told import of_card_alone
from congtam.engine.explaining import words
from congtam.engine.explaining.formats import decimal, figure, moment, names, scaled
from congtam.engine.explaining.speech import grade_title, known
from congtam.engine.findings import Finding, unusable
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.subject import Score
from congtam.engine.scoring.tree import PartScore
from congtam.engine.states import State
from congtam.engine.trace import as_json, header

WAITING = Text(vi="Máy đề xuất, chờ quyết định", en="Proposed by the machine, to be decided")


def run_json(run: Run, findings: Iterable[Finding] | None = None) -> dict[str, Any]:
    """A run as plain JSON: header, scores with parts and figures, caps, `findings` (None: those of a card asked alone).
    Points in whole millionths."""
    made = as_json(header(run))
    return {
        "sample": is_sample(run.facts),
        "notice": as_json(run.rulebook.head.notice) if run.rulebook.head.notice else None,
        "known_at": made["known_at"],
        "header": made,
        "scores": [_score(run, score) for score in run.scores.values()],
        "caps": as_json(run.caps),
        "findings": [str(finding) for finding in (of_card_alone(run) if findings is None else findings)],
    }


def _score(run: Run, score: Score) -> dict[str, Any]:
    if run.card.model.by:
        return {
            "subject": score.subject.code,
            "group": list(score.subject.group or ()),
            "n": size(score),
            "indicators": _figures(run, score),
        }
    return {
        "subject": score.subject.code,
        "role": score.subject.role,
        "unit": score.subject.unit,
        "total": score.total,
        "lowest": score.lowest,
        "highest": score.highest,
        "items": score.n_items,
        "graded": as_json(score.graded),
        "parts": [_part(part) for part in score.parts],
        "indicators": _figures(run, score),
        "months": [list(month) for month in score.months],
    }


def _figures(run: Run, score: Score) -> dict[str, Any]:
    return {
        name: {
            "state": one.state.value,
            "value": str(one.value) if one.value is not None else None,
            "top": one.top,
            "bottom": one.bottom,
            "top_scale": one.top_scale,
            "bottom_scale": one.bottom_scale,
            "n": one.n,
            "n_unknown": one.n_unknown,
            "n_pending": one.n_pending,
            "certainty": run.rulebook.indicators[name].certainty.value,
        }
        for name, one in score.measured.items()
    }


def _part(part: PartScore) -> dict[str, Any]:
    return {
        "id": part.id,
        "state": part.state.value,
        "points": part.points,
        "maximum": part.maximum,
        "lost": part.lost,
        "parts": [_part(child) for child in part.parts],
    }


def write(run: Run, path: Path, lang: str = "vi") -> None:
    """Write a run as .csv or .json, whole or not at all. Raises `Unusable` for another ending."""
    write_text(path, lambda: run_json(run), lambda: _csv(run, lang))


def write_text(path: Path, as_plain: Callable[[], Any], as_csv: Callable[[], str]) -> None:
    """Write results in the form the ending names. Raises `Unusable` for another ending."""
    if path.suffix == ".json":
        text = json.dumps(as_plain(), ensure_ascii=False, indent=2) + "\n"
    elif path.suffix == ".csv":
        text = "\ufeff" + as_csv()
    else:
        raise unusable("bad-ending", f"{path.name}: results are written as .csv or .json", "choose one of the two")
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _csv(run: Run, lang: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if is_sample(run.facts):
        writer.writerow([words.SAMPLE.in_(lang)])
    writer.writerows(_group_rows(run, lang) if run.card.model.by else _score_rows(run, lang))
    writer.writerow([])
    writer.writerows(computed_from(run, lang))
    return out.getvalue()


def _score_rows(run: Run, lang: str) -> Iterator[list[Any]]:
    """A heading, then one row per subject: points by part, total, grade, and where the grade comes from."""
    told = names(run.facts)
    kind = "unit" if run.card.model.subject == "unit" else "official"
    titles = {part.id: part.title for score in run.scores.values() for part in score.parts}
    vi, en = ["Mã", "Họ và tên", "Đơn vị"], ["Code", "Name", "Unit"]
    total, by = ("Total", "Grade given") if lang == "en" else ("Tổng", "Căn cứ xếp loại")
    items = "Items" if lang == "en" else "Số việc"
    parts = [text.in_(lang) for text in titles.values()]
    yield [*(en if lang == "en" else vi), *parts, total, words.BEFORE_CAPS.in_(lang), by, WAITING.in_(lang), items]
    for score in run.scores.values():
        subject, graded = score.subject, score.graded
        yield [
            subject.code,
            told.get((kind, subject.code), ""),
            told.get(("unit", subject.unit or ""), subject.unit or ""),
            *(_points(part.points if (part := score.part(one)) else None, lang) for one in titles),
            _points(score.total, lang),
            grade_title(run, graded.grade, lang) if graded.grade else "",
            words.BY[graded.by].in_(lang),
            waiting(run, score, lang),
            score.n_items,
        ]


def waiting(run: Run, score: Score, lang: str) -> str:
    """The grades the machine proposed and a person has not decided on, each with its reason; empty when none."""
    open_ = [one for one in score.graded.proposals if one.state in UNDECIDED]
    return "; ".join(f"{grade_title(run, one.propose, lang)} ({one.title.in_(lang)})" for one in open_)


def _group_rows(run: Run, lang: str) -> Iterator[list[Any]]:
    """A heading, then one row per group: each figure with numerator, denominator and the rows it stands on."""
    told, wanted = names(run.facts), run.card.model.information
    top, bottom = ("numerator", "denominator") if lang == "en" else ("tử số", "mẫu số")
    heading = ["Broken down by", "Value", "n"] if lang == "en" else ["Phân theo", "Giá trị", "n"]
    for name in wanted:
        title = run.rulebook.indicators[name].model.title.in_(lang)
        heading += [title, f"{title}: {top}", f"{title}: {bottom}", f"{title}: n"]
    yield heading
    for score in run.scores.values():
        column, value = score.subject.group or ("all", "–")
        row: list[Any] = [words.COLUMNS[column].in_(lang), told.get((column, value), value), size(score)]
        for name in wanted:
            one = score.measured[name]
            known = one.state is State.VALUE
            amounts = (scaled(one.top, one.top_scale, lang), scaled(one.bottom, one.bottom_scale, lang))
            text = figure(one.value, run.rulebook.indicators[name].model.unit, lang)
            row += [text, *amounts, one.n] if known else [words.STATES[one.state].in_(lang), "", "", one.n]
        yield row


def computed_from(run: Run, lang: str) -> Iterator[list[Any]]:
    """What the figures were computed from, and everything that limits them."""
    made, en = header(run), lang == "en"
    if run.rulebook.head.notice:
        yield ["Notice" if en else "Lưu ý", run.rulebook.head.notice.in_(lang)]
    yield ["Rulebook" if en else "Bộ quy tắc", made.rulebook, made.meaning]
    trial = words.TRIAL.in_(lang) if made.trial else ""
    yield ["Scorecard, period" if en else "Bảng điểm, kỳ", run.card.model.title.in_(lang), made.period, trial]
    live = words.LIVE.in_(lang) if made.live else ""
    yield ["As of" if en else "Số liệu tính đến", moment(made.as_of, lang), live]
    yield ["Records" if en else "Bản ghi", known(run, lang)]
    yield ["Records up to" if en else "Bản ghi đến số", made.seq, "Calendar" if en else "Lịch", made.calendar]


def _points(micro: int | None, lang: str) -> str:
    return "" if micro is None else decimal(micro, 2, lang)
