"""Who acts, with which rights, on a day: read from the posts they hold, delegations, and mandates."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from congtam.access.models import Account, Mandate
from congtam.history.actor import Actor
from congtam.orgs.queries import agencies_of, trees_under
from congtam.people.models import Delegation, PostSpan, Spell


class Role(StrEnum):
    """In which right somebody sees or does something."""

    OFFICIAL = "official"  # their own
    HEAD = "head"  # their unit's tree
    LEADER = "leader"  # the whole agency
    PERSONNEL = "personnel"
    OWNER = "owner"  # of rules and indicators
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Seat:
    """One account on one day. Units by number, each set with all units under them that day.

    `leads`: units whose head they are, or whose head delegated to them; `leads_agency`: agencies whose leader they are;
    `personnel`, `rules`, `sources`, `administers`: agencies in which their post has that function; `audits`: units of
    their mandates.
    """

    account: int
    person: int | None
    day: date
    post: int | None = None
    units: frozenset[int] = field(default=frozenset())
    leads: frozenset[int] = field(default=frozenset())
    leads_agency: frozenset[int] = field(default=frozenset())
    personnel: frozenset[int] = field(default=frozenset())
    rules: frozenset[int] = field(default=frozenset())
    sources: frozenset[int] = field(default=frozenset())
    administers: frozenset[int] = field(default=frozenset())
    audits: frozenset[int] = field(default=frozenset())

    @property
    def actor(self) -> Actor:
        """As actions write it down."""
        return Actor(self.account, self.post)

    @property
    def roles(self) -> frozenset[Role]:
        """Every right held on the day."""
        held = {
            Role.OFFICIAL: self.person is not None and bool(self.units),
            Role.HEAD: bool(self.leads),
            Role.LEADER: bool(self.leads_agency),
            Role.PERSONNEL: bool(self.personnel),
            Role.OWNER: bool(self.rules),
            Role.AUDITOR: bool(self.audits),
            Role.ADMINISTRATOR: bool(self.administers),
        }
        return frozenset(role for role, holds in held.items() if holds)


def seat_of(account: Account, day: date) -> Seat:
    """The seat of an account on a day."""
    audits = [
        mandate.scope_id for mandate in Mandate.standing().filter(account=account, days__contains=day)
    ]
    if account.person_id is None:
        return Seat(account.pk, None, day, audits=trees_under(audits, day))
    spells = list(Spell.standing().filter(person=account.person_id, days__contains=day))
    posts = list(PostSpan.standing().filter(post__in=[one.post_id for one in spells], days__contains=day).order_by("rank"))
    lent = Delegation.standing().filter(receiver=account.person_id, days__contains=day).values_list("unit", flat=True)
    led = [post.unit_id for post in posts if post.leads]
    agencies = agencies_of([post.unit_id for post in posts], day)
    return Seat(
        account.pk,
        account.person_id,
        day,
        post=posts[0].post_id if posts else None,
        units=frozenset(post.unit_id for post in posts),
        leads=trees_under([*led, *lent], day),
        leads_agency=trees_under([unit for unit in led if agencies.get(unit) == unit], day),
        personnel=_with("personnel", posts, agencies, day),
        rules=_with("rules", posts, agencies, day),
        sources=_with("sources", posts, agencies, day),
        administers=_with("administrator", posts, agencies, day),
        audits=trees_under(audits, day),
    )


def _with(function: str, posts: Iterable[PostSpan], agencies: dict[int, int], day: date) -> frozenset[int]:
    """All units of the agencies in which a post has the function."""
    return trees_under([agencies[post.unit_id] for post in posts if function in post.functions], day)
