"""A question that waits for somebody, as a card with the buttons that answer it: on Hôm nay, on the page of the work,
and on a head's page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from congtam.desk.models import Question
from congtam.engine.periods import local_day
from congtam.engine.rulebook.model import Text
from congtam.people.queries import names_of
from congtam.web.fields import NEEDED, DayField, DecisionField
from congtam.web.once import token
from congtam.web.pages.task import words
from congtam.web.pages.task.act_forms import Act, long_text, mark_field
from congtam.web.pages.worklist.words import SOMEBODY
from congtam.web.words import both
from congtam.work.lists import Sight

WITH_YES = {
    "more_time": ("until", "decision"),
    "acceptance": ("mark",),
    "recognition": ("decision",),
    "escalation": ("decision",),
}
NEEDS_DECISION = frozenset({"recognition"})
YES, NO = "co", "khong"


class Answer(Act):
    """The answer to one question: what a yes needs, and why not."""

    until = DayField(label=both("Đến hết ngày", "Until the end of"))
    mark = mark_field()
    decision = DecisionField(required=False)
    text = long_text("Lý do", "Why", needed=False)
    due = DayField(label=both("Hạn mới (không bắt buộc)", "New deadline (optional)"), required=False)

    def __init__(self, *args: Any, question: Question, **kwargs: Any):
        kwargs.setdefault("initial", {"until": local_day(question.wanted) if question.wanted else None})
        super().__init__(*args, prefix=f"cau-{question.pk}", **kwargs)
        self.kind, self.granted = question.kind, self.data.get("tra_loi") == YES
        unused = {"until", "mark", "decision"} - set(WITH_YES.get(self.kind, ()))
        for name in unused | (set() if self.kind == "acceptance" else {"due"}):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A no says why; a yes says by which document, where one must."""
        told = super().clean() or self.cleaned_data
        needed = ("decision" if self.kind in NEEDS_DECISION else "") if self.granted else "text"
        if needed and not told.get(needed):
            self.add_error(needed, NEEDED)
        if not self.granted:  # what only a yes needs is of no account
            for name in WITH_YES.get(self.kind, ()):
                self.errors.pop(name, None)
        return told

    @property
    def with_yes(self) -> list[forms.BoundField]:
        """What stands beside the button that grants."""
        return [self[name] for name in WITH_YES.get(self.kind, ())]

    @property
    def with_no(self) -> list[forms.BoundField]:
        """What stands beside the button that does not."""
        return [self[name] for name in ("text", "due") if name in self.fields]

    @property
    def refusing(self) -> bool:
        """Whether a no was sent and is not complete yet."""
        return self.is_bound and not self.granted


@dataclass(frozen=True)
class Card:
    """A question with what people and the work are called. `back`: where its answer leads, by name; `instead`: for
    whom the reader answers, when it was asked of somebody else; `due_at`: of the work, as it stands."""

    question: Question
    form: Answer
    title: str
    symbol: str
    due_at: datetime | None
    by: str
    instead: str
    back: str
    token: str

    @property
    def kind(self) -> Text:
        """What it is about."""
        return words.QUESTIONS[self.question.kind]

    @property
    def yes(self) -> Text:
        """What the button that grants says."""
        return words.YES[self.question.kind]

    @property
    def no(self) -> Text:
        """What the button that does not says."""
        return words.NO[self.question.kind]

    @property
    def said(self) -> str:
        """What was said when it was asked, where the title does not say it already."""
        return "" if self.question.text == self.title else self.question.text

    @property
    def fact(self) -> Text | None:
        """What is to be confirmed: what kind of work came up, or how much secret work of which month."""
        told = self.question.told
        if "secret" in told:
            month = "/".join(reversed(told["secret"].split("-")))
            n, in_time = told["number"], told["in_time"]
            return Text(
                vi=f"Tháng {month}: {n} việc mật đã xong, {in_time} việc đúng hạn",
                en=f"{month}: {n} done, {in_time} of these in time",
            )
        return words.KINDS.get(told.get("kind", ""))

    @property
    def cause(self) -> Text | None:
        """The cause of a delay, as declared."""
        return words.CAUSES.get(self.question.cause)


def cards(
    asked: Iterable[Question], person: int | None, sight: Sight, back: str, bound: Mapping[int, Answer] | None = None
) -> list[Card]:
    """Questions, as the desk's queries give them, as cards in the same order. `bound`: forms that were sent and came
    back. One query where somebody answers for others, none without."""
    questions = list(asked)
    names = (
        names_of({one.to_id for one in questions} - {person}) if any(one.to_id != person for one in questions) else {}
    )
    return [_card(one, names, person, sight, back, (bound or {}).get(one.pk)) for one in questions]


def _card(
    one: Question, names: Mapping[int, str], person: int | None, sight: Sight, back: str, form: Answer | None
) -> Card:
    text, standing = getattr(one.item, "text", None), getattr(one.item, "standing", None)
    asker = getattr(one.by, "text", None)
    return Card(
        one,
        form or Answer(question=one, calendar=sight.calendar),
        (text.title if text else "") or one.item.key,
        text.symbol if text else "",
        standing.due_at if standing else None,
        asker.full_name if asker else SOMEBODY.vi,
        "" if one.to_id == person else names.get(one.to_id, SOMEBODY.vi),
        back,
        token(),
    )
