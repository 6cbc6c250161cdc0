"""Who acts, with which rights, on a day: read from the posts they hold, delegations, and mandates."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from django.db.models import CharField, Value

from congtam.access.models import Account, Mandate
from congtam.history.actor import Actor
from congtam.orgs.queries import trees_of
from congtam.people.models import Delegation, PostSpan
from congtam.people.queries import posts_held


class Role(StrEnum):
    """In which right somebody sees or does something."""

    OFFICIAL = "official"  # their own
    HEAD = "head"  # their unit's tree
    LEADER = "leader"  # the whole agency
    PERSONNEL = "personnel"
    OWNER = "owner"  # of rules and indicators
    KEEPER = "keeper"  # of sources of data
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Seat:
    """One account on one day. Units by number, each set with all units under them that day.

    `leads`: units whose head they are, or whose head delegated to them (`lent`: only those); `below`: the same without
    the units they head themselves, so the units whose heads they stand above; `leads_agency`: agencies they lead;
    `personnel`, `rules`, `sources`, `administers`: agencies in which their post has that function; `audits`: units
    of their mandates. `homes` remembers, for this request, in which units persons work.
    """

    account: int
    person: int | None
    day: date
    post: int | None = None
    units: frozenset[int] = field(default=frozenset())
    leads: frozenset[int] = field(default=frozenset())
    lent: frozenset[int] = field(default=frozenset())
    below: frozenset[int] = field(default=frozenset())
    leads_agency: frozenset[int] = field(default=frozenset())
    personnel: frozenset[int] = field(default=frozenset())
    rules: frozenset[int] = field(default=frozenset())
    sources: frozenset[int] = field(default=frozenset())
    administers: frozenset[int] = field(default=frozenset())
    audits: frozenset[int] = field(default=frozenset())
    homes: dict[int, list[int]] = field(default_factory=dict, compare=False, repr=False)

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
            Role.KEEPER: bool(self.sources),
            Role.AUDITOR: bool(self.audits),
            Role.ADMINISTRATOR: bool(self.administers),
        }
        return frozenset(role for role, holds in held.items() if holds)

    @property
    def writing(self) -> "Seat":
        """The same seat without its mandates, which only read."""
        return replace(self, audits=frozenset())


def seat_of(account: Account, day: date) -> Seat:
    """The seat of an account on a day: two queries, a third when anything is led, kept or audited."""
    lent, scopes = _granted(account, day)
    posts = [] if account.person_id is None else list(posts_held(account.person_id, day))
    led = [post.unit_id for post in posts if post.leads]
    agencies = [post.unit_id for post in posts if post.leads and post.agency == post.unit_id]
    kept = {post.agency for post in posts if post.functions and post.agency is not None}
    trees = trees_of({*led, *lent, *scopes, *kept}, day)
    return Seat(
        account.pk,
        account.person_id,
        day,
        post=posts[0].post_id if posts else None,
        units=frozenset(post.unit_id for post in posts),
        leads=_all(trees, [*led, *lent]),
        lent=_all(trees, lent),
        below=frozenset().union(*(trees[unit] - {unit} for unit in {*led, *lent})),
        leads_agency=_all(trees, agencies),
        personnel=_with("personnel", posts, trees),
        rules=_with("rules", posts, trees),
        sources=_with("sources", posts, trees),
        administers=_with("administrator", posts, trees),
        audits=_all(trees, scopes),
    )


def _granted(account: Account, day: date) -> tuple[list[int], list[int]]:
    """Units delegated to the person, and units of the account's mandates, in one query."""
    lent = Delegation.standing().filter(receiver=account.person_id, days__contains=day)
    audits = Mandate.standing().filter(account=account, days__contains=day)
    kind = CharField()
    granted = list(
        lent.annotate(kind=Value("lent", kind))
        .values_list("kind", "unit")
        .union(audits.annotate(kind=Value("audit", kind)).values_list("kind", "scope"))
    )
    return [unit for kind, unit in granted if kind == "lent"], [unit for kind, unit in granted if kind == "audit"]


def _all(trees: dict[int, frozenset[int]], roots: Iterable[int]) -> frozenset[int]:
    return frozenset().union(*(trees[root] for root in roots))


def _with(function: str, posts: Iterable[PostSpan], trees: dict[int, frozenset[int]]) -> frozenset[int]:
    """All units of the agencies in which a post has the function."""
    return _all(trees, [post.agency for post in posts if function in post.functions and post.agency is not None])
