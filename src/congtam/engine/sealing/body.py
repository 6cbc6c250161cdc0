"""The two halves of a seal's manifest: the body, the same whenever the same is sealed, and its envelope."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congtam.engine.sealing.encoding import digest, instant
from congtam.engine.sealing.parts import Part

FORMAT, WITH_MONTHS = FORMATS = ("congtam-seal-1", "congtam-seal-2")  # what does not know the second reads no months
MONTHS = "months"  # the part that tells a longer period's months


@dataclass(frozen=True)
class Envelope:
    """Who sealed a body when, after which seal (`previous`), instead of which (`supersedes`), by the digests of their
    envelopes; `number` counts the seals of one agency and period."""

    body: str
    number: int
    made_at: datetime
    by: str
    previous: str | None = None
    supersedes: str | None = None

    def told(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        return {
            "body": self.body,
            "number": self.number,
            "made_at": instant(self.made_at),
            "by": self.by,
            "previous": self.previous,
            "supersedes": self.supersedes,
        }

    @property
    def digest(self) -> str:
        """What the next seal names as its previous one."""
        return digest(self.told())


def body_of(head: Mapping[str, Any], parts: Mapping[str, Part]) -> dict[str, Any]:
    """The body: what was asked (`head`), and every part by its root."""
    written = WITH_MONTHS if MONTHS in parts else FORMAT
    return {"format": written, **head, "parts": {name: part.told() for name, part in sorted(parts.items())}}


def body_digest(body: Mapping[str, Any]) -> str:
    """The digest of a body: what a document prints and a person compares."""
    return digest(dict(body))
