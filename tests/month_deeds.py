"""Everything anybody of the cast may try in the month of June 2030 of Sở A, told in July; who may is asserted anew."""

from datetime import timedelta
from random import Random
from typing import Any

from django.db.models import F

from calibration_scene import MEMBERS
from cast import Cast
from congtam.calibration import deciding, sitting
from congtam.calibration.models import ABSTAINED, LEFT, Vote
from congtam.calibration.queries import open_cases, sitting_now
from congtam.closing.blocks import readiness
from congtam.closing.queries import difference, published
from congtam.closing.sealing import close, supersede
from congtam.cycles import moving, telling
from congtam.cycles.models import Cycle
from congtam.cycles.opening import open_cycle
from congtam.cycles.passing import pass_due
from congtam.cycles.queries import current, period_of
from congtam.cycles.standing import Stand
from congtam.engine.periods import local_day
from congtam.engine.scoring.final import FinalBy
from congtam.engine.sealing.recompute import finals_of
from congtam.exemptions import incidents
from congtam.history.actor import SYSTEM
from congtam.history.refused import Refused
from congtam.marking.giving import CANNOT_TELL, give
from congtam.marking.queries import missing
from congtam.objections import slips
from congtam.objections.answering import answer
from congtam.objections.correcting import MARK, SOURCE, Correction
from congtam.objections.models import Answer, Request, Saying
from congtam.objections.queries import open_requests, slips_of, to_answer, waiting_slips
from congtam.objections.requests import About, object_to
from congtam.people.actions import begin_spell, end_spell, set_post
from congtam.people.models import Spell
from congtam.ratings.actions import rate, take_back
from congtam.ratings.models import Decision, Rating
from congtam.scores.models import RunScore, Seal, SealedScore
from congtam.scores.seals import held_in, sealed_scores
from congtam.scores.taking import extract_of, last_taken
from cycle_scene import OPENED, seat
from month_scene import PERIOD

KEEPER, LEADER = "nhan-su", "giam-doc"
HEADS = {"phong-mot": "truong-mot", "phong-hai": "truong-hai"}
STAFF = ("an", "binh", "chi", "dung", "truong-hai")
PEOPLE = (*STAFF, KEEPER, LEADER, "truong-mot", "pho-giam-doc", "giam-doc-b", "em")
NOISE = (
    *("open", "finish", "pause", "resume", "reopen", "wait", "claim", "hand_in", "mark", "show", "agree", "remark"),
    *("object", "answer", "convene", "attend", "vote", "decide", "adjourn", "close", "close", "supersede"),
    *("incident", "move", "given_anew", "unmarked"),
)
USUAL = dict.fromkeys(("pause", "convene", "attend", "adjourn"), KEEPER) | dict.fromkeys(("incident", "close"), LEADER)


