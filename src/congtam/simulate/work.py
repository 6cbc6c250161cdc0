"""The life of invented items, told as events: received, passed on, paused, finished, accepted, rated, at fault …"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from congtam.engine.facts.tables import Event, Name
from congtam.simulate.arriving import register, take_up
from congtam.simulate.ending import end
from congtam.simulate.life import Life
from congtam.simulate.on_the_way import on_the_way
from congtam.simulate.plan import Plan, World
from congtam.simulate.titles import title

TWINS = 0.015  # share of documents that a second system knows too


def told(world: World, plans: Iterable[Plan], width: int = 4) -> Iterator[tuple[list[Event], Name]]:
    """Every item, as its events and its title; `width` is how many digits its number in its code has."""
    split: dict[int, str] = {}
    for plan in sorted(plans, key=lambda plan: (plan.received, plan.lead)):
        code = _code(world, width)
        text = title(world.rng, plan.kind, plan.unit)
        if plan.part:
            part, parts, task = plan.part
            text = f"{split.setdefault(task, text)} (phần {part}/{parts})"
        yield live(world, plan, code), Name(code, "item", text)
        if _seen_twice(world, plan):
            other = _code(world, width)
            yield twin(world, plan, other, code), Name(other, "item", text)


def live(world: World, plan: Plan, code: str) -> list[Event]:
    """The events of one item, in the order in which they happen."""
    life = Life(world, plan, code)
    register(life, source="mot-cua" if plan.origin == "citizen" else "dieu-hanh")
    if plan.finish is None and life.rng.random() < 0.01:
        life.trail.add(life.since + 0.3, "cancelled", counterpart=life.superior(life.since))
        return life.trail.events
    take_up(life)
    finish = on_the_way(life)
    if not world.manner(life.holder).helps:
        finish = min(finish, life.due + 0.96)
    end(life, finish)
    return life.trail.events


def twin(world: World, plan: Plan, code: str, other: str) -> list[Event]:
    """The same document seen in a second system: registered, assigned, recognised as the same work."""
    life = Life(world, replace(plan, received=plan.received + 0.01), code)
    register(life, source="truc-lien-thong")
    life.trail.add(plan.received + 0.05, "same_as", value=other)
    return life.trail.events


def _code(world: World, width: int) -> str:
    return f"CV{world.label}-{world.number('item'):0{width}d}"


def _seen_twice(world: World, plan: Plan) -> bool:
    return plan.kind == "document" and plan.finish is None and world.rng.random() < TWINS
