"""What a seal is made of, out of the database: an extract with its rules as files, its calendars, and what numbers are
called."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from congtam.engine.facts.tables import Event, Facts
from congtam.engine.scoring.agency import AgencyRun
from congtam.engine.scoring.legal import Entry
from congtam.engine.sealing.contents import Contents, Scored
from congtam.engine.sealing.relevant import relevant
from congtam.engine.sealing.ruled import Files, laid_flat
from congtam.orgs.queries import names_of as unit_names
from congtam.people.models import PostSpan
from congtam.people.queries import names_of
from congtam.ratings.models import Reason
from congtam.registry import queries as registry
from congtam.scores.extract import Extract

Held = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Text:
    """What a number is called, or why something was said; `person`: of whom it tells."""

    kind: str  # person, unit, post, reason
    number: str
    text: str
    person: int | None = None


def contents_of(extract: Extract, run: AgencyRun, held: Held) -> tuple[Contents, list[Text]]:
    """Everything of an extract that can move its figures, and the texts. `held`: who held a capped grade in the seal
    that stands, by card."""
    return contents_from(extract, relevant(extract.facts, run).events, held)


def contents_from(extract: Extract, events: Iterable[Event], held: Held) -> tuple[Contents, list[Text]]:
    """The same with these records of work."""
    facts = replace(extract.without_work, events=tuple(events))
    texts = list(texts_of(extract, facts))
    contents = Contents(
        str(extract.agency),
        extract.period,
        extract.seq,
        extract.as_of,
        facts,
        tuple(scored(entry) for _, entry in sorted(extract.entries.items())),
        {entry.rulebook.id: files_of(entry, extract) for entry in extract.entries.values()},
        {entry.rulebook.id: entry.calendar for entry in extract.entries.values()},
        held,
        tuple((one.kind, one.number, one.text) for one in texts),
    )
    return contents, texts


def scored(entry: Entry) -> Scored:
    """A scorecard as a seal names it."""
    return Scored(entry.rulebook.id, entry.card.id, entry.card.model.legal)


def files_of(entry: Entry, extract: Extract) -> Files:
    """The files of a rulebook as the site held it in the period, with the numbers the site set."""
    day, book = extract.period.first, entry.rulebook
    copy = registry.copy_on(book.id, day, seq=extract.seq)
    assert copy is not None, "a scorecard is scored by an adopted copy"
    files: Files = copy.files
    return laid_flat(book, files) if registry.settings_on(book.id, day, seq=extract.seq).exists() else files


def texts_of(extract: Extract, facts: Facts) -> Iterator[Text]:
    """What people, units and posts are called at the end of the period, and why marks and decisions were given."""
    day = extract.period.until - timedelta(days=1)
    for person, name in names_of(extract.people).items():
        yield Text("person", str(person), name, person)
    for unit, name in unit_names({int(one.unit) for one in facts.units}, day).items():
        yield Text("unit", str(unit), name)
    for post, title in titles_of({int(spell.post) for spell in facts.spells}, extract).items():
        yield Text("post", str(post), title)
    about = {one.seq: int(one.subject) for one in facts.ratings} | {
        one.seq: int(one.subject) for one in facts.decisions
    }
    about |= {one.seq: int(one.subject) for one in facts.reported}
    for seq, text in Reason.objects.filter(seq__in=about).values_list("seq", "text"):
        yield Text("reason", str(seq), text, about[seq] if about[seq] in extract.people else None)


def titles_of(posts: set[int], extract: Extract) -> dict[int, str]:
    """What posts are called, the last title of each begun before the end of the period."""
    rows = PostSpan.known_at(extract.seq).filter(post__in=posts, days__startswith__lt=extract.period.until)
    return dict(rows.order_by("days__startswith").values_list("post_id", "title"))
