"""Answering what waits for one: a button on any page, written once, and back to where it was pressed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from congtam.access.gate import Right
from congtam.desk.deciding import accept, answer, return_work
from congtam.desk.models import Question
from congtam.desk.queries import questions_to
from congtam.history.refused import Refused
from congtam.scores.overview import sight
from congtam.web.asking import asks
from congtam.web.once import once
from congtam.web.pages.task.questions import NO, YES, Answer, cards
from congtam.web.words import both, said

BACK = ("today", "unit")  # pages a question can be answered on, by name; else that of the work
ANSWERED = both("Đã ghi câu trả lời.", "Your answer was written.")


@asks(Right.OWN_WORK)
@require_http_methods(["GET", "POST"])
def answer_question(request: HttpRequest, number: int) -> HttpResponse:
    """One question by itself, for who may answer it; sent, the answer. To all others there is none."""
    now, seat = timezone.now(), request.seat
    seen = sight(now)
    question = next((one for one in questions_to(seat, now) if one.pk == number), None)
    if question is None:
        return _gone(request, number)
    back = request.POST.get("ve", "") if request.POST.get("ve", "") in BACK else ""
    form = None
    if request.method == "POST" and request.POST.get("tra_loi") in (YES, NO):
        form = Answer(request.POST, question=question, calendar=seen.calendar)
        if form.is_valid():
            try:
                return once(request, lambda: _answered(request, question, form, back))
            except Refused as refusal:
                form.add_error(None, said(refusal.text))
    (card,) = cards([question], seat.person, seen, back, {number: form} if form else None)
    return render(request, "task/answer.html", {"card": card, "as_of": now}, status=422 if form else 200)


def _answered(request: HttpRequest, question: Question, form: Answer, back: str) -> tuple[str, str]:
    told, seat, item = form.cleaned_data, request.seat, question.item_id
    if question.kind == "acceptance" and form.granted:
        accept(seat, item, int(told["mark"]) if told["mark"] else None)
    elif question.kind == "acceptance":
        return_work(seat, item, told["text"], form.instant("due"))
    else:
        until = form.instant("until") if form.granted else None
        answer(seat, question, form.granted, told["text"], told.get("decision") or "", until)
    return reverse(back) if back else reverse("task", args=[item]), str(ANSWERED)


def _gone(request: HttpRequest, number: int) -> HttpResponse:
    """Answered meanwhile: who was asked, or answered, is led to the work, and told; to all others it does not exist."""
    found = Question.objects.filter(pk=number).exclude(state="open").first()
    person = request.seat.person
    if found is None or person is None or person not in (found.to_id, found.answered_by_id):
        raise Http404
    return once(request, lambda: (reverse("task", args=[found.item_id]), str(ALREADY)))


ALREADY = both("Câu hỏi này đã được trả lời trước đó.", "This question was answered before.")
