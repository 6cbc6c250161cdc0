"""The papers of a sealed period: made, signed, taken out."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from congtam.access.gate import Right, holds, over_unit
from congtam.access.seats import Seat
from congtam.audit.actions import note
from congtam.calibration.queries import sittings_of
from congtam.closing.filing import make as make_paper
from congtam.closing.filing import set_letterhead
from congtam.closing.papers import Head
from congtam.closing.queries import letterhead_of, published
from congtam.closing.signing import sign, to_be_signed
from congtam.cycles.models import Cycle
from congtam.cycles.queries import period_of
from congtam.documents.keeping import file_of, latest, papers_of
from congtam.documents.keys import Key
from congtam.documents.models import FORMS, KeptPaper
from congtam.documents.signing import MAY
from congtam.engine.rulebook.model import Text
from congtam.history.refused import Refused
from congtam.orgs.queries import names_of as units_named
from congtam.people.queries import names_of
from congtam.reward.lists import number_of
from congtam.reward.queries import lists_in, title_of
from congtam.scores.seals import sealed_scores
from congtam.web.asking import asks
from congtam.web.once import once, token
from congtam.web.pages.closing.forms import PaperForm, SignForm
from congtam.web.pages.closing.reach import cycle_of
from congtam.web.pages.closing.words import PAPERS
from congtam.web.receiving import handed_out, takes_file
from congtam.web.steps import Change, Edit, edit
from congtam.web.words import both, said

FORM = require_http_methods(["GET", "HEAD", "POST"])
SIGNED = Text(vi="Đã ký văn bản.", en="The paper is signed.")


@dataclass(frozen=True)
class PaperRow:
    """A paper as a row: the last PDF version, what it is about, and whether the seat may sign it now, in whose name."""

    kept: KeptPaper
    title: Text
    about: str
    signs: bool
    signs_for_agency: bool


def of(seat: Seat, cycle: Cycle) -> list[PaperRow]:
    """The papers of a period, the last first."""
    papers = papers_of(cycle.agency_id, cycle.period, form="pdf")
    rows, open_ = list(papers), set(to_be_signed(papers).values_list("pk", flat=True))
    names = names_of({one.person_id for one in rows if one.person_id})
    return [_row(seat, one, names.get(one.person_id or 0, ""), one.pk in open_) for one in reversed(rows)]


def _row(seat: Seat, one: KeptPaper, about: str, open_: bool) -> PaperRow:
    own = open_ and over_unit(seat.writing, MAY.get(one.kind, Right.SEAL), one.agency_id)
    registrar = open_ and over_unit(seat.writing, Right.KEEP_REGISTERS, one.agency_id)
    signed = bool(one.signer)
    return PaperRow(one, PAPERS[one.kind], about, own and not signed, registrar and signed and not one.for_agency)


@asks(Right.SEE_CYCLE)
@FORM
def make(request: HttpRequest, number: int) -> HttpResponse:
    """A paper of the period is laid out and kept."""
    seat = request.seat
    it = cycle_of(seat, number)
    if not any(over_unit(seat.writing, right, it.agency_id) for right in (Right.KEEP_CYCLE, Right.SEAL)):
        raise Http404
    letterhead = letterhead_of(it.agency_id)
    choices = _choices(it)
    named = {value: str(label) for _, those in choices for value, label in those}
    back = reverse("closing_cycle", args=[number]) + "#van-ban"

    def plan(told: Mapping[str, Any]) -> Change:
        kind, _, which = told["what"].partition(" ")

        def act() -> tuple[str, Text]:
            head = set_letterhead(seat, it.agency_id, told["above"], told["place"])
            made = make_paper(
                seat, it, kind, int(which) if which else None, Head(told["number"], told["day"], head), timezone.now()
            )
            return back, Text(vi=f"Đã lập văn bản, mã {made.code}.", en=f"The paper is made, code {made.code}.")

        about = f": {named.get(told['what'], '')}" if which else ""
        line = Text(
            vi=f"Lập và giữ: {PAPERS[kind].vi}{about} (PDF để ký, DOCX để sửa).",
            en=f"Made and kept: {PAPERS[kind].en}{about} (PDF to sign, DOCX to edit).",
        )
        return Change([line], act)

    form = partial(PaperForm, choices=choices)
    initial = {"above": letterhead.above, "place": letterhead.place, "day": seat.day}
    title = Text(vi=f"Lập văn bản, {period_of(it).title('vi')}", en=f"Make a paper, {period_of(it).title('en')}")
    return edit(request, Edit(title, form, plan, back, initial, rehearsed=False))


@takes_file
@asks()
@FORM
def sign_it(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Sign a paper with a key of one's own; the registrar signs after that, with the agency's."""
    seat = request.seat
    row, it = _paper(seat, number, code)
    if not (row.signs or row.signs_for_agency):
        raise Http404
    form = SignForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    back = reverse("closing_cycle", args=[number]) + "#van-ban" if holds(seat, Right.SEE_CYCLE) else reverse("today")
    if form.is_bound and form.is_valid():
        key = form.signs_with
        try:
            return once(request, lambda: _signed(seat, row, key, back))
        except Refused as refusal:
            form.add_error(None, said(refusal.text))
    context = {
        "row": row,
        "it": it,
        "form": form,
        "back": back,
        "token": request.POST.get("token") or token(),
        "as_of": timezone.now(),
    }
    return render(request, "closing/sign.html", context, status=422 if form.errors else 200)


