"""The papers of one person: the slip of a sealed period, and the form of a year with the periods it holds."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from congtam.closing.papers import NO_GRADE, Head, because, header, in_words, leader
from congtam.closing.queries import grade_titles
from congtam.cycles.models import Cycle
from congtam.cycles.population import entries_for
from congtam.documents.papers import Month, Said, Signer, Slip, SlipLine, YearForm
from congtam.engine.explaining.formats import figure
from congtam.engine.explaining.words import STATES
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.digest import meaning_digest
from congtam.engine.states import State
from congtam.engine.trace import Trace
from congtam.history.refused import Refused
from congtam.objections.models import REMARK, SILENT
from congtam.objections.reviewing import items_of, opened_of
from congtam.objections.sayings import Said as Saying
from congtam.objections.sayings import said_to
from congtam.objections.slips import slip_of
from congtam.objections.terms import terms_of
from congtam.orgs.queries import names_of as units_named
from congtam.people.models import Person
from congtam.people.queries import names_of
from congtam.ratings.models import Rating
from congtam.scores.models import RunScore, Seal, SealedScore
from congtam.scores.months import held_by

DIGEST = 8
SPOKEN = {"agree": "Đồng ý", REMARK: "Có ý kiến", SILENT: "Không có ý kiến"}


def slip(seal: Seal, person: Person, head: Head, day: date) -> Slip:
    """Phiếu đánh giá of one person, by a seal. Raises `Refused` where the seal says nothing of them."""
    told, period = _of(seal, person), Period.parse(seal.period)
    row = _row(seal, person)
    said = _said(seal, person)
    name = names_of([person.pk]).get(person.pk, person.code)
    return Slip(
        header=header(seal.agency_id, head, day),
        name=name,
        code=person.code,
        post=told.post_title,
        unit=units_named([told.unit_id], period.until).get(told.unit_id, ""),
        period=in_words(period),
        rules=_rules(told, period),
        lines=tuple(_lines(row, said)) if row else (),
        total_maximum=sum(part["stated"] for part in row.parts) if row else None,
        total=told.points,
        grade=_grade(told, period),
        because=because(told),
        said=tuple(_remarks(name, said.values())),
        official=Signer(("NGƯỜI ĐƯỢC ĐÁNH GIÁ",), name),
        decided_by=leader(seal.agency_id, day),
    )


def year_form(seal: Seal, person: Person, head: Head, day: date) -> YearForm:
    """Phiếu xếp loại năm of one person, with the sealed months it holds. Raises `Refused` for a seal of no year."""
    told, period = _of(seal, person), Period.parse(seal.period)
    if period.kind is not PeriodKind.YEAR:
        raise Refused(
            f"Phiếu năm chỉ lập từ bản chốt của cả năm; {in_words(period)} không phải một năm. Hãy chốt kỳ năm.",
            f"The yearly form is made from the seal of a year, which {period.title('en')} is not. Seal the year.",
        )
    name = names_of([person.pk]).get(person.pk, person.code)
    months = tuple(_months(seal, person, period))
    held = [one.points for one in months if one.points is not None]
    return YearForm(
        header=header(seal.agency_id, head, day),
        name=name,
        code=person.code,
        post=told.post_title,
        unit=units_named([told.unit_id], period.until).get(told.unit_id, ""),
        year=period.first.year,
        rules=_rules(told, period),
        months=months,
        average=told.points if told.points is not None else _mean(held),
        grade=_grade(told, period),
        because=because(told),
        said=tuple(_remarks(name, _said(seal, person).values())),
        official=Signer(("NGƯỜI ĐƯỢC ĐÁNH GIÁ",), name),
        decided_by=leader(seal.agency_id, day),
    )


def _of(seal: Seal, person: Person) -> SealedScore:
    found = SealedScore.objects.filter(seal=seal, person=person).first()
    if found is None:
        raise Refused(
            "Bản chốt của kỳ này không có người đã chọn. Hãy chọn người có tên trong kết quả.",
            "The seal of this period says nothing of this person. Choose somebody among the results.",
        )
    return found


def _row(seal: Seal, person: Person) -> RunScore | None:
    """The parts behind a sealed score: of the final run the seal was made from, by the facts known to both. (The run's
    own clock is the database's, and later than the instant of the seal.)"""
    rows = RunScore.objects.filter(
        run__kind="final",
        run__agency=seal.agency_id,
        run__period=seal.period,
        person=person,
        run__seq__lte=seal.seq,
    )
    return rows.order_by("-run_id").first()


def _lines(row: RunScore, said: Mapping[str, Saying]) -> Iterable[SlipLine]:
    raters, behind = _raters(row), _behind(row)
    group = None
    for part in row.parts:
        own = part["group"]["vi"] if part["group"] else None
        if own and own != group:
            yield SlipLine(own, None, None, heading=True)
        group = own
        spoken, (items, data) = said.get(part["id"]), behind.get(part["id"], (None, ""))
        yield SlipLine(
            criterion=part["vi"],
            maximum=part["maximum"],
            points=part["points"],
            items=items,
            data=data if part["state"] == State.VALUE else STATES[State(part["state"])].vi,
            rater=", ".join(dict.fromkeys(raters[one] for one in (part["id"], *part["indicators"]) if one in raters)),
            remark=(spoken.text or SPOKEN[spoken.said]) if spoken else "",
        )


def _behind(row: RunScore) -> dict[str, tuple[int | None, str]]:
    """On how much work each part rests, and what its figures say; nothing where the run cannot be opened any more."""
    try:
        run, trace = opened_of(row)
    except Unusable:
        return {}
    return {
        one["id"]: (len(items_of(run, trace, one["id"])) or None, _figures(one["vi"], one["indicators"], trace))
        for one in row.parts
    }


def _figures(part: str, names: Iterable[str], trace: Trace) -> str:
    """The figures of a part that data gave, each by its name where it is not the part's own."""
    told = []
    for one in (trace.indicators[name] for name in names if name in trace.indicators):
        if one.state is State.VALUE and one.unit != "points":
            value = figure(Fraction(one.value or 0), one.unit, "vi")
            told.append(value if one.title.vi == part else f"{one.title.vi}: {value}")
    return "; ".join(told)


def _raters(row: RunScore) -> dict[str, str]:
    """Who gave each mark, by criterion."""
    marks = Rating.standing().filter(person=row.person_id, period=row.period, stage="final")
    by = dict(marks.values_list("criterion", "by_id"))
    names = names_of(by.values())
    return {criterion: names.get(person, "") for criterion, person in by.items()}


def _said(seal: Seal, person: Person) -> Mapping[str, Saying]:
    cycle = Cycle.objects.filter(agency=seal.agency_id, period=seal.period).first()
    shown = slip_of(cycle, person.pk) if cycle else None
    return said_to([shown], terms_of(shown.cycle, seal.made_at))[shown.seq] if shown else {}


def _remarks(name: str, said: Iterable[Saying]) -> Iterable[Said]:
    """Remarks in words; where there is none, that there was none."""
    found = [Said(name, one.text, one.at) for one in said if one.said == REMARK]
    yield from found
    if not found:
        spoken = list(said)
        at = max((one.at for one in spoken), default=None)
        silent = all(one.said == SILENT for one in spoken)
        yield Said(name, SPOKEN[SILENT] if silent else SPOKEN["agree"], at)


def _months(seal: Seal, person: Person, year: Period) -> Iterable[Month]:
    """The months of a year as its seal holds them, by whichever agency they were sealed or sent."""
    held = held_by(seal, person.pk, _received(_of(seal, person), year))
    made = Seal.objects.filter(body__in={one.row.seal for one in held.values()}, period__in=held)
    agencies = {one.body: one.agency_id for one in made}
    names = units_named(set(agencies.values()), year.until - timedelta(days=1))
    for month in year.months():
        one = held.get(month.label)
        agency = agencies.get(one.row.seal) if one is not None else None
        where = names.get(agency, "") if agency not in (None, seal.agency_id) else ""
        if one is not None and one.slip:
            yield Month(in_words(month), one.points, "", f"Tính, theo phiếu {one.slip}")
        elif one is None or not one.row.card:
            yield Month(in_words(month), None, "", "Chưa có kết quả đã chốt")
        else:
            counted = "Tính" if one.points is not None else "Không tính: chưa đủ việc hoặc ngày làm việc"
            title = grade_titles(month).get((one.row.card, one.row.grade or ""))
            yield Month(in_words(month), one.points, title.vi if title else NO_GRADE, counted, where)


def _received(told: SealedScore, year: Period) -> str | None:
    """Under which name the yearly scorecard reads results that other bodies sent."""
    entry = entries_for(year).get(told.card)
    rule = entry.card.model.roll_up if entry is not None else None
    return rule.received if rule is not None else None


def _mean(points: list[int]) -> int | None:
    return round(sum(points) / len(points)) if points else None


def _grade(one: SealedScore, period: Period) -> str:
    title = grade_titles(period).get((one.card, one.grade or ""))
    return title.vi if title else NO_GRADE


def _rules(one: SealedScore, period: Period) -> str:
    entry = entries_for(period).get(one.card)
    if entry is None:
        return one.card
    return f"{entry.rulebook.head.title.vi} (mã băm {meaning_digest(entry.rulebook)[:DIGEST]})"
