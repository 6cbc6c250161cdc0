"""What a phone installs: the manifest, the worker with the list of the shell, and the page shown without a network.

All of it is the same for everybody and says nothing of anybody, so that it may be kept on a device.
"""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from congtam import __version__
from congtam.web.asking import public

ACCENT, PAPER = "#1f3f9c", "#ffffff"
KEPT = ("css/*.css", "icons.svg", "mark.svg", "js/drafts.js", "js/typing.js")
STATIC = Path(settings.BASE) / "static"
A_DAY = "public, max-age=86400"


@public
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What an installed Công Tâm is called and looks like, and which addresses belong to it."""
    signs = [("mark.svg", "any", "image/svg+xml", "any")]
    signs += [(f"icon-{size}.png", f"{size}x{size}", "image/png", "any maskable") for size in (192, 512)]
    told = {
        "id": scope(),
        "name": "Công Tâm",
        "short_name": "Công Tâm",
        "lang": "vi",
        "start_url": reverse("home"),
        "scope": scope(),
        "display": "standalone",
        "theme_color": ACCENT,
        "background_color": PAPER,
        "icons": [
            {"src": static(name), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in signs
        ],
    }
    return JsonResponse(told, content_type="application/manifest+json", headers={"Cache-Control": A_DAY})


@public
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker, at the top of the site so that the whole site is its scope."""
    shell = {"scope": scope(), "offline": reverse("offline"), "files": [static(name) for name in _files()]}
    script = (STATIC / "js/worker.js").read_text()
    shell["version"] = sha256(f"{__version__}{shell['files']}{script}".encode()).hexdigest()[:12]
    text = f"self.SHELL = {json.dumps(shell)};\n{script}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """There is no network: what that means for what was being written."""
    answer = render(request, "notices/offline.html")
    answer["Cache-Control"] = A_DAY
    return answer


def scope() -> str:
    """The address below which everything of the site lies, also under a sub-path."""
    return f"{settings.FORCE_SCRIPT_NAME or ''}/"


@cache
def _files() -> tuple[str, ...]:
    """The static files of the shell, by their names."""
    return tuple(file.relative_to(STATIC).as_posix() for kept in KEPT for file in sorted(STATIC.glob(kept)))
