"""How an item begins: registered, promised, given a deadline, assigned to a lead and perhaps a supporter, taken up."""

from congtam.simulate.life import Life

SUPPORTED = 0.3  # share of the tasks, reports and operations long enough for it
SUPPORTED_KINDS = ("task", "report", "operation")


def register(life: Life, source: str) -> None:
    plan, start = life.plan, life.plan.received
    about = {
        "kind": plan.kind,
        "origin": plan.origin,
        "coefficient": plan.coefficient,
        "agency": plan.agency,
        "unit": plan.unit,
        "source": source,
    }
    if plan.catalogue:
        about["catalogue"] = plan.catalogue
    if plan.origin == "citizen":
        about["channel"] = "online" if life.rng.random() < 0.9 else "counter"
    if plan.kind == "dossier":
        about["procedure"] = f"TTHC-{plan.unit}-{life.rng.randint(1, 6)}"
    life.trail.add(start, "registered", attributes=about)
    if plan.origin == "citizen":
        life.trail.add(start + 0.005, "promised", value=life.close(plan.due))
    if life.item_due:
        life.trail.add(start + 0.005, "due", value=life.close(plan.due))
    _assign(life)
    if life.rng.random() < 0.006:
        right = {"coefficient": "1" if plan.coefficient != "1" else "1.25"}
        life.trail.add(start + 0.2, "corrected", attributes=right)


def _assign(life: Life) -> None:
    life.supporter = _supporter(life)
    given = {"role": "lead"} | ({"weight": "0.7"} if life.supporter else {})
    if not life.item_due:
        given["due_at"] = life.close(life.plan.due)
    boss = life.superior(life.since)
    life.trail.add(life.since + 0.01, "assigned", life.holder, counterpart=boss, attributes=given)


def _supporter(life: Life) -> str | None:
    wanted = life.plan.kind in SUPPORTED_KINDS and life.due - life.since >= 3 and not life.plan.part
    if not wanted or life.plan.finish is not None or life.rng.random() > SUPPORTED:
        return None
    return life.world.colleague(life.holder, life.since, same_unit=life.rng.random() < 0.3)


def take_up(life: Life) -> None:
    """Most officials say when they start; the prompt ones the same morning."""
    if life.rng.random() < 0.92:
        prompt = life.world.manner(life.holder).late < 0.1
        wait = life.rng.uniform(0.02, 0.3 if prompt else 1.6)
        latest = life.since + (life.due + 1 - life.since) / 25
        life.trail.add(min(life.since + wait, latest), "taken_up", life.holder)
