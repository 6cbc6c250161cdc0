"""Runs as tables: people by section with points per part, groups with figures, caps, and what changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from congtam.cli import terminal
from congtam.cli.asking import is_sample
from congtam.cli.told import of_card_alone, show
from congtam.engine.explaining import words
from congtam.engine.explaining.formats import decimal, figure, name_key, names, points
from congtam.engine.explaining.speech import grade_title, known, seen_short
from congtam.engine.measuring.evaluate import Measured
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.grades import By, ProposalState
from congtam.engine.scoring.published import reconciled
from congtam.engine.scoring.run import Run
from congtam.engine.scoring.subject import Score, Subject
from congtam.engine.states import State
from congtam.engine.structure import Structure

CODE, NAME, TOTAL = Text(vi="Mã", en="Code"), Text(vi="Họ và tên", en="Name"), Text(vi="Tổng", en="Total")
SHARED_OUT = Text(
    vi="– : không phát sinh hoặc chưa có số liệu; điểm của mục không phát sinh chia cho các mục khác, "
    "mức tối đa của mục khác tăng tương ứng.",
    en="– : did not arise, or is missing; the points of what did not arise go to the other parts, "
    "whose maximum grows accordingly.",
)
OUT_OF = Text(
    vi="Dưới mỗi tỷ lệ: tử số/mẫu số; “?17”: 17 việc thiếu số liệu, không tính vào tỷ lệ.",
    en="Under each share: numerator/denominator; “?17”: 17 items without figures, not counted in the share.",
)
WAITING = (ProposalState.PROPOSED, ProposalState.TO_CONSIDER)
EMPTY = Text(vi="Không có ai thuộc bảng điểm này trong kỳ.", en="Nobody is scored by this card in the period.")


def title(run: Run, lang: str) -> None:
    """What this is, for which period, seen when, and everything that limits it."""
    if is_sample(run.facts):
        terminal.say(words.SAMPLE.in_(lang), style="bold reverse")
    terminal.heading(f"{run.card.model.title.in_(lang)} · {run.asked.period.title(lang)}")
    terminal.say(f"{seen_short(run, lang)} · {run.rulebook.id}")
    if run.asked.known_at is not None:
        terminal.say(known(run, lang))
    if run.trial:
        terminal.say(words.TRIAL.in_(lang), style="bold")
    if run.rulebook.head.notice:
        terminal.say(run.rulebook.head.notice.in_(lang))


def results(run: Run, lang: str) -> None:
    """The table of a run, by section for people, flat for units and groups."""
    title(run, lang)
    if not run.scores:
        terminal.say(EMPTY.in_(lang))
    elif run.card.model.by:
        _groups(run, lang)
    else:
        _months(run, lang)
        _people(run, lang)
        to_decide(run, lang)
        caps(run, lang)
        _published(run, lang)
    show(of_card_alone(run), lang)


def _people(run: Run, lang: str) -> None:
    told = names(run.facts)
    parts = [part for part in next(iter(run.scores.values())).parts if part.stated]
    parts = max(([p for p in score.parts if p.stated] for score in run.scores.values()), key=len, default=parts)
    headers = [
        CODE.in_(lang),
        NAME.in_(lang),
        *(_part_header(p.title, p.stated, lang) for p in parts),
        TOTAL.in_(lang),
        words.BEFORE_CAPS.in_(lang),
    ]
    figures = range(2, len(headers) - 1)
    absent = any(part.points is None and not part.measurable for s in run.scores.values() for part in s.parts)
    if absent:
        terminal.say(SHARED_OUT.in_(lang))
    for unit, scores in by_section(run):
        if unit and run.card.model.subject != "unit":
            terminal.heading(told.get(("unit", unit), unit))
        rows = [_row(run, score, [p.id for p in parts], lang, told) for score in scores]
        terminal.table(headers, rows, right=figures)


def _months(run: Run, lang: str) -> None:
    """Which months a year holds, for its grade is often due before its last month ends."""
    rule = run.card.model.roll_up
    if rule is None:
        return
    held = sorted({label for score in run.scores.values() for label, total in score.months if total is not None})
    terminal.say(
        f"Holds the months: {', '.join(held) or 'none'}"
        if lang == "en"
        else f"Gồm các tháng: {', '.join(held) or 'chưa có tháng nào'}"
    )
    if rule.due_before:
        month, day = rule.due_before.split("-")
        terminal.say(
            f"To be graded before {day}/{month}" if lang == "en" else f"Phải xếp loại trước ngày {day}/{month}"
        )


def _part_header(text: Text, stated: int, lang: str) -> str:
    return f"{text.in_(lang)} /{decimal(stated, 0, lang)}"


def by_section(run: Run) -> Iterator[tuple[str, list[Score]]]:
    """Scores by unit, from the top of the tree down, then by the unit's name; inside, leaders first, then by post (in
    the order the site names them), given name and family name."""
    if run.card.model.subject == "unit":
        yield "", sorted(run.scores.values(), key=lambda score: score.subject.code)
        return
    for unit, subjects in sections([score.subject for score in run.scores.values()], run):
        yield unit, [run.scores[subject.code] for subject in subjects]


def sections(people: Iterable[Subject], run: Run) -> Iterator[tuple[str, list[Subject]]]:
    """People by unit in the order of `by_section`, from the structure of a run."""
    told, structure, day = names(run.facts), Structure(run.facts, run.calendar), run.asked.period.first

    def unit_key(unit: str) -> Any:
        return structure.depth(unit, day), name_key(told.get(("unit", unit), unit)), unit

    posts = {name.code: place for place, name in enumerate(run.facts.names) if name.kind == "post"}

    def person_key(one: Subject) -> Any:
        text = told.get(("official", one.code), one.code)
        return one.role != "leader", posts.get(one.post or "", len(posts)), name_key(text), one.code

    units: dict[str, list[Subject]] = {}
    for one in people:
        units.setdefault(one.unit or "", []).append(one)
    for unit in sorted(units, key=unit_key):
        yield unit, sorted(units[unit], key=person_key)


def _row(run: Run, score: Score, parts: Sequence[str], lang: str, told: Any) -> list[str]:
    kind = "unit" if run.card.model.subject == "unit" else "official"
    named = told.get((kind, score.subject.code), "")
    shown = run.card.model.rounding.shown
    cells = [points(part.points, lang, shown) if (part := score.part(one)) else "–" for one in parts]
    return [score.subject.code, named, *cells, total(run, score, lang), verdict(run, score, lang)]


def total(run: Run, score: Score, lang: str) -> str:
    """The total, or points so far out of points measurable so far."""
    shown = run.card.model.rounding.shown
    if score.total is not None and (score.parts or score.months):
        return points(score.total, lang, shown)
    if not score.measurable:
        return "–"
    return f"{points(score.earned, lang, shown)}/{points(score.measurable, lang, 0)}"


def verdict(run: Run, score: Score, lang: str) -> str:
    """The grade before caps, or why there is none; a star where a person must look."""
    return f"{standing(run, score, lang)} *" if waits(score) else standing(run, score, lang)


def standing(run: Run, score: Score, lang: str) -> str:
    """The grade before caps, or why there is none."""
    graded = score.graded
    text = words.BY[graded.by].in_(lang) if graded.grade is None else grade_title(run, graded.grade, lang)
    decided = graded.by is By.DECISION and graded.decision
    return text + (" (QĐ)" if lang == "vi" else " (decided)") if decided else text


def waits(score: Score) -> bool:
    """Whether the machine proposed what a person has not decided yet."""
    return any(one.state in WAITING for one in score.graded.proposals)


def to_decide(run: Run, lang: str) -> None:
    """What the machine proposed: first what waits for people, then what they decided."""
    told = names(run.facts)
    found = [(score, one) for score in run.scores.values() for one in score.graded.proposals]
    for title, star, waits in (
        (Text(vi="Chờ người có thẩm quyền", en="To be decided by people"), "* ", True),
        (Text(vi="Đã có quyết định", en="Decided"), "", False),
    ):
        lines = [
            f"{star}{told.get(('official', score.subject.code), '')} ({score.subject.code}): {p.title.in_(lang)}, "
            f"{_counted(p.n, lang)}; “{grade_title(run, p.propose, lang)}” – {words.PROPOSALS[p.state].in_(lang)}"
            + (f" ({p.decision.number})" if p.decision and not waits else "")
            for score, p in found
            if (p.state in WAITING) is waits
        ]
        if lines:
            terminal.heading(title.in_(lang))
        for line in lines:
            terminal.say(line)


def _counted(n: int, lang: str) -> str:
    return f"over {n} items" if lang == "en" else f"tính trên {n} việc"


def caps(run: Run, lang: str) -> None:
    """Limits on grades over groups: proposals for calibration, with who loses by the limit alone."""
    for cap in run.caps:
        rule = next(rule for rule in run.card.model.population_rules if rule.id == cap.rule)
        terminal.heading(f"{rule.title.in_(lang)} · {' / '.join(cap.group)}")
        reading = words.READINGS[cap.reading].in_(lang)
        terminal.say(
            f"{cap.candidates} candidates, base {cap.base} ({reading}): at most {cap.allowed}"
            if lang == "en"
            else f"{cap.candidates} người đủ điểm, mẫu số {cap.base} ({reading}): nhiều nhất {cap.allowed}"
        )
        for label, codes in (
            (("keep", "giữ mức"), cap.passed),
            (("lose by the limit alone", "chỉ mất vì tỷ lệ"), cap.lost),
            (("tied: a person decides", "bằng điểm, người quyết định"), cap.tied),
        ):
            if codes:
                terminal.say(f"  {label[0] if lang == 'en' else label[1]}: {', '.join(codes)}")


def _published(run: Run, lang: str) -> None:
    """Our totals beside official ones, where the rulebook states any for the period."""
    found = reconciled(run)
    if not found:
        return
    terminal.heading("Official results" if lang == "en" else "Đối chiếu với kết quả công bố")
    vi, en = ["Mã", "Công bố", "Tính lại", "±", "Khớp"], ["Code", "Official", "Ours", "±", "Agrees"]
    yes, no = ("yes", "NO") if lang == "en" else ("khớp", "LỆCH")
    rows = [
        [
            one.subject,
            points(one.official, lang),
            points(one.ours, lang),
            points(one.tolerance, lang),
            {True: yes, False: no, None: "–"}[one.agrees],
        ]
        for one in found
    ]
    terminal.table(en if lang == "en" else vi, rows, right=(1, 2, 3))


def _groups(run: Run, lang: str) -> None:
    """One table for everything, then one per column the scorecard breaks down by."""
    told, wanted = names(run.facts), run.card.model.information
    titles = [run.rulebook.indicators[name].model.title.in_(lang) for name in wanted]
    terminal.say(OUT_OF.in_(lang))
    for column in ("all", *run.card.model.by):
        scores = [score for score in run.scores.values() if score.subject.group and score.subject.group[0] == column]
        label = words.COLUMNS[column].in_(lang)
        rows = [[_value(score, told), str(size(score)), *_figures(run, score, lang)] for score in scores]
        terminal.say()
        terminal.table([label, "n", *titles], rows, right=range(1, len(titles) + 2))


def _value(score: Score, told: Any) -> str:
    column, value = score.subject.group or ("", "")
    return str(told.get((column, value), value))


def size(score: Score) -> int:
    """How many rows of the period a group has: the most that any of its figures looked at."""
    return max((one.n + one.n_unknown for one in score.measured.values()), default=0)


def _figures(run: Run, score: Score, lang: str) -> list[str]:
    return [_figure(run, name, score.measured[name], lang) for name in run.card.model.information]


def _figure(run: Run, name: str, measured: Measured, lang: str) -> str:
    unit = run.rulebook.indicators[name].model.unit
    if measured.state is not State.VALUE:
        return words.STATES[measured.state].in_(lang)
    text = figure(measured.value, unit, lang)
    if unit == "percent":
        text += f"\n{measured.top}/{measured.bottom}"
    return f"{text} ?{measured.n_unknown}" if measured.n_unknown else text


def plain(value: Any, lang: str) -> str:
    """A value of a rulebook: figures without empty places, with a decimal comma in Vietnamese."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {plain(figure, lang)}" for key, figure in value.items())
    if not isinstance(value, Decimal):
        return str(value)
    text = f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return text if lang == "en" else text.replace(".", ",")
