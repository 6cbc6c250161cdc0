"""A slip and a request as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from congtam.calibration.queries import lost_by_cap
from congtam.cycles.queries import period_of
from congtam.engine.explaining import formats
from congtam.engine.findings import Unusable
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace
from congtam.objections.causes import causes_of
from congtam.objections.lines import Change, Line, lines_of, row_of
from congtam.objections.models import GRADE, REMARK, Request, Slip
from congtam.objections.queries import difference, words_of
from congtam.objections.requests import too_late
from congtam.objections.reviewing import items_of, opened_of, responders_of
from congtam.objections.sayings import Said, said_to
from congtam.objections.terms import Terms, terms_of
from congtam.people.queries import names_of
from congtam.scores.models import RunScore, SealedScore
from congtam.scores.seals import sealed_scores, standing_seal
from congtam.web.pages.month.naming import named_all
from congtam.web.pages.month.why import Part, Why, Work, told
from congtam.web.pages.objections.words import OUTCOMES, SAID
from congtam.work.models import ItemText

ROWS = 10  # rows of each figure shown on a slip


@dataclass(frozen=True)
class Shown:
    """One line of a slip: its figures, what was said to it, how it came about, and the work under it that cost
    points."""

    line: Line
    grade: Text | None
    said: Said | None
    part: Part | None = None
    work: Sequence[Work] = ()
    request: Request | None = None

    @property
    def agreed(self) -> bool:
        """Whether it was agreed to."""
        return self.said is not None and self.said.said == "agree"

    @property
    def said_as(self) -> Text | None:
        """What was said, in words."""
        return SAID[self.said.said] if self.said is not None else None

    @property
    def remarked(self) -> str:
        """The words of a remark."""
        return self.said.text if self.said is not None and self.said.said == REMARK else ""


@dataclass(frozen=True)
class Page:
    """A slip. `open`: its person may still speak to it; `late`: why no request is taken any more."""

    slip: Slip
    row: RunScore
    title: Text
    lines: Sequence[Shown]
    alone_until: datetime
    speak_until: datetime
    open: bool
    late: Text | None
    changed: Sequence[tuple[Text, str, str]]
    causes: Sequence[Text]
    cap: Text | None
    final: tuple[SealedScore, Text | None] | None
    sealed: bool

    @property
    def unanswered(self) -> int:
        """To how many lines nothing was said yet."""
        return sum(1 for one in self.lines if one.said is None)


def page_of(slip: Slip, now: datetime, lang: str) -> Page:
    """A slip as its page shows it."""
    terms, row = terms_of(slip.cycle, now), row_of(slip)
    opened, titles, title = _opened(row, lang)
    until, refusal = terms.speak_until(slip), too_late(slip.cycle, terms)
    return Page(
        slip,
        row,
        title,
        _lines(slip, row, said_to([slip], terms)[slip.seq], opened, titles),
        terms.alone_until(slip),
        until,
        until > now and not terms.sealed,
        refusal.text if refusal else None,
        [_told(one, titles, lang) for one in difference(slip)],
        causes_of(slip),
        lost_by_cap(slip.cycle, slip.person_id) if _announced(terms) else None,
        _final(slip, titles) if terms.sealed else None,
        terms.sealed,
    )


def flat(parts: Sequence[Part]) -> dict[str, Part]:
    """Parts with those inside them, by id."""
    found: dict[str, Part] = {}
    for one in parts:
        found[one.id] = one
        found |= flat(one.parts)
    return found


def opened_to(row: RunScore, line: str, lang: str) -> tuple[Part | None, list[Work], Run, Trace]:
    """One line opened, with the work under it that cost points. Raises `Unusable` where it cannot be any more."""
    run, trace = opened_of(row)
    run = named_all(run, trace)
    page = told(run, trace, lang, ROWS)
    items = {str(one) for one in items_of(run, trace, line)}
    return flat(page.parts).get(line), [one for one in page.work if one.item in items], run, trace


def grade_titles(run: Run) -> dict[str, Text]:
    """What grades are called."""
    return {one.id: one.title for one in run.card.model.grades}


@dataclass(frozen=True)
class Row:
    """One request in a list."""

    request: Request
    title: Text
    who: str
    due_at: datetime
    late: bool
    responder: str
    outcome: Text | None


def rows_told(requests: Sequence[Request], now: datetime) -> list[Row]:
    """Requests as lists show them."""
    names = names_of({one.person_id for one in requests})
    terms: dict[int, Terms] = {}
    found = []
    for one in requests:
        own = terms.setdefault(one.cycle_id, terms_of(one.cycle, now))
        due = own.answer_by(one)
        open_ = not hasattr(one, "answer")
        line = next((line for line in lines_of(row_of(one.slip)) if line.id == one.line), None)
        asked = names_of(responders_of(one, local_day(now))) if open_ else {}
        found.append(
            Row(
                one,
                line.title if line else Text(vi=one.line, en=one.line),
                names.get(one.person_id, ""),
                due,
                open_ and due < now,
                ", ".join(asked.values()),
                None if open_ else OUTCOMES[one.answer.outcome],
            )
        )
    return found


def about_told(request: Request, run: Run | None, lang: str) -> str:
    """What under its line a request is about; blank for the whole line."""
    if request.item_id is not None:
        name = ItemText.objects.filter(item=request.item_id).values_list("title", flat=True).first()
        return name or f"#{request.item_id}"
    if request.indicator and run is not None:
        return run.rulebook.indicators[request.indicator].model.title.in_(lang)
    return request.indicator


def words(request: Request) -> tuple[str, str]:
    """The reason of a request, and of its answer."""
    answer = getattr(request, "answer", None)
    found = words_of([request.seq, *([answer.seq] if answer else [])])
    return found.get(request.seq, ""), found.get(answer.seq, "") if answer else ""


def names(*people: int) -> str:
    """What people are called, in one line."""
    return ", ".join(names_of(people).values())


def _opened(row: RunScore, lang: str) -> tuple[tuple[Why, Run, Trace] | None, dict[str, Text], Text]:
    try:
        run, trace = opened_of(row)
    except Unusable:
        return None, {}, Text(vi=row.card, en=row.card)
    run = named_all(run, trace)
    return (told(run, trace, lang, ROWS), run, trace), grade_titles(run), run.card.model.title


def _lines(
    slip: Slip,
    row: RunScore,
    said: Mapping[str, Said],
    opened: tuple[Why, Run, Trace] | None,
    titles: dict[str, Text],
) -> list[Shown]:
    own = Request.objects.filter(cycle=slip.cycle_id, person=slip.person_id).order_by("seq")
    asked = {one.line: one for one in own}
    parts = flat(opened[0].parts) if opened else {}
    found, told = [], set[str]()  # each piece of work stands once, under the first line that counts it
    for line in lines_of(row):
        work: list[Work] = []
        if opened and line.id != GRADE:
            items = {str(one) for one in items_of(opened[1], opened[2], line.id)}
            work = [one for one in opened[0].work if one.item in items - told]
            told |= items
        found.append(
            Shown(line, titles.get(line.grade or ""), said.get(line.id), parts.get(line.id), work, asked.get(line.id))
        )
    return found


def _told(one: Change, titles: dict[str, Text], lang: str) -> tuple[Text, str, str]:
    """A line that changed: what it is called, how it was, how it is."""
    return one.line.title, _figure(one.before, titles, lang), _figure(one.after, titles, lang)


def _figure(line: Line | None, titles: dict[str, Text], lang: str) -> str:
    if line is None:
        return "–"
    if line.id == GRADE:
        return titles[line.grade].in_(lang) if line.grade in titles else "–"
    points = "–" if line.points is None else formats.points(line.points, lang)
    return f"{points} / {formats.points(line.maximum, lang)}"


def _final(slip: Slip, titles: dict[str, Text]) -> tuple[SealedScore, Text | None] | None:
    seal = standing_seal(slip.cycle.agency_id, period_of(slip.cycle))
    one = sealed_scores(seal).get(slip.person_id) if seal else None
    return (one, titles.get(one.grade or "")) if one else None


def _announced(terms: Terms) -> bool:
    """Whether the meeting is over: only then what limits did is told."""
    step = terms.steps.get("calibration")
    return step is not None and step.state == "done"
