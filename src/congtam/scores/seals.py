"""Seals: a period of an agency fixed for good, and what it says of whom. One stands for each period; those before it
stay as they are."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction

from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.engine.explaining import formats
from congtam.engine.periods import Period
from congtam.engine.scoring.final import Final, FinalBy
from congtam.engine.scoring.legal import Entry
from congtam.engine.sealing.archive import Sealed
from congtam.engine.sealing.body import Envelope, body_digest
from congtam.engine.sealing.contents import TEXTS
from congtam.engine.sealing.recompute import RESULTS
from congtam.history.refused import Refused
from congtam.history.sequence import in_order, take
from congtam.scores.copied import copy
from congtam.scores.extract import extract_now
from congtam.scores.models import Seal, SealedScore, SealFile, SealText
from congtam.scores.prepared import Made, prepare
from congtam.scores.sealable import titles_of

__all__ = ["SealedScore", "held_in", "seal", "sealed_scores", "seals_of", "standing_seal"]

_LOCK = 4_277_005  # one seals at a time: each names the one before it
Finals = Mapping[str, Mapping[int, Final]]


def seal(
    agency: int, period: Period, seat: Seat, now: datetime, final: Finals, *, as_of: datetime | None = None
) -> Seal:
    """Seal a period of an agency from the facts known now, instead of the seal that stands, if one does; seen from
    `as_of` (None: now).

    `final`: everyone's final grade as the caller decided on it, by card and person; the seal is not made unless the
    facts give the same. Who may seal, and whether anything blocks it, is asked before.

    Raises `Refused`: a grade waits for a person, the facts give other grades by now, somebody sealed it meanwhile,
    or it would say what the standing seal says. Then nothing is written.
    """
    before = standing_seal(agency, period)
    extract = extract_now(agency, period, as_of or now)
    made = prepare(extract, held_in(before, extract.entries))
    _agree(made, final)
    with transaction.atomic():
        _alone()
        _refuse_if_sealed(standing_seal(agency, period), before, body_digest(made.body))
        envelope = _envelope(made, before, seat, now)
        data = _file(made, envelope)  # takes long, and nobody else has to wait for it
        with in_order():
            row = _written(made, before, envelope, data)
        note(seat.actor, "scores.seal", "unit", agency, {"period": period.label, "body": row.body, "head": row.head})
    return row


def seals_of(agency: int, period: Period | None = None) -> list[Seal]:
    """The seals of an agency, the last first; of one period, or of all."""
    found = Seal.objects.filter(agency=agency).order_by("-id")
    return list(found if period is None else found.filter(period=period.label))


def standing_seal(agency: int, period: Period) -> Seal | None:
    """The seal that no other took the place of; None before the first."""
    return Seal.objects.filter(agency=agency, period=period.label).order_by("-number").first()


def sealed_scores(seal: Seal) -> dict[int, SealedScore]:
    """What a seal says of each person."""
    return {one.person_id: one for one in SealedScore.objects.filter(seal=seal).order_by("person_id")}


def held_in(seal: Seal | None, entries: Mapping[str, Entry]) -> dict[str, frozenset[str]]:
    """Who holds a limited grade in a seal, by card: whom a later rise of another may not lower."""
    found: dict[str, set[str]] = {}
    for one in sealed_scores(seal).values() if seal else ():
        limited = {rule.cap for rule in entries[one.card].card.model.population_rules} if one.card in entries else ()
        if one.grade in limited:
            found.setdefault(one.card, set()).add(str(one.person_id))
    return {card: frozenset(people) for card, people in found.items()}


def _agree(made: Made, final: Finals) -> None:
    """Refuse what is not decided yet, or is decided otherwise than the facts say."""
    waiting = [code for of_card in made.finals.values() for code, one in of_card.items() if one.by is FinalBy.WAITS]
    if waiting:
        raise Refused(
            f"Còn {len(waiting)} người chưa có xếp loại cuối cùng. Hãy trình người có thẩm quyền quyết định rồi chốt.",
            f"{len(waiting)} people have no final grade yet. Have the person in charge decide, then seal.",
        )
    given = {(card, str(person)): one for card, of_card in final.items() for person, one in of_card.items()}
    own = {(card, code): one for card, of_card in made.finals.items() for code, one in of_card.items()}
    other = {who for _, who in (given.keys() | own.keys()) if given.get((_, who)) != own.get((_, who))}
    if other:
        raise Refused(
            f"Số liệu vừa thay đổi: xếp loại của {len(other)} người không còn như đang trình. Chưa chốt gì. "
            "Hãy mở lại trang, xem kết quả mới rồi chốt.",
            f"The facts changed just now: the grades of {len(other)} people are not those you were shown. Nothing was "
            "sealed. Open the page again, look at the new results, then seal.",
        )


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _refuse_if_sealed(standing: Seal | None, before: Seal | None, body: str) -> None:
    """Refuse where somebody was faster, or where the seal that stands says the same."""
    if standing is not None and (before is None or standing.pk != before.pk):
        at = {lang: formats.moment(standing.made_at, lang) for lang in ("vi", "en")}
        raise Refused(
            f"Người khác vừa chốt kỳ này lúc {at['vi']}. Bản chốt đó giữ nguyên; hãy mở lại trang để xem.",
            f"Somebody else sealed this period at {at['en']}. That seal stands; open the page again to see it.",
        )
    if standing is not None and standing.body == body:
        raise Refused(
            "Bản chốt đang có đã ghi đúng như vậy, nên không có gì để chốt lại.",
            "The seal that stands says exactly this, so there is nothing to seal again.",
        )


def _envelope(made: Made, before: Seal | None, seat: Seat, now: datetime) -> Envelope:
    last = Seal.objects.order_by("-id").first()
    return Envelope(
        body_digest(made.body),
        before.number + 1 if before else 1,
        now,
        str(seat.account),
        last.head if last else None,
        before.head if before else None,
    )


def _file(made: Made, envelope: Envelope) -> bytes:
    """The seal as it is kept: its texts stand apart, so that they can be erased."""
    kept = made.parts | {TEXTS: made.parts[TEXTS].without(lambda _: True)}
    return Sealed(made.body, envelope.told(), kept).to_bytes()


def _written(made: Made, before: Seal | None, envelope: Envelope, data: bytes) -> Seal:
    row = Seal.objects.create(
        agency_id=made.extract.agency,
        period=made.extract.period.label,
        number=envelope.number,
        seq=made.extract.seq,
        known=take(1)[0],
        as_of=made.extract.as_of,
        body=envelope.body,
        head=envelope.digest,
        envelope=envelope.told(),
        previous=Seal.objects.order_by("-id").first(),
        supersedes=before,
        people=sum(map(len, made.finals.values())),
        made_at=envelope.made_at,
        by=int(envelope.by),
    )
    SealFile.objects.create(seal=row, data=data)
    copy(_texts(row, made))
    copy(_scores(row, made))
    return row


def _texts(row: Seal, made: Made) -> Iterable[SealText]:
    people = {(one.kind, one.number): one.person for one in made.texts}
    part = made.parts[TEXTS]
    for place, (salt, line, values) in enumerate(zip(part.salts, part.rows, part.values(), strict=True)):
        kind, number, _ = values
        yield SealText(seal=row, place=place, person_id=people[kind, number], salt=salt, row=line)


def _scores(row: Seal, made: Made) -> Iterable[SealedScore]:
    results = list(made.parts[RESULTS].values())
    titles = titles_of({int(told["post"]) for _, told in results if told["post"]}, made.extract)
    for code, told in results:
        rulebook, _, scorecard = told["card"].partition("#")
        yield SealedScore(
            seal=row,
            person_id=int(code),
            rulebook=rulebook,
            scorecard=scorecard,
            points=told["lowest"] if told["lowest"] == told["highest"] else None,
            before=made.finals[told["card"]][code].before,
            grade=told["grade"],
            by=told["by"],
            cap=told["cap"],
            role=told["role"],
            unit_id=int(told["unit"]),
            post_title=titles.get(int(told["post"] or 0), ""),
            duty_group=told["duty_group"] or "",
            staff_kind=told["staff_kind"] or "",
        )
