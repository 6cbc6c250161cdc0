"""What other rules would do: told at once of few people, else answered by the worker on a page of its own."""

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from congtam.access.gate import Right, holds
from congtam.access.queries import called
from congtam.access.seats import Seat
from congtam.engine.findings import Unusable
from congtam.engine.periods import Period
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.registry.findings import refusal
from congtam.registry.trying import Tried, before_and_after
from congtam.scores import questions
from congtam.scores.models import Question
from congtam.scores.supposed import from_json, suppose
from congtam.web.asking import asks
from congtam.web.imprint import Imprint, rule_of
from congtam.web.pages.rules.changed import articles
from congtam.web.pages.rules.figures import lang_of
from congtam.web.pages.rules.supposing import effect, known_at, persons_in, scope_of, seen_by
from congtam.web.pages.rules.views.asked import last_month, propose_url, seat_of, units_asked

AT_ONCE = 150
"""More people than this are not computed while somebody waits for a page."""
SALT = "what-if"
PERIOD = Text(vi="Kỳ", en="Period")
UNREADABLE = Refused(
    "Câu hỏi gửi lên không đọc được, nên chưa tính gì. Hãy mở lại trang Nếu thì và hỏi lại.",
    "The question that was sent cannot be read, so nothing was computed. Open the page What if and ask again.",
)


def told_of(request: HttpRequest, tried: Tried, unit: str = "") -> dict[str, Any]:
    """What a page shows of a question: `effects`; or, of more people than one waits for, how `many` they are and, as
    `question`, what the button sends that asks the worker. Raises `Refused` when the question makes no sense."""
    seat, period, lang = seat_of(request), last_month(), lang_of(request)
    persons = persons_in(units_asked(seat, unit), period)
    try:
        before, after = before_and_after(tried)
        if before is None:
            return {"effects": []}
        if len(persons) > AT_ONCE:
            return {"many": len(persons), "question": signing.dumps([tried, unit], salt=SALT, compress=True)}
        answers = suppose(before, after, period, persons, known_at(seat, period))
    except Unusable as refused:
        raise refusal(refused.findings) from None
    return {"effects": [effect(seat, one, period.label, lang) for one in answers]}


@asks(Right.READ_RULES)
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Have the worker answer; sent twice, it is one question."""
    seat, period = seat_of(request), last_month()
    try:
        tried, unit = signing.loads(request.POST.get("cau-hoi", ""), salt=SALT)
    except signing.BadSignature:
        raise UNREADABLE from None
    units = units_asked(seat, unit)
    persons = persons_in(units, period)
    made = questions.ask(seat.account, tried, period, units, persons, known_at(seat, period))
    return redirect("what_if_answer", number=made.pk)


@asks(Right.READ_RULES)
@require_GET
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """A question of one's own: how far it is, then its answer as one may know it today."""
    seat, lang = seat_of(request), lang_of(request)
    question = get_object_or_404(Question, pk=number, account=seat.account)
    if not _may_ask(seat, frozenset(question.units)):  # asked in a post that is no longer held
        raise Http404
    page = {
        "question": question,
        "asked_by": called([seat.account]).get(seat.account, ""),
        "people": len(question.persons),
        "period": Period.parse(question.period),
        "effects": [effect(seat, one, question.period, lang) for one in from_json(question.answer or [])],
        "problem": (question.problem or {}).get(lang, ""),
        "as_of": question.asked_at,
        "kept_until": question.asked_at + questions.KEPT,
    }
    if request.htmx:
        return render(request, "rules/answer_state.html", page)
    return render(request, "rules/answer.html", page | _tried(request, question))


def _may_ask(seat: Seat, units: frozenset[int]) -> bool:
    """Whether the seat may ask about just these units today: about its whole scope, or where it sees everybody."""
    return units == scope_of(seat) or units <= seen_by(seat)


def _tried(request: HttpRequest, question: Question) -> dict[str, Any]:
    """What was tried, in words, and where it is proposed or decided on."""
    tried, lang = question.tried, lang_of(request)
    try:
        before, after = before_and_after(tried)
    except Unusable:  # what holds has changed since
        return {}
    told = {
        "title": after.head.title.in_(lang),
        "changed": articles(before, after, lang) if before else [],
        "imprint": _imprint(question, before or after, lang),
    }
    if "numbers" not in tried:
        kind, number = next(iter(tried.items()))
        return told | {"proposal": reverse(f"rule_{kind}", args=[number])}
    may = holds(seat_of(request), Right.CHANGE_RULES)
    return told | {"propose": propose_url(tried["rulebook"], tried["numbers"]) if may else ""}


def _imprint(question: Question, book: Rulebook, lang: str) -> Imprint:
    """Where an answer comes from: the rules that were changed, and up to which record facts were known."""
    title = Text(vi=f"Nếu thì, câu hỏi số {question.pk}", en=f"What if, question {question.pk}")
    points = Text(vi=f"tính thử, biết đến bản ghi số {question.seq}", en=f"a trial, known up to record {question.seq}")
    month = Period.parse(question.period)
    return Imprint(
        title, question.asked_at, [(PERIOD.in_(lang), month.title(lang))], (rule_of(book, month.first, lang),), points
    )


def earlier(request: HttpRequest) -> list[Question]:
    """The questions that the worker answered for the account, or will, the latest first."""
    own = Question.objects.filter(account=seat_of(request).account, asked_at__gt=timezone.now() - questions.KEPT)
    return list(own.defer("answer", "persons", "units").order_by("-asked_at"))
