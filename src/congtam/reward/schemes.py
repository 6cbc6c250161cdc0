"""Schemes of reward of the rulebooks the site adopted, as they hold on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from congtam.engine.periods import Period, PeriodKind
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.digest import meaning_digest
from congtam.engine.rulebook.model import Certainty, LegalBasis, Text
from congtam.engine.rulebook.model.reward import Reward
from congtam.history.refused import Refused
from congtam.registry.queries import book, copies_on


@dataclass(frozen=True)
class Scheme:
    """A scheme with the rulebook it stands in."""

    id: str
    book: Rulebook
    reward: Reward

    @property
    def key(self) -> str:
        return f"{self.book.id}#{self.id}"

    @property
    def title(self) -> Text:
        return self.reward.title

    @property
    def basis(self) -> LegalBasis | None:
        return self.reward.legal_basis or self.book.head.legal_basis

    @property
    def certainty(self) -> Certainty:
        return self.basis.certainty if self.basis else Certainty.UNVERIFIED

    @property
    def meaning(self) -> str:
        return meaning_digest(self.book)


def schemes_on(day: date) -> dict[str, Scheme]:
    """Every adopted scheme by its key (rulebook#scheme), as it holds on a day."""
    found: dict[str, Scheme] = {}
    for copy in copies_on(day):
        held = book(copy.rulebook, day)
        if held.head.holds_on(day):
            found |= {one.key: one for one in (Scheme(name, held, it) for name, it in held.draft.rewards.items())}
    return found


def scheme_on(key: str, day: date) -> Scheme:
    """One scheme as it holds on a day. Raises `Refused` when the site has not adopted it then."""
    found = schemes_on(day).get(key)
    if found is None:
        raise Refused(
            f"Cơ quan chưa áp dụng chế độ thưởng “{key}” vào ngày {day:%d/%m/%Y}. "
            "Hãy áp dụng bộ quy tắc ấy ở trang Quy tắc.",
            f"The scheme “{key}” is not adopted on {day:%d/%m/%Y}. Adopt its rulebook on the page Rules.",
        )
    return found


def of_period(period: Period) -> list[Scheme]:
    """The adopted schemes that pay by the grades of such a period."""
    held = schemes_on(period.first).values()
    return [one for one in held if one.reward.by_grade and one.reward.by_grade.graded == period.kind.value]


def fund_rule(purse: str, year: int) -> Scheme | None:
    """The adopted rule of what a purse holds in a year: as it holds on its last day."""
    held = schemes_on(date(year, 12, 31)).values()
    return next((one for one in held if one.reward.fund and one.reward.purse == purse), None)


def payable_from(scheme: Scheme, period: Period) -> date:
    """The first day on which what a period gives may be paid: once its month, quarter or year is over."""
    assert scheme.reward.by_grade is not None
    last = period.until - timedelta(days=1)
    return Period.of(PeriodKind(scheme.reward.by_grade.paid), last).until


def pay_before(scheme: Scheme, year: int) -> date | None:
    """Before which day what a year gives is to be paid; None where the scheme says nothing."""
    said = scheme.reward.by_grade.before if scheme.reward.by_grade else None
    return in_next_year(said, year) if said else None


def in_next_year(month_day: str, year: int) -> date:
    """A day such as 01-31 of the year after."""
    month, day = month_day.split("-")
    return date(year + 1, int(month), int(day))


def dong(amount: Decimal) -> Text:
    """An amount of money in words: 1.500.000 đồng; parts of a đồng only where there are some."""
    return Text(vi=f"{in_words(amount)} đồng", en=f"{in_words(amount, 'en')} đồng")


def in_words(amount: Decimal, lang: str = "vi") -> str:
    """A figure without needless zeros: 1.500.000, 0,5."""
    english = f"{amount:,.6f}".rstrip("0").rstrip(".")
    return english if lang == "en" else english.translate(str.maketrans(",.", ".,"))