@asks()
@require_safe
def file(request: HttpRequest, number: int, code: str, form: str) -> HttpResponse:
    """A paper as it is kept: who conducts the period takes out all of them, everybody else their own."""
    seat = request.seat
    _, it = _paper(seat, number, code)
    kept = latest(code, form) if form in FORMS else None
    if kept is None:
        raise Http404
    note(seat.actor, "documents.take_out", "paper", kept.pk, {"code": code, "form": form, "version": kept.version})
    return handed_out(file_of(kept), f"{PAPERS[kept.kind].vi} {it.period}.{form}", form)


def _paper(seat: Seat, number: int, code: str) -> tuple[PaperRow, Cycle]:
    """A paper the seat may see: of a period it sees, one about itself, or one it is to sign. Raises `Http404`."""
    it = Cycle.objects.filter(pk=number).first()
    kept = latest(code)
    if it is None or kept is None or (kept.agency_id, kept.period) != (it.agency_id, it.period):
        raise Http404
    about = names_of([kept.person_id]).get(kept.person_id, "") if kept.person_id else ""
    row = _row(seat, kept, about, to_be_signed(KeptPaper.objects.filter(pk=kept.pk)).exists())
    own = kept.person_id is not None and kept.person_id == seat.person
    if not (own or row.signs or row.signs_for_agency or over_unit(seat, Right.SEE_CYCLE, it.agency_id)):
        raise Http404
    return row, it


def _signed(seat: Seat, row: PaperRow, key: Key, back: str) -> tuple[str, str]:
    sign(seat, row.kept.code, key, for_agency=row.signs_for_agency)
    return back, said(SIGNED)


def _choices(it: Cycle) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Everything a paper can be made of, by kind."""
    seal = published(it)
    scores = sealed_scores(seal) if seal else {}
    units = units_named({one.unit_id for one in scores.values()}, period_of(it).until)
    people = sorted(names_of(scores).items(), key=lambda one: one[1])
    lists = [one for one in lists_in(it.agency_id, period_of(it).first.year) if one.period == it.period]
    found = {
        "decision": [("decision", both(PAPERS["decision"].vi, PAPERS["decision"].en))] if seal else [],
        "unit_results": [
            (f"unit_results {unit}", name) for unit, name in sorted(units.items(), key=lambda one: one[1])
        ],
        "minutes": [(f"minutes {one.pk}", one.number) for one in sittings_of(it) if one.adjourned_at],
        "bonus": [(f"bonus {one.pk}", both(*_title(one))) for one in lists if one.replaced_by is None],
        "slip": [(f"slip {person}", name) for person, name in people],
        "year": [(f"year {person}", name) for person, name in people] if it.period.isdigit() else [],
    }
    return [(both(PAPERS[kind].vi, PAPERS[kind].en), those) for kind, those in found.items() if those]


def _title(one: Any) -> tuple[str, str]:
    title, number = title_of(one), number_of(one)
    return f"{title.vi}, số {number}", f"{title.en}, {number}"
