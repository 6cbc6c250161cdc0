"""Making the digests of a working day: once for each person, however often the making is cut off and begun again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from congtam.access.models import Account
from congtam.engine.periods import VIETNAM, local_day
from congtam.engine.working_time import Calendar
from congtam.history.sequence import last_known
from congtam.notices.finding import LATE_NEWS, told
from congtam.notices.hours import loud_from
from congtam.notices.models import Digest, Hook, Line, Round, Sending, Ways
from congtam.notices.telling import Since, Told
from congtam.people.models import PersonText
from congtam.scores.overview import sight

BEGINS, ENDS = time(7, 30), time(17)  # in Vietnam; who was not told by the evening is told tomorrow
Key = tuple[int | None, str, str]  # the item, what, and how it stood
AT_ONCE = 500  # people in one transaction
FIRST_NEWS = timedelta(days=1)  # how far back the very first digests look


def make_due(now: datetime) -> int:
    """Make the digests of today when it is time and they are not made; how many were made."""
    day, calendar = local_day(now), sight(now).calendar
    if not calendar.is_working(day) or not BEGINS <= now.astimezone(VIETNAM).time() < ENDS:
        return 0
    begun, _ = Round.objects.get_or_create(day=day, defaults={"began_at": now, "seq": last_known()})
    return 0 if begun.done_at else _make(begun, now, calendar)


def _make(begun: Round, now: datetime, calendar: Calendar) -> int:
    """Everything is told as of the beginning, also by a second try."""
    since, made = _since(begun), 0
    people = sorted(_people() - set(Digest.objects.filter(day=begun.day).values_list("person", flat=True)))
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        made += _write(begun, _new(told(some, begun.began_at, since, calendar), some), now, calendar)
    Round.objects.filter(pk=begun.pk).update(done_at=now)
    return made


def _people() -> set[int]:
    """Who can read a digest: every person with an account that is open."""
    return set(Account.objects.filter(is_active=True, person__isnull=False).values_list("person", flat=True))


def _since(begun: Round) -> Since:
    before = Round.objects.filter(day__lt=begun.day).order_by("-day").first()
    if before is None:
        return Since(0, begun.seq, begun.began_at - FIRST_NEWS)
    return Since(before.seq, begun.seq, before.began_at - LATE_NEWS)


def _new(found: Iterable[Told], people: Sequence[int]) -> dict[int, dict[Key, Told]]:
    """By person, what was never told as it stands now."""
    by_person: dict[int, dict[Key, Told]] = defaultdict(dict)
    for one in found:
        by_person[one.person][one.item, one.what, one.key] = one
    items = {item for lines in by_person.values() for item, _, _ in lines if item is not None}
    about = Q(item__in=items) | Q(item=None)
    before = Line.objects.filter(about, person__in=people).values_list("person", "item", "what", "key")
    for person, *which in before:
        by_person[person].pop(tuple(which), None)
    return {person: lines for person, lines in by_person.items() if lines}


@transaction.atomic
def _write(begun: Round, new: Mapping[int, Mapping[Key, Told]], now: datetime, calendar: Calendar) -> int:
    """The digests of these people with their lines, and how they leave the site; who has one meanwhile is left out."""
    digests = _digests(begun.day, new, now)
    Line.objects.bulk_create(
        [
            Line(digest_id=digest, person=person, item=one.item, what=one.what, key=one.key, at=one.at, who=one.who)
            for person, digest in digests.items()
            for one in new[person].values()
        ],
        ignore_conflicts=True,
    )
    Sending.objects.bulk_create(_sendings(digests, now, calendar))
    return len(digests)


def _digests(day: date, people: Iterable[int], now: datetime) -> dict[int, int]:
    """New digests by person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notices_digest (person_id, day, made_at) SELECT person, %s, %s"
            " FROM unnest(%s::bigint[]) person ON CONFLICT DO NOTHING RETURNING person_id, id",
            [day, now, list(people)],
        )
        return dict(cursor.fetchall())


def _sendings(digests: Mapping[int, int], now: datetime, calendar: Calendar) -> list[Sending]:
    """Each digest by each way its person wants and the site has."""
    chosen = {one.person_id: one for one in Ways.objects.filter(person__in=digests)}
    hooks = list(Hook.objects.filter(ended_at=None).values_list("pk", flat=True))
    addressed = set()
    if settings.SMTP:
        with_address = PersonText.objects.filter(person__in=digests).exclude(email="")
        addressed = set(with_address.values_list("person", flat=True))
    found = []
    for person, digest in digests.items():
        ways = chosen.get(person) or Ways(person_id=person)
        first = loud_from(now, ways, calendar)
        row = {"digest_id": digest, "made_at": now, "first_at": first, "next_at": first}
        if ways.email and person in addressed:
            found.append(Sending(way="email", **row))
        if ways.webhook:
            found += [Sending(way="webhook", hook_id=hook, **row) for hook in hooks]
    return found
