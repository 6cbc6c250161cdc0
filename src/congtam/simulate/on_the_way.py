"""What happens to an item before its end: helped, paused, passed on, handed over, its deadline moved, neglected."""

from congtam.simulate.life import Life
from congtam.simulate.truths import Pattern

GOES_ON = 0.12  # share of the work that another unit has to finish, where there is one
WAITS = (0.08, 0.6)  # working days that such work usually waits there


def on_the_way(life: Life) -> float:
    """Tell what happens before the end; the position of the finish."""
    if life.plan.finish is not None:
        return life.plan.finish
    if life.supporter:
        _support(life, life.supporter)
    elif not _goes_on(life) and not _wait(life):
        _pass_around(life)
    neglected = _neglect(life)
    if neglected is not None:
        return neglected
    finish = _own_finish(life)
    finish = _hand_over(life, finish) or _extend(life, finish)
    if life.rng.random() < 0.1 and finish - life.since > 0.3:
        life.trail.add((life.since + min(finish, max(life.due, life.since))) / 2, "step", life.holder, value="trình ký")
    return finish


def _own_finish(life: Life) -> float:
    """The holder finishes at their pace; what came to hand at the very end is done as soon as can be."""
    if life.since < life.due + 0.5:
        return life.world.finish(life.holder, life.since, life.due, life.unit())
    soon = life.since + life.rng.uniform(0.3, 2)
    days = life.world.free(life.holder, int(soon), int(soon) + 10) or [int(soon)]
    return days[0] + soon % 1 * 0.99


def _support(life: Life, supporter: str) -> None:
    """A colleague answers by an own, earlier deadline; the lead then rates the cooperation."""
    world, start, due = life.world, life.since + 0.03, life.due - 1
    given = {"role": "support", "weight": "0.3", "due_at": life.close(due)}
    life.trail.add(start, "assigned", supporter, counterpart=life.holder, attributes=given)
    spell = world.organisation.spell_on(supporter, world.days.day(start))
    finish = world.finish(supporter, start, due, spell.unit if spell else life.plan.unit)
    if finish > due + 6 or world.organisation.leaves(supporter, *life.span(start, finish)):
        finish = world.in_time(supporter, start, due)
    life.trail.add(finish, "finished", supporter)
    if life.rng.random() < 0.75:
        mark = life.mark((1, 3, 6) if finish < due + 1 else (6, 3, 1))
        life.trail.add(finish + 0.3, "rated", supporter, counterpart=life.holder, value=mark)


def _wait(life: Life) -> bool:
    """A supplement is asked of the applicant, or the clock is paused; its rule moves the deadline."""
    chance = 0.14 if life.plan.kind == "dossier" else 0.03
    may = life.item_due and life.due - life.since >= 3 and not life.tells_straight
    if not may or life.rng.random() > chance:
        return False
    start, length = life.since + 0.9, life.rng.randint(2, 5)
    stop, go = ("requested", "supplied") if life.plan.kind == "dossier" else ("paused", "resumed")
    value = "bổ sung thành phần hồ sơ" if stop == "requested" else "chờ ý kiến cơ quan phối hợp"
    life.trail.add(start, stop, life.holder, value=value)
    life.trail.add(start + length, go, life.holder)
    life.since, life.due = start + length, life.due + length - 1
    return True


def _goes_on(life: Life) -> bool:
    """Some work is finished by another unit, where it waits for a while: for long where there is a bottleneck."""
    unit = life.unit()
    partners = life.world.organisation.partners.get(unit, ())
    if not partners or life.due - life.since < 2 or life.tells_straight or life.rng.random() > GOES_ON:
        return False
    partner = life.rng.choice(partners)
    at = life.since + life.rng.uniform(0.2, 0.5) * (life.due - life.since)
    days = life.world.free(life.holder, int(at), int(at))
    colleague = life.world.colleague(life.holder, at, unit=partner) if days else None
    if colleague is None or life.world.straight(colleague) or not life.may_receive(colleague):
        return False
    much = life.world.planted_on(Pattern.BOTTLENECK, at, unit, partner)
    wanted = at + (much * life.rng.uniform(0.7, 1.3) if much else life.rng.uniform(*WAITS))
    day = (life.world.free(colleague, int(wanted), int(wanted) + 5) or [int(wanted)])[0]
    life.pass_on(at, colleague, day + wanted % 1 * 0.99)
    return True


def _pass_around(life: Life) -> None:
    """Some work goes through two hands of a unit, some of that through three."""
    for chance in (0.06, 0.3):
        room = life.due - life.since
        if room < 3 or life.rng.random() > chance or life.tells_straight:
            return
        days = life.world.free(life.holder, int(life.since) + 1, int(life.since + room / 2))
        colleague = life.world.colleague(life.holder, days[0]) if days else None
        if colleague is None or life.world.straight(colleague) or not life.may_receive(colleague):
            return
        at = days[0] + life.rng.uniform(0.1, 0.8)
        life.pass_on(at, colleague, at + 0.05)


def _neglect(life: Life) -> float | None:
    """Where that is planted: left untouched for weeks, or its deadline moved, by nobody's decision, when it is past."""
    if life.rng.random() >= life.world.planted_on(Pattern.NEGLECTS, life.since, life.holder):
        return None
    if life.world.falls_on(life.holder, "moved", 0.5):
        finish = life.world.too_late(life.holder, life.due, life.rng.randint(6, 12))
        life.trail.add(life.due + 1.2, "extended", value=life.close(int(finish)))
        return finish
    return life.world.too_late(life.holder, life.due, life.rng.randint(12, 25))


def _hand_over(life: Life, finish: float) -> float | None:
    """Who leaves for long before the finish hands over on their last day; the new finish, if so."""
    world = life.world
    leaving = world.organisation.leaves(life.holder, *life.span(life.since, finish))
    if leaving is None:
        return None
    days = world.free(life.holder, int(life.since), world.days.index(leaving) - 1)
    at = max((days or [int(life.since)])[-1] + 0.9, life.since + 0.05)
    found = (world.colleague(life.holder, at), life.superior(at))
    colleague = next((one for one in found if one and life.may_receive(one)), None)
    if colleague is None:
        return None
    life.pass_on(at, colleague, at + 0.05)
    return world.in_time(colleague, at + 0.1, max(life.due, int(at) + 2))


def _extend(life: Life, finish: float) -> float:
    """Some deadlines are moved in time by an authority; some are asked to move when they have passed."""
    if not life.item_due or life.tells_straight:
        return finish
    if finish > life.due + 1.3:
        _extend_late(life, finish)
    elif life.in_time(finish) and life.rng.random() < 0.04 and life.due - life.since > 2:
        at, new_due = life.due - 0.5, life.due + life.rng.randint(2, 4)
        life.trail.add(at, "extended", value=life.close(new_due), **life.ruling(at))
        finish, life.due = life.world.in_time(life.holder, float(life.due), new_due), new_due
    return finish


def _extend_late(life: Life, finish: float) -> None:
    at, value = max(life.due + 1.1, life.since + 0.05), life.close(int(finish))
    if life.world.manner(life.holder).spared and life.world.first("extended late with authority"):
        life.trail.add(at, "extended", value=value, **life.ruling(at))
    elif life.rng.random() < 0.12:
        life.trail.add(at, "extended", value=value)
