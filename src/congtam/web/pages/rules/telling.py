"""A rulebook as the page tells it: scorecards as trees of parts, indicators with everything known about them."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.urls import reverse

from congtam.engine.explaining.acts import told
from congtam.engine.explaining.manual import words
from congtam.engine.explaining.manual.legal import basis_text, own_basis
from congtam.engine.explaining.manual.measures import measure_sentences
from congtam.engine.explaining.manual.phrases import Phrases, parameter_value
from congtam.engine.explaining.manual.plain import percent
from congtam.engine.explaining.manual.scorecards import CardTelling
from congtam.engine.expressions.nodes import Node, Parameter, children, columns
from congtam.engine.rulebook.assemble import load_rulebook
from congtam.engine.rulebook.bound import BoundIndicator, BoundScorecard, Rulebook
from congtam.engine.rulebook.load import Library
from congtam.engine.rulebook.model import BasePoints, Part, parts_with_paths
from congtam.engine.rulebook.model import Parameter as HeadParameter
from congtam.registry.queries import card_of
from congtam.web.pages.rules.figures import choice_title
from congtam.web.pages.rules.told import CardTold, GradeTold, IndicatorTold, Named, Pairs, PartTold, TitledLines


class _Plain(Phrases):
    """Says choices by their words, without the codes that the files use."""

    def parameter(self, name: str) -> str:
        """A parameter by its title and present value."""
        own = self.book.head.parameters[name.partition(".")[0]]
        if not own.choices:
            return super().parameter(name)
        held = "; ".join(choice_title(str(one.value), self.lang) for one in own.values)
        return f"“{own.title.in_(self.lang)}” ({held})"


class Telling:
    """Tells one rulebook in one language; indicators are named by title, a lent one told as its own rulebook does."""

    def __init__(self, book: Rulebook, lang: str):
        self.book, self.lang = book, lang
        self.phrases = _Plain(book, lang, self._title)

    def _in(self, vi: str, en: str) -> str:
        return en if self.lang == "en" else vi

    def _title(self, name: str, lang: str) -> str:
        return f"“{self.book.indicators[name].model.title.in_(lang)}”"

    # -- how the page names things (`manual.scorecards.Marks`)

    def indicator(self, name: str) -> str:
        """An indicator by its title."""
        return self._title(name, self.lang)

    def card(self, name: str) -> str:
        """Another scorecard by its title."""
        return f"“{self.book.scorecards[name].model.title.in_(self.lang)}”"

    def parameter(self, name: str) -> str:
        """A parameter by its title."""
        return f"“{self.book.head.parameters[name].title.in_(self.lang)}”"

    def named(self, title: str, id_: str) -> str:
        """A rule by its title."""
        return f"“{title}”"

    def coded(self, text: str, code: str) -> str:
        """A code by its word."""
        return text

    def written(self, said: str, text: str) -> str:
        """An expression in words."""
        return said

    # -- the rulebook

    def about(self) -> Pairs:
        """What the rulebook is, as pairs of name and value."""
        head = self.book.head
        pairs = [
            (self._in("Cơ quan ban hành", "Issued by"), head.issuer),
            (self._in("Tình trạng", "Status"), words.STATUS[head.status].in_(self.lang)),
            (self._in("Căn cứ", "Legal basis"), basis_text(head.legal_basis, self.lang)),
            (self._in("Đơn vị chủ quản", "Owner"), head.owner or "–"),
        ]
        if acts := "; ".join(told(head.legal_acts, self.lang)):
            pairs.insert(3, (self._in("Văn bản được viện dẫn", "Acts cited"), acts))
        if self.book.base is not None:
            pairs.append((self._in("Trên nền", "Laid over"), self.book.base.head.title.in_(self.lang)))
        return pairs

    def terms(self) -> Pairs:
        """The words rules use, and what they mean."""
        found = ((term.title.in_(self.lang), self.phrases.term(name)) for name, term in self.book.head.terms.items())
        return [(title, said) for title, said in found if said]

    def parameters(self) -> list[tuple[str, str, str]]:
        """Title, value and basis of each parameter."""
        same = self._in("theo căn cứ chung của bộ quy tắc", "on the rulebook's own basis")
        return [
            (one.title.in_(self.lang), self._value(one), own_basis(one, self.lang) or same)
            for one in self.book.head.parameters.values()
        ]

    def _value(self, one: HeadParameter) -> str:
        held = "; ".join(choice_title(str(value.value), self.lang) for value in one.values)
        return held if one.choices else parameter_value(one, self.lang)

    # -- scorecards

    def cards(self) -> list[CardTold]:
        """Every scorecard of the rulebook."""
        return [self._card(one) for _, one in sorted(self.book.scorecards.items())]

    def _card(self, card: BoundScorecard) -> CardTold:
        told = CardTelling(self.book, card, self.phrases, self)
        sections = [
            TitledLines(
                self._in("Máy đề xuất, người quyết định", "The machine proposes, a person decides"), [*told.vetoes()]
            ),
            TitledLines(self._in("Trần", "Ceilings"), [*told.ceilings()]),
            *(
                TitledLines(
                    f"{self._in('Giới hạn tỷ lệ', 'Limit on how many')}: {rule.title.in_(self.lang)}",
                    [*told.population(rule)],
                )
                for rule in card.model.population_rules
            ),
            TitledLines(self._in("Thứ tự xếp loại", "Who is graded first"), [*told.strata()]),
            TitledLines(self._in("Các bước của kỳ", "Steps of a period"), [*told.timetable()]),
            TitledLines(
                self._in("Thông tin kèm theo, không tính điểm", "Shown beside the points"), [*told.information()]
            ),
        ]
        return CardTold(
            card.id,
            card.model.title.in_(self.lang),
            self._scored(card.id),
            card.model.subject != "group",
            [*told.facts()],
            [self._part(told, one) for one in card.model.parts],
            [GradeTold(one.title.in_(self.lang), told.band(one), told.condition(one)) for one in card.model.grades],
            told.decides(),
            [one for one in sections if one.lines],
        )

    def _scored(self, card: str) -> str:
        held = card_of(self.book.id, card)
        if held is None:
            return ""
        how = (" (theo luật)", " (by law)") if held.legal else (" (để tham khảo)", " (for reference)")
        until = held.days.upper
        end = self._in(f" đến trước {until:%d/%m/%Y}", f" to before {until:%d/%m/%Y}") if until else ""
        said = self._in("Cơ quan tính bảng này từ", "The site scores by this card from")
        return f"{said} {held.days.lower:%d/%m/%Y}{end}{self._in(*how)}."

    def _part(self, told: CardTelling, part: Part) -> PartTold:
        read = _reads(part, told.card) & self.book.indicators.keys()
        return PartTold(
            f"{told.card.id}-{part.id}",
            part.title.in_(self.lang),
            told.points(part),
            [*told.way(part)],
            [self._named(name) for name in sorted(read)],
            [self._part(told, one) for one in part.parts],
        )

    # -- indicators

    def _named(self, name: str) -> Named:
        title = self.book.indicators[name].model.title.in_(self.lang)
        return Named(title, indicator_url(self.book.id, name))

    def indicators(self) -> list[IndicatorTold]:
        """Every indicator of the rulebook, by title."""
        told = [self.one(name) for name in self.book.indicators]
        return sorted(told, key=lambda one: one.title)

    def one(self, name: str) -> IndicatorTold:
        """One indicator."""
        one, lang = self.book.indicators[name], self.lang
        model = one.model
        home = self.book if one.home == self.book.id else beside(self.book, one.home)
        phrases = self.phrases if home is self.book else Telling(home, lang).phrases
        return IndicatorTold(
            name,
            model.title.in_(lang),
            f"{model.definition.in_(lang).rstrip('.')}.",
            [*measure_sentences(one, phrases), *_parameters(one, phrases, lang)],
            self._facts(one),
            self._named(model.counter_indicator),
            basis_text(one.legal_basis, lang),
            one.certainty.value,
            model.owner or home.head.owner or "–",
            self._lent(one, home),
            [*self._used(name)],
            indicator_url(self.book.id, name),
        )

    def _lent(self, one: BoundIndicator, home: Rulebook) -> str:
        if home is self.book:
            return ""
        title, note = home.head.title.in_(self.lang), one.note.in_(self.lang) if one.note else ""
        return self._in(f"Mượn của “{title}”. {note}", f"Borrowed from “{title}”. {note}").strip()

    def _facts(self, one: BoundIndicator) -> Pairs:
        model, lang = one.model, self.lang
        rest = model.no_opportunity
        if isinstance(rest, BasePoints):
            rate = percent(rest.base_rate, lang)
            nothing = self._in(f"tính là {rate}", f"counts as {rate}")
        else:
            nothing = words.NO_OPPORTUNITY[rest].in_(lang)
        return [
            (self._in("Nhóm", "Group"), words.GROUP[model.group].in_(lang)),
            (self._in("Chiều", "Direction"), words.DIRECTION[model.direction].in_(lang)),
            (self._in("Đơn vị tính", "Unit"), words.UNIT[model.unit].in_(lang)),
            (self._in("Đo cho", "Measured for"), ", ".join(words.SUBJECT[which].in_(lang) for which in model.subjects)),
            (self._in("Khi không phát sinh", "When nothing arose"), nothing),
            (self._in("Khi thiếu số liệu", "When a value is missing"), words.UNKNOWN[model.unknown].in_(lang)),
            (self._in("Có thể bị lách thế nào", "How it can be gamed"), model.how_to_game.in_(lang)),
        ]

    def paths_of(self, name: str) -> tuple[str, ...]:
        """Where the numbers stand on which an indicator and its points depend: its parameters, the parts it feeds."""
        one = self.book.indicators[name]
        read = {parameter.partition(".")[0] for node in one.nodes.values() for parameter in _read(node)}
        own = [f"parameters/{parameter}/" for parameter in sorted(read & self.book.head.parameters.keys())]
        return (*own, *(path for path, part, card in self._parts() if name in _reads(part, card)))

    def _parts(self) -> Iterator[tuple[str, Part, BoundScorecard]]:
        """Every part with its path by names."""
        for card in self.book.scorecards.values():
            waiting = [(f"scorecards/{card.id}/parts/{part.id}/", part) for part in card.model.parts]
            while waiting:
                path, part = waiting.pop()
                yield path, part, card
                waiting += [(f"{path}parts/{inner.id}/", inner) for inner in part.parts]

    def _used(self, name: str) -> Iterator[str]:
        """The parts, grades and proposals that read an indicator, by title."""
        for card in self.book.scorecards.values():
            of = f"“{card.model.title.in_(self.lang)}”"
            for part, _ in parts_with_paths(card.model.parts):
                if name in _reads(part, card):
                    title = part.title.in_(self.lang)
                    yield self._in(f"Mục “{title}” của bảng {of}", f"Part “{title}” of {of}")
            for veto in card.model.vetoes:
                if name in columns(card.vetoes[veto.id]):
                    title = veto.title.in_(self.lang)
                    yield self._in(f"Đề xuất của máy “{title}” ở bảng {of}", f"The proposal “{title}” in {of}")


def _reads(part: Part, card: BoundScorecard) -> set[str]:
    """The indicators a part reads, by name."""
    read = {part.from_} if part.from_ else set()
    for node in card.formulas.get(part.id, {}).values():
        read |= columns(node)
    return read


def _parameters(one: BoundIndicator, phrases: Phrases, lang: str) -> Iterator[str]:
    """The parameters a measure reads, each with its own basis where it has one."""
    names = {name.partition(".")[0] for node in one.nodes.values() for name in _read(node)}
    for name in sorted(names & phrases.book.head.parameters.keys()):
        basis = own_basis(phrases.book.head.parameters[name], lang)
        yield f"{'Parameter' if lang == 'en' else 'Tham số'} {phrases.parameter(name)}.{' ' + basis if basis else ''}"


def _read(node: Node) -> Iterator[str]:
    if isinstance(node, Parameter):
        yield node.name
    for child in children(node):
        yield from _read(child)


def beside(book: Rulebook, other: str) -> Rulebook:
    """Another rulebook of the same copy, which lends indicators to this one."""
    root = book.draft.folder
    for _ in book.id.split("/"):
        root = root.parent
    return _beside(str(root), other)


@lru_cache(maxsize=16)
def _beside(root: str, rulebook_id: str) -> Rulebook:
    return load_rulebook(Library(Path(root)), rulebook_id)


def indicator_url(rulebook_id: str, name: str) -> str:
    """The page of one indicator."""
    return reverse("indicator", args=[rulebook_id, name])
