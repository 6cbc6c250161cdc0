"""What was sealed of the months of a longer period, as known at a number: the source of its averages."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Coalesce

from congtam.engine.facts.sealed import SealedMonth
from congtam.engine.facts.tables import Spell
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import BoundScorecard
from congtam.engine.sealing.archive import part_of, read_seal
from congtam.engine.sealing.months import months_of, sealed_month
from congtam.engine.sealing.recompute import RESULTS
from congtam.engine.sealing.tabled import part_name, rows_of
from congtam.scores.models import Seal, SealedScore, SealFile


def last_sealed(months: Iterable[Period]) -> int:
    """The number of the last seal of any of these months; 0 where there is none."""
    last = _numbered(months).order_by("-at").first()
    return last.at if last is not None else 0


def standing_of(months: Iterable[Period], seq: int | None) -> list[Seal]:
    """The seals that stand for each agency and month as known at `seq` (None: now), in order of their making."""
    found = _numbered(months) if seq is None else _numbered(months).filter(at__lte=seq)
    last = {(one.agency_id, one.period): one for one in found.order_by("number")}
    return sorted(last.values(), key=lambda one: one.pk)


def settled_months(
    agency: int,
    people: Collection[int],
    months: list[Period],
    seq: int,
    graded_in: Mapping[tuple[str, int], int],
) -> Iterator[SealedMonth]:
    """Each of these people in each of these months, by what the seals known at `seq` say: the agency's own, else that
    of the agency that graded them then. Who is in none of them is named too: the month is a gap of theirs, under the
    seal of the agency they were in (`graded_in`, by period and person), under none where that sealed nothing."""
    standing = standing_of(months, seq)
    holding = set(_of(standing, people).values_list("seal", flat=True))
    bodies = {(one.agency_id, one.period): one.body for one in standing}
    found: dict[tuple[str, int], SealedMonth] = {}
    for one in sorted(standing, key=lambda one: one.agency_id == agency):  # one's own last: it holds
        if one.pk in holding:
            for code, told in part_of(bytes(SealFile.objects.get(seal=one).data), RESULTS).values():
                if int(code) in people:
                    found[one.period, int(code)] = sealed_month(one.period, code, told, one.body)
    for month in months:
        for person in sorted(people):
            home = graded_in.get((month.label, person), 0)
            nothing = SealedMonth(month.label, str(person), seal=bodies.get((home, month.label), ""))
            yield found.get((month.label, person), nothing)


def settled_of(
    person: int, spells: Iterable[Spell], months: list[Period], seq: int | None, of: BoundScorecard
) -> Iterator[SealedMonth]:
    """The same of one person as pages show it, without parts: a month that nobody sealed is left out, for it is still
    provisional. `of`: the scorecard of the months, where it has no grades every figure counts."""
    standing = standing_of(months, seq)
    said = {one.seal.period: one for one in _of(standing, [person]).select_related("seal").order_by("seal")}
    sealing = {(str(one.agency_id), one.period): one.body for one in standing}
    for month in months:
        here = {spell.agency for spell in spells if spell.first < month.until and not _ended(spell, month)}
        digest = next((sealing[one, month.label] for one in sorted(here) if (one, month.label) in sealing), None)
        if (row := said.get(month.label)) is not None:
            counts = row.grade is not None or not of.grades
            points = row.points if counts else None
            yield SealedMonth(month.label, str(person), row.card, points, row.grade, row.by, row.seal.body)
        elif digest is not None:
            yield SealedMonth(month.label, str(person), seal=digest)


class HeldMonth(NamedTuple):
    """A month of one person as a seal of a longer period holds it; `slip`: by which another body sent it."""

    row: SealedMonth
    points: int | None
    slip: str = ""


def held_by(seal: Seal, person: int, received: str | None) -> Mapping[str, HeldMonth]:
    """The months of one person that a seal of a longer period stands on, by period, from its own file. `received`: the
    name under which results from elsewhere are reported."""
    parts, code = read_seal(bytes(SealFile.objects.get(seal=seal).data)).parts, str(person)
    told = [row for row in rows_of(parts[part_name("reported")], "reported") if row.subject == code]
    sent = {row.period: row for row in sorted(told, key=lambda row: row.seq) if row.indicator == received}
    found = {}
    for row in months_of(parts):
        if row.subject == code:
            slip = sent.get(row.period) if row.points is None else None
            found[row.period] = HeldMonth(row, slip.value, slip.source or "") if slip else HeldMonth(row, row.points)
    return found


def _ended(spell: Spell, month: Period) -> bool:
    return spell.until is not None and spell.until <= month.first


def _of(seals: Iterable[Seal], people: Collection[int]) -> "QuerySet[SealedScore]":
    return SealedScore.objects.filter(seal__in=list(seals), person__in=people)


def _numbered(months: Iterable[Period]) -> "QuerySet[Seal]":
    """The seals of some months with the number at which each became known: those made before seals had one, by the last
    fact they hold."""
    labels = [one.label for one in months]
    at = Coalesce("known", "seq", output_field=BigIntegerField())
    return Seal.objects.filter(period__in=labels).annotate(at=at)
