"""Answering what waits for one: a button on any page, written once, and back to where it was pressed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congtam.access.gate import Right
from congtam.desk.deciding import accept, answer
from congtam.desk.doing import unask
from congtam.desk.models import Question
from congtam.desk.questions import may_answer
from congtam.history.refused import Refused
from congtam.scores.overview import sight
from congtam.web.asking import asks
from congtam.web.once import once
from congtam.web.pages.task.questions import NO, YES, Answer, cards
from congtam.web.words import both, said

BACK = ("today", "unit")  # pages a question can be answered on, by name; else that of the work
UNASKED = both("Đã rút đề nghị.", "Taken back.")
ANSWERED = both("Đã ghi câu trả lời.", "Your answer was written.")


@asks(Right.OWN_WORK)
@require_http_methods(["GET", "POST"])
def answer_question(request: HttpRequest, number: int) -> HttpResponse:
    """One question by itself, for who may answer it; sent, the answer. To all others there is none."""
    now, seat = timezone.now(), request.seat
    seen = sight(now)
    question = Question.objects.select_related("item__text", "item__standing", "by__text").filter(pk=number).first()
    if question is None or not may_answer(seat, question):
        raise Http404
    if question.state != "open":
        return _gone(request, question)
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


@asks(Right.OWN_WORK)
@require_POST
def take_back_question(request: HttpRequest, number: int) -> HttpResponse:
    """What one asked and nobody answered is taken back."""
    question = get_object_or_404(Question, pk=number, by=request.seat.person)
    address = reverse("task", args=[question.item_id])

    def act() -> tuple[str, str]:
        unask(request.seat, question)
        return address, str(UNASKED)

    try:
        return once(request, act)
    except Refused as refusal:
        messages.error(request, said(refusal.text))
        return redirect(address)


def _answered(request: HttpRequest, question: Question, form: Answer, back: str) -> tuple[str, str]:
    told, seat, item = form.cleaned_data, request.seat, question.item_id
    mark = told.get("mark") if form.granted else ""
    until = form.instant_if_any("until" if form.granted else "due")
    if mark:
        accept(seat, item, int(mark))
    else:
        answer(seat, question, form.granted, told["text"], told.get("decision") or "", until)
    return reverse(back) if back else reverse("task", args=[item]), str(ANSWERED)


def _gone(request: HttpRequest, question: Question) -> HttpResponse:
    """Answered meanwhile: to the work, and it is said so."""
    return once(request, lambda: (reverse("task", args=[question.item_id]), str(ALREADY)))


ALREADY = both("Câu hỏi này đã được trả lời trước đó.", "This question was answered before.")
