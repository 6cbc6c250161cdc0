"""2030 of Sở A, graded in January 2031, on top of the cast: eleven months sealed, July not, March of An graded by
another body, and January to March of Dung by Sở B of the same site. The months' seals are real files with results
alone: a year reads nothing else of them."""

from collections.abc import Mapping
from datetime import date, datetime

from cast import Cast
from closing_scene import go_on
from congtam.cycles.models import Cycle
from congtam.cycles.opening import open_cycle
from congtam.cycles.transfers import enter_result
from congtam.engine.periods import Period
from congtam.engine.sealing.archive import Sealed
from congtam.engine.sealing.body import Envelope, body_digest, body_of
from congtam.engine.sealing.parts import Part
from congtam.engine.sealing.recompute import RESULTS
from congtam.history.actor import SYSTEM
from congtam.history.sequence import in_order, take
from congtam.people.actions import begin_spell, end_spell
from congtam.registry import actions as registry
from congtam.scores.known import cut
from congtam.scores.models import Seal, SealedScore, SealFile
from cycle_scene import seat
from making import DECREE, HANOI, ONE, adopt_rules
from month_scene import BEGAN
from sealed_scene import OF_A

POINT = 1_000_000
CARD = f"{DECREE}#civil_servant_month"
YEAR = Period.parse("2030")
OPENED = datetime(2031, 1, 6, 8, tzinfo=HANOI)
NOW = datetime(2031, 1, 13, 9, tzinfo=HANOI)
UNSEALED, ELSEWHERE, MOVED = "2030-07", "2030-03", date(2030, 4, 1)
GRADES = ((90, "excellent"), (70, "good"), (50, "complete"))


def points_of(month: int, place: int) -> int:
    """What somebody has in a month: nobody reaches the limited grade."""
    return 72 + (month + place) % 12


def graded(points: int | None) -> str | None:
    """The grade of a month with so many points."""
    return next((grade for least, grade in GRADES if points is not None and points >= least), None)


def month_sealed(
    cast: Cast, label: str, points: Mapping[str, int | None], made_at: datetime, agency: str = "so-a"
) -> Seal:
    """A month's seal as the room of scores keeps it; None: not enough work for a grade."""
    unit, period = cast.units[agency], Period.parse(label)
    before = Seal.objects.filter(agency=unit, period=label).order_by("-number").first()
    rows = [[str(cast.people[code].pk), _result(total)] for code, total in points.items()]
    parts = {RESULTS: Part.of(RESULTS, 1, rows, b"secret")}
    body = body_of({"agency": str(unit.pk), "period": label, "seq": cut().seq}, parts)
    number = before.number + 1 if before else 1
    envelope = Envelope(body_digest(body), number, made_at, "1", None, before.head if before else None)
    with in_order():
        row = Seal.objects.create(
            agency=unit, period=label, number=number, seq=cut().seq, known=take(1)[0], as_of=period.end,
            body=envelope.body, head=envelope.digest, envelope=envelope.told(), supersedes=before, people=len(points),
            made_at=made_at, by=1,
        )  # fmt: skip
        SealFile.objects.create(seal=row, data=Sealed(body, envelope.told(), parts).to_bytes())
        SealedScore.objects.bulk_create(
            SealedScore(
                seal=row, person=cast.people[code], rulebook=DECREE, scorecard="civil_servant_month",
                points=0 if total is None else total * POINT, before=graded(total), grade=graded(total), by="rule",
                role="staff", unit=cast.units["phong-mot"], post_title="Chuyên viên", duty_group="staff",
                staff_kind="civil_servant",
            )
            for code, total in points.items()
        )  # fmt: skip
    return row


def _result(total: int | None) -> dict[str, object]:
    points = 0 if total is None else total * POINT
    return {
        "card": CARD,
        "lowest": points,
        "highest": points,
        "graded_by": "insufficient" if total is None else "rule",
        "grade": graded(total),
        "parts": [["general", "value", 30 * POINT, min(points, 20 * POINT)],
                  ["results", "value", 70 * POINT, points - min(points, 20 * POINT)]],
    }  # fmt: skip


def _moved(cast: Cast) -> None:
    """Dung worked at Sở B until April."""
    end_spell(SYSTEM, cast.spells["dung"], date(2030, 1, 1))
    said = {"person": cast.people["dung"], "staff_kind": "civil_servant"}
    begin_spell(SYSTEM, code="dung-b", post=cast.posts["em"], first=date(2030, 1, 1), until=MOVED, **said)
    begin_spell(SYSTEM, code="dung-a", post=cast.posts["dung"], first=MOVED, **said)


def year_on_the_way(cast: Cast) -> Cycle:
    """The year's cycle at the step of the seal."""
    adopt_rules(hue=False)
    registry.add_card(ONE, DECREE, "civil_servant_year", True, BEGAN)
    for month in YEAR.months():
        if month.label != UNSEALED:
            of_month = {code: points_of(month.first.month, place) for place, code in enumerate(OF_A)}
            if month.label == ELSEWHERE:
                del of_month["an"]
            if month.first < MOVED:
                month_sealed(cast, month.label, {"dung": of_month.pop("dung")}, month.end, agency="so-b")
            month_sealed(cast, month.label, of_month, month.end)
    _moved(cast)
    enter_result(seat(cast, now=OPENED), cast.people["an"].pk, ELSEWHERE, 95 * POINT, "12/KQ", "Sở B", now=OPENED)
    cycle = open_cycle(seat(cast, now=OPENED), cast.units["so-a"].pk, "2030", "02/KH-SA", now=OPENED)
    go_on(cast, cycle, "seal", NOW)
    return cycle
