"""A run whose facts hold what people, units and work are called: scores only number them."""

from collections.abc import Iterable
from dataclasses import replace

from congtam.engine.facts.tables import Name
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace
from congtam.orgs.models import Unit
from congtam.orgs.queries import names_of as names_of_units
from congtam.people.models import Person
from congtam.people.queries import names_of as names_of_people
from congtam.work.models import Item


def named_all(run: Run, trace: Trace) -> Run:
    """The run with names of everyone and everything its trace speaks of."""
    related = run.related.get(trace.subject.code)
    people = [trace.subject.code, *(code for code, _ in getattr(related, "below", ()))]
    people += [one.given_by for one in trace.indicators.values() if one.given_by]
    people += [trace.graded.decision.by] if trace.graded.decision else []
    items = {row.item for one in trace.indicators.values() for row in one.rows}
    units = [one for one in (trace.subject.unit, trace.subject.agency) if one]
    numbers = {int(one) for one in people if one.isdigit()}
    return named(run, numbers, items=sorted(items), units=[int(one) for one in units if one.isdigit()])


def named(run: Run, people: Iterable[int], *, items: Iterable[str] = (), units: Iterable[int] = ()) -> Run:
    """The run with names and codes of these people, units and pieces of work."""
    persons, places = set(people), set(units)
    names = [
        *(Name(str(pk), "official", text) for pk, text in names_of_people(persons).items()),
        *(Name(str(pk), "official.code", code) for pk, code in _codes(Person, persons)),
        *(Name(str(pk), "unit", text) for pk, text in names_of_units(places, run.asked.period.first).items()),
        *(Name(str(pk), "unit.code", code) for pk, code in _codes(Unit, places)),
        *_of_items(items),
    ]
    return replace(run, facts=replace(run.facts, names=(*run.facts.names, *names)))


def _codes(kind: type[Person] | type[Unit], numbers: set[int]) -> Iterable[tuple[int, str]]:
    return kind.objects.filter(pk__in=numbers).values_list("pk", "code") if numbers else ()


def _of_items(items: Iterable[str]) -> Iterable[Name]:
    """Titles, and for codes the number and symbol, else what the source calls it."""
    told = Item.objects.filter(pk__in=[int(one) for one in items]).values_list(
        "pk", "key", "text__symbol", "text__title"
    )
    for pk, key, symbol, title in told:
        yield Name(str(pk), "item.code", symbol or key)
        if title:
            yield Name(str(pk), "item", title)
