"""A plain Django page beside which "My month" is read: 10 queries of 25 rows, some 25 KB of HTML, the middleware of a
new project, nobody signed in. Served as the site is served, from the tables of the same database.

    granian --interface wsgi plain_page:application
"""

import random

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from congtam.web.environment import database

QUERIES, ROWS, FIRST_OF = 10, 25, 10_000
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>
{% for rows in lists %}<table><caption>{{ forloop.counter }}</caption><tbody>{% for one in rows %}
<tr><th scope="row"><a class="item" href="/items/{{ one.pk }}/">{{ one.key }}</a></th>
<td>{{ one.pk }}</td><td>{{ one.source }}</td></tr>
{% endfor %}</tbody></table>{% endfor %}
</body></html>"""

settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="a plain page keeps no secret",
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": database()},
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
)
application = get_wsgi_application()


class Item(models.Model):
    """A piece of work, of which the page shows its number, key and source."""

    key = models.TextField()
    source = models.BigIntegerField(db_column="source_id")

    class Meta:
        app_label = "plain"
        managed = False
        db_table = "work_item"


def page(request: HttpRequest) -> HttpResponse:
    """Ten lists, each from another place of the table."""
    starts = [random.randrange(FIRST_OF) for _ in range(QUERIES)]
    lists = [Item.objects.filter(pk__gt=start).order_by("pk")[:ROWS] for start in starts]
    return HttpResponse(_template.render({"title": "Mười danh sách", "lists": lists}, request))


_template = engines["django"].from_string(PAGE)
urlpatterns = [path("", page)]
