"""Catalogues of products: read, downloaded as a workbook, handed in again, reported row by row, and then proposed."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congtam.access.gate import Right, holds
from congtam.engine.rulebook.bound import Rulebook
from congtam.engine.rulebook.model import Text
from congtam.files.catalogue_book import catalogue_book
from congtam.history.refused import Refused
from congtam.registry import actions, queries
from congtam.web.asking import asks
from congtam.web.fields import DayField, DecisionField, WordField
from congtam.web.imprint import Imprint, Lines, exported, rule_of
from congtam.web.once import once, token
from congtam.web.pages.rules.figures import lang_of
from congtam.web.pages.rules.products import RESULTS, Report, listed, report, status, told
from congtam.web.pages.rules.views.asked import book_on, day_of, seat_of
from congtam.web.waiting import LOST, WorkbookField, as_download, keep, waiting
from congtam.web.words import both, said

TITLE = Text(vi="Danh mục sản phẩm", en="Catalogue of products")
CATALOGUE, IN_FORCE = Text(vi="Danh mục", en="Catalogue"), Text(vi="Có hiệu lực ngày", en="In force on")
KEPT = "catalogue"  # what waits in a session
SHOWN = 1000  # products of a catalogue, rows of a report on one page


class ProductsForm(forms.Form):
    """A workbook of products, for which catalogue, from when, by which decision."""

    file = WorkbookField()
    name = WordField(label=both("Danh mục", "Catalogue"), required=False)
    first = DayField(
        label=both("Có hiệu lực từ ngày", "Holds from"),
        help_text=both("Sớm nhất là ngày đầu của kỳ sau.", "The first day of the next period at the earliest."),
    )
    number = DecisionField(required=False)

    def __init__(self, *args: Any, catalogues: list[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [*catalogues, ("", both("(danh mục mới)", "(a new catalogue)"))]


@asks(Right.READ_RULES)
@require_http_methods(["GET", "HEAD"])
def products(request: HttpRequest, rulebook: str) -> HttpResponse:
    """The catalogues of a rulebook as they hold on a day; who changes rules hands another in."""
    seat, lang, day = seat_of(request), lang_of(request), day_of(request)
    coming = queries.copy_on(rulebook, queries.next_period(timezone.localdate()))
    form = _form(rulebook, lang) if coming is not None and holds(seat, Right.CHANGE_RULES) else None
    return _products(request, rulebook, form, day)


def _imprint(request: HttpRequest, book: Rulebook, name: str, day: date) -> Lines:
    """Where the workbook comes from; that it was taken out is written down."""
    lang = lang_of(request)
    told = [(CATALOGUE.in_(lang), name), (IN_FORCE.in_(lang), f"{day:%d/%m/%Y}")]
    address = f"{reverse('products', args=[book.id])}?ngay={day:%Y-%m-%d}"
    rules = (rule_of(book, day, lang),)
    return exported(request, "registry.export", Imprint(TITLE, timezone.now(), told, rules, address=address))


@asks(Right.CHANGE_RULES)
@require_POST
def hand_in(request: HttpRequest, rulebook: str) -> HttpResponse:
    """Keep a workbook for its report."""
    form = _form(rulebook, lang_of(request), request)
    if form.is_valid():
        given = {"name": form.cleaned_data["name"], "number": form.cleaned_data["number"]}
        if keep(request, KEPT, form, rulebook=rulebook, first=form.cleaned_data["first"].isoformat(), **given):
            return redirect("products_report", rulebook=rulebook)
    return _products(request, rulebook, form, timezone.localdate(), status=422)


@asks(Right.READ_RULES)
@require_safe
def workbook(request: HttpRequest, rulebook: str) -> HttpResponse:
    """A catalogue as a workbook to edit (`?danh-muc=`); a blank one when the rulebook has none of the name."""
    day = day_of(request)
    name = request.GET.get("danh-muc", "")
    book = book_on(rulebook, day)
    found = book.draft.catalogues.get(name)
    if found is None and name:
        raise Http404(name)
    source = "; ".join(f"{label}: {value}" for label, value in _imprint(request, book, name, day)) if found else ""
    return as_download(catalogue_book(found, source), f"{name or 'mau-danh-muc'}.xlsx")


@asks(Right.CHANGE_RULES)
@require_safe
def products_report(request: HttpRequest, rulebook: str) -> HttpResponse:
    """What would become of every row, before anything is proposed."""
    kept = waiting(request, KEPT)
    if kept is None or kept.said.get("rulebook") != rulebook:
        messages.warning(request, str(LOST))
        return redirect("products", rulebook=rulebook)
    first = DayField().clean(kept.said["first"])
    return _report(request, rulebook, kept.called, report(book_on(rulebook, first), kept))


@asks(Right.CHANGE_RULES)
@require_POST
def propose(request: HttpRequest, rulebook: str) -> HttpResponse:
    """Propose the catalogue of the workbook that waits; another person approves it."""
    kept = waiting(request, KEPT)
    made: list[int] = []

    def act() -> tuple[str, str]:
        if kept is None or kept.said.get("rulebook") != rulebook:
            return reverse("products", args=[rulebook]), str(LOST)
        first, number = DayField().clean(kept.said["first"]), kept.said.get("number", "")
        found = report(book_on(rulebook, first), kept)
        if found.catalogue is None or found.problems:
            return reverse("products_report", args=[rulebook]), ""
        actor = seat_of(request).actor
        copy = actions.list_products(actor, rulebook, found.name, found.catalogue, first=first, number=number)
        made.append(copy.seq)
        return reverse("rule_copy", args=[copy.seq]), str(
            both(
                f"Đề xuất số {copy.seq} đã được ghi, đang chờ một người khác duyệt.",
                f"Proposal {copy.seq} now waits for another person to approve it.",
            )
        )

    try:
        answer = once(request, act)
    except Refused as refused:
        messages.error(request, refused.text.in_(lang_of(request)))
        return redirect("products_report", rulebook=rulebook)
    if made and kept is not None:
        kept.path.unlink(missing_ok=True)
    return answer


def _form(rulebook: str, lang: str, request: HttpRequest | None = None) -> ProductsForm:
    earliest = queries.next_period(timezone.localdate())
    held = book_on(rulebook, earliest).draft.catalogues
    catalogues = [(name, one.title.in_(lang)) for name, one in held.items()]
    given = (request.POST, request.FILES) if request is not None else ()
    initial = {"first": earliest, "name": catalogues[0][0] if catalogues else ""}
    return ProductsForm(*given, catalogues=catalogues, initial=initial)


def _products(
    request: HttpRequest, rulebook: str, form: ProductsForm | None, day: Any, status: int = 200
) -> HttpResponse:
    lang, book = lang_of(request), book_on(rulebook, day)
    context = {
        "book": book,
        "title": book.head.title.in_(lang),
        "day": day,
        "catalogues": [_catalogue(name, one, day, lang) for name, one in book.draft.catalogues.items()],
        "form": form,
    }
    return render(request, "rules/products.html", context, status=status)


def _catalogue(name: str, one: Any, day: Any, lang: str) -> dict[str, Any]:
    rows = listed(one, day, lang)
    return {
        "name": name,
        "title": one.title.in_(lang),
        "issuer": one.issuer,
        "status": status(one, lang),
        "notice": one.notice.in_(lang) if one.notice else "",
        "rows": rows[:SHOWN],
        "more": max(0, len(rows) - SHOWN),
    }


def _report(request: HttpRequest, rulebook: str, called: str, found: Report) -> HttpResponse:
    lang = lang_of(request)
    rows = found.rows if found.catalogue else []
    context = {
        "rulebook": rulebook,
        "called": called,
        "report": found,
        "counts": found.counts(),
        "rows": [
            (row.number, told(row.product, found.catalogue, lang), row.result, said(RESULTS[row.result]))
            for row in rows[:SHOWN]
            if found.catalogue is not None
        ],
        "more": max(0, len(rows) - SHOWN),
        "token": token(),
    }
    return render(request, "rules/products_report.html", context)
