"""A run whose facts hold what people, units and work are called: scores only number them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from congtam.engine.facts.tables import Name
from congtam.engine.scoring.run import Run
from congtam.engine.trace import Trace
from congtam.orgs.queries import codes_and_names_of
from congtam.people.models import Person
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
    names = [*_of_people(set(people)), *_of_units(set(units), run.asked.period.first), *names_of_items(items)]
    return with_names(run, names)


def with_names(run: Run, names: Iterable[Name]) -> Run:
    """The run with more names."""
    return replace(run, facts=replace(run.facts, names=(*run.facts.names, *names)))


def _of_people(numbers: set[int]) -> Iterable[Name]:
    told = Person.objects.filter(pk__in=numbers).values_list("pk", "code", "text__full_name") if numbers else ()
    for pk, code, name in told:
        yield Name(str(pk), "official.code", code)
        if name is not None:
            yield Name(str(pk), "official", name)


def _of_units(numbers: set[int], day: date) -> Iterable[Name]:
    for pk, (code, name) in codes_and_names_of(numbers, day).items() if numbers else ():
        yield Name(str(pk), "unit.code", code)
        yield Name(str(pk), "unit", name)


def names_of_items(items: Iterable[str]) -> Iterable[Name]:
    """Titles, and for codes the number and symbol, else what the source calls it."""
    told = Item.objects.filter(pk__in=[int(one) for one in items]).values_list(
        "pk", "key", "text__symbol", "text__title"
    )
    for pk, key, symbol, title in told:
        yield Name(str(pk), "item.code", symbol or key)
        if title:
            yield Name(str(pk), "item", title)
