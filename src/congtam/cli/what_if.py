"""What a what-if supposes, and who would have other points or another grade, as a table."""

from collections.abc import Sequence
from decimal import Decimal

from congtam.cli import terminal
from congtam.cli.tables import plain, total
from congtam.engine.counterfactual import Changed
from congtam.engine.explaining.formats import names
from congtam.engine.explaining.speech import grade_title
from congtam.engine.rulebook.parameters import PARAMETER_SCALE, resolve
from congtam.engine.scoring.run import Run


def changes(changed: Sequence[Changed], before: Run, after: Run, lang: str) -> None:
    """Who would have other points, and who another grade."""
    told = names(before.facts)
    supposed(before, after, lang)
    if not changed:
        terminal.say("Nobody's points change." if lang == "en" else "Không ai thay đổi điểm.")
        return
    other = sum(1 for one in changed if one.other_grade)
    terminal.say(
        f"{len(changed)} get other points, {other} another grade."
        if lang == "en"
        else f"{len(changed)} trường hợp thay đổi điểm, {other} trường hợp thay đổi xếp loại."
    )
    headers = (
        ["Code", "Name", "Before", "After", "Grade before", "Grade after"]
        if lang == "en"
        else ["Mã", "Họ và tên", "Trước", "Sau", "Xếp loại trước", "Xếp loại sau"]
    )
    kind = "unit" if before.card.model.subject == "unit" else "official"
    rows = [
        [
            one.subject,
            told.get((kind, one.subject), ""),
            _total_in(before, one.subject, lang),
            _total_in(after, one.subject, lang),
            grade_title(before, one.grade_before, lang),
            grade_title(before, one.grade_after, lang) + (" ←" if one.other_grade else ""),
        ]
        for one in changed
    ]
    terminal.table(headers, rows, right=(2, 3))


def _total_in(run: Run, code: str, lang: str) -> str:
    return total(run, run.scores[code], lang) if code in run.scores else "–"


def supposed(before: Run, after: Run, lang: str) -> None:
    """What a what-if supposes, beside what holds."""
    said = []
    for name, value in after.asked.overrides.items():
        now = _current(before, name, lang)
        shown = value if lang == "en" else value.replace(".", ",")
        said.append(f"{name} = {shown} ({'now' if lang == 'en' else 'hiện hành'}: {now})")
    for item in sorted(after.asked.without):
        said.append(f"without {item}" if lang == "en" else f"không có {item}")
    for item in sorted(after.asked.if_good):
        said.append(
            f"{item} in time and without faults" if lang == "en" else f"{item} làm xong đúng hạn và không có lỗi"
        )
    terminal.say(f"{'Supposed' if lang == 'en' else 'Giả định'}: {'; '.join(said)}")


def _current(run: Run, name: str, lang: str) -> str:
    """What a parameter is in the period; by role or staff kind, every value it has."""
    given = {n: p for one in run.rulebook.indicators.values() for n, p in one.parameters.items()}
    parameter = (given | dict(run.rulebook.head.parameters))[name]
    value = resolve({name: parameter}, run.asked.period.first, {}).get(name)
    if value is None:
        return "; ".join(dict.fromkeys(plain(one.value, lang) for one in parameter.values))
    return value if isinstance(value, str) else plain(Decimal(value).scaleb(-PARAMETER_SCALE), lang)
