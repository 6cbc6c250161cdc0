"""How an item ends: finished, perhaps found at fault or opened again, signed, accepted, answered, rated."""

from congtam.simulate.life import Life
from congtam.simulate.truths import Pattern


def end(life: Life, finish: float) -> None:
    """Tell the end of the item, and what comes after it."""
    kind, late = life.plan.kind, not life.in_time(finish)
    if not late and finish - life.since > 3 and life.world.first("withdrawn"):
        life.trail.add(finish - 1.5, "finished", life.holder)
        life.trail.add(finish - 0.6, "withdrawn", life.holder)
        life.trail.learn_promptly(-2)
    finish = _opened_again(life, finish)
    life.trail.add(finish, "finished", life.holder)
    fixed = life.plan.finish is not None
    if late and life.world.manner(life.holder).spared and not fixed and life.rng.random() < 0.07:
        life.trail.add(finish + 0.5, "excused", life.holder, **life.ruling(finish))
    finish = finish if fixed else _quality(life, finish)
    if kind in ("document", "report", "dossier") and life.rng.random() < 0.96:
        life.trail.add(finish + 0.02, "signed", life.holder)
    if life.plan.origin == "citizen":
        _answer_citizen(life, finish)
    else:
        _accept(life, finish)


def _opened_again(life: Life, finish: float) -> float:
    """Where that is planted: closed in time, opened again by the same person, finished days later."""
    planted = life.world.planted_on(Pattern.REOPENS, finish, life.holder)
    if life.rng.random() >= planted or life.since > life.due:
        return finish
    closed = min(finish, life.due + 0.9)
    at = closed + life.rng.uniform(0.1, 0.6)
    life.trail.add(closed, "finished", life.holder)
    life.trail.add(at, "reopened", life.holder, counterpart=life.holder)
    return life.world.too_late(life.holder, int(at), life.rng.randint(1, 3))


def _quality(life: Life, finish: float) -> float:
    """A failed assessment is a fault; the product may come back and be finished again in time."""
    world = life.world
    if not world.falls_on(life.holder, "fault", world.manner(life.holder).fault):
        return finish
    fault, found = f"L{world.label}-{world.number('fault'):04d}", finish + 0.35
    found_at = len(life.trail.events)
    life.trail.add(found, "fault", life.holder, value="quality", attributes={"fault": fault})
    if finish + 2 < life.due:
        life.trail.add(found + 0.05, "returned", life.holder, counterpart=life.superior(found))
        finish = world.in_time(life.holder, found + 0.1, life.due)
        life.trail.add(finish, "finished", life.holder)
    if world.falls_on("", "voided", 0.1):
        life.trail.learn_promptly(found_at)
        life.trail.add(finish + 2, "voided", life.holder, value=fault, **life.ruling(finish))
    return finish


def _accept(life: Life, finish: float) -> None:
    if life.rng.random() < 0.88:
        at = finish + life.rng.uniform(0.1, 1.2)
        life.trail.add(at, "accepted", life.holder, counterpart=life.superior(at))
    if life.plan.kind == "initiative" and life.rng.random() < 0.45:
        at = finish + life.rng.uniform(2, 4)
        life.trail.add(at, "recognised", life.holder, **life.ruling(at))


def _answer_citizen(life: Life, finish: float) -> None:
    """The result is sent; the citizen may rate it, or say that it is not solved."""
    world, sent = life.world, finish + 0.03
    citizen = f"ND{world.label}-{world.number('citizen'):04d}"
    life.trail.add(sent, "finished")
    if life.plan.kind == "exchange" and life.rng.random() < 0.2 and finish + 1.5 < life.due + 1:
        life.trail.add(sent + 0.3, "reopened", counterpart=citizen)
        again = world.in_time(life.holder, sent + 0.4, life.due)
        life.trail.add(again, "finished", life.holder)
        sent = again
    if life.rng.random() < 0.4:
        mark = life.mark((1, 4, 9) if life.in_time(finish) else (5, 3, 2))
        life.trail.add(sent + life.rng.uniform(0.1, 2), "rated", counterpart=citizen, value=mark)
