"""The papers of a sealed period: what the seal, the committee's sitting and the list of payments say, as values that
`documents.render` lays out. Papers are in Vietnamese, as the offices that sign them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from congtam.calibration.deciding import Room, room_of
from congtam.calibration.models import ABSTAINED, CHAIR, LEFT, SECRETARY, Sitting
from congtam.closing.models import Letterhead
from congtam.closing.queries import grade_titles
from congtam.cycles.models import Cycle
from congtam.cycles.population import entries_for
from congtam.cycles.queries import period_of
from congtam.documents.keeping import address_of, new_code
from congtam.documents.papers import (
    BonusList,
    Case,
    Count,
    Header,
    Minutes,
    Result,
    ResultDecision,
    Signer,
    UnitResults,
)
from congtam.engine.explaining.acts import cited
from congtam.engine.periods import Period
from congtam.engine.scoring.decisions import LEGAL_CARD
from congtam.engine.scoring.final import KEPT, LOWERED, FinalBy
from congtam.history.refused import Refused
from congtam.orgs.models import Unit
from congtam.orgs.queries import names_of as units_named
from congtam.people.models import PersonText
from congtam.people.queries import heads_of, names_of, posts_held
from congtam.ratings.models import Decision, Reason
from congtam.reward.models import PayList
from congtam.reward.papers import bonus_lines, fund_around
from congtam.reward.queries import title_of
from congtam.scores.models import Seal, SealedScore
from congtam.scores.seals import sealed_scores

RECIPIENTS = ("Như Điều 3", "Lưu: VT, TCCB")
NO_GRADE = "Chưa đủ căn cứ xếp loại"


@dataclass(frozen=True)
class Head:
    """What the registrar gives a paper: its number and day (blank and None: still to be given), and the letterhead."""

    number: str
    day: date | None
    letterhead: Letterhead


def header(agency: int, head: Head, day: date) -> Header:
    """The head of a new paper of an agency, under a code of its own."""
    name, code = units_named([agency], day).get(agency, ""), new_code()
    return Header(head.letterhead.above, name, head.number, head.letterhead.place, head.day, code, address_of(code))


def leader(agency: int, day: date) -> Signer:
    """Who signs for an agency. Raises `Refused` where nobody heads it."""
    found = next(iter(heads_of(agency, day)), None)
    if found is None:
        raise Refused(
            "Cơ quan chưa có người đứng đầu trong ngày này nên văn bản không có người ký. Hãy ghi vị trí của người đó.",
            "Nobody heads the agency on this day, so nobody signs. Enter the post of who does.",
        )
    return signer(found, agency, day)


def signer(person: int, agency: int, day: date) -> Signer:
    """Somebody as they sign: their post in the agency in capitals, and the name."""
    post = posts_held(person, day).first()
    return Signer((post.title.upper() if post else "",), names_of([person]).get(person, f"#{person}"))


def in_words(period: Period) -> str:
    """A period as papers name it."""
    return period.title("vi")


def results_of(seal: Seal) -> list[Result]:
    """Everyone of a seal by unit, then by name."""
    period = Period.parse(seal.period)
    scores, titles = sealed_scores(seal), grade_titles(period)
    units = units_named({one.unit_id for one in scores.values()}, period.until)
    keys = dict(PersonText.objects.filter(person__in=scores).values_list("person_id", "sort_key"))
    names = names_of(scores)
    ordered = sorted(scores.items(), key=lambda one: (units.get(one[1].unit_id, ""), keys.get(one[0], ""), one[0]))
    return [
        Result(
            names.get(person, f"#{person}"),
            one.post_title,
            units.get(one.unit_id, ""),
            one.points,
            _grade(one, titles),
            _note(one),
        )
        for person, one in ordered
    ]


def decision(seal: Seal, head: Head, day: date) -> ResultDecision:
    """Quyết định công nhận kết quả xếp loại."""
    period, results, who = Period.parse(seal.period), results_of(seal), leader(seal.agency_id, day)
    top = header(seal.agency_id, head, day)
    told = in_words(period)
    again = f", thay kết quả đã công bố ngày {seal.supersedes.made_at:%d/%m/%Y}" if seal.supersedes else ""
    return ResultDecision(
        header=top,
        abstract=f"Về việc công nhận kết quả đánh giá, xếp loại {told}",
        period=told,
        authority=_authority(who.title[0], top.agency.upper()),
        bases=(*_bases(period), f"Căn cứ kết quả đã chốt lần {seal.number}, mã {seal.body[:16]}."),
        articles=(
            f"Công nhận kết quả đánh giá, xếp loại {told} của {len(results)} cán bộ, công chức, viên chức, "
            f"người lao động theo danh sách kèm theo{again}.",
            "Kết quả này là căn cứ để sử dụng, đào tạo, khen thưởng và chi thu nhập, tiền thưởng theo quy định.",
            "Các đơn vị và cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./.",
        ),
        counts=_counts(results, seal),
        results=tuple(results),
        recipients=RECIPIENTS,
        signer=who,
    )


def unit_results(seal: Seal, unit: Unit, head: Head, day: date) -> UnitResults:
    """Danh sách kết quả của một đơn vị. Raises `Refused` where the seal says nothing of anybody there."""
    name = units_named([unit.pk], day).get(unit.pk, "")
    results = tuple(one for one in results_of(seal) if one.unit == name)
    if not results:
        raise Refused(
            f"Bản chốt không có ai của {name}. Hãy chọn đơn vị khác.",
            f"The seal says nothing of anybody in {name}. Choose another unit.",
        )
    return UnitResults(
        header(seal.agency_id, head, day),
        name,
        in_words(Period.parse(seal.period)),
        _counts(results, seal),
        results,
        RECIPIENTS[1:],
        leader(seal.agency_id, day),
    )


def minutes(sitting: Sitting, head: Head, day: date) -> Minutes:
    """Biên bản họp Hội đồng. Raises `Refused` before the sitting was adjourned."""
    room, cycle = room_of(sitting), sitting.cycle
    if sitting.adjourned_at is None:
        raise Refused(
            f"Phiên họp {sitting.number} chưa kết thúc nên chưa lập biên bản được. Hãy kết thúc phiên họp trước.",
            f"Sitting {sitting.number} is not adjourned, so it has no minutes yet. Adjourn it first.",
        )
    agency, at = cycle.agency_id, sitting.began_at.date()
    cases = tuple(_cases(room, cycle))
    by_role = {role: person for person, role in room.members.items()}
    chair = by_role.get(CHAIR)
    secretary = by_role.get(SECRETARY, chair)
    here = [one for one in room.members if one in room.present]
    return Minutes(
        header=header(agency, Head(head.number or sitting.number, head.day, head.letterhead), day),
        abstract=f"Họp Hội đồng xét kết quả đánh giá, xếp loại {in_words(period_of(cycle))}",
        began=sitting.began_at,
        ended=sitting.adjourned_at,
        where=sitting.where,
        chair=_in_council(chair, "CHỦ TỊCH HỘI ĐỒNG", agency, at),
        secretary=_in_council(secretary, "THƯ KÝ", agency, at),
        present=tuple(_called(one, at) for one in here),
        absent=tuple(_called(one, at) for one in room.members if one not in room.present),
        quorum=f"{len(here)}/{len(room.members)} thành viên dự họp; tối thiểu {room.least}",
        cases=cases,
        conclusion=(_conclusion(len(cases)),),
        recipients=("Thành viên Hội đồng", "Lưu: VT, TCCB"),
    )


def _conclusion(cases: int) -> str:
    if not cases:
        return "Hội đồng thống nhất với kết quả tính theo quy tắc."
    return f"Hội đồng đã xét {cases} trường hợp; kết quả như trên."


def bonus_list(one: PayList, head: Head, day: date) -> BonusList:
    """Danh sách chi thưởng of a list of payments."""
    period = Period.parse(one.period)
    grades = {grade: title.vi for (_, grade), title in grade_titles(period).items()}
    before, after = fund_around(one)
    accountant = signer(one.by_id, one.agency_id, day)
    return BonusList(
        header=header(one.agency_id, head, day),
        abstract="Truy lĩnh, truy thu theo kết quả xếp loại" if one.difference else "Chi theo kết quả xếp loại",
        period=in_words(period),
        scheme=title_of(one).vi,
        lines=bonus_lines(one, grades, day),
        fund_before=before,
        fund_after=after,
        maker=Signer(("NGƯỜI LẬP",), accountant.name),
        accountant=Signer(("KẾ TOÁN",), accountant.name),
        signer=leader(one.agency_id, day),
        recipients=("Kho bạc Nhà nước nơi giao dịch", "Lưu: VT, KT"),
    )


def because(one: SealedScore) -> str:
    """Why the final grade is what it is, in the words of a paper."""
    return {
        FinalBy.RULE: "Theo điểm và điều kiện của quy tắc",
        FinalBy.DECISION: "Theo quyết định của người có thẩm quyền",
        FinalBy.CAP: "Đủ điểm mức trên; xếp mức này chỉ do giới hạn tỷ lệ",
        FinalBy.COMMITTEE: "Theo kết luận của Hội đồng",
        FinalBy.WAITS: "",
    }[FinalBy(one.by)]


def _authority(title: str, agency: str) -> str:
    """GIÁM ĐỐC SỞ of Sở A is GIÁM ĐỐC SỞ A."""
    first = agency.split(" ")[0]
    return f"{title.removesuffix(first).rstrip()} {agency}"


def _grade(one: SealedScore, titles: Mapping[tuple[str, str], object]) -> str:
    title = titles.get((one.card, one.grade or ""))
    return getattr(title, "vi", one.grade) if one.grade else NO_GRADE


def _note(one: SealedScore) -> str:
    return because(one) if one.by in (FinalBy.DECISION, FinalBy.CAP, FinalBy.COMMITTEE) else ""


def _counts(results: Iterable[Result], seal: Seal) -> tuple[Count, ...]:
    """How many got each grade, in the order of the rules; none is left out."""
    counted = Counter(one.grade for one in results)
    order = list(dict.fromkeys(title.vi for title in grade_titles(Period.parse(seal.period)).values()))
    names = [*order, *(one for one in counted if one not in order)]
    return tuple(Count(one, counted[one]) for one in names if counted[one] or one in order)


def _bases(period: Period) -> tuple[str, ...]:
    """The acts on which the scorecards of a period stand."""
    return tuple(f"Căn cứ {told};" for told in cited((one.rulebook for one in entries_for(period).values()), "vi"))


def _cases(room: Room, cycle: Cycle) -> Iterable[Case]:
    """What the sitting decided: how the votes on each case fell."""
    made = Decision.objects.filter(number=room.sitting.number, period=cycle.period).order_by("seq")
    why = dict(Reason.objects.filter(seq__in=[one.seq for one in made]).values_list("seq", "text"))
    named = names_of({*(one.person_id for one in made), *room.members})
    for one in made:
        votes = room.votes.get((one.person_id, one.scorecard if one.matter != LEGAL_CARD else "", one.matter), {})
        said = Counter(outcome for outcome in votes.values() if outcome != LEFT)
        abstained = said.pop(ABSTAINED, 0)
        carried = said.pop(one.outcome, 0)
        yield Case(
            name=named.get(one.person_id, f"#{one.person_id}"),
            matter=_matter(one.matter),
            left=tuple(named.get(member, "") for member, outcome in votes.items() if outcome == LEFT),
            votes_for=carried,
            votes_against=sum(said.values()),
            abstained=abstained,
            outcome=_outcome(one, cycle),
            reason=why.get(one.seq, ""),
        )


def _matter(matter: str) -> str:
    if matter == LEGAL_CARD:
        return "Chọn bảng điểm có giá trị pháp lý"
    if matter.startswith("cap:"):
        return "Giới hạn tỷ lệ"
    return "Mức xếp loại khi quy tắc không định" if matter == "otherwise" else "Đề xuất hạ mức"


def _outcome(one: Decision, cycle: Cycle) -> str:
    words = {KEPT: "Giữ mức xếp loại", LOWERED: "Xếp mức dưới", "upheld": "Đồng ý", "set_aside": "Không áp dụng"}
    if one.outcome in words:
        return words[one.outcome]
    period = period_of(cycle)
    title = grade_titles(period).get((one.scorecard, one.outcome))
    entry = entries_for(period).get(one.outcome)
    return title.vi if title else entry.card.model.title.vi if entry else one.outcome


def _in_council(person: int | None, title: str, agency: int, day: date) -> Signer:
    return Signer((title,), signer(person, agency, day).name if person is not None else "")


def _called(person: int, day: date) -> str:
    post = posts_held(person, day).first()
    name = names_of([person]).get(person, f"#{person}")
    return f"{name}, {post.title}" if post else name


__all__ = ["Head", "because", "bonus_list", "decision", "header", "leader", "minutes", "unit_results"]
