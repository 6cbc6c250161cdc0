"""What keeps a period from being sealed: what, whose, who is to act, since when, and the page that mends it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from congtam.calibration.queries import committee_of, members_of, open_cases
from congtam.closing import gaps
from congtam.closing.models import Accepted
from congtam.cycles.models import Cycle
from congtam.cycles.population import Member
from congtam.cycles.queries import cycle_of, people_in, period_of, steps_of
from congtam.cycles.standing import Stand
from congtam.cycles.words import STEP_TITLES
from congtam.cycles.year import Unsettled, unsettled
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.marking.queries import Missing, missing
from congtam.objections.queries import changed_since_slip, open_requests, slips_of, waiting_slips
from congtam.orgs.queries import names_of as called
from congtam.people.queries import names_of
from congtam.scores.models import Run
from congtam.scores.taking import last_taken

__all__ = ["Block", "Readiness", "blocks", "readiness", "told_once"]
A_FEW = 3  # people named where there are more


@dataclass(frozen=True)
class Block:
    """One thing that keeps a period from being sealed.

    `step`: in which it is mended; `person`: whose result it holds up (None: everybody's); `who`: the person who is to
    act (None: the personnel office); `page`, `args`, `query`: the address by which it is mended. `about` names it, the
    same as long as it lasts. `can_be_accepted`: a leader may seal in spite of it, with a reason.
    """

    kind: str
    step: str
    what: Text
    about: str
    since: datetime
    person: int | None = None
    who: int | None = None
    page: str = ""
    args: tuple[str | int, ...] = ()
    query: str = ""
    can_be_accepted: bool = False


@dataclass(frozen=True)
class Readiness:
    """How near a period is to its seal: its people, what blocks it, what a leader accepted, and the steps that are
    still before the seal."""

    members: tuple[Member, ...]
    blocks: tuple[Block, ...]
    accepted: tuple[Block, ...] = ()
    steps: tuple[Stand, ...] = field(default=())

    @property
    def people(self) -> int:
        """Everyone in the period."""
        return len(self.members)

    @property
    def ready(self) -> int:
        """Those whom nothing of their own holds up."""
        held = {one.person for one in self.blocks}
        return sum(one.person not in held for one in self.members)

    @property
    def waited_for(self) -> int:
        """How many people are to act; the personnel office counts as one."""
        return len({one.who for one in self.blocks})

    @property
    def sentence(self) -> Text:
        """The state in one line."""
        if not self.blocks:
            return Text(
                vi=f"{self.ready}/{self.people} người đủ điều kiện; không còn việc chặn.",
                en=f"{self.ready} of {self.people} people ready; nothing blocks.",
            )
        n, of = len(self.blocks), self.waited_for
        return Text(
            vi=f"{self.ready}/{self.people} người đủ điều kiện; {n} việc chặn, của {of} người.",
            en=f"{self.ready} of {self.people} people ready; {n} block{'s' if n > 1 else ''}, "
            f"of {of} {'people' if of > 1 else 'person'}.",
        )

    @property
    def reasons(self) -> list[Text]:
        """Why the period cannot be sealed yet, what holds up several people once; nothing when it can."""
        found = [_of_step(one) for one in self.steps[:1]]
        return [*found, *told_once(self.blocks)]


def readiness(cycle: Cycle, now: datetime) -> Readiness:
    """How near a cycle is to its seal at an instant."""
    members = tuple(one for one in people_in(cycle, now) if not one.elsewhere)
    found, taken_by = list(_found(cycle, members, now)), _accepted(cycle)
    left = [one for one in found if not (one.can_be_accepted and one.about in taken_by)]
    steps = [one for one in steps_of(cycle, now).values() if one.step not in ("seal", "handover")]
    return Readiness(
        members,
        tuple(sorted(left, key=lambda one: (one.since, one.about))),
        tuple(one for one in found if one not in left),
        tuple(one for one in steps if one.state != "done"),
    )


def blocks(cycle: Cycle, now: datetime) -> list[Block]:
    """What blocks the seal, the longest first."""
    return list(readiness(cycle, now).blocks)


def told_once(those: Iterable[Block]) -> list[Text]:
    """What blocks, each thing once with how many people it holds up; with how many things where it is nobody's own."""
    held: dict[tuple[str, str], list[int | None]] = defaultdict(list)
    for one in those:
        held[one.what.vi, one.what.en].append(one.person)
    return [_of_many(Text(vi=vi, en=en), whom) for (vi, en), whom in held.items()]


def _found(cycle: Cycle, members: Iterable[Member], now: datetime) -> Iterator[Block]:
    yield from _ratings(missing(cycle, now=now))
    yield from _cases(cycle, now)
    yield from _slips(cycle, now)
    yield from _unshown(cycle, members, now)
    yield from _requests(cycle, now)
    yield from _months(cycle, members, now)
    for gap in gaps.gaps_of(cycle, now):
        yield Block(gap.kind, "cut_off", gap.what, gap.about, gap.since, None, gap.who, gap.page, (), gap.query, True)


def _ratings(lacking: Iterable[Missing]) -> Iterator[Block]:
    """Marks that are asked for: one block for each person and rater."""
    by: dict[tuple[int, int | None], list[Missing]] = defaultdict(list)
    for one in lacking:
        by[one.person, one.rater].append(one)
    for (person, rater), those in by.items():
        named = [one.criterion.title for one in those]
        vi, en = ", ".join(one.vi for one in named), ", ".join(one.en for one in named)
        nobody = Text(vi=" Không còn ai để hỏi.", en=" Nobody is left to ask.") if rater is None else Text(vi="", en="")
        what = Text(vi=f"Chưa chấm: {vi}.{nobody.vi}", en=f"Not rated yet: {en}.{nobody.en}")
        since = min(one.since for one in those)
        yield Block("rating", "rating", what, f"rating:{person}:{rater or 0}", since, person, rater, "marking")


def _cases(cycle: Cycle, now: datetime) -> Iterator[Block]:
    """What waits for the committee: its chair is to call it."""
    found = open_cases(cycle, now)
    committee = committee_of(cycle.agency_id, local_day(now)) if found else None
    chair = next(iter(members_of(committee, local_day(now))), None) if committee else None
    for one in found:
        about = f"case:{one.person}:{one.matter}"
        yield Block(
            "case", "calibration", one.why, about, one.since, one.person, chair, "calibration_board", (cycle.pk,)
        )


def _slips(cycle: Cycle, now: datetime) -> Iterator[Block]:
    """Draft slips nobody answered while there is time, and results that changed since they were shown."""
    for one in waiting_slips(cycle, now):
        what = Text(vi="Chưa có ý kiến về phiếu dự thảo, còn trong hạn.", en="The draft slip waits for their remarks.")
        yield Block(
            "slip", "review", what, f"slip:{one.person_id}", one.shown_at, one.person_id, one.person_id, "slips"
        )
    period = period_of(cycle)
    runs = last_taken(cycle.agency_id, period, "draft")
    for person in changed_since_slip(cycle, runs) if runs else ():
        what = Text(
            vi="Điểm đã thay đổi sau khi xem phiếu dự thảo; cần gửi lại phiếu.",
            en="Points changed after the draft slip was shown; show the slip again.",
        )
        yield Block("changed", "draft_slip", what, f"changed:{person}", _taken_at(runs), person)


def _unshown(cycle: Cycle, members: Iterable[Member], now: datetime) -> Iterator[Block]:
    """Those graded here who were shown no slip although that step is over."""
    step = steps_of(cycle, now).get("draft_slip")
    if step is None or step.state != "done":
        return
    shown = {one.person_id for one in slips_of(cycle)}
    for one in members:
        if one.graded and one.person not in shown:
            what = Text(
                vi="Chưa được xem phiếu dự thảo; hãy mở lại bước phiếu dự thảo và gửi phiếu.",
                en="Was shown no draft slip; open that step again and show it.",
            )
            yield Block("unshown", "draft_slip", what, f"unshown:{one.person}", step.since, one.person)


def _taken_at(runs: list[Run]) -> datetime:
    return max(one.made_at for one in runs)


def _requests(cycle: Cycle, now: datetime) -> Iterator[Block]:
    for one in open_requests(cycle, now):
        what = Text(vi="Đề nghị xem xét lại chưa được trả lời.", en="A request to review has no answer yet.")
        yield Block(
            "request",
            "objections",
            what,
            f"request:{one.pk}",
            one.asked_at,
            one.person_id,
            one.responder_id,
            "review_request",
            (one.pk,),
        )


def _months(cycle: Cycle, members: Iterable[Member], now: datetime) -> Iterator[Block]:
    """Months of a longer period that are not sealed, here or where its people were then, and of which some of them
    have no result from elsewhere."""
    for one in unsettled(cycle, members, now):
        if one.agency != cycle.agency_id:
            yield _month_elsewhere(one)
            continue
        month, n = cycle_of(cycle.agency_id, one.period), len(one.people)
        vi, en = one.period.title("vi"), one.period.title("en")
        what = Text(
            vi=f"{vi} chưa chốt, và {n} người chưa có kết quả nơi khác gửi. Hãy chốt, hoặc nhập phiếu kết quả.",
            en=f"{en} is not sealed, and {n} {'people have' if n > 1 else 'person has'} no result from elsewhere. "
            "Seal it, or enter the slips.",
        )
        page, args = ("closing_cycle", (month.pk,)) if month is not None else ("results_moved", ())
        about = f"month:{one.period.label}"
        yield Block("month", "cut_off", what, about, one.period.end, None, None, page, args, can_be_accepted=True)


def _month_elsewhere(one: Unsettled) -> Block:
    """A month that another agency of the site has not sealed: that is for it to do, or for its slip."""
    named, n = names_of(one.people[:A_FEW]), len(one.people)
    people = ", ".join(named[person] for person in one.people if person in named) + (", …" if n > A_FEW else "")
    agency, month = called([one.agency], one.period.first)[one.agency], one.period
    has = "people graded there have" if n > 1 else "person graded there has"
    what = Text(
        vi=f"{month.title('vi')} của {agency} chưa chốt, và {n} người được chấm ở đó chưa có kết quả ({people}). "
        "Hãy đề nghị nơi đó chốt, hoặc nhập phiếu kết quả.",
        en=f"{month.title('en')} of {agency} is not sealed, and {n} {has} no result ({people}). "
        "Ask that agency to seal it, or enter the slips.",
    )
    about = f"month:{month.label}:{one.agency}"
    return Block("month", "cut_off", what, about, month.end, page="results_moved", can_be_accepted=True)


def _accepted(cycle: Cycle) -> set[str]:
    return set(Accepted.standing().filter(cycle=cycle).values_list("about", flat=True))


def _of_many(what: Text, whom: list[int | None]) -> Text:
    """How many people it holds up; how many things it is where it is nobody's own."""
    n, vi, en = (len(whom), "việc", "things") if None in whom else (len(set(whom)), "người", "people")
    return what if n == 1 else Text(vi=f"{what.vi.rstrip('.')} ({n} {vi}).", en=f"{what.en.rstrip('.')} ({n} {en}).")


def _of_step(one: Stand) -> Text:
    title = STEP_TITLES[one.step]
    return Text(vi=f"Kỳ còn ở bước “{title.vi}”.", en=f"The period still stands at “{title.en}”.")
