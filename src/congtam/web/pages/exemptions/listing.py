"""Incidents and exemptions in one list, the newest first: those that touch units or people a seat answers for."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from congtam.access.seats import Seat
from congtam.engine.explaining import formats
from congtam.engine.rulebook.model import Text
from congtam.exemptions.models import Exemption, ExemptionLine, Incident, Touched
from congtam.orgs.queries import names_of as units_named
from congtam.people.names import search_key
from congtam.people.queries import names_of, people_under
from congtam.web.pages.exemptions import words


@dataclass(frozen=True)
class Line:
    """One incident or exemption. `number`: the series of the incident, or the number of the exemption."""

    incident: bool
    number: int
    kind: str
    title: str
    whom: str
    stretch: str
    items: int
    decision: str
    decided_on: date
    by: str
    written_at: datetime
    state: str

    @property
    def kind_in_words(self) -> Text:
        return words.KINDS[self.kind] if self.incident else words.EXEMPTION

    @property
    def state_in_words(self) -> Text:
        return words.STATES[self.state]

    @property
    def badge(self) -> str:
        return words.BADGES[self.state]


@dataclass(frozen=True)
class Filters:
    """What the address asks for; blank asks for everything. `kind`: of an incident, or `exemption`."""

    text: str = ""
    kind: str = ""
    state: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Filters":
        """What makes no sense narrows nothing."""
        kind, state = asked.get("loai", ""), asked.get("tt", "")
        return cls(
            asked.get("q", "").replace("\x00", "").strip()[:120],
            kind if kind in {*words.KINDS, "exemption"} else "",
            state if state in words.STATES else "",
        )

    @property
    def any(self) -> bool:
        return any((self.text, self.kind, self.state))

    def said(self, lang: str) -> list[tuple[str, str]]:
        """What is narrowed, in words: label and value."""
        kinds = {**words.KINDS, "exemption": words.EXEMPTION}
        told = [
            (Text(vi="Tìm", en="Search"), self.text),
            (Text(vi="Loại", en="Kind"), kinds[self.kind].in_(lang) if self.kind else ""),
            (Text(vi="Tình trạng", en="State"), words.STATES[self.state].in_(lang) if self.state else ""),
        ]
        return [(label.in_(lang), value) for label, value in told if value]

    def keep(self, line: Line) -> bool:
        """Whether a line is asked for."""
        kind = line.kind if line.incident else "exemption"
        said = search_key(f"{line.title} {line.decision} {line.whom}")
        return (
            self.kind in ("", kind)
            and self.state in ("", line.state)
            and (not self.text or search_key(self.text) in said)
        )


def incidents_of(seat: Seat) -> list[Incident]:
    """The latest row of every incident that struck a unit the seat answers for, the newest first."""
    found = Incident.objects.filter(units__overlap=list(seat.leads_agency)).order_by("series", "-seq")
    return sorted(found.distinct("series"), key=lambda one: -one.seq)


def exemptions_of(seat: Seat) -> list[Exemption]:
    """Every exemption of people the seat answers for, the newest first."""
    people = people_under(seat.leads_agency, seat.day)
    named = ExemptionLine.objects.filter(official__in=people) | ExemptionLine.objects.filter(
        official=None, item__shares__official__in=people
    )
    own = Exemption.objects.filter(pk__in=named.values("exemption")) | Exemption.objects.filter(by=seat.person)
    return list(own.prefetch_related("lines__item__text").order_by("-seq"))


def lines(seat: Seat, filters: Filters, lang: str) -> list[Line]:
    """What a seat answers for, as the filters ask."""
    incidents, exemptions = incidents_of(seat), exemptions_of(seat)
    named = {one.by_id for one in (*incidents, *exemptions)}
    named |= {line.official_id for one in exemptions for line in one.lines.all() if line.official_id}
    names = names_of(named)
    units = units_named({unit for one in incidents for unit in one.units}, seat.day)
    touched = Counter(
        Touched.objects.filter(series__in=[one.series for one in incidents]).values_list("series", flat=True)
    )
    found = [_incident(one, units, names, touched[one.series], lang) for one in incidents]
    found += [_exemption(one, names, lang) for one in exemptions]
    return sorted(filter(filters.keep, found), key=lambda one: one.written_at, reverse=True)


def stretch(incident: Incident, lang: str) -> str:
    """From when to when an incident lasts, in words."""
    first = formats.moment(incident.first, lang)
    if incident.until is None:
        return Text(vi=f"từ {first}, chưa kết thúc", en=f"from {first}, not over").in_(lang)
    return f"{first} – {formats.moment(incident.until, lang)}"


def _incident(one: Incident, units: Mapping[int, str], names: Mapping[int, str], items: int, lang: str) -> Line:
    state = "taken_back" if one.replaced_by else "open" if one.until is None else "standing"
    whom = ", ".join(units.get(unit, f"#{unit}") for unit in one.units)
    return Line(
        True, one.series, one.kind, one.title, whom, stretch(one, lang), items, one.decision, one.decided_on,
        names.get(one.by_id, ""), one.recorded_at, state,
    )  # fmt: skip


def _exemption(one: Exemption, names: Mapping[int, str], lang: str) -> Line:
    own: Collection[ExemptionLine] = one.lines.all()
    titles = dict.fromkeys((getattr(line.item, "text", None) and line.item.text.title) or line.item.key for line in own)
    people = [names.get(line.official_id, words.SOMEBODY.in_(lang)) for line in own if line.official_id]
    if len(people) < len(own):
        people.append(words.EVERYBODY.in_(lang))
    return Line(
        False, one.seq, "exemption", "; ".join(titles), ", ".join(dict.fromkeys(people)), "", len(titles), one.decision,
        one.decided_on, names.get(one.by_id, ""), one.recorded_at, "taken_back" if one.replaced_by else "standing",
    )  # fmt: skip
