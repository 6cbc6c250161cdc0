"""Kiểm chứng văn bản: whether a paper is ours, for who has its code or the file.

Of a code it tells the kind of paper, the agency, number, day, period, seal and who signed; never whom it is about or
what it says. Of a file it tells the same, and what was found about its signatures: what its holder has in hand.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from congtam.documents.codes import typed
from congtam.documents.verifying import examine, told_by
from congtam.web.addresses import client_address
from congtam.web.asking import public
from congtam.web.pages.verification.forms import LARGEST, Ask, Drop
from congtam.web.pages.verification.reading import of_file, of_paper
from congtam.web.tries import counted

OTHER_FIELDS = 1 << 16  # bytes of the form beside its file
OF_AN_ADDRESS, WINDOW = 30, timedelta(minutes=10)  # a whole office may share one address


@csrf_exempt  # it changes nothing; and asking for a token would read the file before its size is known
@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Both forms, and the answer above them."""
    now = timezone.now()
    if request.method == "POST" and int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + OTHER_FIELDS:
        request.POST = QueryDict()  # whoever asks for a field of it later reads nothing either
        return _page(request, {"too_large": True, "megabytes": LARGEST >> 20}, 413)
    posted = request.method == "POST"
    dropped = Drop(request.POST, request.FILES) if posted else Drop()
    asked = Ask(request.GET) if "ma" in request.GET and not posted else Ask()
    context: dict[str, Any] = {"asked": asked, "dropped": dropped}
    form = dropped if posted else asked
    if not form.is_valid():
        return _page(request, context, 422 if form.is_bound else 200)
    count, until = counted(f"verification {client_address(request)}", now, WINDOW)
    if count > OF_AN_ADDRESS:
        answer = _page(request, context | {"until": until}, 429)
        answer["Retry-After"] = str(max(1, int((until - now).total_seconds())))
        return answer
    told = _of_file(form.cleaned_data["tep"], now) if posted else _of_code(form.cleaned_data["ma"], now)
    return _page(request, context | told, 200)


def _of_code(text: str, now: datetime) -> dict[str, Any]:
    code = typed(text)
    kept = told_by(code)
    return {"paper": of_paper(kept, now)} if kept else {"unknown": True, "code": code}


def _of_file(file: UploadedFile, now: datetime) -> dict[str, Any]:
    found = examine(file.read(), now)
    return {"file": of_file(found), "paper": of_paper(found.kept, now) if found.kept else None}


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, "verification/page.html", {"asked": Ask(), "dropped": Drop(), **context}, status=status)
