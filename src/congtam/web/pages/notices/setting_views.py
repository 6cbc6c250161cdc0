"""How somebody wants to be told: ways, hours, and the secret address of their calendar."""

from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from congtam.history.refused import Refused
from congtam.notices.actions import choose_ways, make_feed, revoke_feed
from congtam.notices.queries import feed_of, ways_of
from congtam.people.models import PersonText
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.notices.forms import WaysForm
from congtam.web.words import both, said

SHOWN = "calendar address"  # kept in the session until it was shown once
CHOSEN = both("Đã ghi cách nhận bản tin.", "How you get the digest was written.")
MADE = both("Đã tạo địa chỉ lịch.", "The calendar address was made.")
REVOKED = both("Địa chỉ lịch không còn dùng được.", "The calendar address opens nothing any more.")


@asks()
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """The form of ways and hours, and what stands of the calendar."""
    seat, status = request.seat, 200
    ways = ways_of(seat.person) if seat.person is not None else None
    address = PersonText.objects.filter(person=seat.person).values_list("email", flat=True).first() or ""
    initial = {} if ways is None else {name: getattr(ways, name) for name in WaysForm.base_fields}
    form = WaysForm(request.POST or None, initial=initial, address=address, mail=site.SMTP is not None)
    if request.method == "POST":
        if form.is_valid():
            try:
                return once(request, lambda: _chosen(request, form))
            except Refused as refusal:
                form.add_error(None, said(refusal.text))
        status = 422
    context = {
        "form": form,
        "ways": ways,
        "feed": feed_of(seat.account),
        "calendar": request.session.pop(SHOWN, ""),
        "token": token(),
        "feed_token": token(),
    }
    return render(request, "notices/settings.html", context, status=status)


@asks()
@require_POST
def feed(request: HttpRequest) -> HttpResponse:
    """A new calendar address in the place of the old one, or none any more."""
    return once(request, lambda: _feed(request))


def _chosen(request: HttpRequest, form: WaysForm) -> tuple[str, str]:
    told = form.cleaned_data
    webhook = told.get("webhook", False)
    hours = {"loud_from": told["loud_from"], "loud_until": told["loud_until"]}
    choose_ways(request.seat, email=told["email"], webhook=webhook, **hours)
    return reverse("digest_settings"), str(CHOSEN)


def _feed(request: HttpRequest) -> tuple[str, str]:
    if request.POST.get("viec") == "thu-hoi":
        revoke_feed(request.seat)
        return reverse("digest_settings"), str(REVOKED)
    clear = make_feed(request.seat, now=timezone.now())
    request.session[SHOWN] = request.build_absolute_uri(reverse("calendar_file", args=[clear]))
    return reverse("digest_settings"), str(MADE)
