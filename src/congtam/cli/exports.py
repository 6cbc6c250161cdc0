"""Results that leave as files: CSV that Excel opens right, and JSON. Each says what it was computed from."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from congtam.engine.explaining.formats import decimal, names
from congtam.engine.findings import unusable
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.subject import Score
from congtam.engine.scoring.tree import PartScore
from congtam.engine.trace import as_json, header


def run_json(run: Run) -> dict[str, Any]:
    """A run as plain JSON: header, scores with parts and figures, caps. Points in whole millionths."""
    return {
        "header": as_json(header(run)),
        "scores": [_score(run, score) for score in run.scores.values()],
        "caps": as_json(run.caps),
        "findings": [str(finding) for finding in run.work.findings],
    }


def _score(run: Run, score: Score) -> dict[str, Any]:
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
        "indicators": {
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
        },
        "months": [list(month) for month in score.months],
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


def write(run: Run, path: Path) -> None:
    """Write a run as .csv or .json, whole or not at all. Raises `Unusable` for another ending."""
    if path.suffix == ".json":
        text = json.dumps(run_json(run), ensure_ascii=False, indent=2) + "\n"
    elif path.suffix == ".csv":
        text = "\ufeff" + _csv(run)
    else:
        raise unusable("bad-ending", f"{path.name}: results are written as .csv or .json", "choose one of the two")
    draft = path.with_name(f".{path.name}.part")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _csv(run: Run) -> str:
    told = names(run.facts)
    ids = list(dict.fromkeys(part.id for score in run.scores.values() for part in score.parts))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["Mã", "Họ và tên", "Đơn vị", *ids, "Tổng", "Xếp loại trước khi áp tỷ lệ", "Căn cứ xếp loại", "Số việc"]
    )
    for score in run.scores.values():
        subject = score.subject
        cells = [_figure(part.points if (part := score.part(one)) else None) for one in ids]
        writer.writerow(
            [
                subject.code,
                told.get(("official", subject.code), ""),
                subject.unit or "",
                *cells,
                _figure(score.total),
                score.graded.grade or "",
                score.graded.by.value,
                score.n_items,
            ]
        )
    made = header(run)
    writer.writerow([])
    writer.writerow(["Bộ quy tắc", made.rulebook, made.meaning])
    writer.writerow(["Bảng điểm, kỳ", made.scorecard, made.period, "tính thử" if made.trial else ""])
    writer.writerow(["Nhìn lúc", made.as_of.isoformat(), "tạm tính" if made.live else ""])
    writer.writerow(["Bản ghi đến số", made.seq, "Lịch", made.calendar])
    return out.getvalue()


def _figure(micro: int | None) -> str:
    return "" if micro is None else decimal(micro, 2, "vi")
