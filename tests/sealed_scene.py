"""A month ready to be sealed, on top of the cast: work done well and late, everyone marked, limits decided on."""

from datetime import datetime

from cast import Cast
from congtam.access.seats import Seat, seat_of
from congtam.engine.scoring.final import Final, FinalBy
from congtam.engine.sealing.recompute import finals_of
from congtam.history.actor import SYSTEM
from congtam.ratings.actions import decide, rate
from congtam.scores.extract import Extract
from congtam.scores.known import cut
from congtam.scores.models import Seal
from congtam.scores.seals import held_in, seal, standing_seal
from making import DECREE, MONTH, Works, adopt_rules, at

CARD = f"{DECREE}#civil_servant_month"
NOW = at(5, month=7)
OF_A = (
    *("giam-doc", "pho-giam-doc", "nhan-su", "quy-tac", "duyet-quy-tac", "quan-tri", "du-lieu", "van-thu"),
    *("truong-mot", "an", "binh", "truong-hai", "chi", "dung"),
)


def play(cast: Cast) -> Works:
    """June 2030 of the whole department, known in full; nothing is decided yet."""
    adopt_rules()
    works = Works(cast)
    for number, person in enumerate(OF_A * 6):
        late = person in ("binh", "chi") and number % 4 == 0
        works.task(f"t-{number}", person, at(3), at(5 + number % 14, 17), at(19 if late else 4 + number % 14, 15))
    works.task("sau", "an", at(2, month=7), at(4, 17, month=7))  # of the next month
    works.task("qua-thang", "binh", at(20), at(27, 17), at(2, month=7))  # late at the end of the month, done since
    for place, person in enumerate(OF_A):
        by = cast.people["nhan-su" if person != "nhan-su" else "giam-doc"]
        for criterion in ("general", "organising", "rallying"):
            value = (30 if place < 6 else 22) * 1_000_000 if criterion == "general" else 28_000_000
            rate(SYSTEM, criterion=criterion, period=MONTH.label, by=by, person=cast.people[person], value=value)
    return works


def extract(cast: Cast, now: datetime = NOW) -> Extract:
    """What the month stands on now."""
    return Extract(cast.units["so-a"].pk, MONTH, cut().seq, min(now, MONTH.end))


def finals(cast: Cast, now: datetime = NOW) -> dict[str, dict[int, Final]]:
    """Everyone's final grade as it is now."""
    of = extract(cast, now)
    held = held_in(standing_seal(of.agency, MONTH), of.entries)
    found = finals_of(of.evaluate(), str(of.agency), held)
    return {card: {int(code): one for code, one in of_card.items()} for card, of_card in found.items()}


def settle_limits(cast: Cast) -> None:
    """Whoever waits because of a limit, or of a hole in the rule, is decided on."""
    codes = {one.pk: code for code, one in cast.people.items()}
    for card, of_card in finals(cast).items():
        for person, one in of_card.items():
            if one.by is FinalBy.WAITS:
                by = "pho-giam-doc" if codes[person] == "giam-doc" else "giam-doc"
                matter, outcome = (f"cap:{one.cap}", "lowered") if one.cap else ("otherwise", "complete")
                said = {"scorecard": card, "period": MONTH.label, "matter": matter, "outcome": outcome}
                decide(SYSTEM, person=cast.people[codes[person]], by=cast.people[by], number="12/BB-HĐ", **said)


def leader(cast: Cast, now: datetime = NOW) -> Seat:
    """Whoever seals."""
    return seat_of(cast.account("leader"), now.date())


def sealed(cast: Cast, now: datetime = NOW) -> Seal:
    """The month sealed as it is now."""
    return seal(cast.units["so-a"].pk, MONTH, leader(cast, now), now, finals(cast, now))
