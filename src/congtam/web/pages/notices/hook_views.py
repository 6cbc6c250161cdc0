"""The addresses outside to which counts go: kept by the administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from congtam.access.gate import Right
from congtam.history.refused import Refused
from congtam.notices import queries
from congtam.notices.actions import add_hook, end_hook
from congtam.notices.hooks import secret_of
from congtam.notices.models import Hook
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.notices.forms import HookForm
from congtam.web.words import both, said

ADDED = both("Đã thêm địa chỉ nhận.", "The address was added.")
ENDED = both("Đã gỡ địa chỉ nhận; không gửi gì tới đó nữa.", "The address was taken off; nothing more is sent there.")


@asks(Right.SEE_SYSTEM)
@require_http_methods(["GET", "HEAD", "POST"])
def hooks(request: HttpRequest) -> HttpResponse:
    """Which addresses there are, with what their messages are signed with, and the form for another."""
    form, status = HookForm(request.POST or None), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                return once(request, lambda: _added(request, form.cleaned_data["url"]))
            except Refused as refusal:
                form.add_error("url", said(refusal.text))
        status = 422
    found = [(one, secret_of(one.pk)) for one in queries.hooks()]
    answer = render(request, "notices/hooks.html", {"form": form, "hooks": found, "token": token()}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@asks(Right.SEE_SYSTEM)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Take an address off."""
    hook = get_object_or_404(Hook, pk=number)

    def act() -> tuple[str, str]:
        end_hook(request.seat, hook)
        return reverse("hooks"), str(ENDED)

    return once(request, act)


def _added(request: HttpRequest, url: str) -> tuple[str, str]:
    add_hook(request.seat, url)
    return reverse("hooks"), str(ADDED)
