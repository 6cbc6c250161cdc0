"""Who acts, with which rights, on a day: read from the posts they hold, delegations, and mandates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from congtam.access.models import Account
from congtam.history.actor import Actor
from congtam.history.planned import planned


class Role(StrEnum):
    """In which right somebody sees or does something."""

    OFFICIAL = "official"  # their own
    HEAD = "head"  # their unit's tree
    LEADER = "leader"  # the whole agency
    PERSONNEL = "personnel"
    OWNER = "owner"  # of rules and indicators
    KEEPER = "keeper"  # of sources of data
    CLERK = "clerk"  # of the registers of documents (văn thư)
    ACCOUNTANT = "accountant"  # of the fund of rewards
    RATER = "rater"  # of people above whom they do not stand, by a decision
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Seat:
    """One account on one day. Units by number, each set with all units under them that day.

    `leads`: units whose head they are, or whose head delegated to them (`lent`: only those); `below`: the same without
    the units they head themselves, so the units whose heads they stand above; `leads_agency`: agencies they lead;
    `personnel`, `rules`, `sources`, `registers`, `finance`, `administers`: agencies in which their post has that
    function; `audits`: units of their mandates; `rates`: whether a decision admits them to mark somebody, as the room
    of marking says (`seat_of` leaves it out). `homes` remembers, for this request, in which units persons work.
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
    registers: frozenset[int] = field(default=frozenset())
    finance: frozenset[int] = field(default=frozenset())
    administers: frozenset[int] = field(default=frozenset())
    audits: frozenset[int] = field(default=frozenset())
    rates: bool = False
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
            Role.CLERK: bool(self.registers),
            Role.ACCOUNTANT: bool(self.finance),
            Role.RATER: self.rates,
            Role.AUDITOR: bool(self.audits),
            Role.ADMINISTRATOR: bool(self.administers),
        }
        return frozenset(role for role, holds in held.items() if holds)

    @property
    def writing(self) -> "Seat":
        """The same seat without its mandates, which only read."""
        return replace(self, audits=frozenset())


class _Held(NamedTuple):
    """One thing from which rights come: a post held (`kind` is post), a unit lent by its head (lent), one that a
    mandate opens (audit); `agency` is that of the unit. Or a unit under another one (under; `agency` is that one)."""

    kind: str
    unit: int
    post: int | None
    leads: bool
    functions: list[str]
    agency: int | None


_HELD = """
WITH RECURSIVE held(kind, unit, post, leads, functions, agency, rank, seq) AS (
    SELECT 'post', span.unit_id, span.post_id, span.leads, span.functions, place.agency_id, span.rank, span.seq
    FROM people_spell spell
    JOIN people_postspan span ON span.post_id = spell.post_id AND span.replaced_by IS NULL
        AND span.days @> %(day)s::date
    LEFT JOIN orgs_unitspan place ON place.unit_id = span.unit_id AND place.replaced_by IS NULL
        AND place.days @> %(day)s::date
    WHERE spell.person_id = %(person)s::bigint AND spell.replaced_by IS NULL AND spell.days @> %(day)s::date
    UNION ALL
    SELECT 'lent', unit_id, NULL, false, '{}', NULL, NULL, seq FROM people_delegation
    WHERE receiver_id = %(person)s::bigint AND replaced_by IS NULL AND days @> %(day)s::date
    UNION ALL
    SELECT 'audit', scope_id, NULL, false, '{}', NULL, NULL, seq FROM access_mandate
    WHERE account_id = %(account)s::bigint AND replaced_by IS NULL AND days @> %(day)s::date
), under(root, unit) AS (
    SELECT unit, unit FROM held WHERE kind <> 'post' OR leads
    UNION
    SELECT agency, agency FROM held WHERE agency IS NOT NULL AND functions <> '{}'
    UNION
    SELECT under.root, span.unit_id FROM under JOIN orgs_unitspan span ON span.parent_id = under.unit
    WHERE span.replaced_by IS NULL AND span.days @> %(day)s::date
)
SELECT kind, unit, post, leads, functions, agency, rank, seq FROM held
UNION ALL SELECT 'under', unit, NULL, false, '{}', root, NULL, NULL FROM under
ORDER BY 7, 8
"""


def seat_of(account: Account, day: date) -> Seat:
    """The seat of an account on a day. One query."""
    held, trees = _held(account, day)
    posts = [one for one in held if one.kind == "post"]
    lent = [one.unit for one in held if one.kind == "lent"]
    scopes = [one.unit for one in held if one.kind == "audit"]
    led = [post.unit for post in posts if post.leads]
    agencies = [post.unit for post in posts if post.leads and post.agency == post.unit]
    return Seat(
        account.pk,
        account.person_id,
        day,
        post=posts[0].post if posts else None,
        units=frozenset(post.unit for post in posts),
        leads=_all(trees, [*led, *lent]),
        lent=_all(trees, lent),
        below=frozenset().union(*(trees[unit] - {unit} for unit in {*led, *lent})),
        leads_agency=_all(trees, agencies),
        personnel=_with("personnel", posts, trees),
        rules=_with("rules", posts, trees),
        sources=_with("sources", posts, trees),
        registers=_with("registers", posts, trees),
        finance=_with("finance", posts, trees),
        administers=_with("administrator", posts, trees),
        audits=_all(trees, scopes),
    )


def _held(account: Account, day: date) -> tuple[list[_Held], dict[int, set[int]]]:
    """Everything from which rights come on a day, the highest post first, and each unit over which they are held with
    all units under it. One plain statement: every page asks it, and building it anew costs more than asking."""
    held, trees = [], defaultdict(set)
    with planned() as cursor:
        cursor.execute(_HELD, {"account": account.pk, "person": account.person_id, "day": day})
        for row in map(_Held._make, (row[:6] for row in cursor.fetchall())):
            if row.kind == "under" and row.agency is not None:
                trees[row.agency].add(row.unit)
            else:
                held.append(row)
    return held, trees


def _all(trees: Mapping[int, AbstractSet[int]], roots: Iterable[int]) -> frozenset[int]:
    return frozenset().union(*(trees[root] for root in roots))


def _with(function: str, posts: Iterable[_Held], trees: Mapping[int, AbstractSet[int]]) -> frozenset[int]:
    """All units of the agencies in which a post has the function."""
    return _all(trees, [post.agency for post in posts if function in post.functions and post.agency is not None])
