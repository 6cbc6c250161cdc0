"""Who acts: handed to every action, written down with what was done."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """An account acting in a post (both by number). The machine acts under no account; `name` says which part of it."""

    account: int | None = None
    post: int | None = None
    name: str = ""


SYSTEM = Actor(name="system")