class Month:
    """June 2030 of Sở A in July: who may do what is written here anew, and asserted when something was done."""

    def __init__(self, cast: Cast, chance: Random):
        self.cast, self.chance, self.now = cast, chance, OPENED
        self.section = {"an": "phong-mot", "binh": "phong-mot", "chi": "phong-hai", "dung": "phong-hai"}
        self.code = {one.pk: code for code, one in cast.people.items()}
        self.cycle: Cycle | None = None
        self.stand: Stand | None = None
        self.minutes = self.moves = self.tried = 0
        self.news = False  # whether something was put right after the seal

    # --- what is tried: each deed names who may do it, and does it

    def open(self, by: str) -> None:
        self.cycle = open_cycle(self.seat(by), self.cast.units["so-a"].pk, PERIOD, "15/KH", now=self.now)
        assert by == KEEPER

    def finish(self, by: str) -> None:
        moving.finish(self.seat(by), self.known, self.step or "rating", now=self.now)
        assert by == KEEPER

    def pause(self, by: str) -> None:
        moving.pause(self.seat(by), self.known, "Mất điện", now=self.now)
        assert by == KEEPER

    def resume(self, by: str) -> None:
        moving.resume(self.seat(by), self.known, now=self.now)
        assert by == KEEPER

    def reopen(self, by: str) -> None:
        step = self.chance.choice(("rating", "calibration", "objections", "draft_slip"))
        moving.reopen(self.seat(by), self.known, step, "Còn thiếu", now=self.now)
        assert by == KEEPER and not published(self.known)

    def wait(self, by: str) -> None:
        """Hours pass, and the worker does what falls due."""
        self.now += timedelta(hours=self.chance.choice((1, 3, 20, 60)))
        pass_due(self.now)
        slips.settle_silence(self.now)
        if self.cycle:
            slips.show_again(self.cycle, self.now)

    def incident(self, by: str) -> None:
        units = (self.cast.units["so-a"].pk,)
        over = self.now - timedelta(hours=self.chance.choice((1, 5)))
        told = incidents.Told("outage", "Sự cố", units, over, self.now, "3/QĐ", local_day(self.now), "Mất điện")
        incidents.record(self.seat(by), told, now=self.now)
        assert by == LEADER

    def claim(self, by: str) -> None:
        asked = self.cast.people["binh" if by == "an" else "an"].pk
        telling.claim(self.seat(by), self.known, "general", "Sáng kiến", counterpart=asked, now=self.now)
        assert self.step == "self_report" and by not in ("giam-doc-b", "em")

    def hand_in(self, by: str) -> None:
        telling.hand_in(self.seat(by), self.known, now=self.now)
        assert self.step == "self_report" and by not in ("giam-doc-b", "em")

    def mark(self, by: str, person: str | None = None) -> None:
        whom = person or self.chance.choice(STAFF)
        before = Rating.standing().filter(person=self.cast.people[whom], criterion="general").first()
        said = self.chance.choice((22_000_000, 22_000_000, 29_000_000, 29_000_000, CANNOT_TELL))
        given_ = give(self.seat(by), self.known, self.cast.people[whom].pk, "general", said, "Vì vậy", now=self.now)
        own = before is not None and before.by_id == given_.by_id
        assert by != whom and self.step == "rating"
        assert own or by == HEADS.get(self.section.get(whom, "")) or (by == LEADER and self.passed_on(whom))

    def show(self, by: str) -> None:
        slips.show_slips(self.seat(by), self.known, now=self.now)
        assert by == KEEPER and not published(self.known)

    def agree(self, by: str) -> None:
        slip = self.slip_of(by)
        slips.agree_to_rest(self.seat(by), slip, now=self.now)
        assert self.code[slip.person_id] == by

    def remark(self, by: str) -> None:
        slip = self.slip_of(by)
        slips.say(self.seat(by), slip, "general", "remark", "Còn thiếu", now=self.now)
        assert self.code[slip.person_id] == by

    def object(self, by: str) -> None:
        about = About(self.chance.choice(("general", "general", "results", "grade")))
        made = object_to(self.seat(by), self.known, about, "Xin xem lại", now=self.now)
        assert self.code[made.person_id] == by and made.person_id not in made.raters and not published(self.known)

    def answer(self, by: str) -> None:
        waiting = open_requests(self.known, self.now) or Request.objects.order_by("-pk")[:1]
        if not waiting:
            raise Refused("", "nobody asked")
        one = self.chance.choice(list(waiting))
        how = self.chance.choice(("refused", "mark", "source"))
        corrected = {"mark": Correction(MARK, value=self.chance.choice((21, 28)) * 1_000_000)}.get(how)
        given_ = None if how == "refused" else corrected or Correction(SOURCE)
        answer(self.seat(by), one, "refused" if how == "refused" else "upheld", "Đã xem", given_, now=self.now)
        assert self.cast.people[by].pk not in (one.person_id, *one.raters)
        assert by == LEADER or by == HEADS.get(self.section.get(self.code[one.person_id], ""))

    def convene(self, by: str) -> None:
        self.minutes += 1
        sitting.convene(self.seat(by), self.known, f"{self.minutes}/BB", self.now)
        assert by in (KEEPER, LEADER)

    def attend(self, by: str) -> None:
        there = [self.cast.people[one].pk for one in MEMBERS if one == LEADER or self.chance.random() < 0.9]
        sitting.attend(self.seat(by), self.sits, there)
        assert by in (KEEPER, LEADER)

    def vote(self, by: str) -> None:
        """The leader writes down how all voted; anybody else votes alone."""
        case, held = self.case, self.sits
        voters = list(MEMBERS) if by == LEADER else [by]
        outcome = self.chance.choice(case.outcomes)
        for one in voters:
            person = self.cast.people[one].pk
            if by != LEADER or (person in sitting.present_at(held) and person != case.person):
                sitting.vote(self.seat(by), held, person, case, self.chance.choice((*[outcome] * 8, ABSTAINED, LEFT)))
        assert by in MEMBERS

    def decide(self, by: str) -> None:
        deciding.decide(self.seat(by), self.sits, self.case, "Theo phiếu")
        assert by in (KEEPER, LEADER)

    def adjourn(self, by: str) -> None:
        sitting.adjourn(self.seat(by), self.sits, self.now)
        assert by in (KEEPER, LEADER)

    def close(self, by: str) -> None:
        """Refused exactly when the page says that something blocks it, another step is open, or facts came since."""
        found, step, standing = readiness(self.known, self.now), self.step, published(self.known)
        try:
            made = close(self.seat(by), self.known, self.now)
        except Refused as refused:
            may = by == LEADER and standing is None and step == "seal" and not self.paused
            if may and found.blocks:
                assert all(one.what.en.rstrip(".") in refused.text.en for one in found.blocks[:10])
            elif may:
                assert "Newer facts changed" in refused.text.en or "no final grade yet" in refused.text.en
            raise
        assert by == LEADER and standing is None and step == "seal" and not found.blocks
        self.holds_what_was_shown(made)
        self.sealed_by_named_people(made)

    def supersede(self, by: str) -> None:
        before = published(self.known)
        made = supersede(self.seat(by), self.known, "Kết luận 20/KL", self.now)
        assert by == LEADER and before is not None and made.supersedes_id == before.pk
        first, second = (
            {who: (one.points, one.grade) for who, one in sealed_scores(of).items()} for of in (before, made)
        )
        changed = {who for who in first.keys() | second.keys() if first.get(who) != second.get(who)}
        assert changed == {one.person for one in difference(before, made)} != set()
        self.sealed_by_named_people(made)

    def move(self, by: str) -> None:
        """Bình or Dũng changes section on the day."""
        whom, self.moves = self.chance.choice(("binh", "dung")), self.moves + 1
        to, first = self.chance.choice(tuple(HEADS)), local_day(self.now)
        person = self.cast.people[whom]
        spell = Spell.standing().get(person=person, days__contains=first)
        if spell.days.lower >= first:
            raise Refused("", "moved today already")
        told = {"title": "Mới", "duty_group": "staff", "first": first}
        post = set_post(SYSTEM, f"moi-{self.moves}", unit=self.cast.units[to], **told)
        end_spell(SYSTEM, spell, first, "3/QĐ")
        begin_spell(SYSTEM, code=post.code, person=person, post=post, staff_kind="civil_servant", first=first)
        self.section[whom] = to

    def given_anew(self, by: str) -> None:
        """A mark that a complaint corrected arrives, whatever the step."""
        mark = Rating.standing().filter(person__code__in=STAFF, criterion="general").first()
        if mark is None or mark.value is None or mark.person is None:
            raise Refused("", "nothing to correct")
        value = 51_000_000 - mark.value
        rate(SYSTEM, criterion="general", period=PERIOD, by=mark.by, person=mark.person, value=value)
        self.news = self.cycle is not None and published(self.cycle) is not None

    def unmarked(self, by: str) -> None:
        """A mark is found to be of somebody else and taken back."""
        mark = Rating.standing().filter(person__code=self.chance.choice(STAFF), criterion="general").first()
        if mark is None or (self.cycle and published(self.cycle)):
            raise Refused("", "nothing to take back")
        take_back(SYSTEM, mark)

    # --- what they need

    @property
    def known(self) -> Cycle:
        if self.cycle is None:
            raise Refused("", "no cycle is open")
        return self.cycle

    def look(self) -> None:
        """Where the month stands, before anything is tried."""
        self.stand = current(self.cycle, self.now) if self.cycle else None

    @property
    def step(self) -> str | None:
        return self.stand.step if self.stand else None

    @property
    def paused(self) -> bool:
        return self.stand is not None and self.stand.state == "paused"

    @property
    def sits(self) -> Any:
        found = sitting_now(self.known)
        if found is None:
            raise Refused("", "no sitting")
        return found

    @property
    def case(self) -> Any:
        found = open_cases(self.known)
        if not found:
            raise Refused("", "no case")
        return found[0]

    def seat(self, code: str) -> Any:
        return seat(self.cast, code, self.now)

    def passed_on(self, whom: str) -> bool:
        """Whether a head said of somebody that they cannot tell, or nobody heads their section."""
        said = Rating.objects.filter(person=self.cast.people[whom], state="missing", by__code__in=HEADS.values())
        return whom not in self.section or said.exists()

    def slip_of(self, by: str) -> Any:
        """Mostly one's own."""
        found = slips_of(self.known)
        if not found:
            raise Refused("", "no slips")
        own = [one for one in found if self.code[one.person_id] == by]
        return own[0] if own and self.chance.random() < 0.8 else self.chance.choice(found)

    def sensible(self) -> tuple[str, ...]:
        """What would bring the month on: a deed and who may do it, and to whom."""
        match "paused" if self.paused else self.step:
            case None if self.cycle is None:
                return "open", KEEPER
            case None:
                return self.wanted_vote() or ("supersede" if self.news else "given_anew", LEADER)
            case "paused":
                return "resume", KEEPER
            case "rating":
                return self.wanted_mark() or ("finish", KEEPER)
            case "draft_slip":
                return ("finish" if slips_of(self.known) and self.chance.random() < 0.7 else "show"), KEEPER
            case "review":
                said = waiting_slips(self.known, self.now)
                return (
                    ("agree", self.code[said[0].person_id])
                    if said and self.chance.random() < 0.4
                    else ("finish", KEEPER)
                )
            case "calibration":
                return self.wanted_vote() or ("finish", KEEPER)
            case "objections":
                for one in ("truong-mot", "truong-hai", LEADER):
                    if to_answer(self.seat(one)):
                        return "answer", one
                return ("finish", KEEPER) if self.chance.random() < 0.5 else ("object", self.chance.choice(STAFF))
            case "seal":
                return self.unblocking() or ("close", LEADER)
            case _:
                return "finish", KEEPER

    def unblocking(self) -> tuple[str, ...] | None:
        kinds = {one.kind for one in readiness(self.known, self.now).blocks}
        if "case" in kinds:
            return self.wanted_vote()
        if "changed" in kinds:
            return "show", KEEPER
        if kinds & {"rating", "request", "unshown"}:
            return "reopen", KEEPER
        return ("wait", KEEPER) if kinds or self.chance.random() < 0.2 else None

    def wanted_mark(self) -> tuple[str, ...] | None:
        asked = [one for one in missing(self.known, now=self.now) if one.rater]
        return ("mark", self.code[asked[0].rater or 0], self.code[asked[0].person]) if asked else None

    def wanted_vote(self) -> tuple[str, ...] | None:
        held, cases = sitting_now(self.known), open_cases(self.known)
        if held is None:
            return ("convene", KEEPER) if cases else None
        if not cases:
            return "adjourn", LEADER
        if not sitting.present_at(held):
            return "attend", KEEPER
        voted = Vote.standing().filter(sitting=held, person=cases[0].person, matter=cases[0].matter).exists()
        return self.chance.choice(("decide", "decide", "vote", "attend")) if voted else "vote", LEADER

    # --- what always holds

    def holds_what_was_shown(self, made: Seal) -> None:
        """Everybody's sealed points are those on the slip they were shown last."""
        sealed = SealedScore.objects.filter(seal=made)
        shown = {
            one.person_id: RunScore.objects.get(run=one.run_id, person=one.person_id) for one in slips_of(self.known)
        }
        for one in sealed:
            row = shown[one.person_id]
            assert (one.points, one.card) == (row.lowest if row.lowest == row.highest else None, row.run.card)

    def sealed_by_named_people(self, made: Seal) -> None:
        """Where the rule asks for a person there is a decision of another one, with a number; nobody waits; and the
        grades are those that the facts give when everything is counted anew."""
        for one in SealedScore.objects.filter(seal=made):
            assert one.by != FinalBy.WAITS and (one.grade is not None or one.by == FinalBy.RULE)
            said = Decision.standing().filter(person=one.person_id, period=PERIOD, scorecard=one.card)
            if one.by in (FinalBy.CAP, FinalBy.COMMITTEE):
                said = said.get(matter=f"cap:{one.cap}")
                assert said.outcome == ("lowered" if one.by == FinalBy.CAP else "kept")
                assert said.by_id != one.person_id and said.number
            elif one.by == FinalBy.DECISION:
                assert said.exclude(matter__startswith="cap:").exclude(by=one.person_id).exclude(number="").exists()
        extract = extract_of(last_taken(made.agency_id, period_of(self.known), "final")[0])
        held = held_in(made.supersedes, extract.entries)
        anew = finals_of(extract.evaluate(), str(made.agency_id), held)
        told = {(card, int(who)): (one.grade, one.by) for card, of in anew.items() for who, one in of.items()}
        assert told == {(one.card, who): (one.grade, one.by) for who, one in sealed_scores(made).items()}

    def never(self) -> None:
        """What may not be, whoever did what."""
        for own in (
            Vote.objects.filter(member=F("person")),
            Decision.objects.filter(by=F("person")),
            Rating.objects.filter(by=F("person")).exclude(stage="self"),
            Answer.objects.filter(by=F("request__person")),
            Answer.objects.filter(request__raters__contains=[F("by")]),
            Saying.objects.filter(said="silent", at__gt=self.now),
        ):
            assert not own.exists(), own.query


def noise(chance: Random) -> tuple[str, str]:
    """Anything, by anybody; often by who may do it."""
    deed = chance.choice(NOISE)
    return deed, USUAL.get(deed, chance.choice(PEOPLE)) if chance.random() < 0.6 else chance.choice(PEOPLE)
