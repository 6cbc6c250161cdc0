"""What a committee decides: counted from the votes, written as decisions with the number of the minutes."""

from dataclasses import dataclass

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.calibration.models import CHAIR, LEFT, Committee, Sitting
from congtam.calibration.queries import members_of, must_leave, present_at, sheets_of, votes_at
from congtam.calibration.sheets import CardSheet, Case
from congtam.calibration.sitting import leads
from congtam.calibration.tallying import Tally, least_present, quorate, tally
from congtam.engine.periods import local_day
from congtam.engine.scoring.decisions import LEGAL_CARD
from congtam.engine.scoring.final import KEPT, LOWERED, cap_matter
from congtam.history.refused import Refused
from congtam.history.sequence import in_order
from congtam.people.models import Person
from congtam.ratings.actions import decide as decide_on

Key = tuple[int, str, str]


@dataclass(frozen=True)
class Room:
    """A sitting as it stands: its members by role, who is there, how they voted."""

    sitting: Sitting
    members: dict[int, str]
    present: frozenset[int]
    votes: dict[Key, dict[int, str]]

    @property
    def committee(self) -> Committee:
        return self.sitting.committee

    @property
    def chair(self) -> int | None:
        return next((one for one, role in self.members.items() if role == CHAIR), None)

    @property
    def least(self) -> int:
        """How many must be there."""
        return least_present(len(self.members), self.committee.quorum_top, self.committee.quorum_bottom)

    @property
    def quorate(self) -> bool:
        """Whether enough members are there."""
        here = len(self.present & set(self.members))
        return quorate(here, len(self.members), self.committee.quorum_top, self.committee.quorum_bottom)

    def entitled(self, leaving: frozenset[int]) -> frozenset[int]:
        """Who is there and need not leave."""
        return (self.present & frozenset(self.members)) - leaving

    def tally(self, case: Case, leaving: frozenset[int]) -> Tally:
        """How the votes on a case fall."""
        votes = self.votes.get((case.person, case.card, case.matter), {})
        return tally(votes, self.entitled(leaving), self.chair, self.committee.chair_settles)

    def presiding(self, case: Case, leaving: frozenset[int]) -> int | None:
        """In whose name the case is decided: the chair's, or of the first there who did not leave for it."""
        votes = self.votes.get((case.person, case.card, case.matter), {})
        entitled = self.entitled(leaving)
        return next((one for one in self.members if one in entitled and votes.get(one) != LEFT), None)


def room_of(sitting: Sitting) -> Room:
    """A sitting as it stands now."""
    members = members_of(sitting.committee, local_day(sitting.began_at))
    return Room(sitting, members, present_at(sitting), votes_at(sitting))


def decide(seat: Seat, sitting: Sitting, case: Case, reason: str = "") -> None:
    """Decide a case as the votes fell. Raises `Refused`: no quorum, no majority, or more would hold a grade than a
    limit allows."""
    with in_order():
        _decide(seat, sitting, [case], reason)


def decide_list(seat: Seat, sitting: Sitting, card: str, rule: str, reason: str = "") -> int:
    """Lower everyone whom a limit proposes to lower, by one decision of the committee; how many. All or none."""
    with in_order():
        sheet = sheets_of(sitting.cycle)[card]
        listed = [case for case in sheet.cases() if case.matter == cap_matter(rule) and case.outcomes[0] == LOWERED]
        if not listed:
            raise Refused("Danh sách này đã được quyết định hết.", "Everyone on this list is decided.")
        _decide(seat, sitting, listed, reason)
    return len(listed)


def _decide(seat: Seat, sitting: Sitting, cases: list[Case], reason: str) -> None:
    room = _ready(seat, sitting)
    leaving = must_leave(sitting, [case.person for case in cases])
    carried = [(case, _carried(room, case, leaving[case.person])) for case in cases]
    _within_limits(sheets_of(sitting.cycle), carried)
    people = Person.objects.in_bulk({case.person for case in cases} | set(room.members))
    for case, outcome in carried:
        presiding = room.presiding(case, leaving[case.person])
        assert presiding is not None, "who voted is there"
        decide_on(
            seat.actor,
            scorecard=outcome if case.matter == LEGAL_CARD else case.card,
            period=sitting.cycle.period,
            matter=case.matter,
            outcome=outcome,
            by=people[presiding],
            number=sitting.number,
            person=people[case.person],
            reason=reason,
        )
        note(seat.actor, "calibration.decide", "person", case.person, {"number": sitting.number, "outcome": outcome})


def _ready(seat: Seat, sitting: Sitting) -> Room:
    sitting.refresh_from_db(fields=["adjourned_at"])
    room = room_of(sitting)
    if sitting.adjourned_at is not None or not leads(seat.person, room.members):
        raise Refused(
            "Chỉ Chủ tịch hoặc Thư ký ghi kết quả, khi phiên họp chưa kết thúc.",
            "Only the chair or the secretary writes down what was decided, before the sitting is adjourned.",
        )
    if not room.quorate:
        here = len(room.present & set(room.members))
        raise Refused(
            f"Có mặt {here}/{len(room.members)} thành viên, cần ít nhất {room.least} người mới được quyết định. "
            "Hãy ghi người có mặt, hoặc chờ đủ người.",
            f"{here} of {len(room.members)} members are here and {room.least} are needed to decide. "
            "Write down who is here, or wait for them.",
        )
    return room


def _carried(room: Room, case: Case, leaving: frozenset[int]) -> str:
    found = room.tally(case, leaving)
    if found.outcome is None:
        raise Refused(
            f"Chưa phương án nào quá nửa trong {found.entitled} người được bỏ phiếu. Hãy bỏ phiếu tiếp.",
            f"No outcome has more than half of the {found.entitled} entitled votes. Go on voting.",
        )
    return found.outcome


def _within_limits(sheets: dict[str, CardSheet], carried: list[tuple[Case, str]]) -> None:
    """Raises `Refused` when keeping somebody takes the place of one whom the limit let pass, or passes the limit. After
    the seal a rise demotes nobody, so there the limit may be passed, which the board says."""
    for key in {case.card for case, outcome in carried if outcome == KEPT}:
        sheet = sheets[key]
        if sheet.sealed:
            continue
        after = sheet.supposing((case.person, case.matter, said) for case, said in carried if case.card == key)
        if sheet.displaced(after) or len(after.over) > len(sheet.over):
            raise Refused(
                "Giới hạn không còn chỗ: giữ mức cho người này thì một người xếp trên mất chỗ. Hãy quyết định hạ một "
                "người khác trong danh sách trước.",
                "The limit is full: keeping them takes the place of somebody ranked above. Decide first who else on "
                "the list is lowered.",
            )
