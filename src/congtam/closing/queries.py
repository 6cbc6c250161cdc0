"""What is published of a period: the seal that holds, those before it, and why each took another's place."""

from collections.abc import Mapping
from dataclasses import dataclass

from congtam.access.queries import called
from congtam.closing.models import Again, Letterhead
from congtam.cycles.models import Cycle
from congtam.cycles.population import entries_for
from congtam.cycles.queries import period_of
from congtam.engine.periods import Period
from congtam.engine.rulebook.model import Text
from congtam.scores.models import Seal, SealedScore
from congtam.scores.seals import sealed_scores, seals_of, standing_seal


@dataclass(frozen=True)
class Published:
    """A seal of a cycle: by which account it was made, whether it holds, and why it took another's place (empty: the
    first)."""

    seal: Seal
    by: str
    why: str
    holds: bool


@dataclass(frozen=True)
class Change:
    """Of one person: what the earlier seal says, and what the new one does; None where it says nothing of them."""

    person: int
    before: SealedScore | None
    after: SealedScore | None


def published(cycle: Cycle) -> Seal | None:
    """The seal that is published; None before the first."""
    return standing_seal(cycle.agency_id, period_of(cycle))


def history_of_seals(cycle: Cycle) -> list[Published]:
    """Every seal of a cycle, the one that holds first."""
    seals = sorted(seals_of(cycle.agency_id, period_of(cycle)), key=lambda one: -one.number)
    why = dict(Again.objects.filter(seal__in=seals).values_list("seal", "text"))
    names = called([one.by for one in seals])
    return [
        Published(one, names.get(one.by, f"#{one.by}"), why.get(one.pk, ""), holds=place == 0)
        for place, one in enumerate(seals)
    ]


def difference(before: Seal, after: Seal) -> list[Change]:
    """Everyone whose card, points or grade is not the same in two seals, by number."""
    old, new = sealed_scores(before), sealed_scores(after)
    pairs = [Change(person, old.get(person), new.get(person)) for person in sorted(old.keys() | new.keys())]
    return [one for one in pairs if _figures(one.before) != _figures(one.after)]


def grade_titles(period: Period) -> Mapping[tuple[str, str], Text]:
    """What grades are called, by card and grade, in the rules of a period."""
    return {
        (key, grade.id): grade.title for key, entry in entries_for(period).items() for grade in entry.card.model.grades
    }


def letterhead_of(agency: int) -> Letterhead:
    """What stands at the head of an agency's papers; blank until somebody wrote it."""
    return Letterhead.objects.filter(agency=agency, replaced_by=None).first() or Letterhead(agency_id=agency)


def _figures(one: SealedScore | None) -> tuple[object, ...]:
    return () if one is None else (one.card, one.points, one.grade)
