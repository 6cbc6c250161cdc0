"""The demo's sources as they go on: records pushed over the API, as any other system pushes them.

What is due by the invented calendar is told when its time comes, or at once when the demo was closed meanwhile. Where
nothing is due for a while, what comes next happens a little early, so that there is life also at night; never more than
a few days early, so that the story does not run out.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPException
from itertools import count
from pathlib import Path
from random import Random
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener

import structlog
from django.db import connection
from django.db.models import Min
from django.utils import timezone

from congtam.history.actor import Actor
from congtam.intake.models import Batch
from congtam.intake.telling import Told
from congtam.registry.queries import choice
from congtam.simulate.site.cast import PLAYERS
from congtam.simulate.site.load import BEGAN
from congtam.simulate.site.work import SYSTEMS, Story, stories
from congtam.sources.actions import make_token, revoke_token
from congtam.sources.models import Source, Token

PAUSE = (20.0, 40.0)  # seconds between two records
EARLY = timedelta(days=5)  # how much before its time something may happen
BATCH = 200
LABEL = "nguon-mau"
WATCHED = frozenset(player.person for player in PLAYERS if player.person)
ACTOR = Actor(name="demo")
MARGIN = timedelta(minutes=10)  # told twice rather than not at all
AGAIN = 5.0  # seconds before a push that was not answered is repeated

log = structlog.get_logger("congtam.demo")


@dataclass
class Memory:
    """What the sources have told: how many events of each item, and which of them happened early, and when."""

    file: Path
    told: dict[str, int] = field(default_factory=dict)
    early: dict[str, dict[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, file: Path) -> "Memory":
        """As kept in a file; nothing when there is none."""
        kept = json.loads(file.read_text()) if file.exists() else {}
        return cls(file, **kept)

    def keep(self) -> None:
        """Write it down, whole or not at all."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps({"told": self.told, "early": self.early}))
        new.replace(self.file)

    def known(self, story: Story, now: datetime) -> int:
        """How many events of an item are known by then, those that happened early too."""
        early = self.early.get(story.code, {})
        return max(story.known(now), *(int(number) + 1 for number in early), 0)

    def waiting(self, story: Story, now: datetime) -> bool:
        """Whether more is known of an item than was told."""
        return self.known(story, now) > self.told.get(story.code, 0)

    def record(self, story: Story, now: datetime) -> Told:
        """The record that tells what is known of an item, with the instants at which it was told to happen."""
        early = {int(number): datetime.fromisoformat(at) for number, at in self.early.get(story.code, {}).items()}
        return story.told(self.known(story, now), early.get)


def live(address: str, file: Path, now: Callable[[], datetime], pause: tuple[float, float] = PAUSE) -> None:
    """Push until the process is ended."""
    work = stories(date.fromisoformat(choice(BEGAN, timezone.localdate())))
    memory, push, rng = _remembered(file, work), _Push(address), Random(0)
    connection.close()
    for turn in count():
        for source in SYSTEMS:
            _tell([story for story in work if story.source == source], memory, now(), push)
        time.sleep(rng.uniform(*pause))
        if not any(memory.waiting(story, now()) for story in work):
            _early(work, memory, now(), watched=turn % 2 == 0)


def _remembered(file: Path, work: Sequence[Story]) -> Memory:
    """What was told before: by us, or at the first filling of the site."""
    memory = Memory.of(file)
    if not memory.told:
        filled = Batch.objects.aggregate(first=Min("received_at"))["first"] - MARGIN
        memory.told = {story.code: known for story in work if (known := story.known(filled))}
    return memory


def _tell(work: Sequence[Story], memory: Memory, now: datetime, push: "_Push") -> None:
    """Push what is known by now and was not told; it counts as told once it was answered."""
    waiting = [story for story in work if memory.waiting(story, now)]
    for start in range(0, len(waiting), BATCH):
        some = waiting[start : start + BATCH]
        push(some[0].source, [memory.record(story, now) for story in some])
        memory.told |= {story.code: memory.known(story, now) for story in some}
        memory.keep()


def _early(work: Sequence[Story], memory: Memory, now: datetime, *, watched: bool) -> None:
    """Let the next thing happen now, with `watched` the next to somebody who has a demo account. It is written down
    first, so that it is told the same way if we are killed."""
    coming = []
    for story in work:
        known = memory.told.get(story.code, 0)
        if known < len(story.events) and story.instants[known] - now < EARLY:
            others = watched and story.events[known].official not in WATCHED
            coming.append((others, story.instants[known], story.code, known))
    if coming:
        _, _, code, known = min(coming)
        memory.early.setdefault(code, {})[str(known)] = now.astimezone(UTC).isoformat()
        memory.keep()


class _Push:
    """Pushes records of the demo's sources, each with its token; what is not answered is repeated."""

    def __init__(self, address: str):
        self._address = f"{address}api/v1/records"
        self._open = build_opener(ProxyHandler({})).open
        self._tokens = {code: _token(code) for code in SYSTEMS}

    def __call__(self, source: str, records: Sequence[Told]) -> None:
        body = json.dumps({"records": [_body(one) for one in records]}).encode()
        told = {"Authorization": f"Bearer {self._tokens[source]}", "Content-Type": "application/json"}
        while True:
            try:
                with self._open(Request(self._address, body, told), timeout=60):
                    log.info("pushed", count=len(records))
                    return
            except HTTPError as error:
                if error.code < 500:
                    raise
            except (URLError, HTTPException, OSError):
                pass
            time.sleep(AGAIN)


def _body(told: Told) -> dict[str, object]:
    return told.body() | ({"phone": told.phone} if told.phone else {})


def _token(code: str) -> str:
    """A fresh token of a source; what an earlier run used opens nothing any more."""
    source = Source.objects.get(code=code)
    for old in Token.objects.filter(source=source, label=LABEL, revoked_at=None):
        revoke_token(ACTOR, old)
    return make_token(ACTOR, source, LABEL)
