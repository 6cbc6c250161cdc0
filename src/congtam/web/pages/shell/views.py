"""The first page of a seat, and the switch of language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from congtam.web.asking import asks, public
from congtam.web.components.navigation import links

A_YEAR = 365 * 24 * 3600


@asks()
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the navigation that the seat may open; without any, the page that says why."""
    found = links(request.seat, "vi", request.path)
    return redirect(found[0].address) if found else render(request, "refused.html", status=403)


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie, and go back to where the visitor was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("home")
    answer = HttpResponseRedirect(back)
    lang = "en" if request.POST.get("lang") == "en" else "vi"
    path, secure = settings.SESSION_COOKIE_PATH, request.is_secure()
    answer.set_cookie("lang", lang, max_age=A_YEAR, path=path, samesite="Lax", secure=secure, httponly=True)
    return answer
